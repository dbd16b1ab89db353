using System.Globalization;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Simulation.Time;

/// <summary>A time as people write it in a fault: a number, also a broken one, with us, ms, s, m or h.</summary>
internal static class TimeWord
{
    private const long Second = 1_000_000_000;

    private static readonly (string Unit, long Nanoseconds)[] s_units = [("us", 1_000), ("ms", 1_000_000), ("s", Second), ("m", 60 * Second), ("h", 3600 * Second)];

    /// <returns>False when it is no time, or longer than <see cref="Duration"/> can be.</returns>
    public static bool TryParse(string word, out Duration time)
    {
        time = default;
        int unit = word.AsSpan().IndexOfAnyExcept("0123456789.");
        long length = unit <= 0 ? 0 : Array.Find(s_units, known => known.Unit == word[unit..]).Nanoseconds;
        if (length == 0 || !decimal.TryParse(word.AsSpan(0, unit), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            || number > long.MaxValue / length)
        {
            return false;
        }
        time = Duration.FromNanoseconds((long)(number * length));
        return true;
    }

    /// <summary><c>10s</c>, <c>1500ms</c>, <c>0.5ms</c>: what is read as the same.</summary>
    public static string Of(Duration time) => time.Nanoseconds % Second == 0 ? string.Create(CultureInfo.InvariantCulture, $"{time.WholeSeconds}s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Nanoseconds / 1e6:0.######}ms");
}
