using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Links;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Routing;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Worlds;

/// <summary>The real world: raw sockets, rtnetlink, the loop's clock.</summary>
internal sealed partial class LinuxVrrpWorld : IVrrpWorld, INetlinkResults, ISendResults, IDisposable
{
    /// <summary>Internetwork control, as keepalived marks its IPv4 datagrams too.</summary>
    private const byte TrafficClass = 0xC0;

    /// <summary>TC_PRIO_CONTROL (linux/pkt_sched.h): before bulk traffic in the queueing discipline.</summary>
    private const int ControlPriority = 7;

    private const int RecordMode = 0x180; // 0600
    private const int LongestRecord = 4 << 20;

    // Some for each interface that may have been made, and bounded on a host where they never end.
    private const int MostNotifications = 10_000;

    private const string SettingsRoot = "/proc/sys/";

    // One socket serves several tables; the lowest bits of a tag tell which.
    private const int TableBits = 2;

    private readonly EventLoop _loop;
    private readonly string? _recordPath;
    private readonly DatagramBuffer _receiveBuffer = new();
    private readonly FrameResults _frameResults = new();
    private RtnetlinkCommands? _commands;
    private RtnetlinkMonitor? _monitor;
    private PacketSender? _frames;
    private LinkProbe? _linkProbe;
    private RawProtocolSender? _senderIPv4;
    private RawProtocolSender? _senderIPv6;
    private RoutingMonitor? _routingMonitor;
    private INetlinkResults? _addressResults;
    private INetlinkResults? _routingResults;
    private INetlinkResults? _linkResults;
    private Errno _settingResult;
    private ISendResults? _sendResults;

    private LinuxVrrpWorld(EventLoop loop, string? recordPath)
    {
        _loop = loop;
        _recordPath = recordPath;
        _rolesPath = Path.ChangeExtension(recordPath, RolesExtension);
        TellsWhoAddedAddresses = KernelIsAtLeast(5, 18);
        TellsInterfaceKinds = KernelIsAtLeast(5, 1);
    }

    /// <summary>Opens what every configuration needs.</summary>
    /// <param name="recordPath">Where the record of kernel objects is kept; null keeps none.</param>
    public static LinuxVrrpWorld? Open(EventLoop loop, string? recordPath, out OsError failure)
    {
        LinuxVrrpWorld world = new(loop, recordPath);
        failure = RtnetlinkCommands.Open(world, out world._commands);
        if (!failure.IsError)
            return world;
        world.Dispose();
        return null;
    }

    public TimerQueue Timers => _loop.Timers;

    public Instant Now => _loop.Now;

    /// <summary>Requests for addresses, routes, rules, links and their settings that the kernel has refused; some are expected, such as EEXIST.</summary>
    public ulong RefusedCount { get; private set; }

    public UnixTime UnixNow => WallClock.Now;

    public bool TellsWhoAddedAddresses { get; }

    public bool TellsInterfaceKinds { get; }

    public void SetAddressResults(INetlinkResults results) => _addressResults = results;

    public void AddAddress(in InterfaceAddress address, int tag) => _commands!.AddAddress(address, TagOf(Table.Addresses, tag));

    public void DeleteAddress(in InterfaceAddress address, int tag) => _commands!.DeleteAddress(address, TagOf(Table.Addresses, tag));

    public void FlushAddresses() => _commands!.Flush();

    public void SetRoutingResults(INetlinkResults results) => _routingResults = results;

    public void AddRoute(KernelRoute route, RouteInsertion insertion, int tag) => _commands!.AddRoute(route, insertion, TagOf(Table.Routing, tag));

    public void DeleteRoute(KernelRoute route, int tag) => _commands!.DeleteRoute(route, TagOf(Table.Routing, tag));

    public void AddRule(KernelRule rule, int tag) => _commands!.AddRule(rule, TagOf(Table.Routing, tag));

    public void DeleteRule(KernelRule rule, int tag) => _commands!.DeleteRule(rule, TagOf(Table.Routing, tag));

    public void FlushRouting() => _commands!.Flush();

    public OsError ReadRouting(byte protocol, List<ReportedRoute> routes, List<ReportedRule> rules) => RoutingDump.Read(protocol, routes, rules);

    public void SetLinkResults(INetlinkResults results) => _linkResults = results;

    public void AddLink(VirtualLink link, int tag) => _commands!.AddLink(link, TagOf(Table.Links, tag));

