namespace KeepalivedAot.Config.Text;

/// <summary>A <c>$NAME=</c>, with its lines as they are written (grammar 6).</summary>
internal sealed class Definition(string name, SourceSpan span)
{
    public string Name => name;

    /// <summary>Where the name was given its value.</summary>
    public SourceSpan Span => span;

    public List<TextSlice> Lines { get; } = [];

    /// <summary>It is several lines, and so can stand only at the end of one.</summary>
    public bool IsMultiLine { get; set; }
}
