using System.Runtime;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Daemon.Alerts;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Tracking;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>The composition root: everything is made and put together here, by hand, from top to bottom.</summary>
public static class DaemonHost
{
    private const string RecordDirectory = "/run/keepalived";
    private const uint RecordDirectoryMode = 0x1ED; // 0755

    // As long as keepalived waits for the scripts of its end.
    private static readonly Duration MailAtStop = Duration.FromSeconds(1);

    /// <summary>Runs the daemon to its end.</summary>
    /// <returns>The exit status of the process.</returns>
    public static int Run(DaemonOptions options)
    {
        if (options.ConfigurationTest)
            return ConfigurationTest.Run(options);

        // No collection beside ours, and so no thread for one, whatever the environment asks the runtime for.
        GCSettings.LatencyMode = GCLatencyMode.Batch;
        SignalMask.BlockEverywhere();
        StandardStreams.EnsureOpen();
        Daemonizer? launcher = options.Foreground ? null : Daemonizer.Adopt();
        if (!options.Foreground && launcher is null)
            return Launch();
        FileSystem.SetCreationMask(options.Umask ?? DaemonOptions.DefaultUmask);

        DaemonLog logs = new(options);
        int status;
        try
        {
            status = Run(options, launcher, logs);
        }
        catch (Exception e)
        {
            // A defect of ours. The addresses stay recorded, so the next start cleans up.
            logs.Lines.End();
            logs.Daemon.Write(LogLevel.Error, EventIds.InternalError, $"Internal error: {e.GetType().Name}: {e.Message}");
            status = ExitCode.InternalError;
        }
        launcher?.ReportFailure(status);
        return status;
    }

    private static int Launch()
    {
        int status = Daemonizer.Launch(out OsError failure);
        if (failure.IsError)
            StandardStreams.WriteError($"Cannot start in the background: {failure}\n");
        return status;
    }

