using System.Buffers.Binary;
using System.Net;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>Reads Ethernet frames. Written apart from the product's codec on purpose: it is the second opinion.</summary>
internal static class FrameDecoder
{
    private const int EthernetLength = 14;
    private const byte Vrrp = 112;
    private const byte AuthenticationHeader = 51;
    private const int AuthenticationHeaderLength = 24;
    private const byte Icmpv6 = 58;
    private const byte NeighbourAdvertisement = 136;

    public static Advert? ReadAdvert(ReadOnlySpan<byte> frame, TimeSpan at)
    {
        if (frame.Length < EthernetLength + 20)
            return null;
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(frame[12..]);
        ReadOnlySpan<byte> packet = frame[EthernetLength..];
        string destinationMac = Mac(frame[..6]);
        if (type == 0x0800 && packet[9] is Vrrp or AuthenticationHeader)
        {
            int header = (packet[0] & 0x0F) * 4;
            bool isAuthenticated = packet[9] == AuthenticationHeader;
            if (isAuthenticated && (packet.Length < header + AuthenticationHeaderLength || packet[header] != Vrrp))
                return null;
            uint? sequence = isAuthenticated ? BinaryPrimitives.ReadUInt32BigEndian(packet[(header + 8)..]) : null;
            header += isAuthenticated ? AuthenticationHeaderLength : 0;
            int total = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
            if (total > packet.Length || total < header + 8)
                return null;
            byte[] payload = packet[header..total].ToArray();
            return new Advert(
                at, new IPAddress(packet.Slice(12, 4)), new IPAddress(packet.Slice(16, 4)), destinationMac,
                packet[1], packet[8], BinaryPrimitives.ReadUInt16BigEndian(packet[4..]), (packet[6] & 0x40) != 0,
                payload, IPv4ChecksumOk(packet.Slice(12, 8), payload.AsSpan(0, Advert.MessageLength(payload, 4))))
            {
                Sequence = sequence,
                Frame = frame[..(EthernetLength + total)].ToArray(),
            };
        }
        if (type == 0x86DD && packet.Length >= 48 && packet[6] == Vrrp)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
            if (40 + length > packet.Length || length < 8)
                return null;
            byte[] payload = packet.Slice(40, length).ToArray();
            byte trafficClass = (byte)(BinaryPrimitives.ReadUInt16BigEndian(packet) >> 4);
            bool ok = Fold(Sum(packet.Slice(8, 32)) + Vrrp + (uint)length + Sum(payload)) == 0xFFFF;
            return new Advert(
                at, new IPAddress(packet.Slice(8, 16)), new IPAddress(packet.Slice(24, 16)), destinationMac,
                trafficClass, packet[7], 0, false, payload, ok)
            {
                Frame = frame[..(EthernetLength + 40 + length)].ToArray(),
            };
        }
        return null;
    }

    public static Announcement? ReadAnnouncement(ReadOnlySpan<byte> frame, TimeSpan at)
    {
        if (frame.Length < EthernetLength + 28)
            return null;
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(frame[12..]);
        ReadOnlySpan<byte> packet = frame[EthernetLength..];
        if (type == 0x0806 && packet.Slice(14, 4).SequenceEqual(packet.Slice(24, 4)))
        {
            return new Announcement(
                at, AnnouncementKind.GratuitousArp, new IPAddress(packet.Slice(14, 4)), Mac(frame[..6]), Mac(packet.Slice(8, 6)),
                BinaryPrimitives.ReadUInt16BigEndian(packet[6..]));
        }
        if (type == 0x86DD && packet.Length >= 72 && packet[6] == Icmpv6 && packet[40] == NeighbourAdvertisement)
        {
            // Target link-layer address: option type 2, one unit of eight octets.
            string target = packet[64] == 2 && packet[65] == 1 ? Mac(packet.Slice(66, 6)) : "none";
            return new Announcement(
                at, AnnouncementKind.NeighbourAdvertisement, new IPAddress(packet.Slice(48, 16)), Mac(frame[..6]), target, packet[44]);
        }
        return null;
    }

    private static bool IPv4ChecksumOk(ReadOnlySpan<byte> sourceAndDestination, ReadOnlySpan<byte> payload)
    {
        uint sum = Sum(payload);
        if (payload[0] >> 4 != 2)
            sum += Sum(sourceAndDestination) + Vrrp + (uint)payload.Length;
        return Fold(sum) == 0xFFFF;
    }

    /// <summary>The Internet checksum's sum (RFC 1071), unfolded.</summary>
    public static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i += 2)
            sum += (uint)(bytes[i] << 8) | (i + 1 < bytes.Length ? bytes[i + 1] : 0u);
        return sum;
    }

    public static ushort Fold(uint sum)
    {
        while (sum >> 16 != 0)
            sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)sum;
    }

    private static string Mac(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes).Chunk(2)
        .Select(pair => new string(pair)).Aggregate((left, right) => $"{left}:{right}");
}
