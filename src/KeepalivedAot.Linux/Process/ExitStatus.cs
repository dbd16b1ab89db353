using System.Globalization;
using System.Text.Unicode;

namespace KeepalivedAot.Linux.Process;

/// <summary>How a process ended: with an exit code, or by a signal.</summary>
/// <param name="Code">0 to 255; 0 when a signal ended it.</param>
/// <param name="Signal">0 when it ended by itself.</param>
public readonly record struct ExitStatus(int Code, int Signal) : IUtf8SpanFormattable
{
    public bool IsSuccess => Code == 0 && Signal == 0;

    /// <summary><c>exited with status 3</c>, <c>exited due to signal 15 (SIGTERM)</c></summary>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        => Signal == 0
            ? Utf8.TryWrite(utf8Destination, CultureInfo.InvariantCulture, $"exited with status {Code}", out bytesWritten)
            : Utf8.TryWrite(utf8Destination, CultureInfo.InvariantCulture, $"exited due to signal {Signal} ({SignalNumber.NameOf(Signal)})", out bytesWritten);

    public override string ToString()
        => Signal == 0 ? $"exited with status {Code}" : $"exited due to signal {Signal} ({SignalNumber.NameOf(Signal)})";
}
