using System.Text;
using KeepalivedAot.Daemon.Recording;

namespace KeepalivedAot.Simulation.Replay;

/// <summary>One input of a record, and what is below it.</summary>
internal sealed record RecordInput(RecordLine Line, string Kind)
{
    public List<RecordLine> Below { get; } = [];

    /// <summary>Nothing comes behind it, and the daemon has not said that it ended there: what is below may be cut.</summary>
    public bool IsCut { get; set; }
}

/// <summary>Reads a record input by input, as it may be larger than what should be in memory.</summary>
internal sealed class RecordReader(Stream stream)
{
    // More than the longest: a frame in hex, a line of a configuration.
    private const int LongestLine = 1 << 20;

    private const int BufferBytes = 1 << 16;
    private const int MostBelow = 1 << 20;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly List<byte> _line = [];
    private int _at;
    private int _length;
    private long _number;
    private RecordLine? _next;
    private bool _isTorn;
    private RecordInput? _peeked;

    /// <summary>How many inputs were read.</summary>
    public long Count { get; private set; }

    /// <summary>Reads the first line.</summary>
    public void ReadHeader()
    {
        if (ReadLine()?.Text != RecordText.Header)
            throw new RecordException(1, $"this is no record: its first line would be '{RecordText.Header}'");
        _next = ReadLine();
    }

    /// <summary>The next input; null at the end.</summary>
    public RecordInput? Peek() => _peeked ??= ReadInput();

    /// <inheritdoc cref="Peek"/>
    public RecordInput? Read()
    {
        RecordInput? input = Peek();
        _peeked = null;
        if (input is not null)
            Count++;
        return input;
    }

    private RecordInput? ReadInput()
    {
        if (_next is not { } line)
            return null;
        if (line.Text.Length == 0 || line.Text[0] == ' ')
            throw line.Wrong("an input is wanted here");
        RecordInput input = new(line, line.Word());
        while ((_next = ReadLine()) is { } below && below.Text is [' ', ..])
        {
            if (input.Below.Count == MostBelow)
                throw below.Wrong("there is too much below one input");
            input.Below.Add(below);
        }
        input.IsCut = _next is null && input.Kind != "end";
        // The line that was written when the power failed: what it belongs to is not known to its end.
        return _isTorn ? null : input;
    }

    private RecordLine? ReadLine()
    {
        _line.Clear();
        while (true)
        {
            if (_at == _length)
            {
                _length = stream.Read(_buffer);
                _at = 0;
                if (_length == 0)
                {
                    _isTorn = _line.Count > 0;
                    return null;
                }
            }
            ReadOnlySpan<byte> rest = _buffer.AsSpan(_at, _length - _at);
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> part = end < 0 ? rest : rest[..end];
            if (_line.Count + part.Length > LongestLine)
                throw new RecordException(_number + 1, "the line is too long");
            _line.AddRange(part);
            _at += part.Length + (end < 0 ? 0 : 1);
            if (end >= 0)
                return new RecordLine(++_number, Encoding.UTF8.GetString([.. _line]));
        }
    }
}
