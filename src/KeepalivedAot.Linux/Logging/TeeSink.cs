using KeepalivedAot.Base.Logging;

namespace KeepalivedAot.Linux.Logging;

/// <summary>Every line to two sinks, the first one first.</summary>
public sealed class TeeSink(ILogSink first, ILogSink second) : ILogSink
{
    public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => Write(level, eventId, null, line);

    public void Write(LogLevel level, int eventId, LogSubject? subject, ReadOnlySpan<byte> line)
    {
        first.Write(level, eventId, subject, line);
        second.Write(level, eventId, subject, line);
    }
}
