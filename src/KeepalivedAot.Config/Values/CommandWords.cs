using System.Diagnostics.CodeAnalysis;
using KeepalivedAot.Base;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Values;

/// <summary>Splits a text into words as a command is split into program and arguments (grammar 10.2, variant E).</summary>
/// <remarks>
/// White space separates; single and double quotes both hold together and are removed; quoted and bare pieces join into one word; a
/// backslash escapes everywhere, inside single quotes too.
/// </remarks>
public static class CommandWords
{
    /// <returns>False when a quote or an escape has no end.</returns>
    public static bool TrySplit(string command, [NotNullWhen(true)] out string[]? words)
    {
        List<SplitWord> found = [];
        words = TrySplit(ByteText.Encode(command), found, out _) ? [.. found.Select(static word => word.Text)] : null;
        return words is not null;
    }

    /// <param name="problem">Where the quote or the backslash without its end stands.</param>
    internal static bool TrySplit(ReadOnlySpan<byte> text, List<SplitWord> words, out int problem)
    {
        List<byte> word = [];
        problem = -1;
        int i = 0;
        while (true)
        {
            while (i < text.Length && Blank.Is(text[i]))
                i++;
            if (i == text.Length)
                return true;
            int start = i;
            byte quote = 0;
            word.Clear();
            while (i < text.Length && (quote != 0 || !Blank.Is(text[i])))
            {
                byte c = text[i];
                if (c == (byte)'\\')
                {
                    if (i + 1 == text.Length)
                    {
                        problem = i;
                        return false;
                    }
                    Escape(text, ref i, word);
                    continue;
                }
                if (quote == 0 && c is (byte)'"' or (byte)'\'')
                {
                    quote = c;
                    problem = i;
                }
                else if (c == quote)
                {
                    quote = 0;
                }
                else
                {
                    word.Add(c);
                }
                i++;
            }
            if (quote != 0)
                return false;
            words.Add(new SplitWord(ByteText.Decode([.. word]), start, i - start));
        }
    }

    // At a backslash with something behind it.
    private static void Escape(ReadOnlySpan<byte> text, ref int i, List<byte> word)
    {
        byte c = text[i + 1];
        i += 2;
        switch (c)
        {
            case (byte)'a': word.Add(7); break;
            case (byte)'b': word.Add(8); break;
            case (byte)'E': word.Add(0x1b); break;
            case (byte)'f': word.Add(12); break;
            case (byte)'n': word.Add(10); break;
            case (byte)'r': word.Add(13); break;
            case (byte)'t': word.Add(9); break;
            case (byte)'v': word.Add(11); break;
            case (byte)'c' when i < text.Length: word.Add((byte)(text[i++] & 0x1f)); break;
            case (byte)'x':
                word.Add(Number(text, ref i, 16, 2, out byte hexadecimal) ? hexadecimal : (byte)'x');
                break;
            case >= (byte)'0' and <= (byte)'7':
                i--;
                Number(text, ref i, 8, 3, out byte octal);
                word.Add(octal);
                break;
            default: word.Add(c); break;
        }
    }

    private static bool Number(ReadOnlySpan<byte> text, ref int i, int radix, int most, out byte value)
    {
        int sum = 0;
        int digits = 0;
        while (digits < most && i < text.Length && char.IsAsciiHexDigit((char)text[i]))
        {
            int digit = char.IsAsciiDigit((char)text[i]) ? text[i] - '0' : (text[i] | 0x20) - 'a' + 10;
            if (digit >= radix)
                break;
            sum = sum * radix + digit;
            digits++;
            i++;
        }
        value = (byte)sum;
        return digits > 0;
    }
}

/// <summary>A word as it is meant, and where it stands with its quotes.</summary>
internal readonly record struct SplitWord(string Text, int Start, int Length);
