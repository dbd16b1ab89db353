using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Worlds;

/// <summary>What VRRP is spoken over: one interface and one group, or one unicast source address.</summary>
/// <param name="InterfaceIndex">0 for unicast that is not bound to an interface.</param>
/// <param name="Local">The multicast group, or the own unicast address.</param>
internal readonly record struct TransportKey(int InterfaceIndex, IpAddress Local)
{
    public bool IsMulticast => Local.IsMulticast;
}

/// <summary>An open way to send and receive. Sending is gathered until <see cref="Flush"/>.</summary>
internal interface ITransport : IDisposable
{
    /// <param name="datagram">IPv4: with its IP header. IPv6: the VRRP message.</param>
    /// <param name="hopLimit">For IPv6 unicast; 0 leaves it to the kernel.</param>
    /// <param name="tag">Comes back with a failure.</param>
    void Queue(ReadOnlySpan<byte> datagram, IpAddress source, IpAddress destination, byte hopLimit, int tag);

    void Flush();
}

/// <summary>What comes out of a transport.</summary>
internal interface ITransportUser
{
    void OnDatagram(in VrrpDatagram datagram, Instant now);

    void OnSendFailed(int tag, IpAddress destination, Errno error);

    void OnReceiveFailed(Errno error);
}
