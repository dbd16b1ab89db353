using KeepalivedAot.Base.Net;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Unit.Vrrp;

/// <summary>Makes advertisements as another router with some parameters would send them.</summary>
internal static class Datagram
{
    /// <summary>IPv4: with IP header. Sent to the group, or to the test router when the parameters are unicast.</summary>
    public static byte[] Of(
        VrrpParameters sender, IpAddress source, int priority, byte timeToLive = 255, IpAddress destination = default)
    {
        if (destination.IsNone)
            destination = sender.IsUnicast ? TestWorld.Local : sender.Group;
        byte[] message = Message(sender, source, priority, destination);
        if (sender.Family == AddressFamily.IPv6)
            return message;
        byte[] datagram = new byte[Ipv4Header.MinimumLength + message.Length];
        Ipv4Header.Write(datagram, datagram.Length, 1, timeToLive, Ipv4Header.ProtocolVrrp, source, destination);
        message.CopyTo(datagram, Ipv4Header.MinimumLength);
        return datagram;
    }

    public static byte[] Message(VrrpParameters sender, IpAddress source, int priority, IpAddress destination)
    {
        byte[] message = new byte[VrrpWriter.MessageLength(sender.Version, sender.Family, sender.VirtualAddresses.Length)];
        VrrpWriter.WriteMessage(message, sender.Version, sender.Family, sender.Vrid, new Priority((byte)priority),
            sender.AdvertisementInterval, sender.VirtualAddresses.AsSpan(), sender.Authentication);
        WriteChecksum(message, sender, source, destination);
        return message;
    }

    public static void WriteChecksum(Span<byte> message, VrrpParameters sender, IpAddress source, IpAddress destination)
    {
        bool messageOnly = sender.Family == AddressFamily.IPv4 && (sender.Version == VrrpVersion.V2 || sender.V3ChecksumAsV2);
        VrrpWriter.WriteChecksum(
            message, messageOnly ? ChecksumForm.MessageOnly : ChecksumForm.PseudoHeader, source, destination);
    }
}
