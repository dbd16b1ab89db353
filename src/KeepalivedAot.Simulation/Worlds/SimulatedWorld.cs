using System.Globalization;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Simulation.Faults;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Network;
using KeepalivedAot.Simulation.Time;
using KeepalivedAot.Tracking;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Simulation.Worlds;

/// <summary>Some hosts with their configurations, and the networks that join them: interfaces of one name are on one segment, unless <see cref="Wiring"/> says otherwise.</summary>
/// <remarks>
/// A seed and what is done at which time decide everything: <see cref="Fingerprint"/> of two such worlds is the same. Addresses that the
/// configurations do not give are made up: 10.254.SEGMENT.HOST/24 and fe80::HOST, in the order of the files, so that the tie of two equal
/// priorities goes to the later file.
/// </remarks>
internal sealed class SimulatedWorld(ulong seed, IConfigFiles files) : ISimulationObserver
{
    private const byte LinkLocalLength = 64;
    private const byte SubnetLength = 24;

    private readonly List<SimulatedHost> _hosts = [];
    private readonly List<Segment> _segments = [];
    private readonly List<VirtualRouter> _routers = [];
    private readonly List<VirtualRouter.Member> _members = [];
    private readonly Dictionary<(SimulatedHost Host, string Instance), VirtualRouter.Member> _byInstance = [];
    private readonly Dictionary<(string Segment, byte Vrid, AddressFamily Family), VirtualRouter> _byVrid = [];
    private readonly Dictionary<string, int> _segmentNumbers = [];
    private readonly Dictionary<SimulatedHost, List<VirtualRouter.Member>> _ofHost = [];
    private readonly List<ISimulationObserver> _observers = [];
    private readonly Dictionary<string, Overlay> _overlays = [];
    private Fnv1a _happened = new();

    public Schedule Schedule { get; } = new();

    /// <summary>What the configurations do not say of the networks; for <see cref="Wire"/>.</summary>
    public Wiring Wiring { get; init; } = new();

    public IReadOnlyList<SimulatedHost> Hosts => _hosts;

    public IReadOnlyList<Segment> Segments => _segments;

    /// <summary>Those that the configurations name, those of reloads too.</summary>
    public IReadOnlyList<VirtualRouter> Routers => _routers;

    /// <summary>Of all of them.</summary>
    public IReadOnlyList<VirtualRouter.Member> Members => _members;

    /// <summary>Of everything that has happened, with its times, so far.</summary>
    public ulong Fingerprint => _happened.Value;

    public void Observe(ISimulationObserver observer)
    {
        _observers.Add(observer);
        observer.OnBegin(this);
    }

    public SimulatedHost AddHost(string name, string path)
    {
        SimulatedHost host = new(name, path, Schedule, seed, this, files) { Number = _hosts.Count };
        _hosts.Add(host);
        return host;
    }

    /// <summary>Null: no configuration names it.</summary>
    public VirtualRouter.Member? FindMember(SimulatedHost host, string instance) => _byInstance.GetValueOrDefault((host, instance));

    /// <summary>Those on a host, in the order of its configuration.</summary>
    public IReadOnlyList<VirtualRouter.Member> MembersOf(SimulatedHost host) => _ofHost.TryGetValue(host, out List<VirtualRouter.Member>? members) ? members : [];

    public SimulatedHost? FindHost(string name) => _hosts.Find(host => host.Name == name);

    /// <summary>Makes the interfaces that the configurations name, and joins them. After all hosts are there, before the first of them starts.</summary>
    /// <returns>What was read of each, in their order: what cannot be run has no interfaces.</returns>
    public IReadOnlyList<LoadResult> Wire()
    {
        List<LoadResult> read = [.. _hosts.Select(static host => host.Load())];
        for (int number = 0; number < _hosts.Count; number++)
        {
            if (!read[number].CanRun)
                continue;
            SimulatedHost host = _hosts[number];
            host.Files.Add(read[number]);
            host.Files.AddRange(Wiring.Reloads.Where(reload => reload.Host == host.Name).Select(reload => host.Load(reload.Content)).Where(static read => read.CanRun));
            foreach (Configuration configuration in host.Files.Select(static file => file.Configuration))
            {
                foreach (string name in ConfigurationReader.NamesIn(configuration).Where(name => !host.Ports.ContainsKey(name)).Order(StringComparer.Ordinal).ToArray())
                    Plug(host, number, name, configuration, read);
                foreach (VrrpInstanceBlock block in configuration.VrrpInstances)
                    Join(host, block);
            }
            Bind(host, read[number].Configuration);
        }
        FindKin(read);
        return read;
    }

