using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Dumps;
using KeepalivedAot.Daemon.Tracking.Files;
using KeepalivedAot.Daemon.Tracking.Processes;
using KeepalivedAot.Linux.Loop;

namespace KeepalivedAot.Daemon.Tracking;

/// <summary>What finds out about tracked things by itself: files and processes. Interfaces are VRRP's own.</summary>
internal sealed class Trackers(EventLoop loop, ITrackerSink sink, Log log) : IProcessReports, IDisposable
{
    private readonly FileTrackers _files = new(loop, sink, log);
    private readonly ProcessTrackers _processes = new(loop, sink, log);

    /// <summary>Before the instances start, so that they start with what is known.</summary>
    public void Start(Config.Configuration configuration, Instant now)
    {
        _files.Track(configuration.TrackFiles, isStart: true, now);
        _processes.Track(configuration.TrackProcesses, configuration.GlobalDefs, now);
    }

    /// <summary>Before the instances go over to the new configuration.</summary>
    public void Reload(Config.Configuration configuration, Instant now)
    {
        _files.Track(configuration.TrackFiles, isStart: false, now);
        _processes.Track(configuration.TrackProcesses, configuration.GlobalDefs, now);
    }

    public ProcessKind? FindProcess(string name) => _processes.Find(name);

    public void Dispose()
    {
        _files.Dispose();
        _processes.Dispose();
    }
}
