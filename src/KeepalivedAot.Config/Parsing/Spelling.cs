namespace KeepalivedAot.Config.Parsing;

/// <summary>Which word may have been meant.</summary>
internal static class Spelling
{
    private const int LongestWord = 64;

    /// <summary>The word that is nearest, if any is near enough: a third of the letters wrong, at most.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        if (word.Length > LongestWord)
            return null;
        string? nearest = null;
        // Of one or two letters a single wrong one leaves too little to know it by.
        int shortest = word.Length < 3 ? 1 : word.Length / 3 + 1;
        foreach (string candidate in candidates)
        {
            if (candidate.Length == 0 || candidate.Length > LongestWord || Math.Abs(candidate.Length - word.Length) >= shortest)
                continue;
            int distance = Distance(word, candidate);
            if (distance < shortest)
                (nearest, shortest) = (candidate, distance);
        }
        return nearest;
    }

    /// <summary>Damerau-Levenshtein distance (optimal string alignment): letters added, lost, changed, or swapped with their neighbour.</summary>
    /// <remarks>Upper and lower case are alike.</remarks>
    public static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        Span<int> beforeLast = stackalloc int[b.Length + 1];
        Span<int> last = stackalloc int[b.Length + 1];
        Span<int> current = stackalloc int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            last[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                int best = Math.Min(Math.Min(current[j - 1], last[j]) + 1, last[j - 1] + change);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    best = Math.Min(best, beforeLast[j - 2] + 1);
                current[j] = best;
            }
            Span<int> oldest = beforeLast;
            beforeLast = last;
            last = current;
            current = oldest;
        }
        return last[b.Length];
    }

    private static bool Same(char a, char b) => a == b || char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
