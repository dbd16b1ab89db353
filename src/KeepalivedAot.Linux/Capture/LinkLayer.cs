using System.Buffers.Binary;

namespace KeepalivedAot.Linux.Capture;

/// <summary>Finds the IP datagram in a frame.</summary>
public static class LinkLayer
{
    private const ushort EtherTypeIPv4 = 0x0800;
    private const ushort EtherTypeIPv6 = 0x86DD;
    private const int MostTags = 4;

    /// <param name="packet">Ethernet's padding may follow it.</param>
    /// <param name="vlan">Of the outermost tag; 0 when there is none.</param>
    /// <returns>False when there is none, or the kind of link is not known.</returns>
    public static bool TryFindPacket(LinkType link, ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> packet, out int vlan)
    {
        packet = default;
        vlan = 0;
        switch (link)
        {
            case LinkType.Ethernet:
                return frame.Length >= 14 && TryPassTags(BinaryPrimitives.ReadUInt16BigEndian(frame[12..]), frame[14..], out packet, out vlan);
            case LinkType.LinuxCooked:
                return frame.Length >= 16 && TryPassTags(BinaryPrimitives.ReadUInt16BigEndian(frame[14..]), frame[16..], out packet, out vlan);
            case LinkType.LinuxCooked2:
                return frame.Length >= 20 && TryPassTags(BinaryPrimitives.ReadUInt16BigEndian(frame), frame[20..], out packet, out vlan);
            case LinkType.Null or LinkType.Loop:
                // Four bytes of an address family whose numbers every system has its own of.
                packet = frame.Length >= 4 ? frame[4..] : default;
                return IsPacket(packet);
            case LinkType.Raw or LinkType.RawOfBsd or LinkType.RawOfOpenBsd or LinkType.IPv4 or LinkType.IPv6:
                packet = frame;
                return IsPacket(packet);
            default:
                return false;
        }
    }

    private static bool TryPassTags(ushort etherType, ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> packet, out int vlan)
    {
        packet = default;
        vlan = 0;
        // IEEE 802.1Q, 802.1ad, and what was there before.
        for (int tags = 0; tags < MostTags && etherType is 0x8100 or 0x88A8 or 0x9100 && rest.Length >= 4; tags++)
        {
            if (tags == 0)
                vlan = BinaryPrimitives.ReadUInt16BigEndian(rest) & 0xFFF;
            etherType = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            rest = rest[4..];
        }
        packet = rest;
        return etherType is EtherTypeIPv4 or EtherTypeIPv6 && IsPacket(rest);
    }

    private static bool IsPacket(ReadOnlySpan<byte> packet) => !packet.IsEmpty && packet[0] >> 4 is 4 or 6;
}
