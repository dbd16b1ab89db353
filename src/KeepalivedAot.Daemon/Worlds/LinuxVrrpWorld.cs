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
    private ISendResults? _sendResults;

    private LinuxVrrpWorld(EventLoop loop, string? recordPath)
    {
        _loop = loop;
        _recordPath = recordPath;
        TellsWhoAddedAddresses = KernelIsAtLeast(5, 18);
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

    public UnixTime UnixNow => WallClock.Now;

    public bool TellsWhoAddedAddresses { get; }

    public void SetAddressResults(INetlinkResults results) => _addressResults = results;

    public void AddAddress(in InterfaceAddress address, int tag) => _commands!.AddAddress(address, OfAddress(tag));

    public void DeleteAddress(in InterfaceAddress address, int tag) => _commands!.DeleteAddress(address, OfAddress(tag));

    public void FlushAddresses() => _commands!.Flush();

    public void SetRoutingResults(INetlinkResults results) => _routingResults = results;

    public void AddRoute(KernelRoute route, RouteInsertion insertion, int tag) => _commands!.AddRoute(route, insertion, OfRouting(tag));

    public void DeleteRoute(KernelRoute route, int tag) => _commands!.DeleteRoute(route, OfRouting(tag));

    public void AddRule(KernelRule rule, int tag) => _commands!.AddRule(rule, OfRouting(tag));

    public void DeleteRule(KernelRule rule, int tag) => _commands!.DeleteRule(rule, OfRouting(tag));

    public void FlushRouting() => _commands!.Flush();

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

    public void QueueFrame(int interfaceIndex, ReadOnlySpan<byte> frame) => _frames?.Queue(interfaceIndex, frame, 0);

    public Errno FlushFrames()
    {
        _frameResults.First = Errno.None;
        _frames?.Flush();
        return _frameResults.First;
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
        // Below /run: it lives as long as what it speaks of, so it need not survive a power cut.
        return record.IsEmpty
            ? FileSystem.Remove(_recordPath)
            : AtomicFile.Write(_recordPath, record, RecordMode, Durability.Renamed);
    }

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
        => (IsOfRouting(tag) ? _routingResults : _addressResults)?.OnResult(tag >> 1, error, extack);

    // One socket serves two tables; the lowest bit of a tag tells which.
    private static int OfAddress(int tag) => tag << 1;

    private static int OfRouting(int tag) => (tag << 1) | 1;

    private static bool IsOfRouting(int tag) => (tag & 1) != 0;

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

        public void OnSent(int tag, Errno error)
        {
            if (First == Errno.None)
                First = error;
        }
    }
}
