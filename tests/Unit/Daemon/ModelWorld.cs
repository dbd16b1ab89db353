using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Links;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Routing;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>A world of a few tables and a clock that stands still until it is told to go on.</summary>
internal sealed partial class ModelWorld : IVrrpWorld
{
    private readonly List<LinkInfo> _links = [];
    private readonly List<InterfaceAddress> _addresses = [];
    private readonly List<(InterfaceAddress Address, int Tag, bool IsAdd)> _requests = [];
    private readonly List<(ReceiverKey Key, IReceiverUser User)> _receivers = [];
    private readonly Queue<Action> _notifications = [];
    private readonly Queue<(int Tag, Errno Error)> _sent = [];
    private readonly List<Ear> _ears = [];
    private INetlinkResults? _addressResults;
    private ISendResults? _sendResults;
    private ILinkObserver? _observer;

    public TimerQueue Timers { get; private set; } = new();

    public Instant Now { get; set; } = new(1_000_000_000);

    /// <summary>How far the clock on the wall is from 2026-11-29 12:00 UTC and the time since the start.</summary>
    public Duration ClockError { get; set; }

    public UnixTime UnixNow
    {
        get
        {
            UnixReads++;
            return UnixTime.FromSeconds(1_795_953_600) + new Duration(Now.Nanoseconds) + ClockError;
        }
    }

    /// <summary>How often somebody has looked at the clock on the wall.</summary>
    public int UnixReads { get; private set; }

    public bool TellsWhoAddedAddresses { get; set; } = true;

    public bool TellsInterfaceKinds { get; set; } = true;

    /// <summary>Everything that left, in order: "advert 10.0.0.1 > 224.0.0.18 prio 100", "add ...", "delete ...", "frame".</summary>
    public List<string> Output { get; } = [];

    /// <summary>The adverts among it.</summary>
    public List<byte[]> Datagrams { get; } = [];

    public byte[]? Record { get; set; }

    /// <summary>What reading the record is answered with.</summary>
    public Errno RecordFailure { get; set; }

    /// <summary>What the next attempt to open a receiver is answered with.</summary>
    public Errno ReceiverRefusal { get; set; }

    /// <summary>What the kernel answers to adding this address.</summary>
    public Dictionary<IpAddress, Errno> AddRefusals { get; } = [];

    /// <summary>What the kernel answers to removing this address.</summary>
    public Dictionary<IpAddress, Errno> DeleteRefusals { get; } = [];

    /// <summary>Called before an address is removed.</summary>
    public Action? OnDelete { get; set; }

    /// <summary>The kernel does what it is asked with this address, but its answer is lost.</summary>
    public HashSet<IpAddress> LostAnswers { get; } = [];

    /// <summary>What the kernel answers to datagrams for this address.</summary>
    public Dictionary<IpAddress, Errno> SendRefusals { get; } = [];

    public IReadOnlyList<InterfaceAddress> Addresses => _addresses;

    public IEnumerable<ReceiverKey> Receivers => _receivers.Select(r => r.Key);

    /// <summary>The VRIDs that pass each receiver's filter.</summary>
    public Dictionary<ReceiverKey, int[]> Vrids { get; } = [];

    /// <summary>The receive buffers that were asked for.</summary>
    public Dictionary<ReceiverKey, int> Buffers { get; } = [];

    public bool Has(string address) => _addresses.Any(a => a.Address == IpAddress.Parse(address));

    /// <summary>A link as it is from now on, reported at the next <see cref="Deliver"/>.</summary>
    /// <param name="flags">Those that do not say whether it is up.</param>
    public void SetLink(int index, string name, bool isUp = true, int mtu = 1500, bool isRunning = true, LinkFlags flags = LinkFlags.Multicast)
    {
        Assert.True(KernelName.TryParse(name, out KernelName kernelName));
        LinkInfo link = new()
        {
            Index = index,
            Name = kernelName,
            Flags = flags | (isUp ? LinkFlags.Up : LinkFlags.None) | (isUp && isRunning ? LinkFlags.Running : LinkFlags.None),
            Mtu = mtu,
            HasMacAddress = true,
            Address = new MacAddress(0x0200_0000_0000 + (ulong)index),
        };
        _links.RemoveAll(l => l.Index == index);
        _links.Add(link);
        _notifications.Enqueue(() => _observer?.OnLink(link));
    }

