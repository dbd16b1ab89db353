using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>An advert that a test makes, right by default and wrong where the test wants it; of IPv6 when its addresses are.</summary>
public sealed record CraftedAdvert
{
    public int Version { get; init; } = 3;

    public int Type { get; init; } = 1;

    public byte Vrid { get; init; } = 51;

    public byte Priority { get; init; } = 100;

    public IPAddress[] Addresses { get; init; } = [IPAddress.Parse("10.9.0.100")];

    /// <summary>Centiseconds in version 3, seconds in version 2.</summary>
    public ushort Interval { get; init; } = 20;

    public byte AuthenticationType { get; init; }

    /// <summary>Version 2 only: eight octets.</summary>
    public byte[] AuthenticationData { get; init; } = new byte[8];

    public byte TimeToLive { get; init; } = 255;

    public IPAddress Source { get; init; } = IPAddress.Parse("10.9.0.250");

    public IPAddress Destination { get; init; } = IPAddress.Parse("224.0.0.18");

    /// <summary>Where the frame goes when the destination is no group.</summary>
    public string DestinationMac { get; init; } = "";

    /// <summary>Not null: the octet says so many addresses, whatever follows. The checksum is right all the same.</summary>
    public byte? AddressCount { get; init; }

    /// <summary>IPv4: behind the IP header, a multiple of four octets.</summary>
    public byte[] IpOptions { get; init; } = [];

    /// <summary>Not zero: the checksum is wrong by these bits.</summary>
    public ushort ChecksumDamage { get; init; }

    /// <summary>Version 3: the checksum leaves the pseudo header out (v3_checksum_as_v2).</summary>
    public bool ChecksumAsVersion2 { get; init; }

    /// <summary>Octets behind the message that belong to nothing, counted in the IP header.</summary>
    public int Garbage { get; init; }

    /// <summary>The field of the IP header with the flags and the offset of a fragment: 0x2000 is "more follow".</summary>
    public ushort FragmentField { get; init; }

    /// <summary>The VRRP message is cut to this length, after its checksum was computed.</summary>
    public int? CutTo { get; init; }

    /// <summary>Not null: with an Authentication Header, made with this password.</summary>
    public string? HeaderPassword { get; init; }

    public uint Sequence { get; init; } = 1;

    /// <summary>Added to the Security Parameters Index, which is the source address otherwise; the check value is right all the same.</summary>
    public uint IndexDamage { get; init; }

    /// <summary>Not null: with a trailer of auth_hmac, made with this key.</summary>
    public byte[]? TrailerKey { get; init; }

    public byte TrailerKeyId { get; init; } = 1;

    /// <summary>What is added to the clock's time in the trailer.</summary>
    public TimeSpan TrailerClock { get; init; }

    public byte TrailerType { get; init; } = 1;

    private bool IsIPv6 => Source.AddressFamily == AddressFamily.InterNetworkV6;

