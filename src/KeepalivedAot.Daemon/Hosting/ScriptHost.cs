using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Daemon.Dumps;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Daemon.Notifications;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Scripts;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Launch;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Tracking.Scripts;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>All that runs scripts, put together: runner, catalogue, notifier, FIFOs, tracked scripts, and those of the start and the stop.</summary>
internal sealed class ScriptHost : ITimerOwner, IScriptReports, IDisposable
{
    // As long as keepalived waits: a script that is told of the end has this time (vrrp.md, section 19).
    private static readonly Duration StopLimit = Duration.FromSeconds(1);

    // Nothing survives SIGKILL but what the kernel holds on to; that is no reason to stay.
    private static readonly Duration KillLimit = Duration.FromSeconds(1);

    private readonly EventLoop _loop;
    private readonly Log _daemonLog;
    private readonly Log _log;
    private readonly HostFiles _files = new();
    private readonly ScriptRunner _runner;
    private readonly NotifyFifos _fifos;
    private readonly Notifier _notifier;
    private readonly TimerHandle _deadline;
    private ScriptTrackers? _trackers;
    private ScriptCatalogue? _catalogue;
    private ScriptCatalogue? _formerCatalogue;
    private GlobalDefsBlock _globals = new();

    private ScriptHost(EventLoop loop, Launcher launcher, Log daemonLog, Log vrrpLog)
    {
        _loop = loop;
        _daemonLog = daemonLog;
        _log = vrrpLog;
        _runner = new ScriptRunner(loop, launcher, vrrpLog);
        _fifos = new NotifyFifos(_runner, _files, vrrpLog);
        _notifier = new Notifier(_runner, loop.Timers, _fifos, vrrpLog);
        _deadline = loop.Timers.Register(this, 0);
    }

    public static ScriptHost Open(EventLoop loop, Log daemonLog, Log vrrpLog) => new(loop, new Launcher(), daemonLog, vrrpLog);

    /// <summary>Add it to the ends of turns behind whatever sends.</summary>
    public Notifier Notifier => _notifier;

    public ScriptCost Cost => _runner.Cost;

    public (uint User, uint Group) DefaultUser => _catalogue?.DefaultUser ?? SystemInfo.Self;

    public ScriptProgram? Find(ConfigScript? script) => _catalogue?.Find(script);

    public ScriptProgram? Find(ConfigCommand? script) => _catalogue?.Find(script);

    public ScriptTracker? FindTracker(string name) => _trackers?.Find(name);

    /// <summary>The scripts that instances track. A reload makes another list.</summary>
    public IReadOnlyList<TrackedScriptAtWork> Tracked => _trackers?.Scripts ?? [];

    /// <summary>Looks for the scripts of a configuration, before anything of it runs.</summary>
    public void Prepare(LoadResult read)
    {
        _formerCatalogue = _catalogue;
        _globals = read.Configuration.GlobalDefs;
        _catalogue = ScriptCatalogue.Load(read.Configuration, read.Settings, _files, _log, SystemInfo.Self);
        _notifier.Adopt(read.Configuration, _catalogue, read.Settings.NotifyPatience, read.Settings.Watch.Notify);
        _notifier.Limit(SystemInfo.DescriptorLimit);
    }

    /// <summary>Opens the FIFOs, before the instances have anything to say.</summary>
    public void OpenFifos(Configuration configuration, DaemonModules modules) => _fifos.Adopt(configuration, modules, _catalogue!);

    /// <summary>Runs the scripts that instances track, when these have started or gone over to the configuration.</summary>
    public void RunTracked(Configuration configuration, VrrpModule vrrp)
    {
        _trackers ??= new ScriptTrackers(_runner, _loop.Timers, vrrp.Trackers, _log);
        _trackers.Adopt(configuration, _catalogue!, _loop.Now);
    }

    /// <summary>The instances have gone over to the configuration: what was only of the former one may go.</summary>
    public void EndReload(VrrpModule vrrp)
    {
        _notifier.ForgetFormer();
        _formerCatalogue?.Dispose();
        _formerCatalogue = null;
        RepeatStates(vrrp);
    }

