using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>What a <see cref="RawProtocolReceiver"/> listens for.</summary>
/// <param name="LocalAddress">
/// A multicast group, which is joined on the interface, or a unicast address, which need not be ours yet.
/// </param>
/// <param name="Protocol">The IP protocol number.</param>
/// <param name="InterfaceIndex">Only what comes in there; must be given for a group. 0 for any.</param>
public readonly record struct RawReceiverOptions(IpAddress LocalAddress, byte Protocol, int InterfaceIndex)
{
    /// <summary>False: <see cref="ReceivedDatagram.InterfaceIndex"/> stays 0 with IPv4, and the kernel need not tell it.</summary>
    public bool TellsInterface { get; init; } = true;

    /// <summary>SO_RCVBUF as asked for, the kernel doubles it; 0 leaves its default.</summary>
    public int ReceiveBufferBytes { get; init; }
}
