using System.Buffers.Binary;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Inspection;

/// <summary>An IP packet that carries VRRP, as a router's raw socket would give it.</summary>
internal readonly ref struct ProtocolPacket
{
    private const int IPv6HeaderLength = 40;
    private const int MostExtensionHeaders = 8;

    public required AddressFamily Family { get; init; }

    public required VrrpDatagram Datagram { get; init; }

    /// <summary>A part of a packet; no router sends VRRP in parts.</summary>
    public bool IsFragment { get; init; }

    /// <summary>There is less of it than its header says.</summary>
    public bool IsCut { get; init; }

    /// <summary>AH in front of VRRP over IPv6, which nobody speaks.</summary>
    public bool HasHeaderOverIPv6 { get; init; }

    /// <param name="packet">From the IP header on; padding may follow.</param>
    /// <returns>False when it carries something else.</returns>
    public static bool TryFind(ReadOnlySpan<byte> packet, out ProtocolPacket found)
    {
        found = default;
        return !packet.IsEmpty && (packet[0] >> 4) switch
        {
            4 => TryFindIPv4(packet, out found),
            6 => TryFindIPv6(packet, out found),
            _ => false,
        };
    }

    private static bool TryFindIPv4(ReadOnlySpan<byte> packet, out ProtocolPacket found)
    {
        const int FragmentOffset = 6;
        const ushort FragmentMask = 0x3FFF;
        found = default;
        if (!Ipv4Header.TryParse(packet, out Ipv4Header header))
            return false;
        ushort fragment = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(packet[FragmentOffset..]) & FragmentMask);
        bool hasHeader = header.Protocol == Ipv4Header.ProtocolAuthenticationHeader
            && packet.Length > header.Length && packet[header.Length] == Ipv4Header.ProtocolVrrp;
        if (!hasHeader && header.Protocol != Ipv4Header.ProtocolVrrp)
            return false;
        // As the kernel does before a raw socket sees it.
        bool isCut = packet.Length < header.TotalLength;
        if (!isCut && header.TotalLength >= header.Length)
            packet = packet[..header.TotalLength];
        found = new ProtocolPacket
        {
            Family = AddressFamily.IPv4,
            Datagram = new VrrpDatagram { Bytes = packet, Source = header.Source, Destination = header.Destination, HopLimit = header.TimeToLive },
            IsFragment = fragment != 0,
            IsCut = isCut,
        };
        return true;
    }

    private static bool TryFindIPv6(ReadOnlySpan<byte> packet, out ProtocolPacket found)
    {
        found = default;
        if (packet.Length < IPv6HeaderLength)
            return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        byte next = packet[6];
        ReadOnlySpan<byte> rest = packet[IPv6HeaderLength..];
        bool isCut = rest.Length < length;
        rest = rest[..Math.Min(length, rest.Length)];
        bool isFragment = false;
        bool hasHeader = false;
        for (int headers = 0; next != Ipv4Header.ProtocolVrrp; headers++)
        {
            if (headers == MostExtensionHeaders || rest.Length < 8)
                return false;
            // RFC 8200, 4; RFC 4302, 2.2.
            int own = next switch
            {
                0 or 43 or 60 => (rest[1] + 1) * 8,
                44 => 8,
                Ipv4Header.ProtocolAuthenticationHeader => (rest[1] + 2) * 4,
                _ => int.MaxValue,
            };
            if (own > rest.Length)
                return false;
            isFragment |= next == 44;
            hasHeader |= next == Ipv4Header.ProtocolAuthenticationHeader;
            next = rest[0];
            rest = rest[own..];
        }
        found = new ProtocolPacket
        {
            Family = AddressFamily.IPv6,
            Datagram = new VrrpDatagram
            {
                Bytes = rest,
                Source = IpAddress.FromBytes(packet.Slice(8, IpAddress.IPv6Length)),
                Destination = IpAddress.FromBytes(packet.Slice(24, IpAddress.IPv6Length)),
                HopLimit = packet[7],
            },
            IsFragment = isFragment,
            IsCut = isCut,
            HasHeaderOverIPv6 = hasHeader,
        };
        return true;
    }
}
