namespace KeepalivedAot.Config.Formatting;

/// <summary>One line of a file, as ranges of its bytes.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Start">The first byte that is no blank; of a verbatim line the first byte.</param>
/// <param name="CodeEnd">Behind the last byte in front of the comment that is no blank.</param>
/// <param name="CommentStart">The # or !; equal to <paramref name="End"/> when there is none.</param>
/// <param name="End">Behind the last byte that is kept.</param>
internal readonly record struct PhysicalLine(PhysicalLineKind Kind, int Number, int Start, int CodeEnd, int CommentStart, int End)
{
    public bool HasComment => CommentStart < End;
}
