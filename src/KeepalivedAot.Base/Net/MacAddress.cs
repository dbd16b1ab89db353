using System.Globalization;

namespace KeepalivedAot.Base.Net;

/// <summary>A 48-bit Ethernet address.</summary>
public readonly record struct MacAddress(ulong Value) : IUtf8SpanFormattable
{
    public const int Length = 6;

    public static readonly MacAddress Broadcast = new(0xFFFF_FFFF_FFFF);

    /// <summary>The virtual router MAC address for IPv4 (RFC 9568, 7.3).</summary>
    public static MacAddress OfIPv4Router(byte vrid) => new(0x0000_5E00_0100 | (ulong)vrid);

    /// <summary>The virtual router MAC address for IPv6 (RFC 9568, 7.3).</summary>
    public static MacAddress OfIPv6Router(byte vrid) => new(0x0000_5E00_0200 | (ulong)vrid);

    public static MacAddress FromBytes(ReadOnlySpan<byte> networkOrder)
    {
        ulong value = 0;
        for (int i = 0; i < Length; i++)
            value = (value << 8) | networkOrder[i];
        return new MacAddress(value);
    }

    public void CopyTo(Span<byte> destination)
    {
        for (int i = 0; i < Length; i++)
            destination[i] = (byte)(Value >> (40 - 8 * i));
    }

    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        const int TextLength = 17;
        bytesWritten = 0;
        if (utf8Destination.Length < TextLength)
            return false;
        for (int i = 0; i < Length; i++)
        {
            ((byte)(Value >> (40 - 8 * i))).TryFormat(utf8Destination[(3 * i)..], out _, "x2", CultureInfo.InvariantCulture);
            if (i != Length - 1)
                utf8Destination[3 * i + 2] = (byte)':';
        }
        bytesWritten = TextLength;
        return true;
    }

    public override string ToString() => Utf8Formatting.ToText(this);
}
