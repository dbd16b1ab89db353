using System.Globalization;
using System.Runtime.CompilerServices;
using KeepalivedAot.Base;

namespace KeepalivedAot.Daemon.Dumps;

/// <summary>Text for a file, put together as bytes in a buffer that is used again; it allocates when it has to grow.</summary>
/// <remarks>Names are the bytes that the configuration has, UTF-8 or not.</remarks>
/// <param name="capacity">What is allocated first, in bytes.</param>
internal sealed class DumpText(int capacity = DumpText.FileCapacity)
{
    /// <summary>For one line, or a word of it.</summary>
    public const int LineCapacity = 512;

    // An instance with some addresses takes 2 KiB.
    private const int FileCapacity = 16 * 1024;

    private byte[] _buffer = [];
    private int _length;

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Begins anew. What only an unusually long text needed is let go.</summary>
    public void Clear()
    {
        _length = 0;
        if (_buffer.Length > 4 * FileCapacity)
            _buffer = [];
    }

    /// <summary>A line, its end included.</summary>
    public void Line(ReadOnlySpan<byte> line)
    {
        Add(line);
        Add("\n"u8);
    }

    /// <summary>A line that has just been put together in the buffer: only its end is missing.</summary>
    public void Line([InterpolatedStringHandlerArgument("")] ref DumpLine line) => Add("\n"u8);

    /// <summary>Part of a line that has just been put together in the buffer.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] ref DumpLine part)
    {
        // The handler has written it.
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    public void Add(string? text)
    {
        // No character takes more than three bytes.
        int most = 3 * (text?.Length ?? 0);
        Invariant.Require(ByteText.TryEncode(text, Room(most), out int written), "there is room for the text");
        _length += written;
    }

    public void Add<T>(T value, string? format) where T : IUtf8SpanFormattable
    {
        int room = 64;
        int written;
        while (!value.TryFormat(Room(room), out written, format, CultureInfo.InvariantCulture))
            room *= 2;
        _length += written;
    }

    private Span<byte> Room(int length)
    {
        if (_buffer.Length - _length < length)
            Array.Resize(ref _buffer, Math.Max(capacity, Math.Max(2 * _buffer.Length, _length + length)));
        return _buffer.AsSpan(_length);
    }
}
