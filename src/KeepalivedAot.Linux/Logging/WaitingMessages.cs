using System.Buffers.Binary;

namespace KeepalivedAot.Linux.Logging;

/// <summary>Messages that their receiver did not take yet, the oldest first: bounded, and without memory until the first one waits.</summary>
internal sealed class WaitingMessages(int capacity)
{
    private const int HeaderLength = sizeof(int);

    private byte[]? _buffer;
    private int _start;
    private int _end;

    public bool IsEmpty => _start == _end;

    /// <summary>Bytes that wait.</summary>
    public int Length => _end - _start;

    /// <summary>The oldest; there is one.</summary>
    public ReadOnlySpan<byte> First => _buffer.AsSpan(_start + HeaderLength, BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_start)));

    /// <param name="most">Bytes that may wait with it, if less than the capacity.</param>
    /// <returns>False when it has no place.</returns>
    public bool TryAdd(ReadOnlySpan<byte> message, int most)
    {
        int needed = HeaderLength + message.Length;
        if (Length + needed > Math.Min(most, capacity))
            return false;
        _buffer ??= GC.AllocateUninitializedArray<byte>(capacity);
        if (needed > capacity - _end)
        {
            _buffer.AsSpan(_start, Length).CopyTo(_buffer);
            (_start, _end) = (0, Length);
        }
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_end), message.Length);
        message.CopyTo(_buffer.AsSpan(_end + HeaderLength));
        _end += needed;
        return true;
    }

    public void RemoveFirst()
    {
        _start += HeaderLength + First.Length;
        if (_start == _end)
            (_start, _end) = (0, 0);
    }
}
