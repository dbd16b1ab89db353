using System.Runtime.CompilerServices;

namespace KeepalivedAot.Config.Text;

/// <summary>A piece of a line; <c>default</c> is none at all.</summary>
internal readonly record struct TextSlice(PlacedText? Text, int Start, int Length)
{
    public TextSlice(PlacedText text) : this(text, 0, text.Bytes.Length)
    {
    }

    public ReadOnlySpan<byte> Bytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Text?.Bytes, Start, Length);
    }

    public bool IsEmpty => Length == 0;

    /// <summary>The positions of the bytes of <see cref="Text"/>; null, as nearly always, when they follow one another.</summary>
    public int[]? Map => Text?.Map;

    public SourceSpan Span => SpanOf(0, Length);

    public TextSlice Slice(int start, int length) => new(Text, Start + start, length);

    public TextSlice Slice(int start) => Slice(start, Length - start);

    public SourceSpan SpanOf(int start, int length) => Text?.SpanOf(Start + start, length) ?? SourceSpan.None;

    public TextSlice Trim()
    {
        ReadOnlySpan<byte> bytes = Bytes;
        int end = bytes.Length;
        // Most lines are indented with spaces.
        int start = bytes.IndexOfAnyExcept((byte)' ');
        if (start < 0)
            start = end;
        while (start < end && Blank.Is(bytes[start]))
            start++;
        while (end > start && Blank.Is(bytes[end - 1]))
            end--;
        return start == 0 && end == bytes.Length ? this : Slice(start, end - start);
    }
}
