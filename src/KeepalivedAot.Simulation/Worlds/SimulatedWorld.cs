using System.Globalization;
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
    private const ulong Fnv = 1099511628211;

    private readonly List<SimulatedHost> _hosts = [];
    private readonly List<Segment> _segments = [];
    private readonly List<VirtualRouter> _routers = [];
    private readonly Dictionary<(SimulatedHost Host, string Instance), VirtualRouter.Member> _members = [];
    private readonly List<ISimulationObserver> _observers = [];

    public Schedule Schedule { get; } = new();

    /// <summary>What the configurations do not say of the networks; for <see cref="Wire"/>.</summary>
    public Wiring Wiring { get; init; } = new();

    public IReadOnlyList<SimulatedHost> Hosts => _hosts;

    public IReadOnlyList<Segment> Segments => _segments;

    /// <summary>Those that the configurations of the beginning name.</summary>
    public IReadOnlyList<VirtualRouter> Routers => _routers;

    /// <summary>Of everything that has happened, with its times, so far (FNV-1a).</summary>
    public ulong Fingerprint { get; private set; } = 14695981039346656037;

    public void Observe(ISimulationObserver observer) => _observers.Add(observer);

    public SimulatedHost AddHost(string name, string path)
    {
        SimulatedHost host = new(name, path, Schedule, seed, this, files);
        _hosts.Add(host);
        return host;
    }

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
            Configuration configuration = read[number].Configuration;
            foreach (string name in ConfigurationReader.NamesIn(configuration).Order(StringComparer.Ordinal))
                Plug(_hosts[number], number, name, configuration, read);
            foreach (VrrpInstanceBlock block in configuration.VrrpInstances)
                Join(_hosts[number], block);
        }
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

    /// <summary>It happens at its time.</summary>
    public void Plan(Fault fault) => Schedule.At(default(Instant) + fault.At, () => Disturb(fault.Text, () => fault.Do(this)));

    public void RunFor(Duration time) => Schedule.RunUntil(Schedule.Now + time);

    void ISimulationObserver.OnTransition(SimulatedHost host, string instance, in Transition transition, Priority priority)
    {
        string reason = transition.Reason.ToString();
        Mark($"{host.Name} {instance} {transition.To} {reason}");
        if (_members.TryGetValue((host, instance), out VirtualRouter.Member? member))
        {
            RouterState state = transition.To switch
            {
                VrrpState.Active => RouterState.Master,
                VrrpState.Backup => RouterState.Backup,
                VrrpState.Fault => RouterState.Fault,
                _ => RouterState.None,
            };
            member.Enter(state, Schedule.Now, reason);
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

    void ISimulationObserver.OnSent(SimulatedHost host, string interfaceName, Packet packet)
    {
        foreach (ISimulationObserver observer in _observers)
            observer.OnSent(host, interfaceName, packet);
    }

    void ISimulationObserver.OnPriorityChanged(SimulatedHost host, string instance, Priority effective, string? because)
    {
        foreach (ISimulationObserver observer in _observers)
            observer.OnPriorityChanged(host, instance, effective, because);
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
            foreach (VirtualRouter.Member member in _members.Values)
            {
                if (ReferenceEquals(member.Host, host) && member.Now.State != RouterState.None)
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
        Segment? segment = _segments.Find(segment => segment.Name == segmentName);
        if (segment is null)
            _segments.Add(segment = new Segment(segmentName, Schedule, seed));
        int place = _segments.IndexOf(segment);
        List<(IpAddress Address, byte PrefixLength)> addresses = [(IpAddress.Parse($"fe80::{(number + 1).ToString("x", CultureInfo.InvariantCulture)}"), LinkLocalLength)];
        addresses.AddRange(Wiring.Addresses.Where(given => given.Port == portName).Select(static given => (given.Address, given.PrefixLength)));
        foreach (VrrpInstanceBlock block in configuration.VrrpInstances.Where(block => block.Interface == name))
        {
            IpAddress source = block.Source.IsNone ? Guess(block, configuration, all) : block.Source;
            if (!source.IsNone && !addresses.Exists(known => known.Address == source))
                addresses.Add((source, source.Family == AddressFamily.IPv4 ? SubnetLength : LinkLocalLength));
        }
        if (!addresses.Exists(static known => known.Address.Family == AddressFamily.IPv4))
            addresses.Add((IpAddress.Parse($"10.254.{place}.{number + 1}"), SubnetLength));
        segment.Plug(host.AddInterface(name, new MacAddress(0x0200_0000_0000 + ((ulong)place << 16) + (ulong)number + 1), [.. addresses]));
    }

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
        VirtualRouter? router = _routers.Find(router => router.Segment == segment && router.Vrid == block.VirtualRouterId && router.Family == block.Family);
        if (router is null)
            _routers.Add(router = new VirtualRouter(segment, block.VirtualRouterId, block.Family));
        VirtualRouter.Member member = router.Add(host, block.Name, port);
        member.Enter(RouterState.None, Schedule.Now, "the daemon has not started");
        _members[(host, block.Name)] = member;
    }

    private void Mark(string what)
    {
        ulong hash = Fingerprint;
        for (long time = Schedule.Now.Nanoseconds; time != 0; time >>>= 8)
            hash = unchecked((hash ^ (byte)time) * Fnv);
        foreach (char c in what)
            hash = unchecked((hash ^ c) * Fnv);
        Fingerprint = hash;
    }
}
