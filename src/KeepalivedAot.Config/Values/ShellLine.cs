using System.Globalization;
using System.Text;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Values;

/// <summary>
/// Words of a line by the rules of grammar 10.2: both kinds of quotes hold together and are removed, a backslash escapes everywhere,
/// within quotes of both kinds too.
/// </summary>
/// <remarks>
/// A command is read by them twice: as a word of its line here, and when <see cref="CommandWords"/> splits it into program and arguments.
/// So <c>"/x/y.sh \"c d\""</c> has the argument <c>c d</c>, and a backslash that the program is to see is written four times.
/// </remarks>
internal static class ShellLine
{
    /// <summary>The one word behind the keyword.</summary>
    public static bool TryReadOne(Parser parser, out string word)
    {
        word = "";
        if (!TryRead(parser, 1, out List<(string Text, SourceSpan Span)> words))
            return false;
        word = words[0].Text;
        return true;
    }

    /// <summary>The words behind the keyword; there is at least one.</summary>
    public static bool TryRead(Parser parser, int most, out List<(string Text, SourceSpan Span)> words)
    {
        words = [];
        SourceSpan keyword = parser.LineSpan;
        bool hasNext = parser.HasNext;
        TextSlice line = parser.TakeRawLine();
        if (!TrySplit(line, words, out int problem))
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
        if (text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-'))
            return text;
        // Where lines are cut at braces, and where comments begin, a double quote counts whatever stands in front of it: a brace must have
        // an even number of them before it. As a number it is none.
        string doubleQuote = text.Count(static c => c == '"') % 2 == 0 && !text.AsSpan().ContainsAny('{', '}') ? "\\\"" : "\\x22";
        StringBuilder quoted = new("\"");
        foreach (char c in text)
        {
            if (c == '"')
                quoted.Append(doubleQuote);
            else if (c == '\\')
                quoted.Append("\\\\");
            else if (c is < ' ' or '\x7f')
                quoted.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            else
                quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }

    /// <param name="problem">Where the quote without partner stands.</param>
    public static bool TrySplit(TextSlice line, List<(string Text, SourceSpan Span)> words, out int problem)
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
            words.Add((Encoding.UTF8.GetString([.. word]), line.SpanOf(start, i - start)));
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
