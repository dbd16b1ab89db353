using KeepalivedAot.Base.Net;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Worlds;

/// <summary>What VRRP is heard on: one interface and one group, or one unicast address of our own.</summary>
/// <param name="InterfaceIndex">0 for unicast that is not bound to an interface.</param>
/// <param name="Local">The multicast group, or the own unicast address.</param>
/// <param name="Protocol">Of IP: VRRP's own, or AH's.</param>
internal readonly record struct ReceiverKey(int InterfaceIndex, IpAddress Local, byte Protocol = Ipv4Header.ProtocolVrrp)
{
    public bool IsMulticast => Local.IsMulticast;
}
