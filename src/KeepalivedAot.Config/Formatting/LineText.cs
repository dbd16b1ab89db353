using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Formatting;

/// <summary>What can be told from the text of a line, its comment taken off (grammar 5 to 10).</summary>
internal static class LineText
{
    /// <summary>Text that is evaluated before it is cut at its braces, in which blanks count: conditions, definitions, sequences, includes.</summary>
    public static bool IsDirective(ReadOnlySpan<byte> code) => code[0] is (byte)'@' or (byte)'$' or (byte)'~' || IsInclude(code);

    /// <summary><c>include</c> and its relatives, without the pattern behind them or with it.</summary>
    /// <remarks>A brace behind it counts: set off by a blank, it would become the pattern.</remarks>
    public static bool IsInclude(ReadOnlySpan<byte> code)
    {
        if (!code.StartsWith("include"u8))
            return false;
        int end = "include"u8.Length;
        if (end < code.Length && code[end] is >= (byte)'a' and <= (byte)'z')
            end++;
        return end == code.Length || Blank.Is(code[end]) || code[end] is (byte)'{' or (byte)'}';
    }

    /// <summary><c>$NAME=VALUE</c>.</summary>
    public static bool IsDefinition(ReadOnlySpan<byte> code)
    {
        int end = NameEnd(code, 1);
        return code[0] == (byte)'$' && end > 1 && end < code.Length && code[end] == (byte)'=';
    }

    /// <summary>The next word, quoted word or brace at or after <paramref name="at"/>; of length 0 at the end.</summary>
    /// <remarks>A double quote without partner takes the rest of the line along.</remarks>
    public static Range NextToken(ReadOnlySpan<byte> code, int at)
    {
        while (at < code.Length && Blank.Is(code[at]))
            at++;
        if (at == code.Length)
            return at..at;
        if (code[at] is (byte)'{' or (byte)'}')
            return at..(at + 1);
        if (code[at] == (byte)'"')
        {
            int length = code[(at + 1)..].IndexOf((byte)'"');
            return at..(length < 0 ? code.Length : at + length + 2);
        }
        int end = at + 1;
        while (end < code.Length && !Blank.Is(code[end]) && code[end] is not ((byte)'{' or (byte)'}' or (byte)'"'))
            end++;
        return at..end;
    }

    /// <summary>Opening less closing braces, those of <c>${NAME}</c> left out.</summary>
    public static int BraceBalance(ReadOnlySpan<byte> code)
    {
        int balance = 0;
        bool isQuoted = false;
        for (int i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case (byte)'"':
                    isQuoted = !isQuoted;
                    break;
                case (byte)'$' when ReferenceEnd(code, i) is > 0 and int end:
                    i = end - 1;
                    break;
                case (byte)'{' when !isQuoted:
                    balance++;
                    break;
                case (byte)'}' when !isQuoted:
                    balance--;
                    break;
            }
        }
        return balance;
    }

    /// <summary>Closing braces with which the text begins.</summary>
    public static int LeadingClosers(ReadOnlySpan<byte> code)
    {
        int closers = 0;
        foreach (byte c in code)
        {
            if (c == (byte)'}')
                closers++;
            else if (!Blank.Is(c))
                break;
        }
        return closers;
    }

    // ${NAME} or ${NAME parameters} (grammar 6.4); 0 when it is none.
    private static int ReferenceEnd(ReadOnlySpan<byte> code, int at)
    {
        if (at + 1 >= code.Length || code[at + 1] != (byte)'{')
            return 0;
        int i = NameEnd(code, at + 2);
        if (i == at + 2)
            return 0;
        while (i < code.Length && (Blank.Is(code[i]) || IsNameByte(code[i])))
            i++;
        return i < code.Length && code[i] == (byte)'}' ? i + 1 : 0;
    }

    private static int NameEnd(ReadOnlySpan<byte> code, int at)
    {
        if (at < code.Length && char.IsAsciiDigit((char)code[at]))
            return at;
        while (at < code.Length && IsNameByte(code[at]))
            at++;
        return at;
    }

    private static bool IsNameByte(byte c) => char.IsAsciiLetterOrDigit((char)c) || c == (byte)'_';
}
