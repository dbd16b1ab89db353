using System.Text;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Values;

/// <summary>Words of a line by the rules of grammar 10.2: both kinds of quotes hold together and are removed, a backslash escapes everywhere.</summary>
internal static class ShellLine
{
    /// <summary>The one word behind the keyword.</summary>
    /// <param name="decodes">Escapes become what they stand for; else backslash and character stay (variant K).</param>
    public static bool TryReadOne(Parser parser, bool decodes, out string word)
    {
        word = "";
        if (!TryRead(parser, decodes, 1, out List<(string Text, SourceSpan Span)> words))
            return false;
        word = words[0].Text;
        return true;
    }

    /// <summary>The words behind the keyword; there is at least one.</summary>
    public static bool TryRead(Parser parser, bool decodes, int most, out List<(string Text, SourceSpan Span)> words)
    {
        words = [];
        SourceSpan keyword = parser.LineSpan;
        bool hasNext = parser.HasNext;
        TextSlice line = parser.TakeRawLine();
        if (!TrySplit(line, decodes, words, out int problem))
        {
            // A double quote without partner has been reported with the line.
            if (line.Bytes[problem] != (byte)'"')
            {
                parser.Diagnostics.Report(
                    DiagnosticCatalogue.UnmatchedQuote, line.SpanOf(problem, line.Length - problem), "a quote or a backslash has no partner on this line");
            }
            return false;
        }
        // By these rules there may be no word although others see one; without any the keyword stands alone.
        words.RemoveAt(0);
        if (words.Count == 0)
            return !hasNext && parser.TryTake(out _);
        if (words.Count > most)
        {
            SourceSpan rest = words[most].Span.Through(words[^1].Span);
            parser.Diagnostics.Report(
                DiagnosticCatalogue.ExtraWords, rest, $"nothing more is read after '{parser.CurrentKeyword}' and its value; the rest of the line is ignored",
                "put what belongs together into one pair of quotes");
        }
        return true;
    }

    /// <summary>Text so that these rules read it as one word.</summary>
    public static string Quote(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (char c in text)
        {
            if (c is '"' or '\\')
                quoted.Append('\\');
            quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>Text in which escapes were kept, so that these rules read it as one word and keep them again.</summary>
    public static string QuoteKept(string text)
    {
        if (text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-'))
            return text;
        StringBuilder quoted = new("\"");
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
                quoted.Append(text[i++]).Append(text[i]);
            else if (text[i] == '"')
                quoted.Append("\"'\"'\"");
            else
                quoted.Append(text[i]);
        }
        return quoted.Append('"').ToString();
    }

    /// <param name="problem">Where the quote without partner stands.</param>
    public static bool TrySplit(TextSlice line, bool decodes, List<(string Text, SourceSpan Span)> words, out int problem)
    {
        ReadOnlySpan<byte> text = line.Bytes;
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
                    Escape(text, ref i, decodes, word);
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
            words.Add((Encoding.UTF8.GetString([.. word]), line.SpanOf(start, i - start)));
        }
    }

    // At a backslash with something behind it.
    private static void Escape(ReadOnlySpan<byte> text, ref int i, bool decodes, List<byte> word)
    {
        byte c = text[i + 1];
        if (!decodes)
        {
            word.Add((byte)'\\');
            word.Add(c);
            i += 2;
            return;
        }
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