    public void DeleteLink(int index)
    {
        LinkInfo gone = _links.Single(l => l.Index == index);
        _links.Remove(gone);
        foreach (string setting in Settings.Keys.Where(name => name.Contains($"/{gone.Name}/", StringComparison.Ordinal)).ToList())
            Settings.Remove(setting);
        foreach (InterfaceAddress address in _addresses.Where(a => a.InterfaceIndex == index).ToList())
            Remove(address);
        _notifications.Enqueue(() => _observer?.OnLinkGone(index, gone.Name));
    }

    /// <summary>Somebody else adds an address.</summary>
    public void AddForeign(int index, string address, byte prefixLength, byte protocol = 0)
        => Insert(new InterfaceAddress
        {
            InterfaceIndex = index, Address = IpAddress.Parse(address), PrefixLength = prefixLength, Protocol = protocol,
        });

    /// <summary>Somebody else removes an address.</summary>
    public void RemoveForeign(string address) => Remove(_addresses.Single(a => a.Address == IpAddress.Parse(address)));

    /// <summary>Somebody else removes an address of one interface.</summary>
    public void RemoveForeignAt(int index, string address) => Remove(_addresses.Single(a => a.InterfaceIndex == index && a.Address == IpAddress.Parse(address)));

    /// <summary>Somebody else makes an interface a port of another one.</summary>
    public void SetMaster(string name, int master, string kind)
    {
        Assert.True(KernelName.TryParse(kind, out KernelName kernelKind));
        Replace(Link(name) with { MasterIndex = master, MasterKind = kernelKind });
    }

    /// <summary>Reports what has happened since the last time.</summary>
    public void Deliver()
    {
        while (_notifications.TryDequeue(out Action? report))
            report();
    }

    /// <summary>The process ends without a word; the kernel closes what it had open.</summary>
    public void Kill()
    {
        Timers = new TimerQueue();
        _receivers.Clear();
    }

    /// <summary>As the loop does: all that is due, and then the end of the turn.</summary>
    public void Turn(Duration later, Action<Instant> turnEnd)
    {
        Now += later;
        while (Timers.TryPeek(out Instant deadline) && deadline <= Now)
            Timers.TryFire(Now);
        turnEnd(Now);
        Deliver();
    }

    /// <summary>Lets time pass, firing timers and <paramref name="turnEnd"/> on the way.</summary>
    public void Advance(Duration by, Action<Instant> turnEnd)
    {
        Instant until = Now + by;
        while (Timers.TryPeek(out Instant deadline) && deadline <= until)
        {
            Now = deadline > Now ? deadline : Now;
            Timers.TryFire(Now);
            turnEnd(Now);
            Deliver();
            turnEnd(Now);
        }
        Now = until;
    }

    public void Receive(ReadOnlySpan<byte> datagram, string source, string destination, int hopLimit = 255)
    {
        foreach ((ReceiverKey key, IReceiverUser user) in _receivers.ToList())
        {
            if (key.Local == IpAddress.Parse(destination))
                user.OnDatagram(
                    new VrrpDatagram
                    {
                        Bytes = datagram, Source = IpAddress.Parse(source), Destination = IpAddress.Parse(destination), HopLimit = hopLimit,
                    },
                    Now);
        }
    }

    /// <summary>What is listened to: interface, family, addresses.</summary>
    public IEnumerable<string> Heard => _ears.Select(static ear => $"{ear.Index} {ear.Family}: {string.Join(' ', ear.Addresses)}");

    public IEnumerable<INeighbourObserver> NeighbourObservers => _ears.Select(static ear => ear.Observer);

    /// <summary>What the next attempts to listen are answered with.</summary>
    public Errno ListenRefusal { get; set; }

