namespace KeepalivedAot.Tracking;

/// <summary>What one tracked thing does to whoever tracks it: <c>weight N [reverse]</c>.</summary>
/// <param name="Value">
/// -253 to 253. Positive: added while the thing is good. Negative: its size is subtracted while the thing is bad. 0: no change of
/// priority; a bad thing is a fault.
/// </param>
/// <param name="IsReversed">The adjustment changes its sign; with weight 0 the good thing is the fault instead.</param>
public readonly record struct TrackerWeight(int Value, bool IsReversed = false)
{
    // A file's number has no limits. Beyond these no priority could tell the difference: lower is a fault, higher the same as the limit.
    private const int LowestOfNumber = -254;
    private const int HighestOfNumber = 253;

    /// <summary>What a thing does that is known to be good or bad (scripts, interfaces, processes, BFD sessions).</summary>
    public TrackerContribution Of(bool isGood)
    {
        if (Value == 0)
            return new TrackerContribution(0, IsFault: isGood == IsReversed);
        int adjustment = isGood == Value > 0 ? Value : 0;
        return new TrackerContribution(IsReversed ? -adjustment : adjustment, IsFault: false);
    }

    /// <summary>What a file with this number does: it is multiplied by the weight. With weight 0 any number but 0 is a fault.</summary>
    public TrackerContribution OfNumber(int number)
    {
        if (Value == 0)
            return new TrackerContribution(0, IsFault: (number != 0) != IsReversed);
        long product = (long)number * Value;
        if (IsReversed)
            product = -product;
        return product <= LowestOfNumber
            ? new TrackerContribution(0, IsFault: true)
            : new TrackerContribution((int)Math.Min(product, HighestOfNumber), IsFault: false);
    }

    /// <summary>What a thing does of which this is known. As long as nothing is, it changes no priority, and is awaited with weight 0.</summary>
    public TrackerContribution Of(TrackerReading reading) => reading.Condition switch
    {
        TrackerCondition.Unknown => new TrackerContribution(0, IsFault: false, IsAwaited: Value == 0),
        TrackerCondition.Absent => default,
        TrackerCondition.Number => OfNumber(reading.Value),
        _ => Of(reading.Condition == TrackerCondition.Good),
    };
}
