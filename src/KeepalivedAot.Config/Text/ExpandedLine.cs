namespace KeepalivedAot.Config.Text;

/// <summary>A line that is not in a file as it is read, with its range of positions; made of runs that are.</summary>
internal sealed class ExpandedLine(int start, int length, ExpandedLine.Run[] runs)
{
    /// <summary>Bytes that follow one another where the user wrote them.</summary>
    /// <param name="Offset">Of the first of them in the line.</param>
    /// <param name="Origin">Where they were written; text that was worked out has the place that it was worked out from.</param>
    /// <param name="IsFixed">All of it has the same origin.</param>
    public readonly record struct Run(int Offset, SourceSpan Origin, bool IsFixed, ExpansionStep? Step);

    public int Start => start;

    public int End => start + length;

    public Run RunOf(int offset)
    {
        int found = 0;
        while (found + 1 < runs.Length && runs[found + 1].Offset <= offset)
            found++;
        return runs[found];
    }

    /// <summary>The runs that a piece of the line touches.</summary>
    public IEnumerable<(Run Run, int From, int Length)> RunsOf(int offset, int count)
    {
        for (int i = 0; i < runs.Length; i++)
        {
            int from = Math.Max(runs[i].Offset, offset);
            int end = Math.Min(i + 1 < runs.Length ? runs[i + 1].Offset : length, offset + Math.Max(count, 1));
            if (from < end)
                yield return (runs[i], from, end - from);
        }
    }
}
