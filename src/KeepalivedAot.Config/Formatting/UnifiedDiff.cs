using System.Globalization;
using System.Text;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Formatting;

/// <summary>The difference between a file and its layout, in the form of <c>diff -u</c>.</summary>
/// <remarks>
/// The formatter says which line each new one was made of, so nothing has to be searched for. Secrets are masked: the text ends up in
/// the logs of build servers.
/// </remarks>
public static class UnifiedDiff
{
    private const int Context = 3;

    /// <returns>Empty when the file is canonical or was not formatted.</returns>
    public static string Write(FormatResult result)
    {
        if (!result.IsFormatted || result.IsCanonical)
            return "";
        SourceMap sources = new();
        SourceFile before = result.File;
        SourceFile after = sources.Add(before.Path, result.Text);
        List<Edit> edits = Edits(before, after, result.Origins);
        StringBuilder text = new();
        text.Append("--- ").Append(Printable(before.Path)).Append("\n+++ ").Append(Printable(before.Path)).Append('\n');
        SecretMask mask = new(sources);
        int linesBefore = 0;
        int linesAfter = 0;
        for (int at = 0; at < edits.Count;)
        {
            int first = edits.FindIndex(at, static edit => edit.Sign != ' ');
            if (first < 0)
                break;
            int from = Math.Max(at, first - Context);
            // What is between two hunks is the same on both sides.
            linesBefore += from - at;
            linesAfter += from - at;
            at = EndOfHunk(edits, first);
            List<Edit> hunk = edits[from..at];
            int removed = hunk.Count(static edit => edit.Sign != '+');
            int added = hunk.Count(static edit => edit.Sign != '-');
            text.Append(CultureInfo.InvariantCulture, $"@@ -{Range(linesBefore, removed)} +{Range(linesAfter, added)} @@\n");
            linesBefore += removed;
            linesAfter += added;
            WriteHunk(hunk, before, after, mask, text);
        }
        return text.ToString();
    }

    // Lines that were there and are there, in order. One that became one line of the same bytes is unchanged.
    private static List<Edit> Edits(SourceFile before, SourceFile after, IReadOnlyList<int> origins)
    {
        List<Edit> edits = [];
        int next = 0;
        int lines = LineCount(before);
        for (int line = 1; line <= lines; line++)
        {
            int from = next;
            while (next < origins.Count && origins[next] <= line)
                next++;
            if (next == from + 1 && WithEnd(before, line).SequenceEqual(WithEnd(after, next)))
            {
                edits.Add(new Edit(' ', line, next));
                continue;
            }
            edits.Add(new Edit('-', line, 0));
            for (int made = from + 1; made <= next; made++)
                edits.Add(new Edit('+', line, made));
        }
        return edits;
    }

    private static int EndOfHunk(List<Edit> edits, int first)
    {
        int end = first;
        int unchanged = 0;
        while (end < edits.Count && unchanged <= 2 * Context)
        {
            unchanged = edits[end].Sign == ' ' ? unchanged + 1 : 0;
            end++;
        }
        return end - Math.Max(0, unchanged - Context);
    }

    private static void WriteHunk(List<Edit> hunk, SourceFile before, SourceFile after, SecretMask mask, StringBuilder text)
    {
        int at = 0;
        while (at < hunk.Count)
        {
            // All that a stretch loses, then all that it gains.
            int stretch = at;
            while (stretch < hunk.Count && hunk[stretch].Sign != ' ')
                stretch++;
            foreach (Edit edit in hunk[at..stretch].OrderBy(static edit => edit.Sign == '+'))
                WriteLine(edit, before, after, mask, text);
            at = stretch;
            if (at < hunk.Count)
                WriteLine(hunk[at++], before, after, mask, text);
        }
    }

    private static void WriteLine(Edit edit, SourceFile before, SourceFile after, SecretMask mask, StringBuilder text)
    {
        SourceFile file = edit.Sign == '+' ? after : before;
        int number = edit.Sign == '+' ? edit.After : edit.Before;
        ReadOnlySpan<byte> line = WithEnd(file, number);
        bool isComplete = line.EndsWith("\n"u8);
        byte[] shown = (isComplete ? line[..^1] : line).ToArray();
        bool[] masked = mask.Of(file, number);
        for (int i = 0; i < masked.Length; i++)
            shown[i] = masked[i] ? (byte)'*' : shown[i];
        text.Append(edit.Sign).Append(Printable(Encoding.UTF8.GetString(shown))).Append('\n');
        if (!isComplete)
            text.Append("\\ No newline at end of file\n");
    }

    private static string Range(int skipped, int count)
        => string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? skipped : skipped + 1)},{count}");

    private static int LineCount(SourceFile file)
    {
        ReadOnlySpan<byte> content = file.Content;
        return content.Count((byte)'\n') + (content.IsEmpty || content[^1] == (byte)'\n' ? 0 : 1);
    }

    private static ReadOnlySpan<byte> WithEnd(SourceFile file, int number)
    {
        ReadOnlySpan<byte> rest = file.Content.AsSpan(file.LineStart(number));
        int length = rest.IndexOf((byte)'\n');
        return length < 0 ? rest : rest[..(length + 1)];
    }

    // A carriage return is worth seeing, and an escape sequence must not be obeyed.
    private static string Printable(string text)
        => text.Any(static c => char.IsControl(c) && c != '\t') ? string.Concat(text.Select(Visible)) : text;

    private static char Visible(char c) => c switch
    {
        '\t' => c,
        < ' ' => (char)('\u2400' + c),
        _ => char.IsControl(c) ? '\uFFFD' : c,
    };

    private readonly record struct Edit(char Sign, int Before, int After);
}
