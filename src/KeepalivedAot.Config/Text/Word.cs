using KeepalivedAot.Base;

namespace KeepalivedAot.Config.Text;

/// <summary>One word of a logical line, with the place where the user wrote it.</summary>
/// <remarks>
/// The text is not cut out of the file's line again: escapes may have been removed from it, and later definitions expanded into it.
/// </remarks>
/// <param name="written">The word with its quotes, if it has them.</param>
internal readonly struct Word(TextSlice written, bool isQuoted, bool isSecret = false)
{
    public ReadOnlySpan<byte> Text => isQuoted ? written.Bytes[1..^1] : written.Bytes;
    public SourceSpan Span => written.Span;
    public bool IsQuoted => isQuoted;

    /// <summary>It came from outside the files.</summary>
    public bool IsSecret => isSecret;

    /// <summary>For messages: a word that came from outside the files is not shown.</summary>
    public override string ToString() => isSecret ? "***" : ByteText.Decode(Text);
}
