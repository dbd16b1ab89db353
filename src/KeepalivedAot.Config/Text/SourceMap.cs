using System.Text;
using KeepalivedAot.Base;

namespace KeepalivedAot.Config.Text;

/// <summary>All texts of a parse, and from a <see cref="SourceSpan"/> back to file, line and column.</summary>
/// <remarks>
/// Positions are one space of integers. A file has a range of them, and so has every line that a definition or a sequence made: such a
/// range leads back to where its bytes were written, and knows the steps between.
/// </remarks>
public sealed class SourceMap
{
    /// <summary>Beyond so many expanded lines places are known, but no longer the steps to them.</summary>
    private const int MostExpansions = 100_000;

    private const int MostSteps = 16;

    private readonly List<SourceFile> _files = [];
    private readonly List<ExpandedLine> _expansions = [];
    private readonly List<SourceSpan> _secrets = [];
    private int _next = 1;

    public IReadOnlyList<SourceFile> Files => _files;

    /// <summary>How many bytes the files have.</summary>
    internal long Length { get; private set; }

    /// <summary>Takes a text in. The bytes must not change afterwards.</summary>
    /// <param name="includedBy">Where it is included; none for a file that the user named.</param>
    public SourceFile Add(string path, byte[] content, SourceSpan includedBy = default)
    {
        Invariant.Require(content.Length < int.MaxValue - _next, "all texts of a configuration fit into 2 GiB");
        SourceFile file = new(path, content, _next) { IncludedBy = includedBy };
        _files.Add(file);
        _next = file.End + 1;
        Length += content.Length;
        return file;
    }

    public SourceLocation Locate(SourceSpan span)
    {
        span = Written(span);
        SourceFile? file = FileOf(span);
        if (file is null)
            return default;
        int offset = span.Position - file.Start;
        int line = file.LineOf(offset);
        int lineStart = file.LineStart(line);
        ReadOnlySpan<byte> text = file.Line(line);
        int from = Math.Min(offset - lineStart, text.Length);
        // The pieces of a line whose steps are no longer kept may stand in any order.
        int length = Math.Clamp(span.Length, 0, text.Length - from);
        return new SourceLocation(file, line, 1 + Characters(text[..from]), Math.Max(1, Characters(text.Slice(from, length))));
    }

    /// <summary>How the text came to where it was read, the nearest step first: definitions, sequences, then includes.</summary>
    public IReadOnlyList<(SourceLocation Location, string Message)> ChainOf(SourceSpan span)
    {
        List<(SourceLocation, string)> chain = [];
        ExpansionStep? step = FindExpansion(span.Position)?.RunOf(span.Position - FindExpansion(span.Position)!.Start).Step;
        for (; step is not null && chain.Count < MostSteps; step = step.Outer)
            chain.Add((Locate(step.Site), step.What));
        SourceSpan at = Written(span);
        while (FileOf(at) is { IncludedBy: { IsGiven: true } by } && chain.Count < MostSteps)
        {
            chain.Add((Locate(by), "included from here"));
            at = Written(by);
        }
        return chain;
    }

    /// <summary>Keeps what stands there, and behind it on its line, out of everything that is shown.</summary>
    internal void MarkSecret(SourceSpan span)
    {
        if (FindExpansion(span.Position) is ExpandedLine line)
        {
            foreach ((ExpandedLine.Run run, int from, int length) in line.RunsOf(span.Position - line.Start, span.Length))
                MarkWritten(run.IsFixed ? run.Origin : new SourceSpan(run.Origin.Position + from - run.Offset, length));
            return;
        }
        MarkWritten(span);
    }

    /// <summary>Sets what is secret of the bytes from <paramref name="position"/> on.</summary>
    internal void MarkSecrets(int position, Span<bool> masked)
    {
        foreach (SourceSpan secret in _secrets)
        {
            int from = Math.Max(secret.Position - position, 0);
            int end = Math.Min(secret.End - position, masked.Length);
            if (from < end)
                masked[from..end].Fill(true);
        }
    }