    public void DeleteLink(KernelName name, int tag) => _commands!.DeleteLink(name, TagOf(Table.Links, tag));

    public void GenerateNoAddress(KernelName name, int tag) => _commands!.GenerateNoAddress(name, TagOf(Table.Links, tag));

    public void SetIpv4(KernelName name, ReadOnlySpan<(Ipv4Setting Setting, int Value)> settings, int tag)
        => _commands!.SetIpv4(name, settings, TagOf(Table.Links, tag));

    public void SetMaster(KernelName name, int master, int tag) => _commands!.SetMaster(name, master, TagOf(Table.Links, tag));

    public void SetGroup(KernelName name, uint group, int tag) => _commands!.SetGroup(name, group, TagOf(Table.Links, tag));

    public void SwitchOn(KernelName name, int tag) => _commands!.SwitchOn(name, TagOf(Table.Links, tag));

    public void FlushLinks() => _commands!.Flush();

    public bool HasInterface(KernelName name) => InterfaceNames.IndexOf(name) != 0;

    // A change of nothing waits for the lock that the renaming holds.
    public void AwaitName(KernelName name)
    {
        _commands!.SetIpv4(name, [], TagOf(Table.Settings, 0));
        _commands.Flush();
    }

    public Errno ReadSetting(string name, out int value) => Sysctl.ReadInt(PathOf(name), out value);

    // A container sees /proc/sys read-only, and yet may be allowed to change its interfaces.
    public Errno WriteSetting(string name, int value)
    {
        Errno error = Sysctl.WriteInt(PathOf(name), value);
        if (error is not (Errno.EROFS or Errno.EACCES or Errno.EPERM) || !TryParseIpv4(name, out KernelName interfaceName, out Ipv4Setting setting))
            return error;
        _commands!.SetIpv4(interfaceName, [(setting, value)], TagOf(Table.Settings, 0));
        _commands.Flush();
        return _settingResult;
    }

    public IReadOnlyList<string> ListInterfaceSettings()
        => DirectoryReader.TryRead($"{SettingsRoot}net/ipv4/conf", out List<string> names).IsError ? [] : names;

    private static ReadOnlySpan<byte> PathOf(string name) => Encoding.UTF8.GetBytes(SettingsRoot + name);

    private static bool TryParseIpv4(string name, out KernelName interfaceName, out Ipv4Setting setting)
    {
        interfaceName = default;
        setting = default;
        return name.Split('/') is ["net", "ipv4", "conf", var at, var what] && at is not ("all" or "default")
            && KernelName.TryParse(at, out interfaceName) && Ipv4SettingNames.TryParse(what, out setting);
    }

    public void SetSendResults(ISendResults results) => _sendResults = results;

    // IPv4's header is ours, protocol number and all, so one sender does for VRRP and AH.
    public OsError OpenSender(AddressFamily family)
    {
        ref RawProtocolSender? sender = ref family == AddressFamily.IPv4 ? ref _senderIPv4 : ref _senderIPv6;
        if (sender is not null)
            return OsError.None;
        RawSenderOptions options = new(family, Ipv4Header.ProtocolVrrp) { TrafficClass = TrafficClass, Priority = ControlPriority };
        return RawProtocolSender.Open(options, this, out sender);
    }

    public void QueueDatagram(ReadOnlySpan<byte> datagram, in DatagramRoute route, int tag)
        => (route.Destination.Family == AddressFamily.IPv4 ? _senderIPv4 : _senderIPv6)?.Queue(datagram, route, tag);

    public void FlushDatagrams()
    {
        if (_senderIPv4 is { Pending: > 0 })
            _senderIPv4.Flush();
        if (_senderIPv6 is { Pending: > 0 })
            _senderIPv6.Flush();
    }

    /// <summary>The receive buffer of the socket for commands (<c>vrrp_netlink_cmd_rcv_bufs</c>).</summary>
    public OsError SetCommandBuffer(int bytes, bool forced) => _commands!.SetReceiveBuffer(bytes, forced);

    /// <summary>The receive buffer of the socket for notifications (<c>vrrp_netlink_monitor_rcv_bufs</c>).</summary>
    public OsError SetMonitorBuffer(int bytes, bool forced) => _monitor!.SetReceiveBuffer(bytes, forced);

    public OsError OpenFrames()
        => _frames is null ? PacketSender.Open(_frameResults, out _frames) : OsError.None;

