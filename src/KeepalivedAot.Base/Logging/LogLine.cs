using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace KeepalivedAot.Base.Logging;

/// <summary>Builds one log line in place, on the stack, as UTF-8.</summary>
[InterpolatedStringHandler]
public ref struct LogLine
{
    /// <summary>Longest line in bytes; keepalived cuts at about the same length.</summary>
    public const int Capacity = 1024;

    private Buffer _buffer;
    private int _length;

    public LogLine(int literalLength, int formattedCount, Log log, LogLevel level, out bool isEnabled)
    {
        _ = literalLength;
        _ = formattedCount;
        isEnabled = log.IsEnabled(level);
        IsEnabled = isEnabled;
    }

    public bool IsEnabled { get; }

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Text
        => MemoryMarshal.CreateReadOnlySpan(in Unsafe.As<Buffer, byte>(ref Unsafe.AsRef(in _buffer)), Capacity)[.._length];

    [UnscopedRef]
    private Span<byte> Rest => MemoryMarshal.CreateSpan(ref Unsafe.As<Buffer, byte>(ref _buffer), Capacity)[_length..];

    public void AppendLiteral(string text) => AppendFormatted(text);

    public void AppendFormatted(string? text)
    {
        ReadOnlySpan<char> rest = text;
        // The log is text, for the journal hides lines that are not: a byte of a name that is none is a replacement character.
        while (ByteText.IndexOfByte(rest) is var found and >= 0)
        {
            Append(rest[..found]);
            Append("\uFFFD");
            rest = rest[(found + 1)..];
        }
        Append(rest);
    }

    public void AppendFormatted(scoped ReadOnlySpan<byte> utf8)
    {
        int fits = Math.Min(utf8.Length, Rest.Length);
        utf8[..fits].CopyTo(Rest);
        _length += fits;
    }

    public void AppendFormatted<T>(T value) where T : IUtf8SpanFormattable => AppendFormatted(value, null);

    public void AppendFormatted<T>(T value, string? format) where T : IUtf8SpanFormattable
    {
        if (value.TryFormat(Rest, out int written, format, CultureInfo.InvariantCulture))
            _length += written;
    }

    // Unlike an Encoding this writes the whole characters that fit, which is what cutting a line means.
    private void Append(scoped ReadOnlySpan<char> text)
    {
        Utf8.FromUtf16(text, Rest, out _, out int written);
        _length += written;
    }

    [InlineArray(Capacity)]
    private struct Buffer
    {
        private byte _first;
    }
}
