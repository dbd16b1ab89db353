using System.Globalization;
using System.Text.Unicode;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Logging;

namespace KeepalivedAot.Daemon.Dumps;

/// <summary>
/// A time as keepalived's dumps have it: <c>1796022461.334941</c>, and with the format <c>L</c> the local time behind it,
/// <c>1796022461.334941 (Mon Nov 30 07:07:41.334941 2026)</c>.
/// </summary>
internal readonly record struct Moment(UnixTime Time) : IUtf8SpanFormattable
{
    private const int NanosecondsPerMicrosecond = 1000;
    private const int NanosecondsPerSecond = 1_000_000_000;

    // The year and the blank in front of it, behind which the fraction has its place.
    private const int YearLength = 5;

    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        long fraction = Time.Nanoseconds % NanosecondsPerSecond / NanosecondsPerMicrosecond;
        if (format is not "L")
            return Utf8.TryWrite(utf8Destination, CultureInfo.InvariantCulture, $"{Time.Seconds}.{fraction:000000}", out bytesWritten);
        Span<byte> local = stackalloc byte[LocalTime.LongLength];
        LocalTime.WriteLong(Time.Seconds, local);
        return Utf8.TryWrite(
            utf8Destination, CultureInfo.InvariantCulture,
            $"{Time.Seconds}.{fraction:000000} ({local[..^YearLength]}.{fraction:000000}{local[^YearLength..]})", out bytesWritten);
    }
}