    public void QueueFrame(int interfaceIndex, ReadOnlySpan<byte> frame) => _frames?.Queue(interfaceIndex, frame, interfaceIndex);

    public Errno FlushFrames(out int interfaceIndex)
    {
        _frames?.Flush();
        Errno first = _frameResults.First;
        interfaceIndex = _frameResults.FirstTag;
        _frameResults.First = Errno.None;
        return first;
    }

    public bool ForwardsIPv6(KernelName interfaceName)
        => Sysctl.ReadIPv6Forwarding(interfaceName, out bool isForwarding) == Errno.None && isForwarding;

    public Errno ProbeLink(KernelName interfaceName, LinkProbeMethod method, out bool isUp)
    {
        isUp = false;
        if (_linkProbe is null)
        {
            OsError failure = LinkProbe.Open(out _linkProbe);
            if (failure.IsError)
                return failure.Errno;
        }
        return _linkProbe!.Probe(interfaceName, method, out isUp);
    }

    public OsError WriteRecord(ReadOnlySpan<byte> record)
    {
        if (_recordPath is null)
            return OsError.None;
        if (record.IsEmpty)
            return FileSystem.Remove(_recordPath);
        // Most reloads change nothing of it, and to rename can take a millisecond.
        if (!FileReader.TryRead(_recordPath, LongestRecord, out byte[] present).IsError && record.SequenceEqual(present))
            return OsError.None;
        // Below /run: it lives as long as what it speaks of, so it need not survive a power cut.
        OsError failure = AtomicFile.Write(_recordPath, record, RecordMode, Durability.Renamed);
        if (failure.Errno != Errno.ENOENT || MakeRecordDirectory is null)
            return failure;
        failure = MakeRecordDirectory();
        return failure.IsError ? failure : AtomicFile.Write(_recordPath, record, RecordMode, Durability.Renamed);
    }

    /// <summary>Makes the directory of the record, if somebody has removed it or there was no room for it.</summary>
    public Func<OsError>? MakeRecordDirectory { get; set; }

    public OsError ReadRecord(out byte[]? record)
    {
        record = null;
        if (_recordPath is null)
            return OsError.None;
        OsError failure = FileReader.TryRead(_recordPath, LongestRecord, out byte[] content);
        if (failure.Errno == Errno.ENOENT)
            return OsError.None;
        if (!failure.IsError)
            record = content;
        return failure;
    }

    void INetlinkResults.OnResult(int tag, Errno error, ReadOnlySpan<byte> extack)
    {
        int number = tag >> TableBits;
        if (error != Errno.None)
            RefusedCount++;
        switch ((Table)(tag & ((1 << TableBits) - 1)))
        {
            case Table.Addresses:
                _addressResults?.OnResult(number, error, extack);
                break;
            case Table.Routing:
                _routingResults?.OnResult(number, error, extack);
                break;
            case Table.Links:
                _linkResults?.OnResult(number, error, extack);
                break;
            default:
                _settingResult = error;
                break;
        }
    }

    private static int TagOf(Table table, int tag) => (tag << TableBits) | (int)table;

    private enum Table
    {
        Addresses,
        Routing,
        Links,
        Settings,
    }

    void ISendResults.OnSent(int tag, Errno error) => _sendResults?.OnSent(tag, error);

    public void Dispose()
    {
        _commands?.Dispose();
        if (_monitor is not null)
            _loop.Remove(_monitor.Descriptor);
        _monitor?.Dispose();
        if (_routingMonitor is not null)
            _loop.Remove(_routingMonitor.Descriptor);
        _routingMonitor?.Dispose();
        DisposeFirewall();
        _frames?.Dispose();
        _linkProbe?.Dispose();
        _senderIPv4?.Dispose();
        _senderIPv6?.Dispose();
    }

    private static bool KernelIsAtLeast(int major, int minor)
    {
        string[] parts = SystemInfo.Kernel.Release.Split('.', '-');
        return parts.Length >= 2 && int.TryParse(parts[0], out int first) && int.TryParse(parts[1], out int second)
            && (first, second).CompareTo((major, minor)) >= 0;
    }

    private sealed class FrameResults : ISendResults
    {
        public Errno First { get; set; }

        public int FirstTag { get; private set; }

        public void OnSent(int tag, Errno error)
        {
            if (First != Errno.None)
                return;
            First = error;
            FirstTag = tag;
        }
    }
}
