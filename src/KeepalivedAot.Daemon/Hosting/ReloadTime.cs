using System.Globalization;
using System.Text;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>What the file of <c>reload_time_file</c> says (daemon.md, section 7): <c>HH:MM:SS</c>, or a date in front of it, and perhaps Z for UTC.</summary>
/// <param name="UnixSeconds">The moment; without a date the next one of that time.</param>
/// <param name="HasDate">It comes once, and not each day.</param>
internal readonly record struct ReloadTime(long UnixSeconds, bool HasDate)
{
    /// <summary>Longer than any time; a file is read so far.</summary>
    public const int LongestText = 64;

    private const int SecondsPerDay = 86400;

    /// <param name="now">Seconds since 1970, UTC.</param>
    /// <param name="offsetAt">Of the local time from UTC at a moment, in seconds, positive to the east.</param>
    /// <returns>False for what is no time.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, long now, Func<long, int> offsetAt, out ReloadTime time)
    {
        time = default;
        string words = Encoding.ASCII.GetString(text.Trim(" \t\r\n"u8));
        bool isUtc = words.EndsWith('Z');
        if (isUtc)
            words = words[..^1];
        bool hasDate = words.Contains(' ');
        string[] formats = hasDate ? ["yy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss"] : ["HH:mm:ss"];
        if (!DateTime.TryParseExact(words, formats, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault | DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime civil))
            return false;
        if (hasDate)
        {
            // Two digits are of this century, whatever a calendar thinks of 50 and more.
            if (civil.Year < 2000)
                civil = civil.AddYears(100);
            time = new ReloadTime(ToUnix(new DateTimeOffset(civil).ToUnixTimeSeconds(), isUtc, offsetAt), HasDate: true);
            return true;
        }
        long localNow = now + (isUtc ? 0 : offsetAt(now));
        long midnight = localNow - (localNow % SecondsPerDay);
        long due = ToUnix(midnight + (long)civil.TimeOfDay.TotalSeconds, isUtc, offsetAt);
        if (due <= now)
            due = ToUnix(midnight + SecondsPerDay + (long)civil.TimeOfDay.TotalSeconds, isUtc, offsetAt);
        time = new ReloadTime(due, HasDate: false);
        return true;
    }

    /// <summary>In local time, as the log has it.</summary>
    public string Format(Func<long, int> offsetAt)
        => DateTimeOffset.FromUnixTimeSeconds(UnixSeconds + offsetAt(UnixSeconds)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    // The offset of that moment, which depends on it: that of a moment close by is right but for the hour in which clocks change.
    private static long ToUnix(long civil, bool isUtc, Func<long, int> offsetAt)
    {
        if (isUtc)
            return civil;
        long near = civil - offsetAt(civil);
        return civil - offsetAt(near);
    }
}
