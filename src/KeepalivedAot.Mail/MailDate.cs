using System.Globalization;

namespace KeepalivedAot.Mail;

/// <summary>The date of a mail (RFC 5322, 3.3): <c>Sun, 29 Nov 2026 17:12:45 +0000</c>.</summary>
public static class MailDate
{
    private const long SecondsPerDay = 86_400;
    private const int DaysPerEra = 146_097;
    private static readonly string[] s_days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    private static readonly string[] s_months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <param name="unixSeconds">Since 1970, UTC; not negative.</param>
    /// <param name="offsetSeconds">Of the local time from UTC, positive to the east.</param>
    public static string Format(long unixSeconds, int offsetSeconds)
    {
        long local = Math.Max(0, unixSeconds + offsetSeconds);
        long days = local / SecondsPerDay;
        long second = local % SecondsPerDay;
        (long year, int month, int day) = DateOf(days);
        int offset = Math.Abs(offsetSeconds) / 60;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{s_days[days % 7]}, {day:00} {s_months[month - 1]} {year} {second / 3600:00}:{second / 60 % 60:00}:{second % 60:00} {(offsetSeconds < 0 ? '-' : '+')}{offset / 60:00}{offset % 60:00}");
    }

    // The calendar repeats every 400 years, and with years that begin in March the leap day is the last one.
    private static (long Year, int Month, int Day) DateOf(long days)
    {
        long fromMarch = days + 719_468;
        long era = fromMarch / DaysPerEra;
        long dayOfEra = fromMarch % DaysPerEra;
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long monthFromMarch = (5 * dayOfYear + 2) / 153;
        int day = (int)(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
        int month = (int)(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9);
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
    }
}
