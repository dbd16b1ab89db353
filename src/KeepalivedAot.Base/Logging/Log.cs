using System.Runtime.CompilerServices;

namespace KeepalivedAot.Base.Logging;

/// <summary>The one door to the log. A line that is too detailed for the threshold costs nothing: it is not even formatted.</summary>
public sealed class Log(ILogSink sink, LogLevel threshold = LogLevel.Info)
{
    public LogLevel Threshold { get; set; } = threshold;

    /// <summary>Can be replaced while running, when the log moves from the console to syslog.</summary>
    public ILogSink Sink { get; set; } = sink;

    public bool IsEnabled(LogLevel level) => level <= Threshold;

    /// <summary>Writes one line, formatted without allocation; text beyond <see cref="LogLine.Capacity"/> bytes is cut.</summary>
    public void Write(LogLevel level, int eventId, [InterpolatedStringHandlerArgument("", nameof(level))] ref LogLine line)
    {
        if (line.IsEnabled)
            Sink.Write(level, eventId, line.Text);
    }

    public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> utf8Line)
    {
        if (IsEnabled(level))
            Sink.Write(level, eventId, utf8Line);
    }
}