    /// <summary>A packet of ARP or IPv6, as somebody on the segment of that interface has sent it; the kernel lets in what the filter would.</summary>
    public void ReceiveNeighbour(int index, ReadOnlySpan<byte> packet, MacAddress sender)
    {
        AddressFamily family = packet[0] >> 4 == 6 ? AddressFamily.IPv6 : AddressFamily.IPv4;
        foreach (Ear ear in _ears.ToList())
        {
            if (ear.Index == index && ear.Family == family)
                ear.Observer.OnNeighbour(packet, sender, Now);
        }
    }

    public INeighbourListening? ListenToNeighbours(int interfaceIndex, AddressFamily family, INeighbourObserver observer, out OsError failure)
    {
        failure = new OsError("socket(AF_PACKET)", null, ListenRefusal);
        if (failure.IsError)
            return null;
        Ear ear = new(this, interfaceIndex, family, observer);
        _ears.Add(ear);
        return ear;
    }

    private sealed class Ear(ModelWorld world, int index, AddressFamily family, INeighbourObserver observer) : INeighbourListening
    {
        public int Index => index;

        public AddressFamily Family => family;

        public INeighbourObserver Observer => observer;

        public IpAddress[] Addresses { get; private set; } = [];

        public OsError Listen(ReadOnlySpan<IpAddress> addresses)
        {
            Addresses = addresses.ToArray();
            return OsError.None;
        }

        public void Dispose() => world._ears.Remove(this);
    }

    public void SetAddressResults(INetlinkResults results) => _addressResults = results;

    public void AddAddress(in InterfaceAddress address, int tag) => _requests.Add((address, tag, true));

    public void DeleteAddress(in InterfaceAddress address, int tag) => _requests.Add((address, tag, false));

    /// <summary>How long the kernel takes for each address.</summary>
    public Duration AddressCost { get; set; }

    public void FlushAddresses()
    {
        foreach ((InterfaceAddress address, int tag, bool isAdd) in _requests)
        {
            Output.Add($"{(isAdd ? "add" : "delete")} {address.Address}/{address.PrefixLength}");
            Now += AddressCost;
            Errno answer = isAdd ? Add(address) : Delete(address);
            _addressResults!.OnResult(tag, LostAnswers.Contains(address.Address) ? Errno.ENOBUFS : answer, default);
        }
        _requests.Clear();
    }

    public void HearNotifications() => Deliver();

    /// <summary>What the kernel answers to making an interface of this name.</summary>
    public Dictionary<string, Errno> LinkRefusals { get; } = [];

    /// <summary>Somebody renames an interface, which takes its settings along.</summary>
    /// <param name="isTold">The kernel tells of it before its settings have the new name, which they get with <see cref="MoveSettings"/>.</param>
    public void Rename(string name, string other, bool isTold = false)
    {
        Assert.True(KernelName.TryParse(other, out KernelName kernelName));
        if (!isTold)
            MoveSettings(name, other);
        _toldOnly = isTold ? (name, other) : null;
        Replace(Link(name) with { Name = kernelName });
    }

    /// <summary>Who waits for a new name finds the settings under it.</summary>
    public bool SettlesNames { get; set; }

    private (string Name, string Other)? _toldOnly;

    public void AwaitName(KernelName name)
    {
        if (SettlesNames && _toldOnly is { } told && told.Other == name.ToString())
            MoveSettings(told.Name, told.Other);
    }

    public void MoveSettings(string name, string other)
    {
        foreach ((string setting, int value) in Settings.Where(pair => pair.Key.Contains($"/{name}/", StringComparison.Ordinal)).ToList())
        {
            Settings.Remove(setting);
            Settings[setting.Replace($"/{name}/", $"/{other}/", StringComparison.Ordinal)] = value;
        }
    }

    /// <summary>What the kernel answers to removing an interface of this name.</summary>
    public Dictionary<string, Errno> LinkRemovalRefusals { get; } = [];

    /// <summary>What reading this setting is answered with.</summary>
    public Dictionary<string, Errno> SettingReadRefusals { get; } = [];

