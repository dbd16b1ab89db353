using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>An IPv4 advert that a test makes, right by default and wrong where the test wants it.</summary>
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

    /// <summary>Not null: with a trailer of auth_hmac, made with this key.</summary>
    public byte[]? TrailerKey { get; init; }

    public byte TrailerKeyId { get; init; } = 1;

    /// <summary>What is added to the clock's time in the trailer.</summary>
    public TimeSpan TrailerClock { get; init; }

    public byte[] ToMessage()
    {
        int length = 8 + 4 * Addresses.Length + (Version == 2 ? 8 : 0);
        byte[] message = new byte[length];
        message[0] = (byte)((Version << 4) | Type);
        message[1] = Vrid;
        message[2] = Priority;
        message[3] = (byte)Addresses.Length;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(4), Interval);
        if (Version == 2)
        {
            message[4] = AuthenticationType;
            AuthenticationData.CopyTo(message, length - 8);
        }
        for (int i = 0; i < Addresses.Length; i++)
            Addresses[i].GetAddressBytes().CopyTo(message, 8 + 4 * i);
        uint sum = FrameDecoder.Sum(message);
        if (Version != 2 && !ChecksumAsVersion2)
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
        byte[] frame = new byte[14 + 20 + message.Length];
        byte[] destination = Destination.GetAddressBytes();
        // RFC 1112, 6.4: the low 23 bits of the group.
        ((ReadOnlySpan<byte>)[0x01, 0x00, 0x5e, (byte)(destination[1] & 0x7f), destination[2], destination[3]]).CopyTo(frame);
        sourceMac.CopyTo(frame.AsSpan(6));
        frame[12] = 0x08;
        Span<byte> ip = frame.AsSpan(14, 20);
        ip[0] = 0x45;
        ip[1] = 0xC0;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(20 + message.Length));
        BinaryPrimitives.WriteUInt16BigEndian(ip[6..], FragmentField);
        ip[8] = TimeToLive;
        ip[9] = (byte)(HeaderPassword is null ? 112 : 51);
        Source.GetAddressBytes().CopyTo(ip[12..]);
        destination.CopyTo(ip[16..]);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], (ushort)~FrameDecoder.Fold(FrameDecoder.Sum(ip)));
        message.CopyTo(frame, 34);
        if (HeaderPassword is not null)
            WriteHeader(frame.AsSpan(14));
        return frame;
    }

    // vrrp.md, section 3, with the TTL covered, as it is sent to the group.
    private void WriteHeader(Span<byte> datagram)
    {
        datagram[20] = 112;
        datagram[21] = 4;
        Source.GetAddressBytes().CopyTo(datagram[24..]);
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
        trailer[0] = 1;
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
