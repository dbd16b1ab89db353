using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Daemon.Dumps.Data;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Text;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Dumps;

/// <summary>Writes the dump files, in slices between turns of the loop.</summary>
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
    private readonly WallTimes _times;
    private readonly List<Request> _wanted = [];
    private readonly Queue<DumpFile> _files = new();
    private Request? _current;
    private Configuration? _configuration;

    /// <param name="log">The daemon's own.</param>
    public Dumps(
        VrrpModule vrrp, IScriptReports scripts, IProcessReports processes, IVrrpWorld world, WallTimes times, DumpNames names, DumpHost host, Log log,
        Log vrrpLog)
    {
        _vrrp = vrrp;
        _scripts = scripts;
        _processes = processes;
        _world = world;
        _times = times;
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

    /// <summary>Begins a dump that goes on between turns of the loop.</summary>
    /// <param name="done">Null for a signal. Is told what was refused first, if anything was, when all is over; not when the daemon ends before. The log has it, too.</param>
    public void Begin(DumpKind kind, Action<OsError>? done = null)
    {
        // Of a request on the control socket the log has said who made it.
        if (done is null)
            Announce(kind);
        Request? request = _wanted.Find(it => it.Kind == kind);
        if (request is null)
            _wanted.Add(request = new Request(kind));
        if (done is not null)
            request.Askers.Add(done);
        if (_configuration is not null && !_world.Timers.IsArmed(_timer))
            _world.Timers.Arm(_timer, _world.Now);
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
        if (file.Failure.IsError)
            _log.Write(LogLevel.Error, EventIds.DumpFailed, $"Cannot write a dump: {file.Failure}");
        if (!_current!.Failure.IsError)
            _current.Failure = file.Failure;
        file.Dispose();
        _files.Dequeue();
        if (_files.Count == 0)
            EndCurrent();
        return true;
    }

    private bool TryBeginNext()
    {
        if (_wanted.Count == 0)
            return false;
        _current = _wanted[0];
        _wanted.RemoveAt(0);
        foreach (DumpFile file in FilesOf(_current.Kind, MakeSubject(_configuration!), new DumpText()))
            _files.Enqueue(file);
        if (_files.Count > 0)
            return true;
        EndCurrent();
        return TryBeginNext();
    }

    private void EndCurrent()
    {
        Request over = _current!;
        _current = null;
        foreach (Action<OsError> asker in over.Askers)
            asker(over.Failure);
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

    private sealed class Request(DumpKind kind)
    {
        public DumpKind Kind { get; } = kind;

        public List<Action<OsError>> Askers { get; } = [];

        public OsError Failure { get; set; }
    }
}