    /// <summary>The numbers below /proc/sys; one that is not here is missing.</summary>
    public SortedDictionary<string, int> Settings { get; } = [];

    /// <summary>What the kernel answers to writing this setting.</summary>
    public Dictionary<string, Errno> SettingRefusals { get; } = [];

    public IEnumerable<string> LinkNames => _links.Select(static link => link.Name.ToString());

    public LinkInfo Link(string name) => _links.Single(link => link.Name.ToString() == name);

    private readonly List<(int Tag, Func<Errno> Do)> _linkRequests = [];
    private INetlinkResults? _linkResults;

    // The kernel does not use an index again soon.
    private int _lastMade = 100;

    public void SetLinkResults(INetlinkResults results) => _linkResults = results;

    public void AddLink(VirtualLink link, int tag) => _linkRequests.Add((tag, () =>
    {
        Output.Add($"make {link.Name}");
        if (LinkRefusals.TryGetValue(link.Name.ToString(), out Errno refusal))
            return refusal;
        if (HasInterface(link.Name))
            return Errno.EEXIST;
        if (_links.All(l => l.Index != link.BaseIndex))
            return Errno.ENODEV;
        bool isMacvlan = link.Kind == VirtualLinkKind.MacvlanPrivate;
        Replace(new LinkInfo
        {
            Index = ++_lastMade, Name = link.Name, Flags = LinkFlags.Multicast, Mtu = 1500, HasMacAddress = true,
            Address = isMacvlan ? link.Address : _links.Single(l => l.Index == link.BaseIndex).Address, LinkIndex = link.BaseIndex, Group = link.Group,
            Kind = KernelName.FromBytes(isMacvlan ? "macvlan"u8 : "ipvlan"u8), MacvlanMode = isMacvlan ? 1u : 0,
            IpvlanFlags = LinkKinds.IpvlanFlagsOf(link.Kind),
        });
        foreach (string setting in (string[])["arp_ignore", "accept_local", "rp_filter", "promote_secondaries"])
            Settings[$"net/ipv4/conf/{link.Name}/{setting}"] = 0;
        Settings[$"net/ipv6/conf/{link.Name}/disable_ipv6"] = 0;
        return Errno.None;
    }
    ));

    public void DeleteLink(KernelName name, int tag) => _linkRequests.Add((tag, () =>
    {
        Output.Add($"unmake {name}");
        if (LinkRemovalRefusals.TryGetValue(name.ToString(), out Errno refusal))
            return refusal;
        if (!HasInterface(name))
            return Errno.ENODEV;
        DeleteLink(Link(name.ToString()).Index);
        return Errno.None;
    }
    ));

    public void GenerateNoAddress(KernelName name, int tag) => Change(name, tag, static link => link);

    public void SetIpv4(KernelName name, ReadOnlySpan<(Ipv4Setting Setting, int Value)> settings, int tag)
    {
        foreach ((Ipv4Setting setting, int value) in settings)
            Settings[$"net/ipv4/conf/{name}/{Ipv4SettingNames.Of(setting)}"] = value;
        Change(name, tag, static link => link);
    }

    public void SetMaster(KernelName name, int master, int tag) => Change(name, tag, link => link with { MasterIndex = master });

    public void SetGroup(KernelName name, uint group, int tag) => Change(name, tag, link => link with { Group = group });

    public void SwitchOn(KernelName name, int tag)
    {
        _linkRequests.Add((tag, () => HasInterface(name) && IsAddressTaken(Link(name.ToString())) ? Errno.EADDRINUSE : Errno.None));
        Change(name, tag, link => IsAddressTaken(link) ? link : link with { Flags = link.Flags | LinkFlags.Up | LinkFlags.Running });
    }

    // As macvlan_open has it.
    private bool IsAddressTaken(LinkInfo link)
        => link.MacvlanMode != 0 && _links.Any(other => other.Index != link.Index && other.LinkIndex == link.LinkIndex && other.Address == link.Address && other.IsUp);

    public void FlushLinks()
    {
        foreach ((int tag, Func<Errno> request) in _linkRequests.ToList())
            _linkResults!.OnResult(tag, request(), default);
        _linkRequests.Clear();
    }

