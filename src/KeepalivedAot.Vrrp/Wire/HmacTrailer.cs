using System.Buffers.Binary;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Vrrp.Authentication;

namespace KeepalivedAot.Vrrp.Wire;

/// <summary>keepalived's <c>auth_hmac</c> trailer behind a VRRP message: HMAC-SHA256, cut to 16 bytes.</summary>
/// <remarks>
/// <code>
/// |   Type = 1    |    Key Id     |               0               |
/// |                     Seconds since 1970                        |
/// |        1/65536 seconds        |            Counter            |
/// |              Message Authentication Code, 16 bytes            |
/// </code>
/// The code covers a prefix (4 or 6, VRRP version, VRID, 0, source address in 16 bytes), the message with its checksum 0, and the trailer
/// with the code 0. So it holds for one instance and one sender, and does not depend on where the advertisement goes.
/// </remarks>
public static class HmacTrailer
{
    public const int Length = 28;

    private const byte TypeHmacSha256 = 1;

    private const int TypeOffset = 0;
    private const int KeyIdOffset = 1;
    private const int ReservedOffset = 2;
    private const int StampOffset = 4;
    private const int SecondsOffset = 4;
    private const int CodeOffset = 12;
    private const int CodeLength = 16;

    private const int PrefixLength = 20;
    private const int PrefixAddressOffset = 4;

    internal static bool IsWellFormed(ReadOnlySpan<byte> trailer)
        => trailer[TypeOffset] == TypeHmacSha256 && BinaryPrimitives.ReadUInt16BigEndian(trailer[ReservedOffset..]) == 0;

    internal static byte KeyIdOf(ReadOnlySpan<byte> trailer) => trailer[KeyIdOffset];

    /// <summary>Time and counter as one number.</summary>
    internal static ulong StampOf(ReadOnlySpan<byte> trailer) => BinaryPrimitives.ReadUInt64BigEndian(trailer[StampOffset..]);

    /// <summary>Seconds since 1970, modulo 2 to the 32nd.</summary>
    internal static uint SecondsOf(ReadOnlySpan<byte> trailer) => BinaryPrimitives.ReadUInt32BigEndian(trailer[SecondsOffset..]);

    /// <summary>Writes the trailer behind a message.</summary>
    /// <param name="signed">The message, and room for the trailer.</param>
    internal static void Write(Span<byte> signed, AddressFamily family, IpAddress source, byte keyId, ulong stamp, KeyedHash hash)
    {
        Span<byte> trailer = signed[^Length..];
        trailer[TypeOffset] = TypeHmacSha256;
        trailer[KeyIdOffset] = keyId;
        BinaryPrimitives.WriteUInt16BigEndian(trailer[ReservedOffset..], 0);
        BinaryPrimitives.WriteUInt64BigEndian(trailer[StampOffset..], stamp);
        Hash(signed, family, source, hash);
        hash.Finish(trailer[CodeOffset..]);
    }

    /// <summary>Makes the code of a message that has everything else, for whoever replays one.</summary>
    /// <param name="signed">The message and the trailer.</param>
    /// <param name="code">Is given the code, 16 bytes.</param>
    public static void Seal(ReadOnlySpan<byte> signed, AddressFamily family, IpAddress source, KeyedHash hash, Span<byte> code)
    {
        Hash(signed, family, source, hash);
        hash.Finish(code[..CodeLength]);
    }

    /// <summary>The number of the key that it was made with.</summary>
    public static byte KeyOf(ReadOnlySpan<byte> signed) => KeyIdOf(signed[^Length..]);

    /// <summary>Whether the code is right.</summary>
    /// <param name="signed">The message and the trailer.</param>
    internal static bool IsRight(ReadOnlySpan<byte> signed, AddressFamily family, IpAddress source, KeyedHash hash)
    {
        Hash(signed, family, source, hash);
        return hash.Matches(signed[^CodeLength..]);
    }

    private static void Hash(ReadOnlySpan<byte> signed, AddressFamily family, IpAddress source, KeyedHash hash)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        prefix.Clear();
        prefix[0] = family == AddressFamily.IPv6 ? (byte)6 : (byte)4;
        prefix[1] = (byte)(signed[0] >> 4);
        prefix[2] = signed[VrrpMessage.VridOffset];
        source.CopyTo(prefix[PrefixAddressOffset..]);
        Span<byte> zeros = stackalloc byte[CodeLength];
        zeros.Clear();
        hash.Begin();
        hash.Add(prefix);
        hash.Add(signed[..VrrpMessage.ChecksumOffset]);
        hash.Add(zeros[..sizeof(ushort)]);
        hash.Add(signed[(VrrpMessage.ChecksumOffset + sizeof(ushort))..^CodeLength]);
        hash.Add(zeros);
    }
}
