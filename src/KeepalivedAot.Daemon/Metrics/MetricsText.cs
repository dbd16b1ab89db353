using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Daemon.Metrics;

/// <summary>Samples as text: Prometheus's format 0.0.4, or OpenMetrics 1.0. It has a fixed length, and what does not fit is known afterwards.</summary>
internal sealed class MetricsText(int capacity)
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    // What is escaped in the value of a label, in both formats.
    private static readonly SearchValues<char> Escaped = SearchValues.Create("\\\"\n");

    private readonly byte[] _buffer = new byte[capacity];
    private bool _hasLabels;

    public bool IsOpenMetrics { get; set; }

    public int Length { get; private set; }

    /// <summary>Something did not fit since the last <see cref="CutBackTo"/>.</summary>
    public bool IsFull { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>Takes back what was written behind this length.</summary>
    public void CutBackTo(int length)
    {
        Length = length;
        IsFull = false;
    }

    /// <summary>A sample begins: its labels come next, and then its value.</summary>
    /// <param name="suffix">Such as <c>_sum</c>.</param>
    public void Begin(MetricFamily family, ReadOnlySpan<byte> suffix = default)
    {
        Append(family.NameText);
        Append(suffix);
        _hasLabels = false;
    }

    /// <param name="name">Our own: a letter, then letters, digits and underscores.</param>
    public void Label(ReadOnlySpan<byte> name, string? value)
    {
        BeginLabel(name);
        ReadOnlySpan<char> rest = value;
        while (!rest.IsEmpty)
        {
            int plain = PlainLength(rest);
            AppendPlain(rest[..plain]);
            if (plain == rest.Length)
                break;
            Append(rest[plain] switch
            {
                '\\' => "\\\\"u8,
                '"' => "\\\""u8,
                '\n' => "\\n"u8,
                // A byte of a name that is no text.
                _ => "\uFFFD"u8,
            });
            rest = rest[(plain + 1)..];
        }
        Append("\""u8);
    }

    /// <param name="value">Written without anything that has to be escaped.</param>
    public void Label(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        BeginLabel(name);
        Append(value);
        Append("\""u8);
    }

    /// <summary>The first labels of a sample, as <see cref="Written"/> has had them once.</summary>
    public void Labels(ReadOnlySpan<byte> written)
    {
        Append(written);
        _hasLabels = true;
    }

    /// <inheritdoc cref="Label(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>
    public void Label<T>(ReadOnlySpan<byte> name, T value) where T : IUtf8SpanFormattable
    {
        BeginLabel(name);
        AppendValue(value);
        Append("\""u8);
    }

    /// <summary>Continues the value of a label that has just been written; as plain as that.</summary>
    public void ExtendLabel(ReadOnlySpan<byte> separator, int number)
    {
        // Behind what is there, in front of its quotation mark.
        if (IsFull)
            return;
        Length--;
        Append(separator);
        AppendValue(number);
        Append("\""u8);
    }

    public void End(ulong value)
    {
        EndLabels();
        AppendValue(value);
        Append("\n"u8);
    }

    public void End(long value)
    {
        EndLabels();
        AppendValue(value);
        Append("\n"u8);
    }

    /// <summary>In seconds, as exact as it is known.</summary>
    public void End(Duration value)
    {
        EndLabels();
        AppendSeconds(value.Nanoseconds);
        Append("\n"u8);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.TryCopyTo(_buffer.AsSpan(Length)))
            Length += bytes.Length;
        else
            IsFull = true;
    }

    private static int PlainLength(ReadOnlySpan<char> text)
    {
        int escaped = text.IndexOfAny(Escaped);
        int byteAt = ByteText.IndexOfByte(escaped < 0 ? text : text[..escaped]);
        return byteAt >= 0 ? byteAt : escaped >= 0 ? escaped : text.Length;
    }

    private void BeginLabel(ReadOnlySpan<byte> name)
    {
        Append(_hasLabels ? ","u8 : "{"u8);
        _hasLabels = true;
        Append(name);
        Append("=\""u8);
    }

    private void EndLabels() => Append(_hasLabels ? "} "u8 : " "u8);

    private void AppendPlain(ReadOnlySpan<char> text)
    {
        OperationStatus status = Utf8.FromUtf16(text, _buffer.AsSpan(Length), out _, out int written);
        Length += written;
        IsFull |= status == OperationStatus.DestinationTooSmall;
    }

    private void AppendValue<T>(T value) where T : IUtf8SpanFormattable
    {
        if (value.TryFormat(_buffer.AsSpan(Length), out int written, default, CultureInfo.InvariantCulture))
            Length += written;
        else
            IsFull = true;
    }

    private void AppendSeconds(long nanoseconds)
    {
        if (nanoseconds < 0)
            Append("-"u8);
        ulong magnitude = (ulong)Math.Abs(nanoseconds);
        AppendValue(magnitude / NanosecondsPerSecond);
        ulong fraction = magnitude % NanosecondsPerSecond;
        if (fraction == 0)
            return;
        Append("."u8);
        Span<byte> digits = stackalloc byte[1];
        for (ulong unit = NanosecondsPerSecond / 10; fraction != 0; unit /= 10)
        {
            digits[0] = (byte)('0' + fraction / unit);
            Append(digits);
            fraction %= unit;
        }
    }
}
