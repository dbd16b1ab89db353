namespace KeepalivedAot.Config.Lints;

/// <summary>Every effective priority that a router can have: clamp(base + what its trackers add, 1, 254), the sum itself unclamped.</summary>
/// <remarks>
/// A tracker adds its weight or nothing; with <c>reverse</c> the sign is the other one. All combinations count, since nothing says
/// which trackers fail together. Sums are few however many combinations there are, so they are found one tracker after the other.
/// </remarks>
internal static class PriorityReach
{
    /// <summary>Nobody has more, and a hostile file shall cost little.</summary>
    public const int MostTrackers = 32;

    private const int Lowest = 1;
    private const int Highest = 254;
    private const int Owner = 255;

    public static HashSet<int> Of(int basePriority, ReadOnlySpan<int> weights)
        => [.. new WeightSums(weights, except: -1).All().Select(sum => Effective(basePriority, sum))];

    /// <summary>Whether the priority is the same with and without one of the weights, whatever the others add.</summary>
    public static bool IsUseless(int basePriority, ReadOnlySpan<int> weights, int index)
    {
        if (basePriority == Owner || weights[index] == 0)
            return true;
        // Both are the same only where both are clamped to the same end.
        int lowest = Lowest + 1 - basePriority - Math.Max(0, weights[index]);
        int highest = Highest - 1 - basePriority - Math.Min(0, weights[index]);
        return !new WeightSums(weights, index).HasAnyOf(lowest, highest);
    }

    /// <summary>Whether one of the weights never changes which of two routers has the higher priority.</summary>
    /// <param name="peer">All priorities that the other router can have.</param>
    /// <param name="tie">Who wins among equals: 1 this router, -1 the other one, 0 when that is not known.</param>
    public static bool NeverDecides(int basePriority, ReadOnlySpan<int> weights, int index, HashSet<int> peer, int tie)
    {
        foreach (int sum in new WeightSums(weights, index).All())
        {
            int without = Effective(basePriority, sum);
            int with = Effective(basePriority, sum + weights[index]);
            if (with != without && peer.Any(other => Compare(with, other, tie) != Compare(without, other, tie)))
                return false;
        }
        return true;
    }

    private static int Compare(int ours, int theirs, int tie) => ours == theirs ? tie : Math.Sign(ours - theirs);

    private static int Effective(int basePriority, int sum) => basePriority == Owner ? Owner : Math.Clamp(basePriority + sum, Lowest, Highest);
}
