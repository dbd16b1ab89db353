namespace KeepalivedAot.Config.Text;

/// <summary>A line in the making: its bytes, and for each where it was written and by which steps it came here.</summary>
internal sealed class LineBuilder
{
    private byte[] _bytes = new byte[256];
    private SourceSpan[] _origins = new SourceSpan[256];
    private bool[] _fixed = new bool[256];
    private ExpansionStep?[] _steps = new ExpansionStep?[256];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public SourceSpan OriginOf(int index) => _origins[index];

    public ExpansionStep? StepOf(int index) => _steps[index];

    public void Clear() => Length = 0;

    /// <summary>Puts text in place of some bytes.</summary>
    /// <param name="step">By which step it comes here; null for the line itself.</param>
    public void Replace(int start, int count, TextSlice text, SourceMap sources, ExpansionStep? step)
    {
        Open(start, count, text.Length);
        text.Bytes.CopyTo(_bytes.AsSpan(start));
        for (int i = 0; i < text.Length; i++)
        {
            ExpandedLine.Run origin = sources.Resolve(text.SpanOf(i, 1));
            Set(start + i, origin.Origin, origin.IsFixed, Join(origin.Step, step));
        }
    }

    /// <summary>Puts text that nobody wrote in place of some bytes.</summary>
    public void Replace(int start, int count, ReadOnlySpan<byte> text, SourceSpan origin, ExpansionStep? step)
    {
        Open(start, count, text.Length);
        text.CopyTo(_bytes.AsSpan(start));
        for (int i = 0; i < text.Length; i++)
            Set(start + i, origin, true, step);
    }

    /// <summary>The line as text with a range of positions of its own.</summary>
    public TextSlice ToSlice(SourceMap sources)
    {
        byte[] buffer = Bytes.ToArray();
        if (sources.TryAddExpansion(buffer.Length, ToRuns(), out int start))
            return new TextSlice(buffer, 0, buffer.Length, start, null);
        int[] map = new int[buffer.Length];
        for (int i = 0; i < map.Length; i++)
            map[i] = _origins[i].Position;
        return new TextSlice(buffer, 0, buffer.Length, 0, map);
    }

    private ExpandedLine.Run[] ToRuns()
    {
        List<ExpandedLine.Run> runs = [];
        for (int i = 0; i < Length; i++)
        {
            bool goesOn = i > 0 && ReferenceEquals(_steps[i], _steps[i - 1]) && _fixed[i] == _fixed[i - 1]
                && (_fixed[i] ? _origins[i] == _origins[i - 1] : _origins[i].Position == _origins[i - 1].Position + 1);
            if (!goesOn)
                runs.Add(new ExpandedLine.Run(i, _origins[i], _fixed[i], _steps[i]));
        }
        return [.. runs];
    }

    private void Set(int index, SourceSpan origin, bool isFixed, ExpansionStep? step)
    {
        _origins[index] = origin;
        _fixed[index] = isFixed;
        _steps[index] = step;
    }

    // Makes room: what follows moves along with its origins.
    private void Open(int start, int removed, int added)
    {
        int tail = Length - start - removed;
        int length = start + added + tail;
        if (length > _bytes.Length)
        {
            int size = Math.Max(length, _bytes.Length * 2);
            Array.Resize(ref _bytes, size);
            Array.Resize(ref _origins, size);
            Array.Resize(ref _fixed, size);
            Array.Resize(ref _steps, size);
        }
        Array.Copy(_bytes, start + removed, _bytes, start + added, tail);
        Array.Copy(_origins, start + removed, _origins, start + added, tail);
        Array.Copy(_fixed, start + removed, _fixed, start + added, tail);
        Array.Copy(_steps, start + removed, _steps, start + added, tail);
        Length = length;
    }

    // The text had a history of its own before it came here.
    private static ExpansionStep? Join(ExpansionStep? inner, ExpansionStep? outer)
        => inner is null ? outer : outer is null ? inner : inner with { Outer = Join(inner.Outer, outer), IsSecret = inner.IsSecret || outer.IsSecret };
}
