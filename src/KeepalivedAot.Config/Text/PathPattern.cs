namespace KeepalivedAot.Config.Text;

/// <summary>File names by pattern, as glob(3) with braces and without tildes: *, ?, [a-z], {a,b}, and \ before any of them.</summary>
internal static class PathPattern
{
    private const int MostAlternatives = 1024;
    private const int MostMatches = 4096;

    /// <summary>What a pattern led to.</summary>
    /// <param name="Paths">In the order of the alternatives, and of their bytes within one.</param>
    /// <param name="IsFixedMissing">A directory or a file that is named without wildcards is not there.</param>
    /// <param name="IsAnyAlternativeEmpty">At least one alternative matched nothing.</param>
    internal sealed record Result(List<string> Paths, bool HasBraces, bool IsFixedMissing, bool IsAnyAlternativeEmpty);

    public static Result Find(string pattern, string directory, IConfigFiles files)
    {
        List<string> alternatives = [];
        Alternatives(pattern, alternatives);
        List<string> paths = [];
        bool isFixedMissing = false;
        bool isAnyEmpty = false;
        foreach (string alternative in alternatives)
        {
            List<string> found = [];
            bool isMissing = Match(alternative, directory, files, found);
            found.Sort(StringComparer.Ordinal);
            isFixedMissing |= found.Count == 0 && isMissing;
            isAnyEmpty |= found.Count == 0;
            paths.AddRange(found);
            if (paths.Count > MostMatches)
                break;
        }
        return new Result(paths, HasBrace(pattern), isFixedMissing, isAnyEmpty);
    }

    /// <summary>One path element against a pattern without slash; a leading dot must be written.</summary>
    public static bool IsMatch(ReadOnlySpan<char> name, ReadOnlySpan<char> pattern)
        => !(name.StartsWith(".") && !pattern.StartsWith(".") && !pattern.StartsWith("\\.")) && IsMatchFrom(name, pattern);

    // Backtracks to the last star only, which is enough and takes no exponential time.
    private static bool IsMatchFrom(ReadOnlySpan<char> name, ReadOnlySpan<char> pattern)
    {
        int n = 0;
        int p = 0;
        int star = -1;
        int starName = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                starName = n;
                continue;
            }
            int next = p;
            if (p < pattern.Length && IsMatchOne(name[n], pattern, ref next))
            {
                p = next;
                n++;
                continue;
            }
            if (star < 0)
                return false;
            p = star + 1;
            n = ++starName;
        }
        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }

    private static bool IsMatchOne(char c, ReadOnlySpan<char> pattern, ref int p)
    {
        switch (pattern[p])
        {
            case '?':
                p++;
                return true;
            case '[' when TryClass(c, pattern, ref p, out bool isIn):
                return isIn;
            case '\\' when p + 1 < pattern.Length:
                p += 2;
                return pattern[p - 1] == c;
            default:
                return pattern[p++] == c;
        }
    }

    private static bool TryClass(char c, ReadOnlySpan<char> pattern, ref int p, out bool isIn)
    {
        isIn = false;
        int i = p + 1;
        bool isNegated = i < pattern.Length && pattern[i] is '!' or '^';
        if (isNegated)
            i++;
        int first = i;
        while (i < pattern.Length && (pattern[i] != ']' || i == first))
        {
            char low = pattern[i];
            char high = low;
            if (i + 2 < pattern.Length && pattern[i + 1] == '-' && pattern[i + 2] != ']')
            {
                high = pattern[i + 2];
                i += 2;
            }
            isIn |= c >= low && c <= high;
            i++;
        }
        if (i >= pattern.Length)
            return false;
        isIn ^= isNegated;
        p = i + 1;
        return true;
    }

    // True when something that has no wildcards is not there.
    private static bool Match(string pattern, string directory, IConfigFiles files, List<string> found)
    {
        string[] elements = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string start = pattern.StartsWith('/') ? "/" : "";
        List<string> at = [start];
        bool isMissing = false;
        for (int i = 0; i < elements.Length && at.Count > 0; i++)
        {
            bool isLast = i == elements.Length - 1 && !pattern.EndsWith('/');
            List<string> next = [];
            foreach (string prefix in at)
            {
                if (HasWildcard(elements[i]))
                {
                    foreach (string name in files.List(Full(prefix.Length == 0 ? "." : prefix, directory)) ?? [])
                    {
                        string path = Join(prefix, name);
                        if (IsMatch(name, elements[i]) && (isLast || files.Inspect(Full(path, directory)) == ConfigFileKind.Directory) && next.Count < MostMatches)
                            next.Add(path);
                    }
                    continue;
                }
                string plain = Join(prefix, Unescaped(elements[i]));
                ConfigFileKind kind = files.Inspect(Full(plain, directory));
                if (kind != ConfigFileKind.Missing && (isLast || kind == ConfigFileKind.Directory))
                    next.Add(plain);
                else
                    isMissing = true;
            }
            at = next;
        }
        if (elements.Length > 0)
            found.AddRange(at.Select(p => Full(p, directory)));
        return isMissing;
    }

    private static string Join(string prefix, string name) => prefix.Length == 0 ? name : prefix.EndsWith('/') ? prefix + name : $"{prefix}/{name}";

    private static string Full(string path, string directory)
        => directory.Length == 0 || path.StartsWith('/') ? path : path == "." ? directory : Join(directory, path);

    private static bool HasWildcard(string element)
    {
        for (int i = 0; i < element.Length; i++)
        {
            if (element[i] == '\\')
                i++;
            else if (element[i] is '*' or '?' or '[')
                return true;
        }
        return false;
    }

    private static bool HasBrace(string pattern)
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

    private static string Unescaped(string element)
    {
        if (!element.Contains('\\', StringComparison.Ordinal))
            return element;
        System.Text.StringBuilder plain = new();
        for (int i = 0; i < element.Length; i++)
        {
            if (element[i] == '\\' && i + 1 < element.Length)
                i++;
            plain.Append(element[i]);
        }
        return plain.ToString();
    }

    // The first pair of braces, and then what is left; {} and a brace without partner are plain text.
    private static void Alternatives(string pattern, List<string> into)
    {
        Stack<string> open = new();
        open.Push(pattern);
        while (open.TryPop(out string? at) && into.Count < MostAlternatives)
        {
            if (!TrySplit(at, out List<string> parts))
            {
                into.Add(at);
                continue;
            }
            for (int i = parts.Count - 1; i >= 0 && open.Count < MostAlternatives; i--)
                open.Push(parts[i]);
        }
    }

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
}
