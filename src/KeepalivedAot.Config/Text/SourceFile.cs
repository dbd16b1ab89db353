namespace KeepalivedAot.Config.Text;

/// <summary>One text of a parse, with its range of positions in the <see cref="SourceMap"/>.</summary>
public sealed class SourceFile
{
    private int[]? _lineStarts;

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
        int found = Array.BinarySearch(LineStarts, offset);
        return found >= 0 ? found + 1 : ~found;
    }

    /// <summary>The bytes of a line, without its end.</summary>
    internal ReadOnlySpan<byte> Line(int number) => Content.AsSpan(LineStart(number)..LineEnd(number));

    internal int LineStart(int number) => LineStarts[number - 1];

    private int LineEnd(int number)
    {
        int end = number < LineStarts.Length ? LineStarts[number] - 1 : Content.Length;
        if (end > LineStart(number) && Content[end - 1] == (byte)'\r')
            end--;
        return end;
    }

    // Only a diagnostic asks for lines, so a file without mistakes is never searched for them.
    private int[] LineStarts => _lineStarts ??= FindLines(Content);

    private static int[] FindLines(byte[] content)
    {
        int[] starts = new int[1 + content.AsSpan().Count((byte)'\n')];
        int line = 1;
        for (int i = 0; i < content.Length; i++)
        {
            if (content[i] == (byte)'\n')
                starts[line++] = i + 1;
        }
        return starts;
    }
}