    /// <summary>When something was done to the world last.</summary>
    public Instant DisturbedAt { get; private set; }

    /// <summary>Does something to the world, of which everybody knows that it was done.</summary>
    /// <param name="text">In words: a fault's, or of its end.</param>
    public void Disturb(string text, Action what)
    {
        DisturbedAt = Schedule.Now;
        ((ISimulationObserver)this).OnFault(text);
        what();
        ((ISimulationObserver)this).OnDisturbed();
    }

    /// <summary>What faults that may overlap do to one thing; made with what is usual for it when it is needed first.</summary>
    public Overlay OverlayOf(string thing, Action usual)
    {
        if (!_overlays.TryGetValue(thing, out Overlay? overlay))
            _overlays.Add(thing, overlay = new Overlay(usual));
        return overlay;
    }

    /// <summary>It happens at its time.</summary>
    public void Plan(Fault fault) => Schedule.At(default(Instant) + fault.At, () => Disturb(fault.Text, () => fault.Do(this)));

    public void RunFor(Duration time) => Schedule.RunUntil(Schedule.Now + time);

    void ISimulationObserver.OnTransition(SimulatedHost host, string instance, in Transition transition, Priority priority)
    {
        string reason = transition.Reason.ToString();
        Mark($"{host.Name} {instance} {transition.To} {reason}");
        if (_byInstance.TryGetValue((host, instance), out VirtualRouter.Member? member))
        {
            member.Enter(StateOf(transition.To), Schedule.Now, reason);
        }
        foreach (ISimulationObserver observer in _observers)
            observer.OnTransition(host, instance, transition, priority);
    }

    void ISimulationObserver.OnNoted(SimulatedHost host, string subject, string what)
    {
        Mark($"{host.Name} {subject} {what}");
        foreach (ISimulationObserver observer in _observers)
            observer.OnNoted(host, subject, what);
    }

    void ISimulationObserver.OnLogged(SimulatedHost host, LogLevel level, string line)
    {
        Mark($"{host.Name} {line}");
        foreach (ISimulationObserver observer in _observers)
            observer.OnLogged(host, level, line);
    }

    void ISimulationObserver.OnAddress(SimulatedHost host, IpAddress address, bool isThere)
    {
        Mark($"{host.Name} {(isThere ? "has" : "has not")} {address}");
        foreach (ISimulationObserver observer in _observers)
            observer.OnAddress(host, address, isThere);
    }

    void ISimulationObserver.OnAnnounced(SimulatedHost host, string interfaceName, IpAddress address)
    {
        Mark($"{host.Name} announces {address}");
        foreach (ISimulationObserver observer in _observers)
            observer.OnAnnounced(host, interfaceName, address);
    }

    void ISimulationObserver.OnPriority(SimulatedHost host, string instance, Priority priority, string? because)
    {
        foreach (ISimulationObserver observer in _observers)
            observer.OnPriority(host, instance, priority, because);
    }

    void ISimulationObserver.OnGroup(SimulatedHost host, string group, VrrpState state)
    {
        foreach (ISimulationObserver observer in _observers)
            observer.OnGroup(host, group, state);
    }

    void ISimulationObserver.OnNotified(SimulatedHost host, string subject, bool isGroup, VrrpState state)
    {
        foreach (ISimulationObserver observer in _observers)
            observer.OnNotified(host, subject, isGroup, state);
    }

    void ISimulationObserver.OnSent(SimulatedHost host, Port port, Packet packet)
    {
        foreach (ISimulationObserver observer in _observers)
            observer.OnSent(host, port, packet);
    }

    void ISimulationObserver.OnHeard(SimulatedHost host, Port port, Packet packet)
    {
        foreach (ISimulationObserver observer in _observers)
            observer.OnHeard(host, port, packet);
    }

