using System.Globalization;
using System.Text.Unicode;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Daemon.Dumps;

/// <summary>A duration in seconds without a unit: <c>0.5</c>, as short as it goes, or with the format <c>6</c> always with six decimals.</summary>
internal readonly record struct PlainSeconds(Duration Duration) : IUtf8SpanFormattable
{
    private const int MicrosecondsPerSecond = 1_000_000;

    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        long fraction = Duration.WholeMicroseconds % MicrosecondsPerSecond;
        if (fraction == 0 && format.IsEmpty)
            return Duration.WholeSeconds.TryFormat(utf8Destination, out bytesWritten, default, CultureInfo.InvariantCulture);
        if (!Utf8.TryWrite(utf8Destination, CultureInfo.InvariantCulture, $"{Duration.WholeSeconds}.{fraction:000000}", out bytesWritten))
            return false;
        while (format.IsEmpty && utf8Destination[bytesWritten - 1] == (byte)'0')
            bytesWritten--;
        return true;
    }
}