    public bool HasInterface(KernelName name) => _links.Any(link => link.Name == name);

    public Errno ReadSetting(string name, out int value)
    {
        if (!SettingReadRefusals.TryGetValue(name, out Errno refusal))
            return Settings.TryGetValue(name, out value) ? Errno.None : Errno.ENOENT;
        value = 0;
        return refusal;
    }

    public Errno WriteSetting(string name, int value)
    {
        if (SettingRefusals.TryGetValue(name, out Errno refusal))
            return refusal;
        if (!Settings.ContainsKey(name))
            return Errno.ENOENT;
        Settings[name] = value;
        Output.Add($"set {name} {value}");
        return Errno.None;
    }

    public IReadOnlyList<string> ListInterfaceSettings() => ["all", "default", .. LinkNames];

    /// <summary>Somebody else makes an interface on another one.</summary>
    public void MakeForeign(int index, string name, int baseIndex, MacAddress address, string kind = "macvlan", uint mode = 1)
    {
        Assert.True(KernelName.TryParse(name, out KernelName kernelName));
        Assert.True(KernelName.TryParse(kind, out KernelName kernelKind));
        Replace(new LinkInfo
        {
            Index = index, Name = kernelName, Flags = LinkFlags.Multicast, Mtu = 1500, HasMacAddress = true, Address = address, LinkIndex = baseIndex,
            Kind = kernelKind, MacvlanMode = mode,
        });
    }

    private void Change(KernelName name, int tag, Func<LinkInfo, LinkInfo> change) => _linkRequests.Add((tag, () =>
    {
        if (!HasInterface(name))
            return Errno.ENODEV;
        Replace(change(Link(name.ToString())));
        return Errno.None;
    }
    ));

    private void Replace(LinkInfo link)
    {
        _links.RemoveAll(l => l.Index == link.Index);
        _links.Add(link);
        _notifications.Enqueue(() => _observer?.OnLink(link));
    }

    /// <summary>The routes and rules in the kernel, as text.</summary>
    public List<string> Routing { get; } = [];

    /// <summary>What the kernel answers to adding a route to this destination.</summary>
    public Dictionary<IpAddress, Errno> RouteRefusals { get; } = [];

    /// <summary>What the kernel answers to a request whose line of the output begins so: "add rule", "delete route 10.70".</summary>
    public Dictionary<string, Errno> RoutingRefusals { get; } = [];

    /// <summary>Others' removals of routes of this protocol are reported; null when nobody has asked for that.</summary>
    public byte? ObservedProtocol { get; private set; }

    private readonly Dictionary<string, object> _routing = [];
    private readonly List<(string Text, object What, int Tag, bool IsAdd)> _routingRequests = [];
    private INetlinkResults? _routingResults;
    private IRoutingObserver? _routingObserver;

    public void SetRoutingResults(INetlinkResults results) => _routingResults = results;

    public void AddRoute(KernelRoute route, RouteInsertion insertion, int tag) => _routingRequests.Add((TextOf(route), route, tag, true));

    public void DeleteRoute(KernelRoute route, int tag) => _routingRequests.Add((TextOf(route), route, tag, false));

    public void AddRule(KernelRule rule, int tag) => _routingRequests.Add((TextOf(rule), rule, tag, true));

    public void DeleteRule(KernelRule rule, int tag) => _routingRequests.Add((TextOf(rule), rule, tag, false));

    public void FlushRouting()
    {
        foreach ((string text, object what, int tag, bool isAdd) in _routingRequests)
        {
            Output.Add($"{(isAdd ? "add" : "delete")} {text}");
            string request = Output[^1];
            Errno refusal = RoutingRefusals.FirstOrDefault(pair => request.StartsWith(pair.Key, StringComparison.Ordinal)).Value;
            _routingResults!.OnResult(tag, refusal != Errno.None ? refusal : isAdd ? AddRouting(text, what) : DeleteRouting(text, what), default);
        }
        _routingRequests.Clear();
    }

