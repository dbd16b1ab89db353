using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace KeepalivedAot.Base.Net;

/// <summary>An IPv4 or IPv6 address as a value. <c>default</c> is no address at all.</summary>
/// <remarks>Text is read as inet_pton(3) reads it and written as inet_ntop(3) writes it (RFC 5952).</remarks>
public readonly record struct IpAddress : IComparable<IpAddress>, IUtf8SpanFormattable
{
    public const int IPv4Length = 4;
    public const int IPv6Length = 16;

    private readonly ulong _high;
    private readonly ulong _low;

    private IpAddress(AddressFamily family, ulong high, ulong low)
    {
        Family = family;
        _high = high;
        _low = low;
    }

    public AddressFamily Family { get; }

    /// <summary>True for <c>default</c>: an option that was not given.</summary>
    public bool IsNone => Family == AddressFamily.None;

    /// <summary>Length in bytes: 4, 16, or 0 for no address.</summary>
    public int Length => Family switch { AddressFamily.IPv4 => IPv4Length, AddressFamily.IPv6 => IPv6Length, _ => 0 };

    /// <summary>The prefix length of a single host: 32 or 128.</summary>
    public int HostPrefixLength => Length * 8;

    public bool IsMulticast => Family switch
    {
        AddressFamily.IPv4 => (_low >> 28) == 0xE,
        AddressFamily.IPv6 => (_high >> 56) == 0xFF,
        _ => false,
    };

    /// <summary>fe80::/10 (RFC 4291, 2.5.6). IPv4 addresses never are, as far as VRRP is concerned.</summary>
    public bool IsLinkLocal => Family == AddressFamily.IPv6 && (_high >> 54) == (0xFE80UL >> 6);

    /// <summary>0.0.0.0 or ::.</summary>
    public bool IsUnspecified => Family != AddressFamily.None && _high == 0 && _low == 0;

    public static IpAddress FromIPv4(uint hostOrder) => new(AddressFamily.IPv4, 0, hostOrder);

    /// <summary>Four or sixteen bytes in network order.</summary>
    public static IpAddress FromBytes(ReadOnlySpan<byte> networkOrder)
    {
        if (networkOrder.Length == IPv4Length)
            return FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(networkOrder));
        Invariant.Require(networkOrder.Length == IPv6Length, "an address has 4 or 16 bytes");
        return new IpAddress(
            AddressFamily.IPv6,
            BinaryPrimitives.ReadUInt64BigEndian(networkOrder),
            BinaryPrimitives.ReadUInt64BigEndian(networkOrder[8..]));
    }

    /// <summary>Writes <see cref="Length"/> bytes in network order.</summary>
    public void CopyTo(Span<byte> destination)
    {
        if (Family == AddressFamily.IPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)_low);
        }
        else if (Family == AddressFamily.IPv6)
        {
            BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
            BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _low);
        }
    }

    /// <summary>The IPv4 address as a number; only for IPv4.</summary>
    public uint ToUInt32()
    {
        Invariant.Require(Family == AddressFamily.IPv4, "only an IPv4 address is a 32-bit number");
        return (uint)_low;
    }

    /// <summary>Reads an address as inet_pton(3) does: no zone, no port, no leading zeros in IPv4.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IpAddress address)
    {
        address = default;
        return text.Contains(':') ? TryParseIPv6(text, out address) : TryParseIPv4(text, out address);
    }

    /// <exception cref="FormatException">The text is no address. For constants and tests.</exception>
    public static IpAddress Parse(ReadOnlySpan<char> text)
        => TryParse(text, out IpAddress address) ? address : throw new FormatException(text.ToString());

    private static bool TryParseIPv4(ReadOnlySpan<char> text, out IpAddress address)
    {
        address = default;
        uint value = 0;
        int octets = 0;
        while (true)
        {
            int digits = 0;
            uint octet = 0;
            while (digits < text.Length && char.IsAsciiDigit(text[digits]))
            {
                if (digits == 3 || (digits == 1 && octet == 0))
                    return false;
                octet = octet * 10 + (uint)(text[digits++] - '0');
            }
            if (digits == 0 || octet > 255)
                return false;
            value = (value << 8) | octet;
            octets++;
            text = text[digits..];
            if (octets == 4)
                break;
            if (text.IsEmpty || text[0] != '.')
                return false;
            text = text[1..];
        }
        if (!text.IsEmpty)
            return false;
        address = FromIPv4(value);
        return true;
    }

    private static bool TryParseIPv6(ReadOnlySpan<char> text, out IpAddress address)
    {
        address = default;
        // The framework's parser also takes zones, brackets and ports: those are not addresses in a configuration.
        foreach (char c in text)
        {
            if (!char.IsAsciiHexDigit(c) && c != ':' && c != '.')
                return false;
        }
        if (!IPAddress.TryParse(text, out IPAddress? parsed))
            return false;
        Span<byte> bytes = stackalloc byte[IPv6Length];
        if (!parsed.TryWriteBytes(bytes, out int written) || written != IPv6Length)
            return false;
        address = FromBytes(bytes);
        return true;
    }

    /// <summary>Addresses of one family as unsigned big-endian numbers: VRRP's tie-break (RFC 9568, 6.4.3).</summary>
    public int CompareTo(IpAddress other)
    {
        int order = Family.CompareTo(other.Family);
        if (order == 0)
            order = _high.CompareTo(other._high);
        return order != 0 ? order : _low.CompareTo(other._low);
    }

    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        => Family switch
        {
            AddressFamily.IPv4 => TryFormatIPv4(utf8Destination, out bytesWritten),
            AddressFamily.IPv6 => TryFormatIPv6(utf8Destination, out bytesWritten),
            _ => TryFormatNone(utf8Destination, out bytesWritten),
        };

    private static bool TryFormatNone(Span<byte> destination, out int written)
    {
        bool fits = "(none)"u8.TryCopyTo(destination);
        written = fits ? 6 : 0;
        return fits;
    }

    private bool TryFormatIPv4(Span<byte> destination, out int written)
    {
        Span<byte> text = stackalloc byte[15];
        int length = 0;
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            ((byte)(_low >> shift)).TryFormat(text[length..], out int digits, default, CultureInfo.InvariantCulture);
            length += digits;
            if (shift != 0)
                text[length++] = (byte)'.';
        }
        return Emit(text[..length], destination, out written);
    }

    // RFC 5952: the longest run of two or more zero groups becomes "::", the first one of equals.
    private bool TryFormatIPv6(Span<byte> destination, out int written)
    {
        Span<ushort> groups = stackalloc ushort[8];
        for (int i = 0; i < 4; i++)
        {
            groups[i] = (ushort)(_high >> (48 - 16 * i));
            groups[i + 4] = (ushort)(_low >> (48 - 16 * i));
        }
        int runStart = -1;
        int runLength = 1;
        for (int i = 0; i < 8; i++)
        {
            int end = i;
            while (end < 8 && groups[end] == 0)
                end++;
            if (end - i > runLength)
                (runStart, runLength) = (i, end - i);
            i = Math.Max(i, end - 1);
        }
        Span<byte> text = stackalloc byte[40];
        int length = 0;
        for (int i = 0; i < 8; i++)
        {
            if (i == runStart)
            {
                text[length++] = (byte)':';
                if (i == 0)
                    text[length++] = (byte)':';
                i += runLength - 1;
                continue;
            }
            groups[i].TryFormat(text[length..], out int digits, "x", CultureInfo.InvariantCulture);
            length += digits;
            if (i != 7)
                text[length++] = (byte)':';
        }
        return Emit(text[..length], destination, out written);
    }

    private static bool Emit(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        bool fits = text.TryCopyTo(destination);
        written = fits ? text.Length : 0;
        return fits;
    }

    public override string ToString() => Utf8Formatting.ToText(this);
}
