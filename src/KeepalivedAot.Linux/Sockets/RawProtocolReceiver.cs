using System.Runtime.InteropServices;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>Receives the datagrams of one IP protocol that are sent to one group or address.</summary>
/// <remarks>
/// The kernel verifies no checksum of the protocol, and IPv4's header checksum only. The membership lasts as long as the socket
/// and survives the interface going down; when the interface is deleted the socket falls silent without an error, and a new one
/// is needed for its successor. Allocates nothing after opening.
/// </remarks>
public sealed unsafe class RawProtocolReceiver : IDisposable
{
    private const int IPv4TtlOffset = 8;
    private const int IPv4SourceOffset = 12;
    private const int IPv4DestinationOffset = 16;
    private const int IPv4MinimumHeaderLength = 20;

    private readonly DatagramBuffer _buffer;
    private readonly IDatagramObserver _observer;
    private readonly bool _isIPv6;

    private RawProtocolReceiver(int descriptor, bool isIPv6, DatagramBuffer buffer, IDatagramObserver observer)
    {
        Descriptor = descriptor;
        _isIPv6 = isIPv6;
        _buffer = buffer;
        _observer = observer;
    }

    /// <summary>Readable when <see cref="Drain"/> has something to do.</summary>
    public int Descriptor { get; }

    /// <param name="buffer">
    /// May be shared with other receivers, but <see cref="Drain"/> must not be called from within the observer.
    /// </param>
    public static OsError Open(
        in RawReceiverOptions options, DatagramBuffer buffer, IDatagramObserver observer, out RawProtocolReceiver? receiver)
    {
        Invariant.Require(!options.LocalAddress.IsNone, "a receiver has an address");
        Invariant.Require(options.InterfaceIndex != 0 || !options.LocalAddress.IsMulticast, "a group is joined on an interface");
        receiver = null;
        bool isIPv6 = options.LocalAddress.Family == AddressFamily.IPv6;
        int descriptor = socket(isIPv6 ? (int)AF_INET6 : (int)AF_INET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, options.Protocol);
        if (descriptor < 0)
            return OsError.Last("socket(SOCK_RAW)");
        OsError failure = Prepare(descriptor, options, isIPv6);
        if (!failure.IsError)
            receiver = new RawProtocolReceiver(descriptor, isIPv6, buffer, observer);
        else
            close(descriptor);
        return failure;
    }

    /// <summary>Hands on what waits.</summary>
    /// <param name="budget">At most so many datagrams.</param>
    /// <returns>False when the budget ended first.</returns>
    public bool Drain(int budget) => Drain(budget, out _);

    /// <summary>As <see cref="Drain(int)"/>, and counts.</summary>
    /// <param name="taken">How many datagrams were handed on.</param>
    public bool Drain(int budget, out int taken)
    {
        taken = 0;
        while (budget > 0)
        {
            int wanted = Math.Min(budget, _buffer.Datagrams);
            // An IPv4 datagram says in its header where it comes from.
            _buffer.Prepare(wanted, hasNames: _isIPv6);
            int received = Libc.recvmmsg(Descriptor, _buffer.Headers, (uint)wanted, MSG_DONTWAIT, null);
            if (received < 0)
            {
                Errno error = Libc.LastErrno;
                if (error == Errno.EAGAIN)
                    return true;
                if (error != Errno.EINTR)
                    _observer.OnReceiveError(error);
                budget--;
                continue;
            }
            _buffer.Filled(received);
            for (int slot = 0; slot < received; slot++)
                HandOn(slot);
            taken += received;
            if (received < wanted)
                return true;
            budget -= received;
        }
        return false;
    }

    /// <summary>
    /// Drops what the program returns 0 for before it is queued. IPv4: it sees the IP header first; IPv6: what follows it.
    /// </summary>
    public OsError AttachFilter(ReadOnlySpan<sock_filter> program) => SocketOptions.AttachFilter(Descriptor, program);

    /// <summary>SO_RCVBUF, beyond net.core.rmem_max where we may; the kernel doubles it.</summary>
    public OsError SetReceiveBuffer(int bytes) => SocketOptions.SetReceiveBuffer(Descriptor, bytes);

    /// <summary>What <see cref="SetReceiveBuffer"/> would have to be given for the size that is in force; 0 when that is not known.</summary>
    public int ReceiveBufferBytes
        => SocketOptions.Get(Descriptor, SOL_SOCKET, SO_RCVBUF, out int doubled) == Errno.None ? doubled / 2 : 0;

    public void Dispose() => close(Descriptor);

