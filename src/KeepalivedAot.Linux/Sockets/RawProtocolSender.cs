using System.Runtime.InteropServices;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>Sends datagrams of one IP protocol, out of any interface: collected, then sent with one system call.</summary>
/// <remarks>
/// The interface goes with each datagram (IP_PKTINFO, IPV6_PKTINFO) and not with the socket, so that one socket per family serves
/// all interfaces, and instances on 255 of them send with one call. Own multicasts do not come back. The kernel computes no
/// checksum of the protocol: IPV6_CHECKSUM is off. It does fill in IPv4's header checksum and total length, and the
/// identification when that is 0. Allocates nothing after opening.
/// </remarks>
public sealed class RawProtocolSender : IDisposable
{
    // BPF_RET | BPF_K: take 0 bytes.
    private static readonly sock_filter DropAll = new(code: 0x06, jt: 0, jf: 0, k: 0);

    private readonly int _descriptor;
    private readonly AddressFamily _family;
    private readonly SendBatch _batch;

    private RawProtocolSender(int descriptor, in RawSenderOptions options, ISendResults results)
    {
        _descriptor = descriptor;
        _family = options.Family;
        _batch = new SendBatch(descriptor, options.BatchDatagrams, options.BatchBytes, results);
    }

    public int Descriptor => _descriptor;

    /// <summary>Datagrams that wait for <see cref="Flush"/>.</summary>
    public int Pending => _batch.Count;

    /// <param name="results">Called from within <see cref="Flush"/>; it may not queue there.</param>
    public static OsError Open(in RawSenderOptions options, ISendResults results, out RawProtocolSender? sender)
    {
        sender = null;
        int domain = options.Family == AddressFamily.IPv6 ? (int)AF_INET6 : (int)AF_INET;
        int descriptor = socket(domain, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, options.Protocol);
        if (descriptor < 0)
            return OsError.Last("socket(SOCK_RAW)");
        OsError failure = Prepare(descriptor, options);
        if (!failure.IsError)
            sender = new RawProtocolSender(descriptor, options, results);
        else
            close(descriptor);
        return failure;
    }

    /// <summary>Copies a datagram into the batch; flushes first when the batch is full.</summary>
    /// <param name="datagram">IPv4: with its IP header. IPv6: what follows the IP header.</param>
    /// <param name="tag">Comes back with the result.</param>
    public void Queue(ReadOnlySpan<byte> datagram, in DatagramRoute route, int tag)
    {
        Invariant.Require(route.Destination.Family == _family, "a sender sends its own family");
        _batch.Reserve(datagram.Length, out Span<byte> name, out Span<byte> control);
        ControlMessageWriter ancillary = new(control);
        int nameLength;
        if (_family == AddressFamily.IPv4)
        {
            nameLength = SocketAddress.Write(name, route.Destination, 0);
            if (route.InterfaceIndex != 0)
                ancillary.Append(SOL_IP, IP_PKTINFO, new in_pktinfo { ipi_ifindex = route.InterfaceIndex });
        }
        else
        {
            nameLength = SocketAddress.Write(name, route.Destination, route.InterfaceIndex);
            in6_pktinfo source = new() { ipi6_ifindex = (uint)route.InterfaceIndex };
            if (!route.Source.IsNone)
                route.Source.CopyTo(MemoryMarshal.AsBytes(new Span<in6_addr>(ref source.ipi6_addr)));
            ancillary.Append(SOL_IPV6, IPV6_PKTINFO, source);
            ancillary.Append(SOL_IPV6, IPV6_HOPLIMIT, (int)route.HopLimit);
        }
        // A multicast goes out of the interface we name, whatever the routing table says.
        int flags = route.Destination.IsMulticast ? MSG_DONTROUTE : 0;
        _batch.Add(datagram, nameLength, ancillary.Length, flags, tag);
    }

    /// <summary>Sends all that was queued and reports each result.</summary>
    public void Flush() => _batch.Flush();

    public void Dispose() => close(_descriptor);

    private static OsError Prepare(int descriptor, in RawSenderOptions options)
    {
        // A sender hears nothing: without this the kernel would queue a copy of every datagram of the protocol, until the buffer is full.
        OsError failure = SocketOptions.AttachFilter(descriptor, [DropAll]);
        if (!failure.IsError && options.SendBufferBytes > 0)
            failure = SocketOptions.Set(descriptor, SOL_SOCKET, SO_SNDBUF, options.SendBufferBytes, "setsockopt(SO_SNDBUF)");
        if (!failure.IsError && options.Priority > 0)
            failure = SocketOptions.Set(descriptor, SOL_SOCKET, SO_PRIORITY, options.Priority, "setsockopt(SO_PRIORITY)");
        if (failure.IsError)
            return failure;
        return options.Family == AddressFamily.IPv6 ? PrepareIPv6(descriptor, options.TrafficClass) : PrepareIPv4(descriptor);
    }

    private static OsError PrepareIPv4(int descriptor)
    {
        OsError failure = SocketOptions.Set(descriptor, SOL_IP, IP_HDRINCL, 1, "setsockopt(IP_HDRINCL)");
        if (!failure.IsError)
            failure = SocketOptions.Set(descriptor, SOL_IP, IP_MULTICAST_LOOP, 0, "setsockopt(IP_MULTICAST_LOOP)");
        return failure;
    }

    private static OsError PrepareIPv6(int descriptor, int trafficClass)
    {
        OsError failure = SocketOptions.Set(descriptor, SOL_IPV6, IPV6_MULTICAST_LOOP, 0, "setsockopt(IPV6_MULTICAST_LOOP)");
        if (!failure.IsError)
            failure = SocketOptions.Set(descriptor, SOL_IPV6, IPV6_TCLASS, trafficClass, "setsockopt(IPV6_TCLASS)");
        // A source that is not ours yet, or still tentative. Linux 4.15.
        if (!failure.IsError)
            failure = SocketOptions.SetIfKnown(descriptor, SOL_IPV6, IPV6_FREEBIND, 1, "setsockopt(IPV6_FREEBIND)");
        return failure;
    }
}
