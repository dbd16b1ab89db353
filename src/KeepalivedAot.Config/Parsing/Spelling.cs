namespace KeepalivedAot.Config.Parsing;

/// <summary>Which word may have been meant.</summary>
internal static class Spelling
{
    private const int LongestWord = 64;

    // Comparisons of two letters for one word: all keywords there are, or thousands of names. A hostile file has more.
    private const int MostComparisons = 1 << 19;

    /// <summary>The word that is nearest, if any is near enough: a third of the letters wrong, at most.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        if (word.Length > LongestWord)
            return null;
        string? nearest = null;
        // Of one or two letters a single wrong one leaves too little to know it by.
        int shortest = word.Length < 3 ? 1 : word.Length / 3 + 1;
        int left = MostComparisons;
        foreach (string candidate in candidates)
        {
            if (candidate.Length == 0 || candidate.Length > LongestWord || Math.Abs(candidate.Length - word.Length) >= shortest)
                continue;
            int distance = Distance(word, candidate, shortest, ref left);
            if (distance < shortest)
                (nearest, shortest) = (candidate, distance);
            if (left < 0)
                break;
        }
        return nearest;
    }

    /// <summary>Damerau-Levenshtein distance (optimal string alignment): letters added, lost, changed, or swapped with their neighbour.</summary>
    /// <remarks>Upper and lower case are alike.</remarks>
    public static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        int left = int.MaxValue;
        return Distance(a, b, int.MaxValue, ref left);
    }

    // Ends as soon as the distance is known to be no less than a limit.
    private static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int limit, ref int left)
    {
        Span<int> beforeLast = stackalloc int[b.Length + 1];
        Span<int> last = stackalloc int[b.Length + 1];
        Span<int> current = stackalloc int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            last[j] = j;
        int leastOfLast = 0;
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            int least = i;
            left -= b.Length;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                int best = Math.Min(Math.Min(current[j - 1], last[j]) + 1, last[j - 1] + change);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    best = Math.Min(best, beforeLast[j - 2] + 1);
                current[j] = best;
                least = Math.Min(least, best);
            }
            // Whatever follows is made of these two rows, and no smaller.
            if (Math.Min(least, leastOfLast) >= limit)
                return limit;
            leastOfLast = least;
            Span<int> oldest = beforeLast;
            beforeLast = last;
            last = current;
            current = oldest;
        }
        return last[b.Length];
    }

    private static bool Same(char a, char b) => a == b || char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