    /// <summary>Some of this text came from outside the files and is not shown.</summary>
    internal bool IsSecret(SourceSpan span)
    {
        if (FindExpansion(span.Position) is not ExpandedLine line)
            return false;
        foreach ((ExpandedLine.Run run, _, _) in line.RunsOf(span.Position - line.Start, span.Length))
        {
            for (ExpansionStep? step = run.Step; step is not null; step = step.Outer)
            {
                if (step.IsSecret)
                    return true;
            }
        }
        return false;
    }

    /// <summary>Gives a line that was put together a range of positions; false when there are too many already.</summary>
    internal bool TryAddExpansion(int length, ExpandedLine.Run[] runs, out int start)
    {
        start = _next;
        if (_expansions.Count >= MostExpansions || runs.Length == 0 || length >= int.MaxValue - _next)
            return false;
        _expansions.Add(new ExpandedLine(start, length, runs));
        _next += length + 1;
        return true;
    }

    /// <summary>Where the first byte of a span was written, and how it came here.</summary>
    internal ExpandedLine.Run Resolve(SourceSpan span)
    {
        if (FindExpansion(span.Position) is not ExpandedLine line)
            return new ExpandedLine.Run(0, span, false, null);
        int offset = span.Position - line.Start;
        ExpandedLine.Run run = line.RunOf(offset);
        return run.IsFixed ? run : run with { Origin = new SourceSpan(run.Origin.Position + offset - run.Offset, span.Length) };
    }

    // What the user wrote. A span over several runs is that of its first, up to where the text goes on elsewhere.
    private SourceSpan Written(SourceSpan span)
    {
        if (FindExpansion(span.Position) is not ExpandedLine line)
            return span;
        foreach ((ExpandedLine.Run run, int from, int length) in line.RunsOf(span.Position - line.Start, span.Length))
        {
            if (run.IsFixed)
                return run.Origin;
            SourceSpan first = new(run.Origin.Position + from - run.Offset, Math.Min(length, Math.Max(span.Length, 1)));
            SourceSpan last = Resolve(new SourceSpan(Math.Max(span.End - 1, span.Position), 1)).Origin;
            bool isOneLine = FileOf(first) is SourceFile file && last.Position > first.Position && last.Position < file.End
                && !file.Content.AsSpan(first.Position - file.Start, last.Position - first.Position).Contains((byte)'\n');
            return isOneLine ? first.Through(last) : first;
        }
        return span;
    }

    private void MarkWritten(SourceSpan span)
    {
        if (FileOf(span) is not SourceFile file)
            return;
        int offset = span.Position - file.Start;
        int rest = file.Content.AsSpan(offset).IndexOf((byte)'\n');
        _secrets.Add(span with { Length = rest < 0 ? file.Content.Length - offset : rest });
    }

    private ExpandedLine? FindExpansion(int position)
    {
        int low = 0;
        int high = _expansions.Count;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (_expansions[middle].Start <= position)
                low = middle;
            else
                high = middle;
        }
        return low < _expansions.Count && position >= _expansions[low].Start && position <= _expansions[low].End ? _expansions[low] : null;
    }

    private SourceFile? FileOf(SourceSpan span)
    {
        if (!span.IsGiven)
            return null;
        int low = 0;
        int high = _files.Count;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (_files[middle].Start <= span.Position)
                low = middle;
            else
                high = middle;
        }
        return low < _files.Count && span.Position <= _files[low].End ? _files[low] : null;
    }

    // A byte that is no UTF-8 counts as one character, as it is shown as one.
    private static int Characters(ReadOnlySpan<byte> utf8)
    {
        int count = 0;
        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out _, out int consumed);
            utf8 = utf8[consumed..];
            count++;
        }
        return count;
    }
}
