namespace KeepalivedAot.Config.Text;

/// <summary>Bytes that do not change, and for each of them where it comes from: a file, or a line that was put together.</summary>
/// <param name="position">The position of the first byte; used when there is no map.</param>
/// <param name="map">The position of each byte; null, as for nearly every text, when they follow one another.</param>
internal sealed class PlacedText(byte[] bytes, int position, int[]? map = null)
{
    public byte[] Bytes => bytes;

    public int[]? Map => map;

    public SourceSpan SpanOf(int start, int length)
    {
        if (map is null)
            return new SourceSpan(position + start, length);
        if (length == 0)
            return new SourceSpan(start < map.Length ? map[start] : map[^1] + 1, 0);
        // The bytes of an expansion may stand in the file in another order.
        return new SourceSpan(map[start], Math.Max(map[start + length - 1] + 1 - map[start], 1));
    }
}
