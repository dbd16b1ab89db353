namespace KeepalivedAot.Tracking;

/// <summary>What one tracked thing does to whoever tracks it: <c>weight N [reverse]</c>.</summary>
/// <param name="Value">
/// -253 to 253. Positive: added while the thing is good. Negative: its size is subtracted while the thing is bad. 0: no change of
/// priority; a bad thing is a fault.
/// </param>
/// <param name="IsReversed">The adjustment changes its sign; with weight 0 the good thing is the fault instead.</param>
public readonly record struct TrackerWeight(int Value, bool IsReversed = false)
{
    private const int FaultingProduct = -254;
    private const int LargestProduct = 253;

    /// <summary>What a thing does that is known to be good or bad (scripts, interfaces, processes, BFD sessions).</summary>
    public TrackerContribution Of(bool isGood)
    {
        if (Value == 0)
            return new TrackerContribution(0, IsFault: isGood == IsReversed);
        int adjustment = isGood == Value > 0 ? Value : 0;
        return new TrackerContribution(IsReversed ? -adjustment : adjustment, IsFault: false);
    }

    /// <summary>What a tracked file does that holds a number: the number is multiplied by the weight.</summary>
    /// <remarks>A product of -254 or less is a fault; one of 254 or more counts as 253.</remarks>
    public TrackerContribution OfNumber(int number)
    {
        if (Value == 0)
            return new TrackerContribution(0, IsFault: number == 0 == IsReversed);
        long product = (long)number * Value * (IsReversed ? -1 : 1);
        return product <= FaultingProduct
            ? new TrackerContribution(0, IsFault: true)
            : new TrackerContribution((int)Math.Min(product, LargestProduct), IsFault: false);
    }
}
