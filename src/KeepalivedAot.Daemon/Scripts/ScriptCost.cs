using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Daemon.Scripts;

/// <summary>How long scripts have held the loop: their starts, their standard error and their ends.</summary>
internal sealed class ScriptCost
{
    /// <summary>Runs that have ended.</summary>
    public long Runs { get; private set; }

    public Duration Total { get; private set; }

    /// <summary>The most that one step has held it.</summary>
    public Duration LongestStep { get; private set; }

    public Duration Average => Runs == 0 ? Duration.Zero : Total / Runs;

    public void Add(Duration step)
    {
        Total += step;
        LongestStep = Duration.Max(LongestStep, step);
    }

    public void CountRun() => Runs++;
}
