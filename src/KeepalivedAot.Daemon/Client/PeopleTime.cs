using System.Globalization;
using System.Text;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Logging;

namespace KeepalivedAot.Daemon.Client;

/// <summary>Times for people: local, and no longer than they need be.</summary>
internal static class PeopleTime
{
    private const int MonthStart = 4;
    private const int TimeStart = 11;
    private const int TimeLength = 8;
    private const int DayLength = 10;
    private const int YearStart = 20;

    /// <summary><c>14:03:07</c> today, else <c>Nov 29 14:03:07</c>.</summary>
    public static string Show(long unixMicroseconds, long nowMicroseconds)
    {
        string at = Whole(unixMicroseconds);
        string now = Whole(nowMicroseconds);
        string time = at.Substring(TimeStart, TimeLength);
        if (at[..DayLength] == now[..DayLength] && at[YearStart..] == now[YearStart..])
            return time;
        return at[YearStart..] == now[YearStart..] ? $"{at[4..DayLength]} {time}" : $"{at[4..DayLength]} {at[YearStart..]} {time}";
    }

    /// <summary><c>Nov 29 14:03:07</c>.</summary>
    public static string Show(UnixTime time) => Whole(time.Nanoseconds / 1000).Substring(MonthStart, YearStart - MonthStart - 1);

    /// <summary><c>Nov 29 14:03:07.123456</c>.</summary>
    public static string ShowExactly(long unixMicroseconds)
    {
        string at = Whole(unixMicroseconds);
        long fraction = (unixMicroseconds % 1_000_000 + 1_000_000) % 1_000_000;
        return string.Create(CultureInfo.InvariantCulture, $"{at[4..DayLength]} {at.AsSpan(TimeStart, TimeLength)}.{fraction:D6}");
    }

    /// <summary><c>45 s</c>, <c>3 m 5 s</c>, <c>2 h 5 m</c>, <c>3 d 4 h</c>.</summary>
    public static string ShowLength(long microseconds)
    {
        long seconds = Math.Max(0, microseconds / 1_000_000);
        return seconds switch
        {
            < 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds} s"),
            < 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} m {seconds % 60} s"),
            < 86400 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600} h {seconds % 3600 / 60} m"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86400} d {seconds % 86400 / 3600} h"),
        };
    }

    /// <summary>Cut to milliseconds, as in reasons: <c>3.609</c>.</summary>
    public static string ShowSeconds(long microseconds)
        => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1_000_000}.{microseconds / 1000 % 1000:D3}").TrimEnd('0').TrimEnd('.');

    private static string Whole(long unixMicroseconds)
    {
        Span<byte> text = stackalloc byte[LocalTime.LongLength];
        LocalTime.WriteLong(Math.DivRem(unixMicroseconds, 1_000_000).Quotient, text);
        return Encoding.ASCII.GetString(text);
    }
}
