using KeepalivedAot.Base.Net;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Dumps.Data;

/// <summary>One socket that is heard on, and who hears on it. All of a family are spoken on through one other socket.</summary>
internal static class SocketSection
{
    public static void Add(DumpText text, SharedReceiver receiver, NetworkInterface? at)
    {
        text.Line($" fd_in {receiver.Descriptors.In} fd_out = {receiver.Descriptors.Out}");
        text.Line($"   Interface = {at?.Name ?? "(none)"}");
        text.Line($"   Family = {(receiver.Key.Local.Family == AddressFamily.IPv4 ? "IPv4" : "IPv6")}");
        text.Line($"   Protocol = {(receiver.Key.Protocol == Ipv4Header.ProtocolAuthenticationHeader ? "AH" : "VRRP")}");
        text.Line(receiver.Key.IsMulticast ? "   Type = Multicast"u8 : "   Type = Unicast"u8);
        if (!receiver.Key.IsMulticast)
            text.Line($"   Address = {receiver.Key.Local}");
        text.Line($"   Rx buf size = {receiver.BufferBytes}");
        text.Line("   VRRP instances"u8);
        foreach (VrrpInstance instance in receiver.Users)
            text.Line($"     {instance.Name} vrid {instance.Vrid.Value}");
    }
}
