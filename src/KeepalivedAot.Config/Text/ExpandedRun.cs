namespace KeepalivedAot.Config.Text;

/// <summary>Bytes of a line that was put together which follow one another where the user wrote them.</summary>
/// <param name="Start">Of the first of them: its offset in the line, or its position once the line has positions of its own.</param>
/// <param name="Origin">Where the first was written. Of text that was worked out: what it was worked out from, all of it.</param>
/// <param name="IsFixed">All bytes have the same origin, because nobody wrote them.</param>
/// <param name="Step">By which way they came; null when they stand in the file as they are.</param>
internal readonly record struct ExpandedRun(int Start, SourceSpan Origin, bool IsFixed, ExpansionStep? Step)
{
    /// <summary>The run from a later byte on.</summary>
    public ExpandedRun From(int start)
        => this with { Start = start, Origin = IsFixed ? Origin : new SourceSpan(Origin.Position + start - Start, 1) };
}