    private void HandOn(int slot)
    {
        ReadOnlySpan<byte> bytes = _buffer.Bytes(slot);
        IpAddress destination = default;
        int interfaceIndex = 0;
        int hopLimit = ReceivedDatagram.UnknownHopLimit;
        IpAddress source = _isIPv6 ? SocketAddress.Read(_buffer.Name(slot)) : default;
        ControlMessageReader ancillary = new(_buffer.Control(slot));
        while (ancillary.TryRead(out int level, out int type, out ReadOnlySpan<byte> value))
        {
            if (level == SOL_IP && type == IP_PKTINFO && MemoryMarshal.TryRead(value, out in_pktinfo info))
            {
                interfaceIndex = info.ipi_ifindex;
            }
            else if (level == SOL_IPV6 && type == IPV6_PKTINFO && MemoryMarshal.TryRead(value, out in6_pktinfo info6))
            {
                interfaceIndex = (int)info6.ipi6_ifindex;
                destination = IpAddress.FromBytes(value[..IpAddress.IPv6Length]);
            }
            else if (level == SOL_IPV6 && type == IPV6_HOPLIMIT && MemoryMarshal.TryRead(value, out int limit))
            {
                hopLimit = limit;
            }
        }
        if (!_isIPv6 && bytes.Length >= IPv4MinimumHeaderLength)
        {
            source = IpAddress.FromBytes(bytes.Slice(IPv4SourceOffset, IpAddress.IPv4Length));
            destination = IpAddress.FromBytes(bytes.Slice(IPv4DestinationOffset, IpAddress.IPv4Length));
            hopLimit = bytes[IPv4TtlOffset];
        }
        _observer.OnDatagram(new ReceivedDatagram
        {
            Bytes = bytes,
            Source = source,
            Destination = destination,
            HopLimit = hopLimit,
            InterfaceIndex = interfaceIndex,
            IsTruncated = (_buffer.Flags(slot) & MSG_TRUNC) != 0,
        });
    }

    // Everything that narrows the socket comes before the address: until then the kernel would queue what is not for us.
    private static OsError Prepare(int descriptor, in RawReceiverOptions options, bool isIPv6)
    {
        OsError failure = default;
        if (options.InterfaceIndex != 0)
            failure = SocketOptions.BindToDevice(descriptor, options.InterfaceIndex);
        if (!failure.IsError && options.ReceiveBufferBytes > 0)
            failure = SocketOptions.SetReceiveBuffer(descriptor, options.ReceiveBufferBytes);
        if (!failure.IsError)
            failure = isIPv6 ? PrepareIPv6(descriptor, options) : PrepareIPv4(descriptor, options);
        return !failure.IsError ? Bind(descriptor, options) : failure;
    }

    private static OsError PrepareIPv4(int descriptor, in RawReceiverOptions options)
    {
        OsError failure = options.TellsInterface ? SocketOptions.Set(descriptor, SOL_IP, IP_PKTINFO, 1, "setsockopt(IP_PKTINFO)") : default;
        if (!failure.IsError)
            failure = SocketOptions.Set(descriptor, SOL_IP, IP_MULTICAST_ALL, 0, "setsockopt(IP_MULTICAST_ALL)");
        if (failure.IsError)
            return failure;
        if (!options.LocalAddress.IsMulticast)
            return SocketOptions.Set(descriptor, SOL_IP, IP_FREEBIND, 1, "setsockopt(IP_FREEBIND)");
        ip_mreqn membership = new() { imr_ifindex = options.InterfaceIndex };
        options.LocalAddress.CopyTo(MemoryMarshal.AsBytes(new Span<in_addr>(ref membership.imr_multiaddr)));
        return SocketOptions.SetStructure(descriptor, SOL_IP, IP_ADD_MEMBERSHIP, membership, "setsockopt(IP_ADD_MEMBERSHIP)");
    }

    private static OsError PrepareIPv6(int descriptor, in RawReceiverOptions options)
    {
        OsError failure = SocketOptions.Set(descriptor, SOL_IPV6, IPV6_RECVPKTINFO, 1, "setsockopt(IPV6_RECVPKTINFO)");
        if (!failure.IsError)
            failure = SocketOptions.Set(descriptor, SOL_IPV6, IPV6_RECVHOPLIMIT, 1, "setsockopt(IPV6_RECVHOPLIMIT)");
        // Linux 4.20. Without it the address that the socket is bound to says the same.
        if (!failure.IsError)
            failure = SocketOptions.SetIfKnown(descriptor, SOL_IPV6, Libc.IPV6_MULTICAST_ALL, 0, "setsockopt(IPV6_MULTICAST_ALL)");
        if (failure.IsError)
            return failure;
        if (!options.LocalAddress.IsMulticast)
            return SocketOptions.Set(descriptor, SOL_IPV6, IPV6_FREEBIND, 1, "setsockopt(IPV6_FREEBIND)");
        ipv6_mreq membership = new() { ipv6mr_interface = (uint)options.InterfaceIndex };
        options.LocalAddress.CopyTo(MemoryMarshal.AsBytes(new Span<in6_addr>(ref membership.ipv6mr_multiaddr)));
        return SocketOptions.SetStructure(descriptor, SOL_IPV6, IPV6_ADD_MEMBERSHIP, membership, "setsockopt(IPV6_ADD_MEMBERSHIP)");
    }

    private static OsError Bind(int descriptor, in RawReceiverOptions options)
    {
        byte* name = stackalloc byte[DatagramBuffer.NameBytes];
        Span<byte> bytes = new(name, DatagramBuffer.NameBytes);
        int length = SocketAddress.Write(bytes, options.LocalAddress, options.InterfaceIndex);
        return bind(descriptor, (sockaddr*)name, (uint)length) == 0 ? default : OsError.Last("bind");
    }
}
