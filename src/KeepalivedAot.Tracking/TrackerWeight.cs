namespace KeepalivedAot.Tracking;

/// <summary>What one tracked thing does to whoever tracks it: <c>weight N [reverse]</c>.</summary>
/// <param name="Value">
/// -253 to 253. Positive: added while the thing is good. Negative: its size is subtracted while the thing is bad. 0: no change of
/// priority; a bad thing is a fault.
/// </param>
/// <param name="IsReversed">The adjustment changes its sign; with weight 0 the good thing is the fault instead.</param>
public readonly record struct TrackerWeight(int Value, bool IsReversed = false)
{
    /// <summary>What a thing does that is known to be good or bad (scripts, interfaces, processes, BFD sessions).</summary>
    public TrackerContribution Of(bool isGood)
    {
        if (Value == 0)
            return new TrackerContribution(0, IsFault: isGood == IsReversed);
        int adjustment = isGood == Value > 0 ? Value : 0;
        return new TrackerContribution(IsReversed ? -adjustment : adjustment, IsFault: false);
    }
}