    public OsError ReadRouting(byte protocol, List<ReportedRoute> routes, List<ReportedRule> rules)
    {
        foreach (object what in Routing.Where(_routing.ContainsKey).Select(text => _routing[text]))
        {
            if (what is KernelRoute route && route.Protocol == protocol)
                routes.Add(Reported(route));
            else if (what is KernelRule rule && rule.Protocol == protocol)
                rules.Add(Reported(rule));
        }
        return OsError.None;
    }

    public OsError ObserveRouting(IRoutingObserver observer, byte protocol)
    {
        _routingObserver = observer;
        ObservedProtocol = protocol;
        return OsError.None;
    }

    /// <summary>Somebody else, or an earlier run, has put a route or a rule there; "route 10.1.0.0/16 if 2 table 254".</summary>
    public void AddForeignRouting(string text) => Routing.Add(text);

    /// <summary>Somebody else removes a route or a rule of ours.</summary>
    public void RemoveForeignRouting(string text)
    {
        object what = _routing[text];
        DeleteRouting(text, what);
        _notifications.Enqueue(() =>
        {
            if (what is KernelRoute route)
                _routingObserver?.OnRouteGone(Reported(route));
            else if (what is KernelRule rule)
                _routingObserver?.OnRuleGone(Reported(rule));
        });
    }

    private static ReportedRoute Reported(KernelRoute route) => new()
    {
        Family = route.Family, Destination = route.Destination, DestinationLength = route.DestinationLength, Type = route.Type, Table = route.Table,
        Protocol = route.Protocol, Priority = route.Priority ?? 0, OutputInterface = route.OutputInterface, TypeOfService = route.TypeOfService,
    };

    private static ReportedRule Reported(KernelRule rule) => new()
    {
        Family = rule.Family, Priority = rule.Priority, Action = rule.Action, From = rule.From, FromLength = rule.FromLength, To = rule.To,
        ToLength = rule.ToLength, Table = rule.Table, Protocol = rule.Protocol,
    };

    /// <summary>The kernel drops IPv4 routes of an interface that goes down, and does not say so.</summary>
    public void DropRoutesOf(int index) => Routing.RemoveAll(text => text.Contains($" if {index} ", StringComparison.Ordinal));

    /// <summary>The kernel could not deliver what happened to routes and rules.</summary>
    public void LoseRoutingNotifications() => _routingObserver!.OnRoutingLost(Errno.ENOBUFS);

    private static string TextOf(KernelRoute route) => $"route {route.Destination}/{route.DestinationLength} if {route.OutputInterface} table {route.Table}";

    private static string TextOf(KernelRule rule) => $"rule {rule.Priority} table {rule.Table}";

    private Errno AddRouting(string text, object what)
    {
        if (what is KernelRoute route && RouteRefusals.TryGetValue(route.Destination, out Errno refusal))
            return refusal;
        if (Routing.Contains(text))
            return Errno.EEXIST;
        Routing.Add(text);
        _routing[text] = what;
        return Errno.None;
    }

    private Errno DeleteRouting(string text, object what)
        => Routing.Remove(text) ? Errno.None : what is KernelRoute ? Errno.ESRCH : Errno.ENOENT;

    public IReceiver? OpenReceiver(in ReceiverKey key, IReceiverUser user, out OsError failure)
    {
        failure = new OsError("socket", null, ReceiverRefusal);
        if (failure.IsError)
            return null;
        (ReceiverKey, IReceiverUser) receiver = (key, user);
        _receivers.Add(receiver);
        return new ModelReceiver(this, key, _receivers.Count, () => _receivers.Remove(receiver));
    }

    public void SetSendResults(ISendResults results) => _sendResults = results;

    public void QueueDatagram(ReadOnlySpan<byte> datagram, in DatagramRoute route, int tag)
    {
        int header = route.Source.Family == AddressFamily.IPv4 ? datagram[9] == Ipv4Header.ProtocolVrrp ? 20 : 44 : 0;
        Datagrams.Add(datagram.ToArray());
        Output.Add($"advert {route.Source} > {route.Destination} prio {datagram[header + 2]} if {route.InterfaceIndex}");
        _sent.Enqueue((tag, SendRefusals.GetValueOrDefault(route.Destination)));
    }

