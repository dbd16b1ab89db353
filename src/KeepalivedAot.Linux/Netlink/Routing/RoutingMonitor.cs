using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Netlink.Routing;

/// <summary>Hears from the kernel which routes of one protocol, and which rules, are removed by others.</summary>
/// <remarks>
/// A host may have a full table of the Internet: what is added, changed, or of another protocol is kept back by a filter in the
/// kernel. Removals that we asked for carry the port of our own socket and are passed over. What goes together with its interface
/// the kernel does not always report. Allocates nothing after opening.
/// </remarks>
public sealed class RoutingMonitor : IDisposable
{
    private const int ReceiveBufferBytes = 1 << 18;

    // A notification is some 200 bytes; one of many ways may be longer.
    private const int BufferBytes = 8 * 1024;

    private readonly IRoutingObserver _observer;
    private readonly uint _ownPort;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferBytes, pinned: true);

    private RoutingMonitor(int descriptor, IRoutingObserver observer, uint ownPort)
    {
        Descriptor = descriptor;
        _observer = observer;
        _ownPort = ownPort;
    }

    /// <summary>Readable when <see cref="Drain"/> has something to do.</summary>
    public int Descriptor { get; }

    /// <param name="protocol">RTPROT_* of the routes.</param>
    /// <param name="own">By what it asks for nobody is surprised.</param>
    public static OsError Open(IRoutingObserver observer, byte protocol, RtnetlinkCommands own, out RoutingMonitor? monitor)
    {
        const uint Groups = Libc.RTMGRP_IPV4_ROUTE | Libc.RTMGRP_IPV6_ROUTE | Libc.RTMGRP_IPV4_RULE | Libc.RTMGRP_IPV6_RULE;
        monitor = null;
        OsError failure = NetlinkSocket.Open(Groups, ReceiveBufferBytes, out int descriptor);
        if (failure.IsError)
            return failure;
        failure = SocketOptions.AttachFilter(descriptor, RemovalFilter.Make(protocol));
        if (failure.IsError)
            close(descriptor);
        else
            monitor = new RoutingMonitor(descriptor, observer, own.PortId);
        return failure;
    }

    /// <summary>Reports what waits.</summary>
    /// <param name="budget">At most so many notifications.</param>
    /// <param name="taken">How many were taken.</param>
    /// <returns>False when the budget ended first.</returns>
    public bool Drain(int budget, out int taken)
    {
        for (taken = 0; taken < budget; taken++)
        {
            Errno error = NetlinkSocket.Receive(Descriptor, _buffer, out int length, out bool isFromKernel);
            if (error == Errno.EAGAIN)
                return true;
            if (error != Errno.None || length > BufferBytes)
                _observer.OnRoutingLost(error == Errno.None ? Errno.EMSGSIZE : error);
            else if (isFromKernel)
                Process(_buffer.AsSpan(0, length));
        }
        return false;
    }

    public void Dispose() => close(Descriptor);

    /// <summary>Reports the messages of one datagram, whatever its bytes are.</summary>
    internal void Process(ReadOnlySpan<byte> datagram)
    {
        NetlinkMessageReader reader = new(datagram);
        while (reader.TryRead(out NetlinkMessage message))
        {
            NetlinkFault fault = Report(message);
            if (fault != NetlinkFault.None)
                _observer.OnRoutingMalformed(fault);
        }
        if (reader.Fault != NetlinkFault.None)
            _observer.OnRoutingMalformed(reader.Fault);
    }

    private NetlinkFault Report(NetlinkMessage message)
    {
        NetlinkFault fault = NetlinkFault.None;
        if (message.Type == Libc.NLMSG_OVERRUN)
        {
            _observer.OnRoutingLost(Errno.ENOBUFS);
        }
        else if (message.PortId != _ownPort && message.Type == Libc.RTM_DELROUTE)
        {
            fault = RouteMessage.TryParse(message.Payload, out ReportedRoute route);
            if (fault == NetlinkFault.None)
                _observer.OnRouteGone(route);
        }
        else if (message.PortId != _ownPort && message.Type == Libc.RTM_DELRULE)
        {
            fault = RuleMessage.TryParse(message.Payload, out ReportedRule rule);
            if (fault == NetlinkFault.None)
                _observer.OnRuleGone(rule);
        }
        return fault;
    }
}
