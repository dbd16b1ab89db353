namespace KeepalivedAot.Config.Text;

/// <summary>One text of a parse, with its range of positions in the <see cref="SourceMap"/>.</summary>
public sealed class SourceFile
{
    // Where every so many-th line starts is kept, and the others are counted from there: a file of nothing but line ends costs no more.
    private const int Stride = 64;

    private int[]? _starts;

    internal SourceFile(string path, byte[] content, int start)
    {
        Path = path;
        Content = content;
        Start = start;
    }

    /// <summary>As the user named it.</summary>
    public string Path { get; }

    /// <summary>The <c>include</c> that brought it in; none for a file that the user named.</summary>
    internal SourceSpan IncludedBy { get; init; }

    /// <summary>The bytes as they are in the file: UTF-8 if all is well, but nothing relies on that.</summary>
    internal byte[] Content { get; }

    /// <summary>The position of the first byte.</summary>
    internal int Start { get; }

    /// <summary>The position behind the last byte; it belongs to the file too, as the place of "end of file".</summary>
    internal int End => Start + Content.Length;

    /// <summary>The line, from 1, in which a byte of the file stands.</summary>
    internal int LineOf(int offset)
    {
        int[] starts = Starts;
        int found = Array.BinarySearch(starts, offset);
        int group = found >= 0 ? found : ~found - 1;
        return 1 + group * Stride + Content.AsSpan(starts[group]..Math.Min(offset, Content.Length)).Count((byte)'\n');
    }

    /// <summary>The bytes of a line, without its end.</summary>
    internal ReadOnlySpan<byte> Line(int number) => Content.AsSpan(LineStart(number)..LineEnd(number));

    internal int LineStart(int number)
    {
        int start = Starts[(number - 1) / Stride];
        for (int more = (number - 1) % Stride; more > 0; more--)
            start += Content.AsSpan(start).IndexOf((byte)'\n') + 1;
        return start;
    }

    private int LineEnd(int number)
    {
        int start = LineStart(number);
        int length = Content.AsSpan(start).IndexOf((byte)'\n');
        int end = length < 0 ? Content.Length : start + length;
        if (end > start && Content[end - 1] == (byte)'\r')
            end--;
        return end;
    }

    // Only a diagnostic asks for lines, so a file without mistakes is never searched for them.
    private int[] Starts => _starts ??= FindStarts(Content);

    private static int[] FindStarts(byte[] content)
    {
        List<int> starts = [0];
        int lines = 0;
        int at = 0;
        while (true)
        {
            int length = content.AsSpan(at).IndexOf((byte)'\n');
            if (length < 0)
                return [.. starts];
            at += length + 1;
            if (++lines % Stride == 0)
                starts.Add(at);
        }
    }
}