    public byte[] ToMessage()
    {
        byte[] addresses = [.. Addresses.SelectMany(static address => address.GetAddressBytes())];
        int length = 8 + addresses.Length + (Version == 2 && !IsIPv6 ? 8 : 0);
        byte[] message = new byte[length];
        message[0] = (byte)((Version << 4) | Type);
        message[1] = Vrid;
        message[2] = Priority;
        message[3] = AddressCount ?? (byte)Addresses.Length;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(4), Interval);
        if (Version == 2)
        {
            message[4] = AuthenticationType;
            if (!IsIPv6)
                AuthenticationData.CopyTo(message, length - 8);
        }
        addresses.CopyTo(message, 8);
        uint sum = FrameDecoder.Sum(message);
        if (IsIPv6 || (Version != 2 && !ChecksumAsVersion2))
            sum += FrameDecoder.Sum(Source.GetAddressBytes()) + FrameDecoder.Sum(Destination.GetAddressBytes()) + 112 + (uint)length;
        ushort checksum = (ushort)(~FrameDecoder.Fold(sum) ^ ChecksumDamage);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(6), checksum);
        Array.Resize(ref message, (CutTo ?? length) + Garbage);
        return message;
    }

    /// <summary>The whole Ethernet frame.</summary>
    public byte[] ToFrame(ReadOnlySpan<byte> sourceMac)
    {
        byte[] message = ToMessage();
        if (HeaderPassword is not null)
            message = [.. new byte[24], .. message];
        if (TrailerKey is not null)
            message = [.. message, .. Trailer(message)];
        byte[] packet = IsIPv6 ? ToIPv6(message) : ToIPv4(message);
        return [.. FrameDestination(), .. sourceMac, .. IsIPv6 ? (byte[])[0x86, 0xDD] : [0x08, 0x00], .. packet];
    }

    private byte[] FrameDestination()
    {
        byte[] group = Destination.GetAddressBytes();
        if (IsIPv6 && Destination.IsIPv6Multicast)
            return [0x33, 0x33, .. group[^4..]];
        // RFC 1112, 6.4: the low 23 bits of the group.
        if (!IsIPv6 && group[0] >= 224)
            return [0x01, 0x00, 0x5e, (byte)(group[1] & 0x7f), group[2], group[3]];
        return Convert.FromHexString(DestinationMac.Replace(":", ""));
    }

    private byte[] ToIPv4(byte[] payload)
    {
        int headerLength = 20 + IpOptions.Length;
        byte[] packet = [.. new byte[20], .. IpOptions, .. payload];
        packet[0] = (byte)(0x40 | headerLength / 4);
        packet[1] = 0xC0;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), FragmentField);
        packet[8] = TimeToLive;
        packet[9] = (byte)(HeaderPassword is null ? 112 : 51);
        Source.GetAddressBytes().CopyTo(packet, 12);
        Destination.GetAddressBytes().CopyTo(packet, 16);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), (ushort)~FrameDecoder.Fold(FrameDecoder.Sum(packet.AsSpan(0, headerLength))));
        if (HeaderPassword is not null)
            WriteHeader(packet);
        return packet;
    }

    private byte[] ToIPv6(byte[] payload)
    {
        byte[] packet = [0x6C, .. new byte[7], .. Source.GetAddressBytes(), .. Destination.GetAddressBytes(), .. payload];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)payload.Length);
        packet[6] = 112;
        packet[7] = TimeToLive;
        return packet;
    }

    // vrrp.md, section 3, with the TTL covered, as it is sent to the group.
    private void WriteHeader(Span<byte> datagram)
    {
        datagram[20] = 112;
        datagram[21] = 4;
        uint index = BinaryPrimitives.ReadUInt32BigEndian(Source.GetAddressBytes()) + IndexDamage;
        BinaryPrimitives.WriteUInt32BigEndian(datagram[24..], index);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[28..], Sequence);
        byte[] covered = datagram.ToArray();
        covered[1] = covered[6] = covered[7] = covered[10] = covered[11] = 0;
        HMACMD5.HashData(Encoding.ASCII.GetBytes(HeaderPassword!), covered).AsSpan(0, 12).CopyTo(datagram[32..]);
    }

    // vrrp.md, section 5.
    private byte[] Trailer(byte[] message)
    {
        TimeSpan now = DateTime.UtcNow - DateTime.UnixEpoch + TrailerClock;
        byte[] trailer = new byte[28];
        trailer[0] = TrailerType;
        trailer[1] = TrailerKeyId;
        BinaryPrimitives.WriteUInt32BigEndian(trailer.AsSpan(4), (uint)now.TotalSeconds);
        BinaryPrimitives.WriteUInt16BigEndian(trailer.AsSpan(8), (ushort)(now.Ticks % TimeSpan.TicksPerSecond * 65536 / TimeSpan.TicksPerSecond));
        byte[] prefix = [4, (byte)Version, Vrid, 0, .. Source.GetAddressBytes(), .. new byte[12]];
        byte[] covered = [.. prefix, .. message, .. trailer];
        covered[26] = covered[27] = 0;
        HMACSHA256.HashData(TrailerKey!, covered).AsSpan(0, 16).CopyTo(trailer.AsSpan(12));
        return trailer;
    }
}
