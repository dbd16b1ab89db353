namespace KeepalivedAot.Config.Text;

/// <summary>File names by pattern, as glob(3) with braces and without tildes: *, ?, [a-z], {a,b}, and \ before any of them.</summary>
internal static class PathPattern
{
    private const int MostAlternatives = 1024;
    private const int MostMatches = 4096;
    private const int MostLooks = 65_536;

    /// <summary>What a pattern led to.</summary>
    /// <param name="Paths">In the order of the alternatives, and of their bytes within one.</param>
    /// <param name="IsFixedMissing">A directory or a file that is named without wildcards is not there, in one alternative or directory at least.</param>
    /// <param name="IsCut">There was more than anybody can mean; the paths are not all.</param>
    internal sealed record Result(List<string> Paths, bool HasBraces, bool IsFixedMissing, bool IsCut);

    public static Result Find(string pattern, string directory, IConfigFiles files)
    {
        List<string> alternatives = [];
        Search search = new(directory, files) { IsCut = !TryAlternatives(pattern, alternatives) };
        List<string> paths = [];
        foreach (string alternative in alternatives)
        {
            if (search.IsCut)
                break;
            List<string> found = search.Match(alternative);
            found.Sort(StringComparer.Ordinal);
            paths.AddRange(found);
            search.IsCut |= paths.Count > MostMatches;
        }
        return new Result(paths, HasBrace(pattern), search.IsFixedMissing, search.IsCut);
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
            if (pattern[i] == '[' && TryNamedClass(c, pattern, ref i, ref isIn))
                continue;
            char low = Literal(pattern, ref i);
            char high = low;
            if (i + 1 < pattern.Length && pattern[i] == '-' && pattern[i + 1] != ']')
            {
                i++;
                high = Literal(pattern, ref i);
            }
            isIn |= c >= low && c <= high;
        }
        if (i >= pattern.Length)
            return false;
        isIn ^= isNegated;
        p = i + 1;
        return true;
    }

    private static char Literal(ReadOnlySpan<char> pattern, ref int i)
    {
        if (pattern[i] == '\\' && i + 1 < pattern.Length)
            i++;
        return pattern[i++];
    }

    // [:digit:] and its relatives, within brackets.
    private static bool TryNamedClass(char c, ReadOnlySpan<char> pattern, ref int i, ref bool isIn)
    {
        ReadOnlySpan<char> rest = pattern[i..];
        int end = rest.StartsWith("[:") ? rest.IndexOf(":]") : -1;
        if (end < 0)
            return false;
        isIn |= rest[2..end] switch
        {
            "alpha" => char.IsAsciiLetter(c),
            "digit" => char.IsAsciiDigit(c),
            "alnum" => char.IsAsciiLetterOrDigit(c),
            "lower" => char.IsAsciiLetterLower(c),
            "upper" => char.IsAsciiLetterUpper(c),
            "xdigit" => char.IsAsciiHexDigit(c),
            "punct" => char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c)),
            "space" => c is ' ' or (>= '\t' and <= '\r'),
            "blank" => c is ' ' or '\t',
            "cntrl" => c is < ' ' or '\x7f',
            "print" => c is >= ' ' and not '\x7f',
            "graph" => c is > ' ' and not '\x7f',
            _ => false,
        };
        i += end + 2;
        return true;
    }

    /// <summary>One walk through the directories.</summary>
    private sealed class Search(string directory, IConfigFiles files)
    {
        private int _looks;

        public bool IsFixedMissing { get; private set; }

        public bool IsCut { get; set; }

        public List<string> Match(string pattern)
        {
            string[] elements = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
            List<string> at = [pattern.StartsWith('/') ? "/" : ""];
            for (int i = 0; i < elements.Length && at.Count > 0; i++)
            {
                bool isLast = i == elements.Length - 1 && !pattern.EndsWith('/');
                if (elements[i] == "." && !isLast)
                    continue;
                List<string> next = [];
                foreach (string prefix in at)
                {
                    if (HasWildcard(elements[i]))
                        Matching(prefix, elements[i], isLast, next);
                    else
                        Named(Join(prefix, Unescaped(elements[i])), isLast, next);
                    IsCut |= next.Count > MostMatches || _looks > MostLooks;
                    if (IsCut)
                        return [];
                }
                at = next;
            }
            return elements.Length == 0 ? [] : at.ConvertAll(p => Full(p, directory));
        }

        private void Matching(string prefix, string element, bool isLast, List<string> found)
        {
            foreach (string name in files.List(Full(prefix.Length == 0 ? "." : prefix, directory)) ?? [])
            {
                _looks++;
                string path = Join(prefix, name);
                if (IsMatch(name, element) && (isLast || files.Inspect(Full(path, directory)) == ConfigFileKind.Directory))
                    found.Add(path);
            }
        }

        private void Named(string path, bool isLast, List<string> found)
        {
            _looks++;
            ConfigFileKind kind = files.Inspect(Full(path, directory));
            if (kind != ConfigFileKind.Missing && (isLast || kind == ConfigFileKind.Directory))
                found.Add(path);
            else
                IsFixedMissing = true;
        }
    }

    private static string Join(string prefix, string name) => name == "." && prefix.Length > 0 ? prefix : prefix == "." ? name : prefix.Length == 0 ? name : prefix.EndsWith('/') ? prefix + name : $"{prefix}/{name}";

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
    private static bool TryAlternatives(string pattern, List<string> into)
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
            if (into.Count + open.Count + parts.Count > MostAlternatives)
                return false;
            for (int i = parts.Count - 1; i >= 0; i--)
                open.Push(parts[i]);
        }
        return true;
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
