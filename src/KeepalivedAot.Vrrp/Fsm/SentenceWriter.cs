using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace KeepalivedAot.Vrrp.Fsm;

/// <summary>Interpolated text into a caller's bytes: all of it, or none.</summary>
/// <remarks>The framework's own handler boxes values of ours until the JIT has optimised it; this one never does.</remarks>
[InterpolatedStringHandler]
internal ref struct SentenceWriter
{
    private readonly Span<byte> _destination;
    private int _length;
    private bool _overflowed;

    public SentenceWriter(int literalLength, int formattedCount, Span<byte> destination)
    {
        _ = literalLength;
        _ = formattedCount;
        _destination = destination;
    }

    public void AppendLiteral(string text)
    {
        if (!_overflowed && Encoding.UTF8.TryGetBytes(text, _destination[_length..], out int written))
            _length += written;
        else
            _overflowed = true;
    }

    public void AppendFormatted<T>(T value) where T : IUtf8SpanFormattable
    {
        if (!_overflowed && value.TryFormat(_destination[_length..], out int written, default, CultureInfo.InvariantCulture))
            _length += written;
        else
            _overflowed = true;
    }

    /// <summary>Writes the text; false when it does not fit.</summary>
    public static bool TryWrite(
        Span<byte> destination, [InterpolatedStringHandlerArgument(nameof(destination))] ref SentenceWriter sentence, out int written)
    {
        _ = destination;
        written = sentence._overflowed ? 0 : sentence._length;
        return !sentence._overflowed;
    }
}