    private static int Run(DaemonOptions options, Daemonizer? launcher, DaemonLog logs)
    {
        Log log = logs.Daemon;
        Log vrrpLog = logs.Vrrp;
        StartupLines.Write(options, log);

        using EventLoop? loop = EventLoop.Open(out OsError failure);
        if (loop is null)
            return Fail(log, failure);

        string configurationFile = Path.GetFullPath(options.ConfigurationFile);
        InterfaceTable interfaces = new(vrrpLog) { LogsAddresses = options.LogAddressChanges };
        string? recordPath = MakeRecordPath(options, log);
        using LinuxVrrpWorld? world = LinuxVrrpWorld.Open(loop, recordPath, out failure);
        if (world is null)
            return Fail(log, failure);
        vrrpLog.Write(LogLevel.Info, EventIds.Registering, "Registering Kernel netlink command channel"u8);
        failure = world.Observe(interfaces);
        if (failure.IsError)
            return Fail(log, failure);
        vrrpLog.Write(LogLevel.Info, EventIds.Registering, "Registering Kernel netlink reflector"u8);

        ConfigurationReader reader = new(
            configurationFile, options.SettingsFile, interfaces, world.TakeSnapshot, new HostConfigFiles(), HostLoading.For(options));
        LoadResult read = reader.Read(isTest: false);
        ConfigurationReader.Log(read, log);
        if (read.StartExitStatus != ExitCode.Success)
        {
            // Whoever started the daemon from a terminal sees why it is not there.
            if (!options.LogToConsole || !options.Foreground)
                StandardStreams.WriteError(new DiagnosticRenderer(read.Sources).Render(read.Diagnostics));
            return read.StartExitStatus;
        }

        ProcessTuning tuning = new(options, log);
        AutoPriority autoPriority = new(tuning, loop.Lateness, log);
        HostSettings settings = new(tuning, autoPriority, new NetlinkBuffers(world, vrrpLog));
        PidFiles pidFiles = new(log);
        if (pidFiles.Take(options, read.Configuration.UsePidDirectory) is { } exitStatus)
            return exitStatus;
        failure = world.OpenFrames();
        if (failure.IsError)
        {
            pidFiles.Remove();
            return Fail(log, failure);
        }
        vrrpLog.Write(LogLevel.Info, EventIds.Registering, "Registering gratuitous ARP shared channel"u8);
        vrrpLog.Write(LogLevel.Info, EventIds.Registering, "Registering gratuitous NDISC shared channel"u8);

        using ScriptHost scripts = ScriptHost.Open(loop, log, vrrpLog);
        MailSender mail = new(new LinuxMailWorld(loop), vrrpLog);
        MailAlerts alerts = new(mail);
        VrrpModule vrrp = new(world, interfaces, vrrpLog, scripts.Notifier, alerts) { GroupObserver = scripts.Notifier };
        using Trackers trackers = new(loop, vrrp.Trackers, vrrpLog);
        MemoryTrim trim = new(loop.Timers);
        SignalActions signals = new(options, loop, vrrp, trackers, scripts, alerts, reader, settings, trim, log);
        using SignalSource? signalSource = SignalSource.Open(signals, out failure);
        if (!failure.IsError)
            failure = new OsError("epoll_ctl", "signalfd", loop.Add(signalSource!.Fd, signalSource, SourceOrder.AfterInput));
        if (failure.IsError)
        {
            pidFiles.Remove();
            return Fail(log, failure);
        }

        if ((options.Modules & DaemonModules.Vrrp) == 0 || read.Configuration.VrrpInstances.Count == 0)
            log.Write(LogLevel.Warning, EventIds.NothingToRun, "Warning - keepalived has no configuration to run"u8);
        StartupLines.WriteNotices(read.Configuration.GlobalDefs, log);
        settings.Apply(read.Configuration.GlobalDefs);
        scripts.Prepare(read);
        scripts.RunStartup();
        // Whoever was told to end meanwhile need not begin.
        if ((options.Modules & DaemonModules.Vrrp) != 0 && !loop.IsStopRequested)
        {
            alerts.Adopt(read, new HostFiles(), vrrpLog);
            scripts.OpenFifos(read.Configuration);
            trackers.Start(read.Configuration, loop.Now);
            vrrp.Start(read.Configuration, loop.Now);
            scripts.RunTracked(read.Configuration, vrrp);
        }
        loop.AddTurnStart(vrrp);
        // The order of a turn's end: first what the protocol says, then who is told of it, then what the log says of it.
        loop.AddTurnEnd(vrrp);
        loop.AddTurnEnd(scripts.Notifier);
        loop.AddTurnEnd(autoPriority);
        loop.AddTurnEnd(logs.Lines);
        if (options.DumpConfiguration)
            ConfigurationDump.Write(read.Configuration, log);
        failure = launcher?.ReportReady() ?? OsError.None;
        if (failure.IsError)
            log.Write(LogLevel.Warning, EventIds.System, $"Could not leave the terminal: {failure}");
        log.Write(LogLevel.Info, EventIds.StartupComplete, "Startup complete"u8);

        signals.Adopt(read);
        signals.AllowReload();
        // Nothing may happen for a long time now that would end a turn of the loop.
        scripts.Notifier.OnTurnEnd(loop.Now);
        // There may be keys in it.
        read.Sources.Wipe();
        // What the start needed is garbage now; from here on nothing is allocated while nothing changes.
        read = null!;
        trim.Schedule(loop.Now);
        logs.Lines.Begin();
        Errno error = loop.Run();
        logs.Lines.End();
        if (error != Errno.None)
            log.Write(LogLevel.Error, EventIds.System, $"The event loop ended: {new ErrnoText(error)}");

        log.Write(LogLevel.Info, EventIds.Stopping, "Stopping"u8);
        signals.ForbidReload();
        scripts.Stop(() => vrrp.Stop(options.KeepAddressesAtStop, loop.Now));
        scripts.RunShutdown();
        SendLastMails(loop, mail);
        pidFiles.Remove();
        StartupLines.WriteEnd(log, vrrpLog);
        return error == Errno.None ? ExitCode.Success : ExitCode.InternalError;
    }

    // keepalived ends before its mails of the end have left.
    private static void SendLastMails(EventLoop loop, MailSender mail)
    {
        if (mail.IsBusy)
            loop.RunUntil(loop.Now + MailAtStop, () => !mail.IsBusy);
        mail.GiveUp();
    }

    // One record for each daemon: several of them, told apart by their pid files, may run side by side.
    private static string? MakeRecordPath(DaemonOptions options, Log log)
    {
        OsError failure = FileSystem.MakeDirectory(RecordDirectory, RecordDirectoryMode);
        if (failure.IsError)
        {
            log.Write(LogLevel.Warning, EventIds.KernelRecord, $"No record of kernel objects will be kept: {failure}");
            return null;
        }
        string pidFile = Path.GetFullPath(options.VrrpPidFile ?? "/run/vrrp.pid");
        return $"{RecordDirectory}/kernel{pidFile.Replace('/', '-')}.record";
    }

    private static int Fail(Log log, OsError failure)
    {
        log.Write(LogLevel.Error, EventIds.System, $"Cannot start: {failure}");
        return failure.Errno is Errno.EPERM or Errno.EACCES ? ExitCode.MissingPermission : ExitCode.Failure;
    }
}
