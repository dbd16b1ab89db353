using System.Buffers.Binary;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Loop;

namespace KeepalivedAot.Linux.Logging;

/// <summary>Keeps the lines of a turn of the loop until its end, behind all other output: a takeover does not wait for its own log.</summary>
/// <remarks>
/// Lines come out in the order in which they came in, also across sinks. Outside the loop, before <see cref="Begin"/> and after
/// <see cref="End"/>, they pass straight through, so that nothing is lost when a start fails. Allocates nothing after construction.
/// </remarks>
public sealed class DeferredLines : ITurnEnd
{
    /// <summary>What a turn with some hundred lines needs; when it is full the lines go out early.</summary>
    private const int Capacity = 64 * 1024;

    // Before each line: sink, level, event id, length.
    private const int HeaderLength = 12;

    // Lines between two flushes: the shortest of the usual ones fill the buffer as soon.
    private const int MostLines = 1024;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(Capacity);
    // What each line is about, in their order.
    private readonly LogSubject?[] _subjects = new LogSubject?[MostLines];
    private ILogSink[] _sinks = [];
    private int _count;
    private int _length;
    private bool _isDeferring;

    /// <summary>A sink that goes through here to another one.</summary>
    public ILogSink Before(ILogSink inner)
    {
        _sinks = [.. _sinks, inner];
        return new Entrance(this, _sinks.Length - 1);
    }

    /// <summary>From now on lines wait for the end of the turn.</summary>
    public void Begin() => _isDeferring = true;

    /// <summary>Writes what waits; from now on lines pass through.</summary>
    public void End()
    {
        Flush();
        _isDeferring = false;
    }

    void ITurnEnd.OnTurnEnd(Instant now) => Flush();

    private void Add(int sink, LogLevel level, int eventId, LogSubject? subject, ReadOnlySpan<byte> line)
    {
        if (line.Length + HeaderLength > Capacity - _length || _count == MostLines)
            Flush();
        if (!_isDeferring || line.Length + HeaderLength > Capacity)
        {
            _sinks[sink].Write(level, eventId, subject, line);
            return;
        }
        _subjects[_count++] = subject;
        Span<byte> record = _buffer.AsSpan(_length);
        BinaryPrimitives.WriteInt16LittleEndian(record, (short)sink);
        BinaryPrimitives.WriteInt16LittleEndian(record[2..], (short)level);
        BinaryPrimitives.WriteInt32LittleEndian(record[4..], eventId);
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], line.Length);
        line.CopyTo(record[HeaderLength..]);
        _length += HeaderLength + line.Length;
    }

    private void Flush()
    {
        ReadOnlySpan<byte> records = _buffer.AsSpan(0, _length);
        int index = 0;
        while (!records.IsEmpty)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(records[8..]);
            _sinks[BinaryPrimitives.ReadInt16LittleEndian(records)].Write(
                (LogLevel)BinaryPrimitives.ReadInt16LittleEndian(records[2..]),
                BinaryPrimitives.ReadInt32LittleEndian(records[4..]),
                _subjects[index++],
                records.Slice(HeaderLength, length));
            records = records[(HeaderLength + length)..];
        }
        _length = 0;
        _count = 0;
    }

    private sealed class Entrance(DeferredLines lines, int sink) : ILogSink
    {
        public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => lines.Add(sink, level, eventId, null, line);

        public void Write(LogLevel level, int eventId, LogSubject? subject, ReadOnlySpan<byte> line) => lines.Add(sink, level, eventId, subject, line);
    }
}
