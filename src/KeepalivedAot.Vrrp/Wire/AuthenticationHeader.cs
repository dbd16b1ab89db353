using System.Buffers.Binary;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Vrrp.Authentication;

namespace KeepalivedAot.Vrrp.Wire;

/// <summary>The Authentication Header between the IPv4 header and the VRRP message (RFC 4302, 2; HMAC-MD5-96 of RFC 2403).</summary>
/// <remarks>
/// <code>
/// | Next Header = 112 | Payload Len = 4 |          0           |
/// |        Security Parameters Index = source address          |
/// |                      Sequence Number                       |
/// |               Integrity Check Value, 12 bytes              |
/// </code>
/// The check value covers the IP header but for what changes on the way, this header with the value 0, and the message.
/// </remarks>
public static class AuthenticationHeader
{
    public const int Length = 24;

    private const int NextHeaderOffset = 0;
    private const int PayloadLengthOffset = 1;
    private const int ReservedOffset = 2;
    private const int IndexOffset = 4;
    private const int SequenceOffset = 8;
    private const int CheckValueOffset = 12;
    private const int CheckValueLength = 12;

    // Words of 32 bits, less two.
    private const byte PayloadLength = Length / 4 - 2;

    /// <summary>The Security Parameters Index.</summary>
    internal static uint IndexOf(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32BigEndian(header[IndexOffset..]);

    internal static uint SequenceOf(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32BigEndian(header[SequenceOffset..]);

    /// <summary>Fills the header in, once all around it is written.</summary>
    /// <param name="datagram">A whole IPv4 datagram with a header of 20 bytes and room for this one behind it.</param>
    /// <param name="isUnicast">It may be routed, so its TTL changes on the way.</param>
    internal static void Write(Span<byte> datagram, IpAddress source, uint sequence, bool isUnicast, KeyedHash hash)
    {
        Span<byte> header = datagram.Slice(Ipv4Header.MinimumLength, Length);
        header[NextHeaderOffset] = Ipv4Header.ProtocolVrrp;
        header[PayloadLengthOffset] = PayloadLength;
        BinaryPrimitives.WriteUInt16BigEndian(header[ReservedOffset..], 0);
        BinaryPrimitives.WriteUInt32BigEndian(header[IndexOffset..], source.ToUInt32());
        BinaryPrimitives.WriteUInt32BigEndian(header[SequenceOffset..], sequence);
        Hash(datagram[..Ipv4Header.MinimumLength], header, datagram[(Ipv4Header.MinimumLength + Length)..], isUnicast, hash);
        hash.Finish(header.Slice(CheckValueOffset, CheckValueLength));
    }

    /// <summary>Puts the right check value into a datagram that has everything else, for whoever replays one.</summary>
    /// <param name="ipHeaderLength">In bytes; this header follows.</param>
    /// <param name="isUnicast">As for who is to accept it.</param>
    public static void Seal(Span<byte> datagram, int ipHeaderLength, bool isUnicast, KeyedHash hash)
    {
        Span<byte> header = datagram.Slice(ipHeaderLength, Length);
        Hash(datagram[..ipHeaderLength], header, datagram[(ipHeaderLength + Length)..], isUnicast, hash);
        hash.Finish(header.Slice(CheckValueOffset, CheckValueLength));
    }

    /// <summary>Whether the check value is right.</summary>
    internal static bool IsRight(
        ReadOnlySpan<byte> ipHeader, ReadOnlySpan<byte> header, ReadOnlySpan<byte> message, bool isUnicast, KeyedHash hash)
    {
        Hash(ipHeader, header, message, isUnicast, hash);
        return hash.Matches(header.Slice(CheckValueOffset, CheckValueLength));
    }

    private static void Hash(
        ReadOnlySpan<byte> ipHeader, ReadOnlySpan<byte> header, ReadOnlySpan<byte> message, bool isUnicast, KeyedHash hash)
    {
        Span<byte> constant = stackalloc byte[Ipv4Header.LongestLength];
        constant = constant[..ipHeader.Length];
        ipHeader.CopyTo(constant);
        Ipv4Header.ClearMutableFields(constant, clearTimeToLive: isUnicast);
        Span<byte> noCheckValue = stackalloc byte[CheckValueLength];
        noCheckValue.Clear();
        hash.Begin();
        hash.Add(constant);
        hash.Add(header[..CheckValueOffset]);
        hash.Add(noCheckValue);
        hash.Add(message);
    }
}
