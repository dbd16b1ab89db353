using System.Buffers.Text;
using System.Text;

namespace KeepalivedAot.Linux.Logging;

/// <summary>Puts a line together in a buffer of the caller's, without boxing what it formats. What does not fit is cut.</summary>
internal ref struct LineWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    public int Length { get; private set; }

    public readonly Span<byte> Rest => _buffer[Length..];
    public readonly ReadOnlySpan<byte> Text => _buffer[..Length];

    public void Append(scoped ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, Rest.Length)];
        text.CopyTo(Rest);
        Length += text.Length;
    }

    public void Append(string text)
    {
        Encoding.UTF8.TryGetBytes(text, Rest, out int written);
        Length += written;
    }

    public void Append(long number)
    {
        Utf8Formatter.TryFormat(number, Rest, out int written);
        Length += written;
    }

    /// <summary>For what was written into <see cref="Rest"/> directly.</summary>
    public void Advance(int length) => Length += length;
}
