using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;

namespace KeepalivedAot.Linux.Logging;

/// <summary>The wall clock in local time, for people: never for deciding anything.</summary>
/// <remarks>libc reads /etc/localtime once, at the first use. Nothing is allocated.</remarks>
public static unsafe class LocalTime
{
    private static ReadOnlySpan<byte> DayNames => "SunMonTueWedThuFriSat"u8;
    private static ReadOnlySpan<byte> MonthNames => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <summary>Bytes of <see cref="WriteLong"/>.</summary>
    public const int LongLength = 24;

    /// <summary>Bytes of <see cref="WriteShort"/>.</summary>
    public const int ShortLength = 15;

    /// <summary>Bytes of <see cref="WriteRfc3339"/>.</summary>
    public const int Rfc3339Length = 32;

    /// <summary>Seconds since 1970, UTC.</summary>
    public static long UnixSeconds
    {
        get
        {
            timespec time;
            Libc.clock_gettime(Libc.CLOCK_REALTIME, &time);
            return (long)time.tv_sec;
        }
    }

    /// <summary>Of the local time from UTC at that moment, positive to the east.</summary>
    public static int OffsetSeconds(long unixSeconds) => (int)Break(unixSeconds).tm_gmtoff;

    /// <summary>As ctime(3) has it: <c>Sun Nov 22 18:25:43 2026</c>.</summary>
    public static void WriteLong(long unixSeconds, Span<byte> destination)
    {
        tm time = Break(unixSeconds);
        DayNames.Slice(3 * time.tm_wday, 3).CopyTo(destination);
        destination[3] = (byte)' ';
        WriteShort(time, destination[4..]);
        destination[19] = (byte)' ';
        int year = time.tm_year + 1900;
        WriteTwoDigits(year / 100, '0', destination[20..]);
        WriteTwoDigits(year % 100, '0', destination[22..]);
    }

    /// <summary>As RFC 3164 has it: <c>Nov 22 18:25:43</c>, <c>Nov  2 18:25:43</c>.</summary>
    public static void WriteShort(long unixSeconds, Span<byte> destination) => WriteShort(Break(unixSeconds), destination);

    /// <summary>As RFC 3339 has it, to the microsecond, with the zone: <c>2026-11-22T18:25:43.001234+01:00</c>.</summary>
    public static void WriteRfc3339(UnixTime when, Span<byte> destination)
    {
        tm time = Break(when.Seconds);
        int year = time.tm_year + 1900;
        WriteTwoDigits(year / 100, '0', destination);
        WriteTwoDigits(year % 100, '0', destination[2..]);
        destination[4] = (byte)'-';
        WriteTwoDigits(time.tm_mon + 1, '0', destination[5..]);
        destination[7] = (byte)'-';
        WriteTwoDigits(time.tm_mday, '0', destination[8..]);
        destination[10] = (byte)'T';
        WriteClock(time, destination[11..]);
        destination[19] = (byte)'.';
        int microseconds = when.Microseconds;
        WriteTwoDigits(microseconds / 10_000, '0', destination[20..]);
        WriteTwoDigits(microseconds / 100 % 100, '0', destination[22..]);
        WriteTwoDigits(microseconds % 100, '0', destination[24..]);
        int offset = (int)Math.Abs(time.tm_gmtoff) / 60;
        destination[26] = time.tm_gmtoff < 0 ? (byte)'-' : (byte)'+';
        WriteTwoDigits(offset / 60, '0', destination[27..]);
        destination[29] = (byte)':';
        WriteTwoDigits(offset % 60, '0', destination[30..]);
    }

    private static void WriteShort(in tm time, Span<byte> destination)
    {
        MonthNames.Slice(3 * time.tm_mon, 3).CopyTo(destination);
        destination[3] = (byte)' ';
        WriteTwoDigits(time.tm_mday, ' ', destination[4..]);
        destination[6] = (byte)' ';
        WriteClock(time, destination[7..]);
    }

    private static void WriteClock(in tm time, Span<byte> destination)
    {
        WriteTwoDigits(time.tm_hour, '0', destination);
        destination[2] = (byte)':';
        WriteTwoDigits(time.tm_min, '0', destination[3..]);
        destination[5] = (byte)':';
        WriteTwoDigits(time.tm_sec, '0', destination[6..]);
    }

    private static void WriteTwoDigits(int value, char padding, Span<byte> destination)
    {
        destination[0] = value < 10 ? (byte)padding : (byte)('0' + value / 10);
        destination[1] = (byte)('0' + value % 10);
    }

    private static tm Break(long unixSeconds)
    {
        tm time = default;
        // It fails only for years that do not fit an int; then the zeros that are there are shown as month 1 of 1900.
        Libc.localtime_r(&unixSeconds, &time);
        return time;
    }
}