    void ISimulationObserver.OnReported(SimulatedHost host, TrackerId thing, TrackerReading reading)
    {
        foreach (ISimulationObserver observer in _observers)
            observer.OnReported(host, thing, reading);
    }

    void ISimulationObserver.OnTurn(SimulatedHost host)
    {
        foreach (ISimulationObserver observer in _observers)
            observer.OnTurn(host);
    }

    void ISimulationObserver.OnPath(Segment segment)
    {
        foreach (ISimulationObserver observer in _observers)
            observer.OnPath(segment);
    }

    void ISimulationObserver.OnCarrier(SimulatedHost host, Port port)
    {
        foreach (ISimulationObserver observer in _observers)
            observer.OnCarrier(host, port);
    }

    void ISimulationObserver.OnStopped(SimulatedHost host)
    {
        foreach (ISimulationObserver observer in _observers)
            observer.OnStopped(host);
    }

    void ISimulationObserver.OnAdopting(SimulatedHost host, Configuration configuration)
    {
        Bind(host, configuration);
        foreach (ISimulationObserver observer in _observers)
            observer.OnAdopting(host, configuration);
    }

    void ISimulationObserver.OnReloaded(SimulatedHost host)
    {
        // One that only has another name goes on without a word.
        foreach (VirtualRouter.Member member in MembersOf(host))
        {
            if (member.Running is { } running && member.Now.State != StateOf(running.Router.State))
                member.Enter(StateOf(running.Router.State), Schedule.Now, "the reload has given it another name");
        }
        foreach (ISimulationObserver observer in _observers)
            observer.OnReloaded(host);
    }

    void ISimulationObserver.OnFault(string text)
    {
        Mark(text);
        foreach (ISimulationObserver observer in _observers)
            observer.OnFault(text);
    }

    void ISimulationObserver.OnDisturbed()
    {
        foreach (ISimulationObserver observer in _observers)
            observer.OnDisturbed();
    }

    void ISimulationObserver.OnHostChanged(SimulatedHost host, HostState state)
    {
        Mark($"{host.Name} is {state}");
        if (state == HostState.Down)
        {
            foreach (VirtualRouter.Member member in MembersOf(host))
            {
                if (member.Now.State != RouterState.None)
                    member.Enter(RouterState.None, Schedule.Now, "the daemon is gone");
            }
        }
        foreach (ISimulationObserver observer in _observers)
            observer.OnHostChanged(host, state);
    }

    private void Plug(SimulatedHost host, int number, string name, Configuration configuration, List<LoadResult> all)
    {
        string portName = $"{host.Name}:{name}";
        string segmentName = Wiring.SegmentOf.GetValueOrDefault(portName, name);
        if (!_segmentNumbers.TryGetValue(segmentName, out int place))
        {
            _segmentNumbers.Add(segmentName, place = _segments.Count);
            _segments.Add(new Segment(segmentName, Schedule, seed, ((ISimulationObserver)this).OnPath));
        }
        Segment segment = _segments[place];
        List<(IpAddress Address, byte PrefixLength)> addresses = [(IpAddress.Parse($"fe80::{(number + 1).ToString("x", CultureInfo.InvariantCulture)}"), LinkLocalLength)];
        addresses.AddRange(Wiring.Addresses.Where(given => given.Port == portName).Select(static given => (given.Address, given.PrefixLength)));
        foreach (VrrpInstanceBlock block in configuration.VrrpInstances.Where(block => block.Interface == name))
        {
            IpAddress source = block.Source.IsNone ? Guess(block, configuration, all) : block.Source;
            if (!source.IsNone && !addresses.Exists(known => known.Address == source))
                addresses.Add((source, source.Family == AddressFamily.IPv4 ? SubnetLength : LinkLocalLength));
        }
        if (!addresses.Exists(static known => known.Address.Family == AddressFamily.IPv4))
            addresses.Add((MadeUp(place, number), SubnetLength));
        segment.Plug(host.AddInterface(name, new MacAddress(0x0200_0000_0000 + ((ulong)place << 16) + (ulong)number + 1), [.. addresses]));
    }

