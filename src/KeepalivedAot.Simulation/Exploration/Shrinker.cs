using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Time;

namespace KeepalivedAot.Simulation.Exploration;

/// <summary>
/// From a list that shows something wrong the smallest that still does: delta debugging (Zeller, Hildebrandt 2002), so that no single element
/// of the result can be left out; then faults as early and as short as they can be.
/// </summary>
internal static class Shrinker
{
    /// <summary>Of tries; each is a run of a whole world.</summary>
    public const int DefaultBudget = 400;

    // What people read: rather 20 s than 19.733 s.
    private static readonly long[] s_grains = [10_000_000_000, 1_000_000_000, 100_000_000, 10_000_000];

    /// <summary>Of faults as they are written.</summary>
    /// <param name="fails">Whether the world still fails with these; the same list always gives the same answer.</param>
    /// <param name="budget">How often <paramref name="fails"/> is asked at most. When it is used up the smallest list so far is returned.</param>
    /// <returns><paramref name="faults"/> itself, should that not fail.</returns>
    public static IReadOnlyList<string> Shrink(IReadOnlyList<string> faults, Func<IReadOnlyList<string>, bool> fails, int budget = DefaultBudget)
    {
        Tries<string> tries = new(fails, budget);
        if (!tries.Fails(faults))
            return faults;
        List<string> left = Fewest([.. faults], tries);
        Shorten(left, tries);
        return left;
    }

    /// <summary>Of anything: the fewest elements, in their order.</summary>
    public static IReadOnlyList<T> Fewest<T>(IReadOnlyList<T> elements, Func<IReadOnlyList<T>, bool> fails, int budget = DefaultBudget)
    {
        Tries<T> tries = new(fails, budget);
        return tries.Fails(elements) ? Fewest([.. elements], tries) : elements;
    }

    private static List<T> Fewest<T>(List<T> left, Tries<T> tries)
    {
        if (left.Count > 0 && tries.Fails([]))
            return [];
        int pieces = 2;
        while (left.Count >= 2 && !tries.AreOver)
        {
            List<T>? smaller = Part(left, pieces, isComplement: false, tries);
            if (smaller is not null)
            {
                (left, pieces) = (smaller, 2);
                continue;
            }
            smaller = pieces > 2 || left.Count == 2 ? Part(left, pieces, isComplement: true, tries) : null;
            if (smaller is not null)
                (left, pieces) = (smaller, Math.Max(pieces - 1, 2));
            else if (pieces < left.Count)
                pieces = Math.Min(pieces * 2, left.Count);
            else
                break;
        }
        return left;
    }

    // One of the pieces, or all but one of them, that still fails.
    private static List<T>? Part<T>(List<T> of, int pieces, bool isComplement, Tries<T> tries)
    {
        for (int piece = 0; piece < pieces; piece++)
        {
            int from = of.Count * piece / pieces;
            int to = of.Count * (piece + 1) / pieces;
            List<T> part = isComplement ? [.. of[..from], .. of[to..]] : of[from..to];
            if (part.Count > 0 && part.Count < of.Count && tries.Fails(part))
                return part;
        }
        return null;
    }

    // Each of the times in the words of each fault, from coarse to fine.
    private static void Shorten(List<string> faults, Tries<string> tries)
    {
        for (int fault = 0; fault < faults.Count; fault++)
        {
            string[] words = faults[fault].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (int word = 0; word < words.Length; word++)
            {
                string prefix = words[word].StartsWith("t=", StringComparison.Ordinal) ? "t=" : "";
                if (!TimeWord.TryParse(words[word][prefix.Length..], out Duration time))
                    continue;
                foreach (long grain in s_grains)
                {
                    Duration rounded = Duration.FromNanoseconds(time.Nanoseconds / grain * grain);
                    if (rounded == time || (rounded == Duration.Zero && prefix.Length == 0))
                        continue;
                    string before = words[word];
                    words[word] = prefix + TimeWord.Of(rounded);
                    List<string> candidate = [.. faults];
                    candidate[fault] = string.Join(' ', words);
                    if (tries.Fails(candidate))
                    {
                        faults[fault] = candidate[fault];
                        break;
                    }
                    words[word] = before;
                }
            }
        }
    }

    private sealed class Tries<T>(Func<IReadOnlyList<T>, bool> fails, int budget)
    {
        private int _left = budget;

        public bool AreOver => _left <= 0;

        public bool Fails(IReadOnlyList<T> candidate) => _left-- > 0 && fails(candidate);
    }
}
