using System.Text;
using System.Text.RegularExpressions;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>
/// One segment, 10.9.0.0/24 and fd09::/64: a switch, some routers (.1, .2, ...) and a host that watches (.250), each in a
/// network namespace of its own.
/// </summary>
/// <remarks>Everything is named ka-PID-N-..., so that laboratories do not meet, and what a killed run left can be found.</remarks>
public sealed partial class Lab : IDisposable
{
    private const int ObserverNumber = 250;
    private static readonly HashSet<Lab> s_open = [];
    private static int s_count;

    private readonly Router[] _routers;
    private bool _disposed;

    static Lab()
    {
        RemoveStale();
        AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
        {
            Lab[] left;
            lock (s_open)
                left = [.. s_open];
            foreach (Lab lab in left)
                lab.Dispose();
        };
    }

    /// <param name="routers">How many; they are A, B, C ...</param>
    /// <param name="connected">False: the routers have no eth0 yet (<see cref="Router.CreateInterface"/>).</param>
    public Lab(int routers = 2, bool connected = true)
    {
        Id = $"ka-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}";
        Scratch = Path.Combine(Path.GetTempPath(), Id);
        Directory.CreateDirectory(Scratch);
        lock (s_open)
            s_open.Add(this);
        _routers = [];
        try
        {
            string[] names = [.. Enumerable.Range(0, routers).Select(i => ((char)('a' + i)).ToString())];
            Shell.Script(CreateSegmentScript([.. names, "o"]));
            _routers = [.. names.Select((name, i) => new Router(this, i + 1, name))];
            Host = new Router(this, ObserverNumber, "o");
            StringBuilder plug = new();
            foreach (Router router in connected ? (Router[])[.. _routers, Host] : [Host])
                plug.AppendLine(CreateInterfaceScript(router));
            Shell.Script(plug.ToString());
            Observer = new Observer(Host.Namespace, "eth0", Describe);
            Sender = new VrrpSender(Host);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Is told at the end of each laboratory what everybody in it saw: the test runner shows it when the test failed.</summary>
    public static Action<string>? Report { get; set; }

    public string Id { get; }

    public string Scratch { get; }

    public Router A => _routers[0];

    public Router B => _routers[1];

    public IReadOnlyList<Router> Routers => _routers;

    /// <summary>The host that runs no daemon: it watches and sends crafted packets.</summary>
    public Router Host { get; private set; } = null!;

    public Observer Observer { get; private set; } = null!;

    public VrrpSender Sender { get; private set; } = null!;

    /// <summary>Runs ip(8) in the switch.</summary>
    internal void Switch(params string[] arguments) => Shell.Run("ip", ["-n", $"{Id}-sw", .. arguments]);

    private string CreateSegmentScript(string[] names)
    {
        StringBuilder script = new();
        script.AppendLine($"ip netns add {Id}-sw");
        // Ageing time 0 makes the bridge a hub: the watching host sees unicast too.
        script.AppendLine($"ip -n {Id}-sw link add br0 type bridge ageing_time 0 mcast_snooping 0 stp_state 0");
        script.AppendLine($"ip -n {Id}-sw link set br0 addrgenmode none up");
        foreach (string name in names)
        {
            script.AppendLine($"ip netns add {Id}-{name}");
            script.AppendLine($"ip netns exec {Id}-{name} sh -c "
                + "'for f in all default; do echo 0 > /proc/sys/net/ipv6/conf/$f/accept_dad; "
                + "echo 0 > /proc/sys/net/ipv6/conf/$f/accept_ra; echo 0 > /proc/sys/net/ipv6/conf/$f/router_solicitations; done'");
            script.AppendLine($"ip -n {Id}-{name} link set lo up");
        }
        return script.ToString();
    }

    internal string CreateInterfaceScript(Router router) => $"""
        ip -n {Id}-sw link add {router.Port} type veth peer name eth0 netns {router.Namespace} address {router.Mac}
        ip -n {Id}-sw link set {router.Port} addrgenmode none master br0 up
        ip -n {router.Namespace} address add {router.Address}/24 brd + dev eth0
        ip -n {router.Namespace} address add fd09::{router.Number:x}/64 dev eth0 nodad
        ip -n {router.Namespace} link set eth0 up
        """;

    /// <summary>What everybody saw: goes into the message of a wait that failed.</summary>
    public string Describe()
    {
        StringBuilder text = new();
        foreach (Router router in _routers)
        {
            foreach (DaemonProcess daemon in router.AllDaemons)
            {
                text.AppendLine($"--- log of {router.Name} ({router.Address}), process {daemon.Id}");
                foreach (LogEntry entry in daemon.Log.Snapshot().TakeLast(60))
                    text.AppendLine(entry.ToString());
            }
            text.AppendLine($"--- addresses of {router.Name}");
            foreach (AddressEvent change in router.Addresses.Events.Snapshot().TakeLast(20))
                text.AppendLine(change.ToString());
        }
        if (Observer is { } observer)
        {
            text.AppendLine("--- last adverts on the segment");
            foreach (Advert advert in observer.Adverts.Snapshot().TakeLast(30))
                text.AppendLine(advert.ToString());
        }
        return text.ToString();
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Report?.Invoke(Describe());
        Sender?.Dispose();
        Observer?.Dispose();
        CloseSegments();
        foreach (Router router in _routers)
            router.Dispose();
        Host?.Dispose();
        Remove(Id);
        lock (s_open)
            s_open.Remove(this);
    }

    /// <summary>Ends what runs in a laboratory's namespaces, and removes them and its files.</summary>
    private static void Remove(string id)
    {
        foreach (string path in Directory.Exists("/run/netns") ? Directory.GetFiles("/run/netns", $"{id}-*") : [])
        {
            string name = Path.GetFileName(path);
            string processes = Shell.Try("ip", "netns", "pids", name).Output;
            foreach (string process in processes.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                _ = Libc.Kill(int.Parse(process), Libc.SIGKILL);
            _ = Shell.Try("ip", "netns", "delete", name);
        }
        string scratch = Path.Combine(Path.GetTempPath(), id);
        if (Directory.Exists(scratch))
            Directory.Delete(scratch, recursive: true);
    }

    private static void RemoveStale()
    {
        string[] candidates = [.. Directory.Exists("/run/netns") ? Directory.GetFiles("/run/netns", "ka-*") : [],
            .. Directory.GetDirectories(Path.GetTempPath(), "ka-*")];
        IEnumerable<string> stale = candidates.Select(path => LabName().Match(Path.GetFileName(path)))
            .Where(match => match.Success && !Directory.Exists($"/proc/{match.Groups["pid"].Value}"))
            .Select(match => match.Groups["id"].Value).Distinct();
        foreach (string id in stale)
            Remove(id);
    }

    [GeneratedRegex(@"^(?<id>ka-(?<pid>\d+)-\d+)(-|$)")]
    private static partial Regex LabName();
}
