namespace KeepalivedAot.Config.Text;

// Lines that were put together. All their runs stand in one list, sorted by position, and so do the lines: 24 bytes for a run and 8
// for a line, and no object for either.
public sealed partial class SourceMap
{
    /// <summary>Beyond so many runs places are known, but the way to them only as long as the line is the last one that was read.</summary>
    private const int MostRuns = 100_000;

    private readonly List<(int Start, int End)> _lines = [];
    private readonly List<ExpandedRun> _runs = [];
    private readonly List<ExpandedRun> _latest = [];

    /// <summary>False for a run that only looks ahead: nobody asks it for places.</summary>
    internal bool RecordsExpansions { get; init; } = true;

    /// <summary>Gives a line that was put together a range of positions; false when there are too many already.</summary>
    /// <param name="runs">At least one when the line is not empty; they start at offsets in the line.</param>
    internal bool TryAddExpansion(int length, ReadOnlySpan<ExpandedRun> runs, out int start)
    {
        start = _next;
        _latest.Clear();
        if (!RecordsExpansions || runs.IsEmpty)
            return false;
        if (_runs.Count + runs.Length > MostRuns || length >= int.MaxValue - _next)
        {
            _latest.AddRange(runs);
            return false;
        }
        foreach (ExpandedRun run in runs)
            _runs.Add(run with { Start = start + run.Start });
        _lines.Add((start, start + length));
        _next = start + length + 1;
        return true;
    }

    /// <summary>Everything was read: a place is no longer that of the last line because it could be.</summary>
    internal void EndExpansions() => _latest.Clear();

    /// <summary>Adds the runs that a span consists of, as those of a line in which it begins at <paramref name="offset"/>.</summary>
    internal void AddRuns(SourceSpan span, int offset, List<ExpandedRun> into)
    {
        if (!IsExpanded(span.Position))
        {
            into.Add(new ExpandedRun(offset, span, false, null));
            return;
        }
        for (int i = RunOf(span.Position); i < _runs.Count && _runs[i].Start < span.End; i++)
        {
            int from = Math.Max(_runs[i].Start, span.Position);
            into.Add(_runs[i].From(from) with { Start = offset + from - span.Position });
        }
    }

    /// <summary>What the user wrote. A span over several runs is that of its first, up to where the text goes on elsewhere.</summary>
    internal SourceSpan Written(SourceSpan span)
    {
        if (!IsExpanded(span.Position))
            return span;
        int at = RunOf(span.Position);
        ExpandedRun run = _runs[at].From(span.Position);
        if (run.IsFixed)
            return run.Origin;
        int end = at + 1 < _runs.Count ? Math.Min(_runs[at + 1].Start, span.End) : span.End;
        SourceSpan first = run.Origin with { Length = Math.Max(Math.Min(span.Length, end - span.Position), 0) };
        if (end >= span.End)
            return first;
        // What was replaced in the middle stands in the middle of what the user wrote, too.
        ExpandedRun last = _runs[RunOf(span.End - 1)].From(span.End - 1);
        bool isOneLine = !last.IsFixed && last.Origin.Position > first.Position && FileOf(first) is SourceFile file && last.Origin.Position < file.End
            && file.LineOf(first.Position - file.Start) == file.LineOf(last.Origin.Position - file.Start);
        return isOneLine ? first.Through(last.Origin with { Length = 1 }) : first;
    }

    /// <summary>The last step by which the first byte of a span came here; null when it stands in a file as it is.</summary>
    internal ExpansionStep? StepOf(SourceSpan span)
    {
        if (IsExpanded(span.Position))
            return _runs[RunOf(span.Position)].Step;
        for (int i = 0; i < _latest.Count; i++)
        {
            ExpandedRun run = _latest[i];
            int length = run.IsFixed ? 1 : LengthOf(i);
            if (span.Position >= run.Origin.Position && span.Position < run.Origin.Position + length)
                return run.Step;
        }
        return null;
    }

    /// <summary>It was read in a round of a <c>~SEQ</c> or a <c>~LST</c>.</summary>
    internal bool IsOfRounds(SourceSpan span) => span.IsGiven && StepOf(span)?.IsOfRounds == true;

    private int LengthOf(int latest)
        => latest + 1 < _latest.Count ? _latest[latest + 1].Start - _latest[latest].Start : int.MaxValue - _latest[latest].Origin.Position;

    private bool IsExpanded(int position)
    {
        int low = 0;
        int high = _lines.Count;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (_lines[middle].Start <= position)
                low = middle;
            else
                high = middle;
        }
        return low < _lines.Count && position >= _lines[low].Start && position <= _lines[low].End;
    }

    private int RunOf(int position)
    {
        int low = 0;
        int high = _runs.Count;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (_runs[middle].Start <= position)
                low = middle;
            else
                high = middle;
        }
        return low;
    }
}
