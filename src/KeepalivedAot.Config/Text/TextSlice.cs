namespace KeepalivedAot.Config.Text;

/// <summary>A piece of a line: its bytes, and for each byte where it comes from.</summary>
/// <param name="Position">The position of the first byte of <paramref name="Buffer"/>; used when there is no map.</param>
/// <param name="Map">
/// The position of each byte of <paramref name="Buffer"/>; null, as for nearly every line, when they follow one another.
/// </param>
internal readonly record struct TextSlice(byte[] Buffer, int Start, int Length, int Position, int[]? Map)
{
    public ReadOnlySpan<byte> Bytes => Buffer.AsSpan(Start, Length);

    public bool IsEmpty => Length == 0;

    public SourceSpan Span => SpanOf(0, Length);

    public TextSlice Slice(int start, int length) => this with { Start = Start + start, Length = length };

    public TextSlice Slice(int start) => Slice(start, Length - start);

    public SourceSpan SpanOf(int start, int length)
    {
        int from = Start + start;
        if (Map is null)
            return new SourceSpan(Position + from, length);
        if (length == 0)
            return new SourceSpan(from < Map.Length ? Map[from] : Map[^1] + 1, 0);
        // The bytes of an expansion may stand in the file in another order.
        return new SourceSpan(Map[from], Math.Max(Map[from + length - 1] + 1 - Map[from], 1));
    }

    public TextSlice Trim()
    {
        ReadOnlySpan<byte> bytes = Bytes;
        int start = 0;
        int end = bytes.Length;
        while (start < end && Blank.Is(bytes[start]))
            start++;
        while (end > start && Blank.Is(bytes[end - 1]))
            end--;
        return start == 0 && end == bytes.Length ? this : Slice(start, end - start);
    }
}
