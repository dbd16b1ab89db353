namespace KeepalivedAot.Config.Text;

/// <summary>One text of a parse, with its range of positions in the <see cref="SourceMap"/>.</summary>
public sealed class SourceFile
{
    // Where every so many-th line starts is kept, and the others are counted from there: a file of nothing but line ends costs no more.
    internal const int Stride = 64;

    private readonly int _length;
    private int[]? _starts;

    // Groups of lines, when some have been dropped; null for these.
    private byte[]?[]? _kept;

    internal SourceFile(string path, byte[] content, int start)
    {
        Path = path;
        Content = content;
        _length = content.Length;
        Start = start;
    }

    /// <summary>As the user named it.</summary>
    public string Path { get; }

    /// <summary>The <c>include</c> that brought it in; none for a file that the user named.</summary>
    internal SourceSpan IncludedBy { get; init; }

    /// <summary>The bytes as they are in the file: UTF-8 if all is well, but nothing relies on that. Empty after <see cref="KeepOnly"/>.</summary>
    internal byte[] Content { get; private set; }

    /// <summary>The position of the first byte.</summary>
    internal int Start { get; }

    /// <summary>The position behind the last byte; it belongs to the file too, as the place of "end of file".</summary>
    internal int End => Start + _length;

    /// <summary>The line, from 1, in which a byte of the file stands.</summary>
    internal int LineOf(int offset)
    {
        int group = GroupOf(offset);
        ReadOnlySpan<byte> text = GroupText(group);
        return 1 + group * Stride + text[..Math.Min(offset - Starts[group], text.Length)].Count((byte)'\n');
    }

    /// <summary>The bytes of a line, without its end.</summary>
    internal ReadOnlySpan<byte> Line(int number)
    {
        ReadOnlySpan<byte> line = GroupText((number - 1) / Stride)[OffsetInGroup(number)..];
        int length = line.IndexOf((byte)'\n');
        if (length >= 0)
            line = line[..length];
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    internal int LineStart(int number) => Starts[(number - 1) / Stride] + OffsetInGroup(number);

    internal int BytesKept => _kept?.Sum(static group => group?.Length ?? 0) ?? _length;

    /// <summary>Lets go of the text where nobody will ask for lines any more.</summary>
    /// <param name="isNeeded">Whether anybody may, from one offset up to another.</param>
    internal void KeepOnly(Func<int, int, bool> isNeeded)
    {
        _kept = [.. Enumerable.Range(0, Starts.Length).Select(group => isNeeded(Starts[group], EndOf(group)) ? GroupText(group).ToArray() : null)];
        Content = [];
    }

    private int GroupOf(int offset)
    {
        int found = Array.BinarySearch(Starts, offset);
        return found >= 0 ? found : ~found - 1;
    }

    private int EndOf(int group) => group + 1 < Starts.Length ? Starts[group + 1] : _length;

    private ReadOnlySpan<byte> GroupText(int group) => _kept is null ? Content.AsSpan(Starts[group]..EndOf(group)) : _kept[group];

    private int OffsetInGroup(int number)
    {
        ReadOnlySpan<byte> text = GroupText((number - 1) / Stride);
        int start = 0;
        for (int more = (number - 1) % Stride; more > 0; more--)
            start += text[start..].IndexOf((byte)'\n') + 1;
        return start;
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