    public void FlushDatagrams()
    {
        while (_sent.TryDequeue(out (int Tag, Errno Error) sent))
            _sendResults!.OnSent(sent.Tag, sent.Error);
    }

    public OsError Observe(ILinkObserver observer)
    {
        _observer = observer;
        return OsError.None;
    }

    /// <summary>What the kernel ends the next snapshots of everything with, before it has told anything.</summary>
    public Errno SnapshotFailure { get; set; }

    public void TakeSnapshot()
    {
        _observer!.OnSnapshotBegin(0);
        if (SnapshotFailure != Errno.None)
        {
            _observer.OnSnapshotEnd(0, SnapshotFailure);
            return;
        }
        _notifications.Clear();
        foreach (LinkInfo link in _links)
            _observer.OnLink(link);
        foreach (InterfaceAddress address in _addresses)
            _observer.OnAddress(address);
        _observer.OnSnapshotEnd(0, Errno.None);
    }

    public void RequestSnapshot(int interfaceIndex) => _notifications.Enqueue(() =>
    {
        _observer!.OnSnapshotBegin(interfaceIndex);
        foreach (LinkInfo link in _links.Where(l => l.Index == interfaceIndex).ToList())
            _observer.OnLink(link);
        foreach (InterfaceAddress address in _addresses.Where(a => a.InterfaceIndex == interfaceIndex).ToList())
            _observer.OnAddress(address);
        _observer.OnSnapshotEnd(interfaceIndex, _links.Any(l => l.Index == interfaceIndex) ? Errno.None : Errno.ENODEV);
    });

    /// <summary>The kernel could not deliver what happened meanwhile.</summary>
    public void LoseNotifications()
    {
        _notifications.Clear();
        _observer!.OnLost(Errno.ENOBUFS);
        TakeSnapshot();
    }

    public void QueueFrame(int interfaceIndex, ReadOnlySpan<byte> frame)
    {
        _lastFrameInterface = interfaceIndex;
        Output.Add($"frame if {interfaceIndex}");
    }

    /// <summary>What the kernel answers to announcements.</summary>
    public Errno FrameRefusal { get; set; }

    private int _lastFrameInterface;

    public Errno FlushFrames(out int interfaceIndex)
    {
        interfaceIndex = _lastFrameInterface;
        return FrameRefusal;
    }

    public bool ForwardsIPv6(KernelName interfaceName) => false;

    /// <summary>What drivers answer; an interface that is not here knows no such question.</summary>
    public Dictionary<(string Name, LinkProbeMethod Method), bool> Drivers { get; } = [];

    /// <summary>How often drivers were asked.</summary>
    public int Probes { get; private set; }

    public Errno ProbeLink(KernelName interfaceName, LinkProbeMethod method, out bool isUp)
    {
        Probes++;
        return Drivers.TryGetValue((interfaceName.ToString(), method), out isUp) ? Errno.None : Errno.EOPNOTSUPP;
    }

    /// <summary>What writing the record is answered with.</summary>
    public Errno RecordRefusal { get; set; }

    public OsError WriteRecord(ReadOnlySpan<byte> record)
    {
        if (RecordRefusal != Errno.None)
            return new OsError("write", null, RecordRefusal);
        Record = record.IsEmpty ? null : record.ToArray();
        return OsError.None;
    }

    /// <summary>The record of roles, as it is on disk.</summary>
    public byte[]? Roles { get; set; }

    public string BootId { get; set; } = "a-start";

    public Duration Suspended { get; set; }

    /// <summary>What writing the record of roles is answered with.</summary>
    public Errno RolesFailure { get; set; }

    public OsError OpenRoles(out byte[]? earlier)
    {
        earlier = Roles;
        Roles = [];
        return OsError.None;
    }

