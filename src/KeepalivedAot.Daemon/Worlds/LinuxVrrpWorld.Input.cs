using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Routing;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Worlds;

// What comes in through the loop: datagrams and the kernel's notifications.
internal sealed partial class LinuxVrrpWorld
{
    public OsError Observe(ILinkObserver observer)
    {
        OsError failure = RtnetlinkMonitor.Open(observer, out _monitor);
        if (failure.IsError)
            return failure;
        return new OsError("epoll_ctl", "netlink", _loop.Add(_monitor!.Descriptor, new MonitorSource(_monitor)));
    }

    /// <summary>Has the kernel keep back what is said of other links.</summary>
    public void Limit(ILinkInterest interest) => _monitor!.SetInterest(interest);

    public OsError ObserveRouting(IRoutingObserver observer, byte protocol)
    {
        if (_routingMonitor is not null)
            return OsError.None;
        OsError failure = RoutingMonitor.Open(observer, protocol, _commands!, out _routingMonitor);
        if (failure.IsError)
            return failure;
        return new OsError("epoll_ctl", "netlink", _loop.Add(_routingMonitor!.Descriptor, new RoutingSource(_routingMonitor)));
    }

    public void TakeSnapshot() => _monitor!.ReadSnapshot();

    public void HearNotifications() => _monitor!.Drain(MostNotifications);

    public void RequestSnapshot(int interfaceIndex) => _monitor!.RequestSnapshot(interfaceIndex);

    public IReceiver? OpenReceiver(in ReceiverKey key, IReceiverUser user, out OsError failure)
    {
        failure = OpenSender(key.Local.Family);
        if (failure.IsError)
            return null;
        bool isIPv4 = key.Local.Family == AddressFamily.IPv4;
        ReceiverSource source = new(_loop, user, isIPv4, (isIPv4 ? _senderIPv4 : _senderIPv6)!);
        RawReceiverOptions options = new(key.Local, key.Protocol, key.InterfaceIndex) { TellsInterface = false };
        failure = RawProtocolReceiver.Open(options, _receiveBuffer, source, out RawProtocolReceiver? receiver);
        if (failure.IsError)
            return null;
        failure = new OsError("epoll_ctl", "VRRP socket", source.Attach(receiver!));
        if (!failure.IsError)
            return source;
        source.Dispose();
        return null;
    }

    public INeighbourListening? ListenToNeighbours(int interfaceIndex, AddressFamily family, INeighbourObserver observer, out OsError failure)
    {
        failure = NeighbourListener.Open(interfaceIndex, family, observer, out NeighbourListener? listener);
        if (failure.IsError)
            return null;
        NeighbourSource source = new(_loop, listener!);
        // Behind advertisements, so that whoever takes over is heard before his announcements; and a few in each turn, whoever floods.
        failure = new OsError("epoll_ctl", "packet socket", _loop.Add(listener!.Descriptor, listener, SourceOrder.AfterInput));
        if (!failure.IsError)
            return source;
        listener.Dispose();
        return null;
    }

    private sealed class NeighbourSource(EventLoop loop, NeighbourListener listener) : INeighbourListening
    {
        public OsError Listen(ReadOnlySpan<IpAddress> addresses) => listener.Listen(addresses);

        public void Dispose()
        {
            loop.Remove(listener.Descriptor);
            listener.Dispose();
        }
    }

    private sealed class MonitorSource(RtnetlinkMonitor monitor) : IEventSource
    {
        public DrainResult OnReadable(Instant now, int budget)
        {
            bool isEmpty = monitor.Drain(budget, out int taken);
            return new DrainResult(taken, !isEmpty);
        }
    }

    private sealed class RoutingSource(RoutingMonitor monitor) : IEventSource
    {
        public DrainResult OnReadable(Instant now, int budget)
        {
            bool isEmpty = monitor.Drain(budget, out int taken);
            return new DrainResult(taken, !isEmpty);
        }
    }

    private sealed class ReceiverSource(EventLoop loop, IReceiverUser user, bool isIPv4, RawProtocolSender sender)
        : IEventSource, IDatagramObserver, IReceiver
    {
        private RawProtocolReceiver? _receiver;
        private int _usualBuffer;
        private Instant _now;

        public (int In, int Out) Descriptors => (_receiver!.Descriptor, sender.Descriptor);

        public Errno Attach(RawProtocolReceiver receiver)
        {
            _receiver = receiver;
            _usualBuffer = receiver.ReceiveBufferBytes;
            return loop.Add(receiver.Descriptor, this);
        }

        public DrainResult OnReadable(Instant now, int budget)
        {
            _now = now;
            bool isEmpty = _receiver!.Drain(budget, out int taken);
            return new DrainResult(taken, !isEmpty);
        }

        public void OnDatagram(in ReceivedDatagram datagram)
        {
            user.OnDatagram(
                new VrrpDatagram
                {
                    Bytes = datagram.Bytes,
                    Source = datagram.Source,
                    Destination = datagram.Destination,
                    HopLimit = datagram.HopLimit,
                },
                _now);
        }

        public OsError SetVrids(ReadOnlySpan<ulong> vrids)
        {
            const int VridOffset = 1; // RFC 9568, 5.1
            Span<sock_filter> program = stackalloc sock_filter[OctetFilter.MostInstructions];
            int length = OctetFilter.Write(
                program, vrids, VridOffset, isIPv4, (Ipv4Header.ProtocolAuthenticationHeader, AuthenticationHeader.Length));
            return _receiver!.AttachFilter(program[..length]);
        }

        public OsError SetBuffer(int bytes)
            => bytes == 0 && _usualBuffer == 0 ? OsError.None : _receiver!.SetReceiveBuffer(bytes > 0 ? bytes : _usualBuffer);

        public void OnReceiveError(Errno error) => user.OnReceiveFailed(error);

        public void Dispose()
        {
            if (_receiver is null)
                return;
            loop.Remove(_receiver.Descriptor);
            _receiver.Dispose();
            _receiver = null;
        }
    }
}
