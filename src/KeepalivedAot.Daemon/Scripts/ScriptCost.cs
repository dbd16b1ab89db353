using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Daemon.Scripts;

/// <summary>How long scripts have held the loop: their start and their end together, for each run that has ended.</summary>
internal sealed class ScriptCost
{
    // The last ones, in a ring: enough for a median, and nothing is allocated.
    private readonly long[] _lastNanoseconds = new long[512];

    public long Runs { get; private set; }

    public Duration Longest { get; private set; }

    /// <summary>Of all runs together.</summary>
    public Duration Total { get; private set; }

    public void Count(Duration held)
    {
        _lastNanoseconds[Runs % _lastNanoseconds.Length] = held.Nanoseconds;
        Runs++;
        Total += held;
        Longest = Duration.Max(Longest, held);
    }

    /// <summary>Of the last runs.</summary>
    public Duration Median()
    {
        if (Runs == 0)
            return Duration.Zero;
        long[] sorted = _lastNanoseconds[..(int)Math.Min(Runs, _lastNanoseconds.Length)];
        Array.Sort(sorted);
        return Duration.FromNanoseconds(sorted[sorted.Length / 2]);
    }
}
