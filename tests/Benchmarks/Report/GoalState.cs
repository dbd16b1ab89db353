namespace KeepalivedAot.Benchmarks.Report;

/// <summary>Whether ours is where it should be.</summary>
internal enum GoalState
{
    None,
    Reached,

    /// <summary>
    /// Not in its unit, which holds for the machine that the goal was set on, but as a part of what stock keepalived takes: the
    /// goal divided by stock's figure there, and ours divided by stock's figure here.
    /// </summary>
    ReachedAsRatio,
    Missed,
}
