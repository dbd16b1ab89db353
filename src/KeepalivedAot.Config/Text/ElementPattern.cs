namespace KeepalivedAot.Config.Text;

/// <summary>One element of a path, the name of a file or directory, against a pattern without slash and braces.</summary>
internal static class ElementPattern
{
    /// <summary>Whether the name is one that the pattern means; a leading dot must be written.</summary>
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

    /// <summary>The name that a pattern without wildcards stands for.</summary>
    public static string Unescaped(string element)
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

    /// <summary>More than one name may be meant.</summary>
    public static bool HasWildcard(string element)
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
}