    // Of 10.0.0.0/8 there is enough for some thousands of segments, and for any number of hosts of which few are on one.
    private static IpAddress MadeUp(int segment, int host)
        => IpAddress.FromIPv4(0x0A000000 + ((uint)(254 - segment / 256) << 16) + ((uint)(segment % 256) << 8) + (uint)(host % 254) + 1);

    // Without a source of its own it is the one that another lists as its peer, and it does not.
    private static IpAddress Guess(VrrpInstanceBlock block, Configuration own, List<LoadResult> all)
    {
        if (!block.IsUnicast)
            return default;
        HashSet<IpAddress> candidates = [];
        foreach (LoadResult other in all.Where(other => !ReferenceEquals(other.Configuration, own)))
        {
            foreach (VrrpInstanceBlock peer in other.Configuration.VrrpInstances.Where(peer => peer.VirtualRouterId == block.VirtualRouterId && peer.Family == block.Family))
                candidates.UnionWith(peer.UnicastPeers.Select(static it => it.Address));
        }
        foreach (LoadResult other in all)
            candidates.ExceptWith(other.Configuration.VrrpInstances.Where(static it => !it.Source.IsNone).Select(static it => it.Source));
        candidates.ExceptWith(block.UnicastPeers.Select(static peer => peer.Address));
        return candidates.Count == 1 ? candidates.Single() : default;
    }

    private void Join(SimulatedHost host, VrrpInstanceBlock block)
    {
        if (block.Interface is null || !host.Ports.TryGetValue(block.Interface, out Port? port))
            return;
        string segment = port.Segment!.Name;
        (string, byte, AddressFamily) key = (segment, block.VirtualRouterId, block.Family);
        if (!_byVrid.TryGetValue(key, out VirtualRouter? router))
        {
            _byVrid.Add(key, router = new VirtualRouter(_routers.Count, segment, block.VirtualRouterId, block.Family));
            _routers.Add(router);
        }
        if (MembersOf(host).Any(known => known.Router == router && known.Instance == block.Name))
            return;
        VirtualRouter.Member member = router.Add(_members.Count, host, port, block.Name);
        member.Enter(RouterState.None, Schedule.Now, "the daemon has not started");
        _members.Add(member);
        if (!_ofHost.TryGetValue(host, out List<VirtualRouter.Member>? ofHost))
            _ofHost.Add(host, ofHost = []);
        ofHost.Add(member);
    }

    private static RouterState StateOf(VrrpState state) => state switch
    {
        VrrpState.Active => RouterState.Master,
        VrrpState.Backup => RouterState.Backup,
        VrrpState.Fault => RouterState.Fault,
        _ => RouterState.None,
    };

    // Of members with one name that which a configuration has is meant; those that it does not have are nothing.
    private void Bind(SimulatedHost host, Configuration configuration)
    {
        foreach (VirtualRouter.Member member in MembersOf(host))
        {
            VrrpInstanceBlock? block = configuration.VrrpInstances.Find(block => block.Name == member.Instance);
            if (block is not null && member.Router.Vrid == block.VirtualRouterId && member.Router.Family == block.Family && member.Port.Interface == block.Interface)
                _byInstance[(host, member.Instance)] = member;
            else if (member.Now.State != RouterState.None)
                member.Enter(RouterState.None, Schedule.Now, "the configuration does not have it any more");
        }
    }

    private void FindKin(List<LoadResult> read)
    {
        foreach (VirtualRouter router in _routers)
            router.Kin = [router];
        for (int number = 0; number < _hosts.Count; number++)
        {
            if (!read[number].CanRun)
                continue;
            foreach (VrrpSyncGroupBlock group in read[number].Configuration.VrrpSyncGroups)
            {
                VirtualRouter[] joined = [.. group.Members.Select(named => FindMember(_hosts[number], named.Name)?.Router).OfType<VirtualRouter>().SelectMany(static router => router.Kin).Distinct()];
                foreach (VirtualRouter router in joined)
                    router.Kin = joined;
            }
        }
    }

    private void Mark(string what)
    {
        for (long time = Schedule.Now.Nanoseconds; time != 0; time >>>= 8)
            _happened.Add((byte)time);
        _happened.Add(what);
    }
}
