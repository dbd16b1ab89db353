using System.Net;
using System.Text.Json;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>An address as `ip -json address` tells it.</summary>
public sealed record InterfaceAddress(
    string Interface, IPAddress Address, int PrefixLength, string Scope, string Label, string Broadcast, bool Deprecated);

/// <summary>A host on the segment: a network namespace with one interface, eth0, that can run a VRRP daemon.</summary>
public sealed class Router : IDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(8);

    private readonly Lab _lab;
    private readonly List<DaemonProcess> _daemons = [];

    internal Router(Lab lab, int number, string name)
    {
        _lab = lab;
        Number = number;
        Name = name;
        Namespace = $"{lab.Id}-{name}";
        Scratch = Path.Combine(lab.Scratch, name);
        foreach (string directory in (string[])["run", "dev", "tmp"])
            Directory.CreateDirectory(Path.Combine(Scratch, directory));
        foreach (string device in (string[])["null", "zero", "urandom"])
            File.WriteAllText(Path.Combine(Scratch, "dev", device), "");
        Addresses = new AddressMonitor(Namespace, lab.Describe);
    }

    public string Name { get; }

    public int Number { get; }

    /// <summary>The network namespace's name.</summary>
    public string Namespace { get; }

    /// <summary>The router's own directory: run/ is its /run, tmp/ its TMPDIR, keepalived.conf its configuration.</summary>
    public string Scratch { get; }

    public string ConfigurationFile => Path.Combine(Scratch, "keepalived.conf");

    public IPAddress Address => IPAddress.Parse($"10.9.0.{Number}");

    public IPAddress LinkLocal => IPAddress.Parse($"fe80::ff:fe00:{Number:x}");

    public string Mac => $"02:00:00:00:00:{Number:x2}";

    /// <summary>This router's end of the cable in the switch.</summary>
    internal string Port => $"port-{Name}";

    internal string PortOf(string interfaceName) => $"{Port}-{interfaceName}";

    public AddressMonitor Addresses { get; }

    public DaemonProcess Daemon => _daemons.Count > 0 ? _daemons[^1] : throw new LabException($"router {Name} was not started");

    internal IReadOnlyList<DaemonProcess> AllDaemons => _daemons;

    /// <summary>Writes the configuration and starts the daemon in the foreground, logging in detail to the console.</summary>
    public DaemonProcess Start(Implementation implementation, string configuration, params string[] moreOptions)
    {
        File.WriteAllText(ConfigurationFile, configuration);
        if (implementation == Implementation.Stock)
            ForgetProcessFiles();
        return StartAs([Binaries.PathOf(implementation), "-n", "-l", "-D", "-f", ConfigurationFile, .. moreOptions]);
    }

    // keepalived 2.2.7, started over the pid file of a process that was killed, removes the file and says that it is running already.
    private void ForgetProcessFiles()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(Scratch, "run"), "*.pid"))
            File.Delete(file);
    }

    /// <summary>Starts any command as this router's daemon.</summary>
    public DaemonProcess StartAs(params string[] command)
    {
        DaemonProcess daemon = DaemonProcess.Start(Namespace, Scratch, command, _lab.Describe);
        _daemons.Add(daemon);
        return daemon;
    }

    /// <summary>Runs a daemon's command line to its end inside this router.</summary>
    public CommandResult Run(Implementation implementation, params string[] arguments)
        => RunCommand([Binaries.PathOf(implementation), .. arguments]);

    /// <summary>Runs any command to its end inside this router.</summary>
    public CommandResult RunCommand(params string[] command)
    {
        CommandResult result = Shell.Try("ip", DaemonProcess.InNamespaces(Namespace, Scratch, command), StopLimit);
        string[] errors = result.Error.Split('\n');
        return result with { Error = string.Join('\n', errors.Where(line => !line.StartsWith("@execve ", StringComparison.Ordinal))) };
    }

    /// <summary>SIGTERM and the exit status.</summary>
    public int Stop()
    {
        Daemon.Signal(Libc.SIGTERM);
        return Daemon.WaitForExit(StopLimit);
    }

    /// <summary>The power cut: every process of the daemon at once, none of which can say good-bye.</summary>
    /// <remarks>Stopped first, so that no parent sees its child die and no child its parent.</remarks>
    public void Crash()
    {
        int[] processes = Processes();
        foreach (int process in processes)
            _ = Libc.Kill(process, Libc.SIGSTOP);
        foreach (int process in processes)
            _ = Libc.Kill(process, Libc.SIGKILL);
        Daemon.WaitForExit(StopLimit);
    }

    /// <summary>Watches this router's own interface, both what it hears and what it says.</summary>
    public Observer Watch() => new(Namespace, "eth0", _lab.Describe, bothDirections: true);

    /// <summary>All processes in this router.</summary>
    public int[] Processes() => [.. Shell.Run("ip", "netns", "pids", Namespace)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];

    /// <summary>Runs ip(8) in this router's namespace.</summary>
    public string Ip(params string[] arguments) => Shell.Run("ip", ["-n", Namespace, .. arguments]);

    public bool Has(string address) => Addresses.IsPresent(IPAddress.Parse(address));

    public InterfaceAddress[] ListAddresses(string interfaceName = "eth0")
    {
        using JsonDocument document = JsonDocument.Parse(Ip("-json", "address", "show", "dev", interfaceName));
        List<InterfaceAddress> addresses = [];
        foreach (JsonElement device in document.RootElement.EnumerateArray())
        {
            foreach (JsonElement info in device.GetProperty("addr_info").EnumerateArray())
            {
                addresses.Add(new InterfaceAddress(
                    interfaceName,
                    IPAddress.Parse(info.GetProperty("local").GetString()!),
                    info.GetProperty("prefixlen").GetInt32(),
                    info.GetProperty("scope").GetString()!,
                    info.TryGetProperty("label", out JsonElement label) ? label.GetString()! : "",
                    info.TryGetProperty("broadcast", out JsonElement broadcast) ? broadcast.GetString()! : "",
                    info.TryGetProperty("deprecated", out _) || info.TryGetProperty("preferred_life_time", out JsonElement left)
                        && left.GetUInt32() == 0));
            }
        }
        return [.. addresses];
    }

    /// <summary>The far end of the cable goes down: this router loses its carrier.</summary>
    public void LoseCarrier() => _lab.Switch("link", "set", "dev", Port, "down");

    /// <summary>The same for another interface, of <see cref="Lab.AddSegment"/> or <see cref="AddInterface"/>.</summary>
    public void LoseCarrier(string interfaceName) => _lab.Switch("link", "set", "dev", PortOf(interfaceName), "down");

    public void RegainCarrier(string interfaceName) => _lab.Switch("link", "set", "dev", PortOf(interfaceName), "up");

    public void RegainCarrier() => _lab.Switch("link", "set", "dev", Port, "up");

    /// <summary>Nothing passes any more, but the carrier stays.</summary>
    public void CutSilently() => _lab.Switch("link", "set", "dev", Port, "nomaster");

    public void Reconnect() => _lab.Switch("link", "set", "dev", Port, "master", "br0");

    /// <summary>eth0 disappears, its addresses with it.</summary>
    public void DeleteInterface() => Ip("link", "delete", "eth0");

    /// <summary>Makes eth0, with its addresses, and plugs it into the switch.</summary>
    public void CreateInterface() => Shell.Script(_lab.CreateInterfaceScript(this));

    /// <summary>Sets a value below /proc/sys in this router's namespace.</summary>
    public void Sysctl(string path, string value) => NetworkNamespace.Run(Namespace, () =>
    {
        File.WriteAllText($"/proc/sys/{path}", value);
        return true;
    });

    /// <summary>A second interface that leads nowhere but has a carrier.</summary>
    public void AddInterface(string name) => Shell.Script($"""
        ip -n {_lab.Id}-sw link add {Port}-{name} up type veth peer name {name} netns {Namespace}
        ip -n {Namespace} link set {name} up
        """);

    internal void KillAll()
    {
        foreach (int process in Processes())
            _ = Libc.Kill(process, Libc.SIGKILL);
    }

    public void Dispose() => Addresses.Dispose();
}
