using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Daemon.Dumps.Data;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Dumps;

/// <summary>Writes the dump files: for signals in slices between turns of the loop, for whoever waits at once.</summary>
/// <remarks>
/// A file that cannot be written is told once, with its path and the reason; the one that was there stays, and nothing else changes.
/// A dump that is asked for while the same one is written follows it: what it tells is never older than the request.
/// </remarks>
internal sealed class Dumps : ITimerOwner, IDisposable
{
    // How long the loop is held at a time: an advertisement that becomes due meanwhile leaves less than this late.
    private static readonly Duration s_slice = Duration.FromMicroseconds(500);

    private readonly VrrpModule _vrrp;
    private readonly IScriptReports _scripts;
    private readonly IProcessReports _processes;
    private readonly IVrrpWorld _world;
    private readonly DumpNames _names;
    private readonly DumpHost _host;
    private readonly Log _log;
    private readonly Log _vrrpLog;
    private readonly TimerHandle _timer;
    private readonly WallTimes _times = new();
    private readonly List<DumpKind> _wanted = [];
    private readonly Queue<DumpFile> _files = new();
    private Configuration? _configuration;

    /// <param name="log">The daemon's own.</param>
    public Dumps(
        VrrpModule vrrp, IScriptReports scripts, IProcessReports processes, IVrrpWorld world, DumpNames names, DumpHost host, Log log, Log vrrpLog)
    {
        _vrrp = vrrp;
        _scripts = scripts;
        _processes = processes;
        _world = world;
        _names = names;
        _host = host;
        _log = log;
        _vrrpLog = vrrpLog;
        _timer = world.Timers.Register(this, 0);
    }

    /// <summary>From now on this configuration is in force. Before the first one nothing is dumped: what is asked for waits.</summary>
    public void Adopt(Configuration configuration)
    {
        _configuration = configuration;
        if (_wanted.Count > 0)
            _world.Timers.Arm(_timer, _world.Now);
    }

    /// <summary>Begins a dump that goes on between turns of the loop, as a signal asks for it.</summary>
    public void Begin(DumpKind kind)
    {
        Announce(kind);
        if (_wanted.Contains(kind))
            return;
        _wanted.Add(kind);
        if (_configuration is not null && !_world.Timers.IsArmed(_timer))
            _world.Timers.Arm(_timer, _world.Now);
    }

    /// <summary>Dumps at once; the loop stands still meanwhile, some milliseconds with a thousand instances.</summary>
    /// <returns>What was refused first, if anything was. The log has it, too.</returns>
    public OsError Write(DumpKind kind)
    {
        if (_configuration is null)
            return OsError.None;
        OsError first = OsError.None;
        DumpSubject subject = MakeSubject(_configuration);
        foreach (DumpFile file in FilesOf(kind, subject, new DumpText()))
        {
            using (file)
            {
                while (file.Step())
                {
                    // Until it is finished.
                }
                Report(file.Failure);
                if (!first.IsError)
                    first = file.Failure;
            }
        }
        return first;
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        Instant end = _world.Now + s_slice;
        while (_files.Count > 0 || TryBeginNext())
        {
            if (!Continue(end))
            {
                _world.Timers.Arm(_timer, _world.Now);
                return;
            }
        }
    }

    public void Dispose()
    {
        foreach (DumpFile file in _files)
            file.Dispose();
        _files.Clear();
        _world.Timers.Unregister(_timer);
    }

    /// <returns>False: the file is not finished, and the time is over.</returns>
    private bool Continue(Instant end)
    {
        DumpFile file = _files.Peek();
        while (file.Step())
        {
            if (_world.Now >= end)
                return false;
        }
        Report(file.Failure);
        file.Dispose();
        _files.Dequeue();
        return true;
    }

    private bool TryBeginNext()
    {
        if (_wanted.Count == 0)
            return false;
        DumpKind kind = _wanted[0];
        _wanted.RemoveAt(0);
        foreach (DumpFile file in FilesOf(kind, MakeSubject(_configuration!), new DumpText()))
            _files.Enqueue(file);
        return _files.Count > 0 || TryBeginNext();
    }

    private DumpSubject MakeSubject(Configuration configuration)
    {
        _times.Update(_world.Now, _world.UnixNow);
        return new DumpSubject(configuration, _vrrp, _scripts, _processes, _host, _times);
    }

    private List<DumpFile> FilesOf(DumpKind kind, DumpSubject subject, DumpText text)
    {
        List<DumpFile> files = [];
        bool runsVrrp = _vrrp.IsStarted;
        switch (kind)
        {
            case DumpKind.Data:
                if (runsVrrp)
                    files.Add(new DumpFile(_names.State(subject.Configuration.GlobalDefs, ""), DataDump.OfVrrp(text, subject), text));
                files.Add(new DumpFile(_names.State(subject.Configuration.GlobalDefs, "_parent"), DataDump.OfParent(text, subject), text));
                break;
            case DumpKind.Json:
                // As keepalived: without an instance there is no file.
                if (_vrrp.Instances.Count > 0 && runsVrrp)
                    files.Add(new DumpFile(_names.Json, new JsonDump(text, subject).Write(), text));
                break;
            default:
                bool clears = kind == DumpKind.StatisticsThenClear;
                StatisticsDump statistics = new(text, _vrrp);
                if (runsVrrp)
                    files.Add(new DumpFile(_names.Statistics, statistics.Write(clears), text) { OnWritten = statistics.Clear });
                break;
        }
        return files;
    }

    // In keepalived's words, which say that a signal was heard.
    private void Announce(DumpKind kind)
    {
        if (kind == DumpKind.Data)
            _log.Write(LogLevel.Info, EventIds.DumpBegins, $"Printing parent data for process({_host.ProcessId}) on signal");
        if (!_vrrp.IsStarted)
            return;
        switch (kind)
        {
            case DumpKind.Data:
                _vrrpLog.Write(LogLevel.Info, EventIds.DumpBegins, $"Printing VRRP data for process({_host.ProcessId}) on signal");
                break;
            case DumpKind.Statistics:
                _vrrpLog.Write(LogLevel.Info, EventIds.DumpBegins, $"Printing VRRP stats for process({_host.ProcessId}) on signal");
                break;
            case DumpKind.StatisticsThenClear:
                _vrrpLog.Write(LogLevel.Info, EventIds.DumpBegins, $"Printing and clearing VRRP stats for process({_host.ProcessId}) on signal");
                break;
            default:
                _vrrpLog.Write(LogLevel.Info, EventIds.DumpBegins, $"Printing VRRP as json for process({_host.ProcessId}) on signal");
                break;
        }
    }

    private void Report(OsError failure)
    {
        if (failure.IsError)
            _log.Write(LogLevel.Error, EventIds.DumpFailed, $"Cannot write a dump: {failure}");
    }
}
