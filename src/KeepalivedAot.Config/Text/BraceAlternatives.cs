namespace KeepalivedAot.Config.Text;

/// <summary>The patterns that a pattern with <c>{a,b}</c> stands for; <c>{}</c> and a brace without partner are plain text.</summary>
internal static class BraceAlternatives
{
    private const int Most = 1024;

    /// <summary>All of them, in their order; false when there are more than anybody can mean.</summary>
    public static bool TryList(string pattern, List<string> into)
    {
        Stack<string> open = new();
        open.Push(pattern);
        while (open.TryPop(out string? at))
        {
            if (!TrySplit(at, out List<string> parts))
            {
                into.Add(at);
                continue;
            }
            if (into.Count + open.Count + parts.Count > Most)
                return false;
            for (int i = parts.Count - 1; i >= 0; i--)
                open.Push(parts[i]);
        }
        return true;
    }

    // At the first pair of braces; what is left of it may have more.
    private static bool TrySplit(string pattern, out List<string> parts)
    {
        parts = [];
        int depth = 0;
        int start = -1;
        List<int> commas = [];
        for (int i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    break;
                case '{' when depth++ == 0:
                    start = i;
                    commas.Clear();
                    break;
                case ',' when depth == 1:
                    commas.Add(i);
                    break;
                case '}' when depth > 0 && --depth == 0:
                    if (i == start + 1)
                        break;
                    commas.Add(i);
                    int from = start + 1;
                    foreach (int comma in commas)
                    {
                        parts.Add(string.Concat(pattern.AsSpan(0, start), pattern.AsSpan(from, comma - from), pattern.AsSpan(i + 1)));
                        from = comma + 1;
                    }
                    return true;
            }
        }
        return false;
    }

    public static bool HasBrace(string pattern)
    {
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
                i++;
            else if (pattern[i] == '{')
                return true;
        }
        return false;
    }
}