    /// <summary>Runs <c>startup_script</c> to its end or its limit; nothing else of the daemon does anything meanwhile.</summary>
    public void RunStartup() => RunOnce("startup", _globals.StartupScript, _globals.StartupScriptTimeout);

    /// <summary>Runs <c>shutdown_script</c>, when all else has ended.</summary>
    public void RunShutdown()
    {
        _loop.Resume();
        RunOnce("shutdown", _globals.ShutdownScript, _globals.ShutdownScriptTimeout);
    }

    /// <summary>Ends what runs, lets the instances go, and tells of it (vrrp.md, section 19). Takes 1 s at most, if scripts heed signals.</summary>
    public void Stop(Action stopInstances)
    {
        _trackers?.Stop();
        _notifier.BeginStop(_loop.Now);
        _fifos.EndScripts();
        _runner.TerminateAll();
        stopInstances();
        _notifier.OnTurnEnd(_loop.Now);
        // Those that were there before have had their SIGTERM, and the same time.
        TurnUntil(() => _notifier.IsIdle && _runner.RunningCount == 0, StopLimit);
        _notifier.EndStop();
        _runner.KillAll();
        TurnUntil(() => _runner.RunningCount == 0, KillLimit);
        _fifos.Close();
    }

    public void Dispose()
    {
        _catalogue?.Dispose();
        _runner.Dispose();
    }

    // For who reads a FIFO and was started with the reload.
    private void RepeatStates(VrrpModule vrrp)
    {
        if (!_globals.FifoWriteStatesOnReload)
            return;
        // In the order of a start.
        foreach (SyncGroup group in vrrp.Groups)
            _notifier.RepeatState(isGroup: true, group.Name, group.Group.State, priority: 0);
        foreach (VrrpInstance instance in vrrp.Instances)
            _notifier.RepeatState(isGroup: false, instance.Name, instance.Router.State, instance.Router.EffectivePriority.Value);
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        // It only wakes the loop up.
    }

    private void RunOnce(string name, ConfigScript? script, Duration limit)
    {
        if (_catalogue!.Find(script) is not { } program)
            return;
        _daemonLog.Write(LogLevel.Info, EventIds.StartOrStopScript, $"Running {name} script {program.Launch.Path}");
        OneShot shot = new(name, _daemonLog);
        if (_runner.Start(program, [], limit, shot) is not { } run)
            return;
        bool isStopRequested = false;
        while (!shot.HasEnded)
        {
            if (_loop.Turn() != Errno.None)
                run.Kill();
            if (!_loop.IsStopRequested)
                continue;
            // Whoever ends the daemon does not wait for its start.
            isStopRequested = true;
            _loop.Resume();
            run.Terminate();
        }
        if (isStopRequested)
            _loop.RequestStop();
    }

    private void TurnUntil(Func<bool> isDone, Duration limit)
    {
        Instant end = _loop.Now + limit;
        _loop.Timers.Arm(_deadline, end);
        while (!isDone() && _loop.Now < end)
        {
            // Another signal changes nothing: this is the end already.
            _loop.Resume();
            if (_loop.Turn() != Errno.None)
                break;
        }
        _loop.Timers.Disarm(_deadline);
    }

    private sealed class OneShot(string name, Log log) : IScriptObserver
    {
        public bool HasEnded { get; private set; }

        public void OnOverdue(IScriptRun run, Instant now)
            => log.Write(LogLevel.Warning, EventIds.StartOrStopScript, $"{name} script has used up its time - ending it");

        public void OnEnded(IScriptRun run, in ScriptEnd end, Instant now)
        {
            HasEnded = true;
            if (end.Status.IsSuccess)
                log.Write(LogLevel.Info, EventIds.StartOrStopScript, $"{name} script succeeded");
            else if (end.Status.Signal == 0)
                log.Write(LogLevel.Warning, EventIds.StartOrStopScript, $"{name} script failed, status {end.Status.Code}{Separator(run)}{run.LastErrorLine}");
            else
                log.Write(LogLevel.Warning, EventIds.StartOrStopScript, $"{name} script failed, {end.Status}{Separator(run)}{run.LastErrorLine}");
        }

        private static string Separator(IScriptRun run) => run.LastErrorLine.IsEmpty ? "" : ": ";
    }
}
