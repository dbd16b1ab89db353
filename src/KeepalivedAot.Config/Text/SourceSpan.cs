namespace KeepalivedAot.Config.Text;

/// <summary>Where something was written: a range of bytes in the one space of positions that a <see cref="SourceMap"/> gives out.</summary>
/// <remarks>
/// Every text that takes part in a parse, whether a file or, later, the value of a definition at one place of use, has its own
/// range of positions. So a span costs eight bytes, and file, line and column are looked up only when somebody asks.
/// <c>default</c> means "not written anywhere": the setting was not given.
/// </remarks>
public readonly record struct SourceSpan(int Position, int Length)
{
    public static readonly SourceSpan None;

    /// <summary>True when the user wrote it, false for <c>default</c>.</summary>
    public bool IsGiven => Position != 0;

    public int End => Position + Length;

    /// <summary>From the beginning of this to the end of <paramref name="last"/>.</summary>
    public SourceSpan Through(SourceSpan last)
        => last.IsGiven && last.End > Position ? new SourceSpan(Position, last.End - Position) : this;
}
