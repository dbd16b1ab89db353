using KeepalivedAot.Daemon.Alerts;
using KeepalivedAot.Daemon.Control;
using KeepalivedAot.Daemon.Dumps;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Daemon.Metrics;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Daemon.Recording;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Text;
using KeepalivedAot.Daemon.Tracking;
using KeepalivedAot.Daemon.Tuning;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>The composition root: what the daemon consists of, made and put together by hand, from top to bottom.</summary>
/// <remarks>Nothing happens here. When the parts do what is the business of <see cref="DaemonLife"/>.</remarks>
internal sealed class DaemonParts : IDisposable
{
    private readonly EventLoop _loop;
    private readonly AutoPriority _autoPriority;
    private readonly DaemonLog _logs;
    private readonly StandstillWatch _standstill;
    private readonly RecordingWorld? _recording;

    public DaemonParts(DaemonOptions options, DaemonIdentity identity, DaemonFoundation foundation, StatePaths paths, ServiceSocket? service, DaemonLog logs)
    {
        _loop = foundation.Loop;
        _logs = logs;
        ProcessTuning tuning = new(options, logs.Daemon);
        _autoPriority = new AutoPriority(tuning, _loop.Lateness, logs.Daemon);
        Settings = new HostSettings(tuning, _autoPriority, new NetlinkBuffers(foundation.World, logs.Vrrp));
        Scripts = ScriptHost.Open(_loop, logs.Daemon, logs.Vrrp);
        Mail = new MailSender(new LinuxMailWorld(_loop), logs.Vrrp);
        Alerts = new MailAlerts(Mail);
        WallTimes times = new();
        EventJournal journal = new(static () => WallClock.Now, logs.Daemon) { Recorder = foundation.Recorder };
        foundation.Recorder?.Module();
        Vrrp = new VrrpModule(foundation.VrrpWorld, foundation.Interfaces, logs.Vrrp, Scripts.Notifier, Alerts, journal, foundation.Recorder) { GroupObserver = Scripts.Notifier };
        foundation.Recording?.Serve(Vrrp);
        _recording = foundation.Recording;
        Control = new ControlHost(
            _loop, Vrrp, journal, RotatingFile.At(paths.Journal), paths, times, options.ConfigurationFile, logs.Daemon);
        Service = new ServiceReports(service, _loop, Vrrp, journal, logs.Daemon);
        Trackers = new Trackers(_loop, Vrrp.Trackers, logs.Vrrp);
        Trim = new MemoryTrim(_loop.Timers, MemoryTrim.TrimProcess);
        DumpHost host = new(identity.Namespace?.FileName, identity.Instance, SystemInfo.HostName, options.Umask, SystemInfo.ProcessId);
        Dumps = new Dumps.Dumps(
            Vrrp, Scripts, Trackers, foundation.World, times, DumpNames.OfHost(identity.Suffix.TrimStart('_')), host, logs.Daemon, logs.Vrrp);
        _standstill = new StandstillWatch(_loop.Timers, () => _loop.Now, static () => SystemInfo.Uptime, Vrrp.OnSlept, journal, logs.Daemon);
        Metrics = new MetricsServer(_loop, SourceOf(foundation), logs.Daemon);
    }

    /// <summary>What <c>global_defs</c> says of the process and its sockets.</summary>
    public HostSettings Settings { get; }

    public ScriptHost Scripts { get; }

    public MailSender Mail { get; }

    public MailAlerts Alerts { get; }

    public VrrpModule Vrrp { get; }

    public Trackers Trackers { get; }

    public MemoryTrim Trim { get; }

    public ControlHost Control { get; }

    /// <summary>What others read: state, counters, JSON.</summary>
    public Dumps.Dumps Dumps { get; }

    public MetricsServer Metrics { get; }

    /// <summary>What the init system is told.</summary>
    public ServiceReports Service { get; }

    /// <summary>For the metrics.</summary>
    public ReloadCounts Reloads { get; } = new();

    /// <summary>From now on the parts have their place in each turn of the loop.</summary>
    public void JoinTurns()
    {
        _loop.AddTurnStart(_standstill);
        _loop.AddTurnStart(_recording is null ? Vrrp : _recording);
        // The order of a turn's end: first what the protocol says, then who is told of it, then what the log says of it.
        _loop.AddTurnEnd(_recording is null ? Vrrp : _recording);
        _loop.AddTurnEnd(Scripts.Notifier);
        Control.JoinTurns();
        _loop.AddTurnEnd(Service);
        _loop.AddTurnEnd(_autoPriority);
        _recording?.JoinBehind(_loop);
        _logs.Join(_loop);
        _loop.AddTurnEnd(Trim);
    }

    public void Dispose()
    {
        Control.Dispose();
        Dumps.Dispose();
        Metrics.Dispose();
        Trackers.Dispose();
        Scripts.Dispose();
        Service.Dispose();
    }

    private MetricsSource SourceOf(DaemonFoundation foundation) => new()
    {
        Vrrp = Vrrp,
        Interfaces = foundation.Interfaces,
        Lateness = _loop.Lateness,
        Now = () => _loop.Now,
        Started = WallClock.Now,
        Scripts = () => Scripts.Tracked,
        ScriptCost = Scripts.Cost,
        Turns = () => _loop.TurnCount,
        CutTurns = () => _loop.InputBudgetExhaustedCount,
        NetlinkRefusals = () => foundation.World.RefusedCount,
        Journal = Control.Journal,
        Reloads = Reloads,
        Maintenance = () => Control.Maintenance.Current,
        DroppedLines = () => _logs.DroppedCount,
    };
}
