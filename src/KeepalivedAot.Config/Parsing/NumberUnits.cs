using System.Text;

namespace KeepalivedAot.Config.Parsing;

/// <summary>What users write behind a number, which keepalived does not read.</summary>
internal static class NumberUnits
{
    private const decimal Millisecond = 1000;
    private const decimal Second = 1000 * Millisecond;
    private const decimal Minute = 60 * Second;
    private const decimal Hour = 60 * Minute;
    private const decimal Day = 24 * Hour;

    /// <summary>How often the unit goes into what the suffix means: 1000 milliseconds into an "s". Null when the suffix is no unit of time, or there is none.</summary>
    public static decimal? RatioOf(ReadOnlySpan<byte> suffix, NumberUnit unit)
    {
        decimal? microseconds = Encoding.ASCII.GetString(suffix).ToUpperInvariant() switch
        {
            "US" or "USEC" or "USECS" => 1,
            "MS" or "MSEC" or "MSECS" or "MILLISECOND" or "MILLISECONDS" => Millisecond,
            "S" or "SEC" or "SECS" or "SECOND" or "SECONDS" => Second,
            "M" or "MIN" or "MINS" or "MINUTE" or "MINUTES" => Minute,
            "H" or "HOUR" or "HOURS" => Hour,
            "D" or "DAY" or "DAYS" => Day,
            _ => null,
        };
        return unit switch
        {
            NumberUnit.Seconds => microseconds / Second,
            NumberUnit.Milliseconds => microseconds / Millisecond,
            _ => null,
        };
    }

    /// <summary>The unit behind a number: " of milliseconds".</summary>
    public static string NameOf(NumberUnit unit) => unit switch
    {
        NumberUnit.Seconds => " of seconds",
        NumberUnit.Milliseconds => " of milliseconds",
        _ => "",
    };
}
