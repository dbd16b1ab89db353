using KeepalivedAot.Base.Time;
using KeepalivedAot.Tracking;

namespace KeepalivedAot.Daemon.Tracking;

/// <summary>Takes what is found out about tracked things: by scripts, files, processes, BFD sessions.</summary>
internal interface ITrackerSink
{
    /// <summary>This is known of a thing now. Saying the same again does nothing.</summary>
    /// <remarks>A thing that nobody tracks may be reported too: whoever comes to track it starts with what is known.</remarks>
    /// <param name="because">
    /// What has happened, as the reason of whatever follows: <c>script chk_http failed (exited with status 1)</c>; null for the usual words.
    /// </param>
    void Report(TrackerId tracker, TrackerReading reading, Instant now, string? because = null);
}
