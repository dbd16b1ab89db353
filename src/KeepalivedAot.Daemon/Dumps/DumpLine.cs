using System.Runtime.CompilerServices;

namespace KeepalivedAot.Daemon.Dumps;

/// <summary>Puts an interpolated string together where it belongs: at the end of a <see cref="DumpText"/>.</summary>
[InterpolatedStringHandler]
internal readonly ref struct DumpLine
{
    private readonly DumpText _text;

    public DumpLine(int literalLength, int formattedCount, DumpText text)
    {
        _ = literalLength;
        _ = formattedCount;
        _text = text;
    }

    public void AppendLiteral(string text) => _text.Add(text);

    public void AppendFormatted(string? text) => _text.Add(text);

    public void AppendFormatted(scoped ReadOnlySpan<byte> utf8) => _text.Add(utf8);

    public void AppendFormatted<T>(T value) where T : IUtf8SpanFormattable => _text.Add(value, null);

    public void AppendFormatted<T>(T value, string? format) where T : IUtf8SpanFormattable => _text.Add(value, format);
}
