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

    private static void WriteShort(in tm time, Span<byte> destination)
    {
        MonthNames.Slice(3 * time.tm_mon, 3).CopyTo(destination);
        destination[3] = (byte)' ';
        WriteTwoDigits(time.tm_mday, ' ', destination[4..]);
        destination[6] = (byte)' ';
        WriteTwoDigits(time.tm_hour, '0', destination[7..]);
        destination[9] = (byte)':';
        WriteTwoDigits(time.tm_min, '0', destination[10..]);
        destination[12] = (byte)':';
        WriteTwoDigits(time.tm_sec, '0', destination[13..]);
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