    public OsError WriteRoles(int offset, ReadOnlySpan<byte> part)
    {
        if (RolesFailure != Errno.None)
            return new OsError("write", "roles", RolesFailure);
        byte[] longer = new byte[Math.Max(Roles?.Length ?? 0, offset + part.Length)];
        Roles?.CopyTo(longer, 0);
        part.CopyTo(longer.AsSpan(offset));
        Roles = longer;
        return OsError.None;
    }

    public OsError RemoveRoles()
    {
        Roles = null;
        return OsError.None;
    }

    public OsError ReadRecord(out byte[]? record)
    {
        record = RecordFailure == Errno.None ? Record : null;
        return new OsError("open", null, RecordFailure);
    }

    private Errno Add(InterfaceAddress address)
    {
        if (AddRefusals.TryGetValue(address.Address, out Errno refusal))
            return refusal;
        if (_links.All(l => l.Index != address.InterfaceIndex))
            return Errno.ENODEV;
        // IPv6 knows an address of an interface once only, whatever its prefix length.
        if (_addresses.Any(a => Same(a, address) || (a.InterfaceIndex == address.InterfaceIndex && a.Address == address.Address
            && a.Address.Family == AddressFamily.IPv6)))
        {
            return Errno.EEXIST;
        }
        Insert(address);
        return Errno.None;
    }

    // As Linux does without promote_secondaries: the first address of a subnet takes the others with it.
    private Errno Delete(InterfaceAddress address)
    {
        OnDelete?.Invoke();
        if (DeleteRefusals.TryGetValue(address.Address, out Errno refusal))
            return refusal;
        int at = _addresses.FindIndex(a => Same(a, address));
        if (at < 0)
            return Errno.EADDRNOTAVAIL;
        InterfaceAddress found = _addresses[at];
        bool isPrimary = !_addresses.Take(at).Any(a => SameSubnet(a, found));
        Remove(found);
        string name = _links.Single(l => l.Index == address.InterfaceIndex).Name.ToString();
        bool promotes = Settings.GetValueOrDefault($"net/ipv4/conf/{name}/promote_secondaries") != 0;
        if (isPrimary && !promotes && found.Address.Family == AddressFamily.IPv4)
        {
            foreach (InterfaceAddress secondary in _addresses.Where(a => SameSubnet(a, found)).ToList())
                Remove(secondary);
        }
        return Errno.None;
    }

    private void Insert(InterfaceAddress address)
    {
        if (_addresses.Any(a => SameSubnet(a, address)))
            address = address with { Flags = address.Flags | AddressFlags.Secondary };
        _addresses.Add(address);
        _notifications.Enqueue(() => _observer?.OnAddress(address));
    }

    private void Remove(InterfaceAddress address)
    {
        _addresses.Remove(address);
        _notifications.Enqueue(() => _observer?.OnAddressGone(address));
    }

    private static bool Same(InterfaceAddress a, InterfaceAddress b)
        => a.InterfaceIndex == b.InterfaceIndex && a.Address == b.Address && a.PrefixLength == b.PrefixLength;

    private static bool SameSubnet(InterfaceAddress a, InterfaceAddress b)
        => a.InterfaceIndex == b.InterfaceIndex && a.PrefixLength == b.PrefixLength && a.Address.Family == AddressFamily.IPv4
            && b.Address.Family == AddressFamily.IPv4 && a.PrefixLength > 0 && (a.Address.ToUInt32() ^ b.Address.ToUInt32()) >> (32 - a.PrefixLength) == 0;

    private sealed class ModelReceiver(ModelWorld world, ReceiverKey key, int number, Action close) : IReceiver
    {
        public (int In, int Out) Descriptors => (100 + number, 99);

        public OsError SetVrids(ReadOnlySpan<ulong> vrids)
        {
            ulong[] set = vrids.ToArray();
            world.Vrids[key] = [.. Enumerable.Range(0, 256).Where(vrid => (set[vrid / 64] >> (vrid % 64) & 1) != 0)];
            return OsError.None;
        }

        public OsError SetBuffer(int bytes)
        {
            world.Buffers[key] = bytes;
            return OsError.None;
        }

        public void Dispose()
        {
            world.Vrids.Remove(key);
            close();
        }
    }
}
