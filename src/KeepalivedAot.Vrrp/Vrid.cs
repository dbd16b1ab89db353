using System.Globalization;

namespace KeepalivedAot.Vrrp;

/// <summary>A Virtual Router Identifier, 1 to 255 (RFC 9568, 5.2.3). 0 is none: an option that was not given.</summary>
public readonly record struct Vrid(byte Value) : IUtf8SpanFormattable
{
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        => Value.TryFormat(utf8Destination, out bytesWritten, default, CultureInfo.InvariantCulture);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
