using System.Buffers.Binary;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Recording;

/// <summary>Where an advertisement proves who sent it: what a record leaves out, and a replay puts in again with its own keys.</summary>
internal static class SealedDatagram
{
    private const int HeaderWordsMask = 0xF;
    private const int ProtocolAt = 9;
    private const int ChecksumAt = 6;
    private const int CountAt = 3;
    private const int TypeAt = 4;
    private const int MessageHeader = 8;
    private const int PasswordLength = 8;
    private const int CheckValueAt = 12;
    private const int CheckValueLength = 12;
    private const int CodeLength = 16;
    private const int SimplePassword = 1;

    /// <summary>What there is in an advertisement.</summary>
    public enum Kind
    {
        None,
        Password,

        /// <summary>The check value of AH.</summary>
        CheckValue,

        /// <summary>The code of <c>auth_hmac</c>.</summary>
        Code,
    }

    /// <param name="datagram">As a socket delivers it.</param>
    /// <param name="message">Where the VRRP message begins.</param>
    /// <param name="proof">Where the proof is.</param>
    public static Kind Find(ReadOnlySpan<byte> datagram, AddressFamily family, out int message, out Range proof)
    {
        message = 0;
        proof = default;
        bool isIPv4 = family == AddressFamily.IPv4;
        if (isIPv4)
        {
            if (datagram.Length < Ipv4Header.MinimumLength)
                return Kind.None;
            message = (datagram[0] & HeaderWordsMask) * 4;
            if (datagram[ProtocolAt] == Ipv4Header.ProtocolAuthenticationHeader)
            {
                proof = (message + CheckValueAt)..(message + CheckValueAt + CheckValueLength);
                message += AuthenticationHeader.Length;
                return datagram.Length >= message ? Kind.CheckValue : Kind.None;
            }
        }
        if (datagram.Length < message + MessageHeader)
            return Kind.None;
        ReadOnlySpan<byte> rest = datagram[message..];
        bool hasPassword = isIPv4 && rest[0] >> 4 == 2;
        int length = MessageHeader + rest[CountAt] * (isIPv4 ? IpAddress.IPv4Length : IpAddress.IPv6Length) + (hasPassword ? PasswordLength : 0);
        if (rest.Length == length + HmacTrailer.Length)
        {
            proof = (datagram.Length - CodeLength)..datagram.Length;
            return Kind.Code;
        }
        if (!hasPassword || rest.Length < length || rest[TypeAt] != SimplePassword)
            return Kind.None;
        proof = (message + length - PasswordLength)..(message + length);
        return Kind.Password;
    }

    /// <summary>Takes the proof out; a checksum that covers it stays as right or wrong as it was.</summary>
    /// <param name="standIns">For passwords; null leaves them.</param>
    public static Kind Open(Span<byte> datagram, AddressFamily family, StandIns? standIns)
    {
        Kind kind = Find(datagram, family, out int message, out Range proof);
        if (kind == Kind.None)
            return kind;
        Span<byte> inside = datagram[proof];
        uint before = Sum(inside);
        if (kind == Kind.Password)
            standIns?.Replace(inside);
        else
            inside.Clear();
        if (IsCovered(kind, family))
            Adjust(datagram.Slice(message + ChecksumAt, sizeof(ushort)), before, Sum(inside));
        return kind;
    }

    /// <summary>Puts a proof in.</summary>
    public static void Close(Span<byte> datagram, AddressFamily family, ReadOnlySpan<byte> right)
    {
        Kind kind = Find(datagram, family, out int message, out Range proof);
        Span<byte> inside = datagram[proof];
        uint before = Sum(inside);
        right[..inside.Length].CopyTo(inside);
        if (IsCovered(kind, family))
            Adjust(datagram.Slice(message + ChecksumAt, sizeof(ushort)), before, Sum(inside));
    }

    // VRRPv2's checksum covers its password; over IPv6 the checksum covers all there is.
    private static bool IsCovered(Kind kind, AddressFamily family) => kind == Kind.Password || (kind == Kind.Code && family == AddressFamily.IPv6);

    // RFC 1624, 3: HC' = ~(~HC + ~m + m'), for all words at once. All proofs begin on a word.
    private static void Adjust(Span<byte> checksum, uint before, uint after)
    {
        uint sum = (ushort)~BinaryPrimitives.ReadUInt16BigEndian(checksum) + (uint)(ushort)~Fold(before) + Fold(after);
        BinaryPrimitives.WriteUInt16BigEndian(checksum, (ushort)~Fold(sum));
    }

    private static uint Sum(ReadOnlySpan<byte> words)
    {
        uint sum = 0;
        for (int i = 0; i + 1 < words.Length; i += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(words[i..]);
        return sum;
    }

    private static ushort Fold(uint sum)
    {
        while (sum >> 16 != 0)
            sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)sum;
    }
}
