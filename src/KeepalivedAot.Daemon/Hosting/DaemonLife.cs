using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Writing;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Daemon.Planning;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>What the parts do together, and in which order: the start, a reload, the stop.</summary>
/// <remarks>Partial files: the reload (<c>Reload</c>), and what one would do (<c>Plan</c>).</remarks>
internal sealed partial class DaemonLife
{
    // As long as keepalived waits for the scripts of its end.
    private static readonly Duration MailAtStop = Duration.FromSeconds(1);

    private readonly DaemonOptions _options;
    private readonly DaemonIdentity _identity;
    private readonly DaemonFoundation _foundation;
    private readonly DaemonParts _parts;
    private readonly DaemonLog _logs;
    private readonly EventLoop _loop;
    private readonly Log _log;

    public DaemonLife(DaemonOptions options, DaemonIdentity identity, DaemonFoundation foundation, DaemonParts parts, DaemonLog logs)
    {
        _options = options;
        _identity = identity;
        _foundation = foundation;
        _parts = parts;
        _logs = logs;
        _loop = foundation.Loop;
        _log = logs.Daemon;
        _reading = new ReloadReading(_loop, foundation.Reader);
        _schedule = new ReloadSchedule(_loop, () => RequestReload(), _log);
        _watch = new ReloadWatch(_loop, foundation.Files, () => RequestReload(), _log);
    }

    // What is left of the start until the first advertisements have left; null before and behind.
    private Action? _rest;

    private bool RunsVrrp => (_options.Modules & DaemonModules.Vrrp) != 0;

    /// <summary>Takes up the first configuration; the rest of the start comes in the loop, behind the first advertisements.</summary>
    /// <param name="launcher">Who waits for the start to be over; null in the foreground.</param>
    public void Start(LoadResult read, Daemonizer? launcher)
    {
        if (!RunsVrrp || read.Configuration.VrrpInstances.Count == 0)
            _log.Write(LogLevel.Warning, EventIds.NothingToRun, "Warning - keepalived has no configuration to run"u8);
        // Routers wipe the keys that it is to be compared by; without any that can wait until they have spoken.
        if (read.Configuration.VrrpInstances.Exists(static instance => instance.HasKeys))
            _running = PlannedSide.Of(read, _identity, keepsText: false);
        StartupLines.WriteNotices(read.Configuration.GlobalDefs, _log);
        _parts.Settings.Apply(read.Configuration.GlobalDefs);
        _parts.Control.Journal.Write(JournalKinds.Started, $"{ProductVersion.Line} started");
        _parts.Scripts.Prepare(read);
        _parts.Scripts.RunStartup();
        // Whoever was told to end meanwhile need not begin.
        if (!_loop.IsStopRequested)
            _parts.Scripts.OpenFifos(read.Configuration, _options.Modules);
        // What there is to say of it comes behind the first advertisements.
        _logs.Lines.Begin();
        if (RunsVrrp && !_loop.IsStopRequested)
        {
            _parts.Alerts.Adopt(read, new HostFiles(), _logs.Vrrp);
            _parts.Control.Maintenance.Resume(_loop.Now);
            _parts.Trackers.Start(read.Configuration, _loop.Now);
            _parts.Vrrp.Start(read.Configuration, _loop.Now);
            _parts.Scripts.RunTracked(read.Configuration, _parts.Vrrp);
        }
        Adopt(read);
        _parts.JoinTurns();
        _rest = () => Complete(read, launcher);
        // Owners are due already: they come before the first of these steps, and have advertised before the second.
        _reading.Then(() => _reading.Then(CompleteStart));
    }

    private void CompleteStart()
    {
        Action? rest = _rest;
        _rest = null;
        rest?.Invoke();
    }

    private void Complete(LoadResult read, Daemonizer? launcher)
    {
        // Whoever is told that the daemon is ready may ask it at once.
        _parts.Control.Adopt(read.Settings, _loop.Now);
        if (_options.DumpConfiguration)
            ConfigurationDump.Write(read.Configuration, _log);
        OsError failure = launcher?.ReportReady() ?? OsError.None;
        if (failure.IsError)
            _log.Write(LogLevel.Warning, EventIds.System, $"Could not leave the terminal: {failure}");
        _log.Write(LogLevel.Info, EventIds.StartupComplete, "Startup complete"u8);

        _parts.Service.OnStarted();
        _watch.OnRead(_watchesFiles);
        if (_running is null)
            CompareLater(read);
        else
            AllowReload();
        // There may be keys in it.
        read.Sources.Wipe();
    }

    private void CompareLater(LoadResult read)
    {
        ConfigurationPrinting printing = new(read.Configuration);
        _reading.InSlices(printing.Next, () =>
        {
            _running = PlannedSide.Of(read, printing, _identity, keepsText: false);
            AllowReload();
        });
    }

    private void AllowReload()
    {
        _mayReload = true;
        ReloadIfWanted();
    }

    /// <summary>Turns the loop until somebody asks for the end.</summary>
    /// <returns>Why the loop cannot go on, if so.</returns>
    public Errno Run()
    {
        _parts.Trim.Schedule(_loop.Now);
        Errno error = _loop.Run();
        // Somebody asked for the end before the start was over.
        CompleteStart();
        _logs.Lines.End();
        if (error != Errno.None)
            _log.Write(LogLevel.Error, EventIds.System, $"The event loop ended: {new ErrnoText(error)}");
        return error;
    }

    public void Stop()
    {
        _log.Write(LogLevel.Info, EventIds.Stopping, "Stopping"u8);
        _parts.Control.Journal.Write(JournalKinds.Stopping, "told to stop");
        _parts.Service.OnStopping();
        _mayReload = false;
        AbandonReload();
        _parts.Scripts.Stop(() => _parts.Vrrp.Stop(_options.KeepAddressesAtStop, _loop.Now));
        _parts.Scripts.RunShutdown();
        // keepalived ends before its mails of the end have left.
        if (_parts.Mail.IsBusy)
            _loop.RunUntil(_loop.Now + MailAtStop, () => !_parts.Mail.IsBusy);
        _parts.Mail.GiveUp();
    }

    private void Adopt(LoadResult running)
    {
        _knownErrors = ReadingErrors.Of(running);
        _watchesFiles = running.Settings.WatchesFiles;
        _logs.Apply(running.Settings.Log);
        _parts.Trim.Apply(running.Settings);
        _parts.Vrrp.Apply(running.Settings);
        _schedule.Adopt(running.Configuration.GlobalDefs);
        _parts.Dumps.Adopt(running.Configuration);
        _parts.Metrics.Apply(running.Settings);
    }
}
