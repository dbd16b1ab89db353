namespace KeepalivedAot.Base.Logging;

/// <summary>Where finished lines go. Must not block and must not throw.</summary>
public interface ILogSink
{
    /// <param name="eventId">A stable number of the kind of event, unique in the program.</param>
    /// <param name="line">UTF-8 text without a line end.</param>
    void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line);

    /// <summary>The same line, and what it is about, for sinks whose lines have fields.</summary>
    /// <param name="subject">Null for what is about the process, an interface, a script.</param>
    void Write(LogLevel level, int eventId, LogSubject? subject, ReadOnlySpan<byte> line) => Write(level, eventId, line);
}
