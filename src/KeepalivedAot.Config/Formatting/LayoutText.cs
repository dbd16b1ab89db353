using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Formatting;

/// <summary>The lines of the new layout as they are written, each with the number of the line that it was made of.</summary>
internal sealed class LayoutText
{
    /// <summary>keepalived's blocks are five deep. Deeper ones stay legible, and a file of a million braces stays bounded.</summary>
    private const int DeepestIndentation = 12;

    private const int BlanksPerLevel = 4;
    private const int OriginWeight = sizeof(int);

    private readonly int _limit;
    private readonly byte[]? _bytes;
    private readonly int[]? _origins;
    private int _length;
    private int _lines;
    private int _emptyLine;
    private bool _lastIsEmpty;

    /// <summary>Only finds out how much room it takes: a large file is not to be in memory more often than it must.</summary>
    /// <param name="limit">In bytes, with the numbers of the lines: what would go beyond is dropped, and <see cref="IsFull"/> says so.</param>
    public LayoutText(ReadOnlySpan<byte> prefix, int limit)
    {
        _limit = limit;
        _length = prefix.Length;
    }

    /// <summary>Exactly as much room as the same layout took before.</summary>
    public LayoutText(ReadOnlySpan<byte> prefix, LayoutText measured)
    {
        _bytes = new byte[measured._length];
        _origins = new int[measured._lines];
        prefix.CopyTo(_bytes);
        _length = prefix.Length;
    }

    public bool IsFull { get; private set; }

    public IReadOnlyList<int> Origins => _origins ?? [];

    public byte[] Bytes => _bytes ?? [];

    /// <summary>One empty line, however often it is asked for; none at the beginning or the end of the file.</summary>
    public void AddEmpty(int origin)
    {
        if (_emptyLine == 0 && !_lastIsEmpty)
            _emptyLine = origin;
    }

    /// <summary>A line as it is, without indentation. An empty one ends a definition and is never left out.</summary>
    public void AddVerbatim(ReadOnlySpan<byte> line, int origin)
    {
        if (line.ContainsAnyExcept(" \t\v\f\r"u8))
            Begin(line.Length, origin);
        else
            BeginEmpty(line.Length, origin);
        Append(line);
        Append("\n"u8);
    }

    /// <param name="level">How many blocks the line stands in; below zero where more were closed than opened, as in an included file.</param>
    /// <param name="comment">What follows the code, or all there is; may be empty.</param>
    public void Add(int level, ReadOnlySpan<byte> code, ReadOnlySpan<byte> comment, int origin)
    {
        int separator = code.IsEmpty || comment.IsEmpty ? 0 : 1;
        int length = code.Length + separator + comment.Length;
        if (separator > 0 && length > LineReader.LongestLine)
        {
            Add(level, [], comment, origin);
            Add(level, code, [], origin);
            return;
        }
        int indentation = Math.Min(BlanksPerLevel * Math.Clamp(level, 0, DeepestIndentation), Math.Max(0, LineReader.LongestLine - length));
        // At the very beginning of a file these bytes would be taken for a mark, and dropped.
        if (_length == 0 && code.StartsWith("\uFEFF"u8))
            indentation = 1;
        Begin(indentation + length, origin);
        if (IsFull)
            return;
        _bytes?.AsSpan(_length, indentation).Fill((byte)' ');
        _length += indentation;
        Append(code);
        Append(" "u8[..separator]);
        Append(comment);
        Append("\n"u8);
    }

    private void Begin(int length, int origin)
    {
        if (_emptyLine > 0 && _lines > 0)
        {
            Reserve(1);
            Append("\n"u8);
            AddOrigin(_emptyLine);
        }
        _emptyLine = 0;
        _lastIsEmpty = false;
        Reserve(length + 1);
        AddOrigin(origin);
    }

    // Instead of an empty line that is waiting, and of those that follow.
    private void BeginEmpty(int length, int origin)
    {
        _emptyLine = 0;
        _lastIsEmpty = true;
        Reserve(length + 1);
        AddOrigin(origin);
    }

    private void Reserve(int length)
    {
        // What has been measured fits.
        if (_bytes is null && _length + (long)length + OriginWeight * (_lines + 1L) > _limit)
            IsFull = true;
    }

    private void AddOrigin(int origin)
    {
        if (IsFull)
            return;
        if (_origins is not null)
            _origins[_lines] = origin;
        _lines++;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (IsFull)
            return;
        if (_bytes is not null)
            bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }
}
