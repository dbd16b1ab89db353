using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Network;
using KeepalivedAot.Simulation.Worlds;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Simulation.Reports;

/// <summary>What has happened in a world, for whoever tells it afterwards.</summary>
internal sealed class Chronicle : ISimulationObserver
{
    // More than anybody looks at, and few enough to keep.
    private const int MostAdvertisements = 200_000;

    private readonly SimulatedWorld _world;
    private readonly List<Entry> _entries = [];
    private readonly List<PriorityChange> _priorities = [];
    private readonly List<PriorityChange> _preemptions = [];
    private readonly List<Advertisement> _advertisements = [];
    private readonly Dictionary<IpAddress, List<Holding>> _addresses = [];
    private readonly Dictionary<IpAddress, SimulatedHost> _announcers = [];

    public Chronicle(SimulatedWorld world)
    {
        _world = world;
        world.Observe(this);
    }

    internal enum Kind
    {
        Fault,
        Host,
        State,
        Priority,
        Note,
        Log,
        Address,
    }

    /// <param name="Host">Null: the world.</param>
    /// <param name="Subject">An instance, a group; empty where it is the host.</param>
    internal sealed record Entry(Instant At, Kind Kind, SimulatedHost? Host, string Subject, string Text);

    /// <summary>Who had an address, from a time on.</summary>
    /// <param name="Hosts">Those that answered for it, in the order in which they got it.</param>
    /// <param name="Announced">Who has announced it last: where the others send to, when several have it.</param>
    internal sealed record Holding(Instant Since, IReadOnlyList<SimulatedHost> Hosts, SimulatedHost? Announced);

    /// <param name="IsRelease">Priority 0: it stops.</param>
    internal sealed record Advertisement(Instant At, SimulatedHost Host, string Interface, byte Vrid, bool IsRelease);

    internal sealed record PriorityChange(Instant At, SimulatedHost Host, string Instance, Priority Effective, string? Because);

    /// <summary>In the order in which it happened.</summary>
    public IReadOnlyList<Entry> Entries => _entries;

    public IReadOnlyList<PriorityChange> Priorities => _priorities;

    /// <summary>When an instance took a role from whoever had it and was worse.</summary>
    public IEnumerable<Instant> PreemptionsBy(VirtualRouter.Member member)
        => _preemptions.Where(one => one.Host == member.Host && one.Instance == member.Instance).Select(static one => one.At);

    public IReadOnlyDictionary<IpAddress, List<Holding>> Addresses => _addresses;

    /// <summary>When the instances of a virtual router have sent.</summary>
    public IEnumerable<Advertisement> AdvertisementsOf(VirtualRouter.Member member)
        => _advertisements.Where(sent => sent.Host == member.Host && sent.Interface == member.Port.Interface && sent.Vrid == member.Router.Vrid);

    void ISimulationObserver.OnTransition(SimulatedHost host, string instance, in Transition transition, Priority priority)
    {
        if (transition is { To: VrrpState.Active, Reason.Cause: TransitionCause.LowerPriorityPreempted })
            _preemptions.Add(new PriorityChange(_world.Schedule.Now, host, instance, priority, null));
        Add(Kind.State, host, instance, $"{StateWord(transition.To)}: {transition.Reason}");
    }

    void ISimulationObserver.OnNoted(SimulatedHost host, string subject, string what)
        => Add(what.StartsWith("priority ", StringComparison.Ordinal) ? Kind.Priority : Kind.Note, host, subject == host.Name ? "" : subject, what);

    void ISimulationObserver.OnLogged(SimulatedHost host, LogLevel level, string line) => Add(Kind.Log, host, "", line);

    void ISimulationObserver.OnPriority(SimulatedHost host, string instance, Priority priority, string? because)
        => _priorities.Add(new PriorityChange(_world.Schedule.Now, host, instance, priority, because));

    void ISimulationObserver.OnAddress(SimulatedHost host, IpAddress address, bool isThere)
    {
        if (!_addresses.TryGetValue(address, out List<Holding>? holdings))
            _addresses.Add(address, holdings = []);
        IEnumerable<SimulatedHost> before = holdings.Count == 0 ? [] : holdings[^1].Hosts.Where(other => other != host);
        Hold(address, holdings, isThere ? [.. before, host] : [.. before]);
    }

    void ISimulationObserver.OnAnnounced(SimulatedHost host, string interfaceName, IpAddress address)
    {
        if (_announcers.GetValueOrDefault(address) == host || !_addresses.TryGetValue(address, out List<Holding>? holdings))
            return;
        _announcers[address] = host;
        if (holdings[^1].Hosts.Count > 1)
            Hold(address, holdings, holdings[^1].Hosts);
    }

    void ISimulationObserver.OnSent(SimulatedHost host, Port port, Packet packet)
    {
        int header = packet.Source.Family == AddressFamily.IPv4 ? (packet.Bytes[0] & 0xF) * 4 : 0;
        // Behind an authentication header it is the same message.
        if (packet.Protocol == Ipv4Header.ProtocolAuthenticationHeader)
            header += (packet.Bytes[header + 1] + 2) * 4;
        if (_advertisements.Count < MostAdvertisements && packet.Bytes.Length > header + 2)
            _advertisements.Add(new Advertisement(_world.Schedule.Now, host, port.Interface, packet.Bytes[header + 1], packet.Bytes[header + 2] == 0));
    }

    void ISimulationObserver.OnFault(string text) => Add(Kind.Fault, null, "", text);

    void ISimulationObserver.OnHostChanged(SimulatedHost host, HostState state) => Add(Kind.Host, host, "", state switch
    {
        HostState.Down => "the daemon is gone",
        HostState.Stalled => "the daemon gets no processor",
        HostState.Asleep => "the host stands still",
        _ => "the daemon runs",
    });

    public static string StateWord(VrrpState state) => state switch
    {
        VrrpState.Active => "MASTER",
        VrrpState.Backup => "BACKUP",
        VrrpState.Fault => "FAULT",
        _ => "INIT",
    };

    // Of changes at one moment the last one counts.
    private void Hold(IpAddress address, List<Holding> holdings, IReadOnlyList<SimulatedHost> hosts)
    {
        Holding now = new(_world.Schedule.Now, hosts, _announcers.GetValueOrDefault(address));
        if (holdings.Count > 0 && holdings[^1].Since == now.Since)
            holdings[^1] = now;
        else
            holdings.Add(now);
    }

    private void Add(Kind kind, SimulatedHost? host, string subject, string text) => _entries.Add(new Entry(_world.Schedule.Now, kind, host, TimeText.Printable(subject), TimeText.Printable(text)));
}
