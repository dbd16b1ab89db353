using System.Globalization;
using System.Text;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Formatting;

/// <summary>The difference between a file and its layout, in the form of <c>diff -u</c>.</summary>
/// <remarks>
/// It is written line by line, and looked at again instead of being remembered: a file may be as large as memory allows. Secrets are
/// masked, because the text ends up in the logs of build servers.
/// </remarks>
public sealed class UnifiedDiff
{
    private const int Context = 3;
    private const int Buffer = 1 << 14;

    private readonly SourceFile _before;
    private readonly SourceFile _after;
    private readonly DiffSecrets _secrets;
    private readonly StreamWriter _output;

    private UnifiedDiff(FormatResult result, StreamWriter output)
    {
        _secrets = DiffSecrets.Find(result, out _before, out _after);
        _output = output;
    }

    /// <summary>Nothing when the file is canonical or was not formatted.</summary>
    public static void Write(FormatResult result, Stream output)
    {
        if (!result.IsFormatted || result.IsCanonical)
            return;
        using StreamWriter writer = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Buffer, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine($"--- {Printable(result.File.Path)}");
        writer.WriteLine($"+++ {Printable(result.File.Path)}");
        UnifiedDiff diff = new(result, writer);
        diff.WriteHunks(new DiffCursor(diff._before, diff._after, result.Origins));
    }

    private void WriteHunks(DiffCursor at)
    {
        Queue<DiffCursor> unchanged = new();
        while (!at.IsEnd)
        {
            DiffCursor start = at;
            if (at.Pass())
            {
                unchanged.Enqueue(start);
                if (unchanged.Count > Context)
                    unchanged.Dequeue();
                continue;
            }
            DiffCursor first = unchanged.TryPeek(out DiffCursor context) ? context : start;
            at = EndOfHunk(at);
            unchanged.Clear();
            _output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"@@ -{Range(first.LinesBefore, at.LinesBefore)} +{Range(first.LinesAfter, at.LinesAfter)} @@"));
            WriteHunk(first, at);
        }
    }

    // Behind the context that follows the last change; changes with less than twice that between them are one hunk.
    private static DiffCursor EndOfHunk(DiffCursor at)
    {
        DiffCursor end = at;
        int unchanged = 0;
        while (!at.IsEnd && unchanged <= 2 * Context)
        {
            unchanged = at.Pass() ? unchanged + 1 : 0;
            if (unchanged <= Context)
                end = at;
        }
        return end;
    }

    private void WriteHunk(DiffCursor at, DiffCursor end)
    {
        while (at.LinesBefore < end.LinesBefore)
        {
            DiffCursor line = at;
            if (at.Pass())
            {
                WriteBefore(' ', line);
                continue;
            }
            // All that a stretch loses, then all that it gains.
            DiffCursor stretch = line;
            while (at.LinesBefore < end.LinesBefore)
            {
                DiffCursor next = at;
                if (!next.Pass())
                    at = next;
                else
                    break;
            }
            for (DiffCursor lost = stretch; lost.LinesBefore < at.LinesBefore; lost.Pass())
                WriteBefore('-', lost);
            for (DiffCursor gained = stretch; gained.LinesBefore < at.LinesBefore;)
            {
                DiffCursor origin = gained;
                gained.Pass();
                WriteAfter(origin, gained.AfterAt);
            }
        }
    }

    private void WriteBefore(char sign, DiffCursor at)
    {
        ReadOnlySpan<byte> line = at.Line;
        byte[] shown = WithoutEnd(line).ToArray();
        _secrets.MaskBefore(_before.Start + at.BeforeAt, shown);
        WriteLine(sign, shown, line.EndsWith("\n"u8));
    }

    private void WriteAfter(DiffCursor origin, int end)
    {
        for (int at = origin.AfterAt; at < end;)
        {
            ReadOnlySpan<byte> line = DiffCursor.WithEnd(_after.Content.AsSpan(at));
            byte[] shown = WithoutEnd(line).ToArray();
            _secrets.MaskAfter(_after.Start + at, shown, _before.Start + origin.BeforeAt, WithoutEnd(origin.Line));
            WriteLine('+', shown, line.EndsWith("\n"u8));
            at += line.Length;
        }
    }

    private void WriteLine(char sign, byte[] shown, bool isComplete)
    {
        _output.Write(sign);
        _output.WriteLine(Printable(Encoding.UTF8.GetString(shown)));
        if (!isComplete)
            _output.WriteLine("\\ No newline at end of file");
    }

    private static ReadOnlySpan<byte> WithoutEnd(ReadOnlySpan<byte> line) => line.EndsWith("\n"u8) ? line[..^1] : line;

    private static string Range(int from, int to)
        => string.Create(CultureInfo.InvariantCulture, $"{(to == from ? from : from + 1)},{to - from}");

    // A carriage return is worth seeing, and an escape sequence must not be obeyed.
    private static string Printable(string text)
        => text.Any(static c => char.IsControl(c) && c != '\t') ? string.Concat(text.Select(Visible)) : text;

    private static char Visible(char c) => c switch
    {
        '\t' => c,
        < ' ' => (char)('\u2400' + c),
        _ => char.IsControl(c) ? '\uFFFD' : c,
    };
}
