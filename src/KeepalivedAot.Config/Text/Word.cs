using KeepalivedAot.Base;

namespace KeepalivedAot.Config.Text;

/// <summary>One word of a logical line, with the place where the user wrote it.</summary>
/// <remarks>
/// The text is not cut out of the file's line again: escapes may have been removed from it, and later definitions expanded into it.
/// </remarks>
internal readonly struct Word(byte[] buffer, int start, int length, SourceSpan span, bool isQuoted, bool isSecret = false)
{
    public ReadOnlySpan<byte> Text => buffer.AsSpan(start, length);
    public SourceSpan Span => span;
    public bool IsQuoted => isQuoted;

    /// <summary>It came from outside the files.</summary>
    public bool IsSecret => isSecret;

    /// <summary>For messages: a word that came from outside the files is not shown.</summary>
    public override string ToString() => isSecret ? "***" : ByteText.Decode(Text);
}
