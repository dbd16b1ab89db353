using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace KeepalivedAot.Config.Values;

/// <summary>Splits the text of a command into program and arguments as keepalived does (grammar 10.2, variant E).</summary>
/// <remarks>
/// White space separates; single and double quotes both hold together and are removed; quoted and bare pieces join into one word; a
/// backslash escapes everywhere, inside single quotes too.
/// </remarks>
public static class CommandWords
{
    /// <returns>False when a quote or an escape has no end.</returns>
    public static bool TrySplit(string command, [NotNullWhen(true)] out string[]? words)
    {
        List<string> found = [];
        StringBuilder word = new();
        bool isInWord = false;
        char quote = '\0';
        words = null;
        for (int i = 0; i < command.Length; i++)
        {
            char c = command[i];
            if (c == '\\')
            {
                if (++i == command.Length)
                    return false;
                word.Append(Escaped(command, ref i));
                isInWord = true;
            }
            else if (quote != '\0')
            {
                if (c == quote)
                    quote = '\0';
                else
                    word.Append(c);
            }
            else if (c is '"' or '\'')
            {
                quote = c;
                isInWord = true;
            }
            else if (c is ' ' or (>= '\t' and <= '\r'))
            {
                if (isInWord)
                    found.Add(word.ToString());
                word.Clear();
                isInWord = false;
            }
            else
            {
                word.Append(c);
                isInWord = true;
            }
        }
        if (quote != '\0')
            return false;
        if (isInWord)
            found.Add(word.ToString());
        words = [.. found];
        return true;
    }

    // At the character behind the backslash; ends at the last one that belongs to the escape.
    private static char Escaped(string text, ref int i)
    {
        switch (text[i])
        {
            case 'a': return '\a';
            case 'b': return '\b';
            case 'E': return '\e';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'v': return '\v';
            case 'x': return Number(text, ref i, radix: 16, most: 2, i + 1) ?? 'x';
            case 'c' when i + 1 < text.Length: return (char)(text[++i] & 0x1F);
            case >= '0' and <= '7': return Number(text, ref i, radix: 8, most: 3, i)!.Value;
            default: return text[i];
        }
    }

    private static char? Number(string text, ref int i, int radix, int most, int from)
    {
        int value = 0;
        int at = from;
        while (at < text.Length && at < from + most && char.IsAsciiHexDigit(text[at]) && Convert.ToInt32(text[at].ToString(), 16) is int digit && digit < radix)
        {
            value = value * radix + digit;
            at++;
        }
        if (at == from)
            return null;
        i = at - 1;
        return (char)(value & 0xFF);
    }
}
