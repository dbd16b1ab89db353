using System.Runtime.CompilerServices;

namespace KeepalivedAot.Base.Logging;

/// <summary>The one door to the log. A line that is too detailed for the threshold costs nothing: it is not even formatted.</summary>
public sealed class Log
{
    // Itself, or the one that a door for a subject was made from: threshold and sink are that one's.
    private readonly Log _main;
    private readonly LogSubject? _subject;
    private LogLevel _threshold;
    private ILogSink _sink;

    public Log(ILogSink sink, LogLevel threshold = LogLevel.Info)
    {
        _main = this;
        _sink = sink;
        _threshold = threshold;
    }

    private Log(Log main, LogSubject subject)
    {
        _main = main;
        _subject = subject;
        _sink = main._sink;
    }

    /// <summary>Can be changed while running, for all doors at once.</summary>
    public LogLevel Threshold
    {
        get => _main._threshold;
        set => _main._threshold = value;
    }

    /// <summary>Can be replaced while running, when the log moves from the console to syslog.</summary>
    public ILogSink Sink
    {
        get => _main._sink;
        set => _main._sink = value;
    }

    /// <summary>The same log, with lines that are about a virtual router.</summary>
    public Log For(LogSubject subject) => new(_main, subject);

    public bool IsEnabled(LogLevel level) => level <= Threshold;

    /// <summary>Writes one line, formatted without allocation; text beyond <see cref="LogLine.Capacity"/> bytes is cut.</summary>
    public void Write(LogLevel level, int eventId, [InterpolatedStringHandlerArgument("", nameof(level))] ref LogLine line)
    {
        if (line.IsEnabled)
            Send(level, eventId, line.Text);
    }

    public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> utf8Line)
    {
        if (IsEnabled(level))
            Send(level, eventId, utf8Line);
    }

    private void Send(LogLevel level, int eventId, ReadOnlySpan<byte> line)
    {
        if (_subject is null)
            Sink.Write(level, eventId, line);
        else
            Sink.Write(level, eventId, _subject, line);
    }
}
