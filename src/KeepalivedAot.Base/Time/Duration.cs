using System.Globalization;

namespace KeepalivedAot.Base.Time;

/// <summary>A length of time, in whole nanoseconds; negative values are allowed (a deadline that has passed).</summary>
/// <remarks>Integer arithmetic only, because elections depend on exact sums. Range: about ±292 years.</remarks>
public readonly record struct Duration(long Nanoseconds) : IComparable<Duration>, IUtf8SpanFormattable
{
    private const long NanosecondsPerMicrosecond = 1_000;
    private const long NanosecondsPerMillisecond = 1_000_000;
    private const long NanosecondsPerCentisecond = 10_000_000;
    private const long NanosecondsPerSecond = 1_000_000_000;

    public static readonly Duration Zero;
    public static readonly Duration MaxValue = new(long.MaxValue);

    public static Duration FromNanoseconds(long nanoseconds) => new(nanoseconds);
    public static Duration FromMicroseconds(long microseconds) => new(checked(microseconds * NanosecondsPerMicrosecond));
    public static Duration FromMilliseconds(long milliseconds) => new(checked(milliseconds * NanosecondsPerMillisecond));
    public static Duration FromCentiseconds(long centiseconds) => new(checked(centiseconds * NanosecondsPerCentisecond));
    public static Duration FromSeconds(long seconds) => new(checked(seconds * NanosecondsPerSecond));

    public long WholeMicroseconds => Nanoseconds / NanosecondsPerMicrosecond;
    public long WholeMilliseconds => Nanoseconds / NanosecondsPerMillisecond;
    public long WholeCentiseconds => Nanoseconds / NanosecondsPerCentisecond;
    public long WholeSeconds => Nanoseconds / NanosecondsPerSecond;

    public static Duration operator +(Duration a, Duration b) => new(checked(a.Nanoseconds + b.Nanoseconds));
    public static Duration operator -(Duration a, Duration b) => new(checked(a.Nanoseconds - b.Nanoseconds));
    public static Duration operator *(Duration a, long factor) => new(checked(a.Nanoseconds * factor));
    public static Duration operator /(Duration a, long divisor) => new(a.Nanoseconds / divisor);
    public static bool operator <(Duration a, Duration b) => a.Nanoseconds < b.Nanoseconds;
    public static bool operator >(Duration a, Duration b) => a.Nanoseconds > b.Nanoseconds;
    public static bool operator <=(Duration a, Duration b) => a.Nanoseconds <= b.Nanoseconds;
    public static bool operator >=(Duration a, Duration b) => a.Nanoseconds >= b.Nanoseconds;

    public static Duration Min(Duration a, Duration b) => a < b ? a : b;

    public static Duration Max(Duration a, Duration b) => a > b ? a : b;

    public int CompareTo(Duration other) => Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>Seconds with as many decimals as it takes, at most six: <c>3.609375</c>, <c>1</c>.</summary>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        Span<byte> text = stackalloc byte[32];
        int length = 0;
        long microseconds = Math.Abs(WholeMicroseconds);
        if (Nanoseconds < 0 && microseconds != 0)
            text[length++] = (byte)'-';
        (microseconds / 1_000_000).TryFormat(text[length..], out int whole, default, CultureInfo.InvariantCulture);
        length += whole;
        long fraction = microseconds % 1_000_000;
        if (fraction != 0)
        {
            text[length++] = (byte)'.';
            for (long unit = 100_000; fraction != 0; unit /= 10)
            {
                text[length++] = (byte)('0' + fraction / unit);
                fraction %= unit;
            }
        }
        bytesWritten = 0;
        if (!text[..length].TryCopyTo(utf8Destination))
            return false;
        bytesWritten = length;
        return true;
    }

    public override string ToString() => Utf8Formatting.ToText(this);
}
