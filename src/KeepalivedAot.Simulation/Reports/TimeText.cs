using System.Globalization;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Simulation.Reports;

/// <summary>Times of a simulated world, for people: seconds since it began, to the millisecond.</summary>
internal static class TimeText
{
    private const char ReplacementCharacter = (char)0xFFFD;

    public static string Of(Instant at) => Of(at - default(Instant));

    /// <summary>What is shorter than a millisecond and not nothing is said to be so.</summary>
    public static string Of(Duration time) => time > Duration.Zero && time < Duration.FromMilliseconds(1) ? "<0.001 s" : string.Create(CultureInfo.InvariantCulture, $"{SecondsOf(time):0.000} s");

    /// <summary>What would be a command to a terminal, and what XML does not allow, is shown as a replacement character.</summary>
    public static string Printable(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(static c => char.IsControl(c) ? ReplacementCharacter : c)) : text;

    public static double SecondsOf(Duration time) => time.Nanoseconds / 1e9;

    public static double SecondsOf(Instant at) => SecondsOf(at - default(Instant));
}
