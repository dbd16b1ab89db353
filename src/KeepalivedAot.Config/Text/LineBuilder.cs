using System.Runtime.InteropServices;

namespace KeepalivedAot.Config.Text;

/// <summary>A line in the making: its bytes, and in runs where they were written and by which way they came here.</summary>
internal sealed class LineBuilder(SourceMap sources)
{
    // Room for the longest line that keepalived would make.
    private const int Usual = 1280;

    // With room for more in the lists.
    private const int RunWeight = 48;
    private const int LineWeight = 136;

    private readonly List<ExpandedRun> _runs = [];
    private readonly List<ExpandedRun> _added = [];
    private byte[] _bytes = sources.MakeBuffer(Usual);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public ExpansionStep? StepOf(int index) => _runs[RunOf(index)].Step;

    /// <summary>How many runs follow a byte: each use of a name within the value of another one leaves one behind.</summary>
    public int RunsBehind(int index) => _runs.Count - 1 - RunOf(index);

    /// <summary>How many bytes it takes, about, to remember where the line's bytes came from, and the round in which they did.</summary>
    public int Weight => LineWeight + RunWeight * _runs.Count;

    /// <summary>Some of the line came from outside the files.</summary>
    public bool HasSecret
    {
        get
        {
            foreach (ref readonly ExpandedRun run in CollectionsMarshal.AsSpan(_runs))
            {
                if (run.Step?.IsSecret == true)
                    return true;
            }
            return false;
        }
    }

    /// <summary>Begins with this text.</summary>
    /// <param name="step">By which way all of it comes here; null for what stands in a file.</param>
    public void Begin(TextSlice text, ExpansionStep? step)
    {
        Length = 0;
        _runs.Clear();
        Replace(0, 0, text, step);
    }

    /// <summary>Puts text in place of some bytes.</summary>
    public void Replace(int start, int count, TextSlice text, ExpansionStep? step)
    {
        _added.Clear();
        if (text.Map is int[] map)
        {
            int from = 0;
            while (from < text.Length)
            {
                int end = from + 1;
                while (end < text.Length && map[text.Start + end] == map[text.Start + end - 1] + 1)
                    end++;
                sources.AddRuns(new SourceSpan(map[text.Start + from], end - from), start + from, _added);
                from = end;
            }
        }
        else if (text.Length > 0)
        {
            sources.AddRuns(text.Span, start, _added);
        }
        Join(step);
        Splice(start, count, text.Bytes);
    }

    /// <summary>Puts text that nobody wrote in place of some bytes.</summary>
    /// <param name="origin">What it was worked out from.</param>
    public void Replace(int start, int count, ReadOnlySpan<byte> text, SourceSpan origin, ExpansionStep? step)
    {
        _added.Clear();
        if (text.Length > 0)
            _added.Add(new ExpandedRun(start, origin, true, step));
        Splice(start, count, text);
    }

    /// <summary>Where some bytes were written, as far as they stand together.</summary>
    public SourceSpan SiteOf(int start, int count)
    {
        ExpandedRun run = _runs[RunOf(start)].From(start);
        ExpandedRun last = _runs[RunOf(start + count - 1)].From(start + count - 1);
        if (run.IsFixed)
            return run.Origin;
        return last.Origin.Position == run.Origin.Position + count - 1 ? run.Origin with { Length = count } : run.Origin with { Length = 1 };
    }

    /// <summary>The line as text with positions of its own.</summary>
    public TextSlice ToSlice()
    {
        byte[] buffer = sources.MakeLine(Bytes, Length);
        Bytes.CopyTo(buffer);
        if (sources.TryAddExpansion(buffer.Length, CollectionsMarshal.AsSpan(_runs), out int position))
            return new TextSlice(new PlacedText(buffer, position));
        int[] map = new int[buffer.Length];
        for (int i = 0; i < _runs.Count; i++)
        {
            int end = i + 1 < _runs.Count ? _runs[i + 1].Start : Length;
            for (int at = _runs[i].Start; at < end; at++)
                map[at] = _runs[i].From(at).Origin.Position;
        }
        return new TextSlice(new PlacedText(buffer, 0, map));
    }

    private int RunOf(int index)
    {
        int found = _runs.Count - 1;
        while (found > 0 && _runs[found].Start > index)
            found--;
        return found;
    }

    // The text may have come a way of its own before it came here.
    private void Join(ExpansionStep? outer)
    {
        ExpansionStep? last = null;
        ExpansionStep? joined = null;
        foreach (ref ExpandedRun run in CollectionsMarshal.AsSpan(_added))
        {
            if (joined is null || !ReferenceEquals(run.Step, last))
            {
                last = run.Step;
                joined = Join(last, outer);
            }
            run = run with { Step = joined };
        }
    }

    private static ExpansionStep? Join(ExpansionStep? inner, ExpansionStep? outer)
    {
        if (inner is null || outer is null)
            return inner ?? outer;
        return inner with { Outer = Join(inner.Outer, outer) };
    }

    // Makes room, moves what follows, and keeps what is left of the runs on both sides.
    private void Splice(int start, int count, ReadOnlySpan<byte> text)
    {
        int tail = Length - start - count;
        int length = start + text.Length + tail;
        if (length > _bytes.Length)
        {
            byte[] longer = sources.MakeBuffer(Math.Max(length, _bytes.Length * 2));
            Bytes.CopyTo(longer);
            _bytes = longer;
        }
        Array.Copy(_bytes, start + count, _bytes, start + text.Length, tail);
        text.CopyTo(_bytes.AsSpan(start));
        Length = length;

        int first = _runs.Count == 0 ? 0 : RunOf(start);
        int keep = first;
        if (_runs.Count > 0 && _runs[first].Start < start)
            keep++;
        if (tail > 0)
        {
            int behind = RunOf(start + count);
            ExpandedRun rest = _runs[behind].From(start + count);
            _added.Add(rest with { Start = start + text.Length });
            for (int i = behind + 1; i < _runs.Count; i++)
                _added.Add(_runs[i] with { Start = _runs[i].Start + text.Length - count });
        }
        _runs.RemoveRange(keep, _runs.Count - keep);
        _runs.AddRange(_added);
    }
}
