using System.Globalization;
using System.Text;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Values;

/// <summary>Words of a line by the rules of <see cref="CommandWords"/>.</summary>
/// <remarks>
/// A command is read by them twice: as a word of its line here, and when it is split into program and arguments.
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
        List<SplitWord> found = [];
        if (!CommandWords.TrySplit(line.Bytes, found, out int problem))
        {
            // A double quote without partner has been reported with the line, and so has a backslash at its end, but as a warning.
            if (line.Bytes[problem] == (byte)'\\')
                parser.Diagnostics.TakeBack(DiagnosticCatalogue.TrailingBackslash, line.SpanOf(problem, 1));
            if (line.Bytes[problem] != (byte)'"')
            {
                parser.Diagnostics.Report(
                    DiagnosticCatalogue.UnmatchedQuote, line.SpanOf(problem, line.Length - problem), "a quote or a backslash has no partner on this line");
            }
            return false;
        }
        // By these rules there may be no word although others see one; without any the keyword stands alone.
        words.AddRange(found[1..].Select(word => (word.Text, line.SpanOf(word.Start, word.Length))));
        foreach ((string text, _) in words)
            parser.BuiltText(text);
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

    /// <summary>Whether a command has a program: nothing can be run without one, and with a quote or a backslash that has no partner there is none.</summary>
    /// <param name="isRequired">Without a program the block is none; else the line says that nothing is run.</param>
    public static bool HasProgram(Parser parser, string command, SourceSpan span, bool isRequired)
    {
        if (!CommandWords.TrySplit(command, out string[]? words))
        {
            parser.Diagnostics.Report(
                DiagnosticCatalogue.UnmatchedQuote, span, "a quote or a backslash inside the command has no partner", "within the quotes around the whole, each quote needs its own partner");
            return false;
        }
        if (words.Length > 0 && words[0].Length > 0)
            return true;
        if (isRequired)
            parser.Diagnostics.Report(DiagnosticCatalogue.OptionWithoutValue, span, $"'{parser.CurrentKeyword}' names no program", $"write {parser.CurrentKeyword} \"/path/to/program\"");
        else
            parser.NoteNoEffect();
        return false;
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
}
