using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>What the parts do together, and in which order: the start, a reload, the stop.</summary>
internal sealed class DaemonLife(
    DaemonOptions options, DaemonIdentity identity, DaemonFoundation foundation, DaemonParts parts, DaemonLog logs)
{
    // As long as keepalived waits for the scripts of its end.
    private static readonly Duration MailAtStop = Duration.FromSeconds(1);

    private readonly EventLoop _loop = foundation.Loop;
    private readonly Log _log = logs.Daemon;

    // What could not be read of the running configuration, which runs all the same.
    private HashSet<string> _knownErrors = [];

    // While the start is not over, or the stop has begun, there is nothing that could be reloaded.
    private bool _mayReload;
    private bool _isReloadWanted;

    private bool RunsVrrp => (options.Modules & DaemonModules.Vrrp) != 0;

    /// <summary>Takes up the first configuration.</summary>
    /// <param name="launcher">Who waits for the start to be over; null in the foreground.</param>
    public void Start(LoadResult read, Daemonizer? launcher)
    {
        if (!RunsVrrp || read.Configuration.VrrpInstances.Count == 0)
            _log.Write(LogLevel.Warning, EventIds.NothingToRun, "Warning - keepalived has no configuration to run"u8);
        StartupLines.WriteNotices(read.Configuration.GlobalDefs, _log);
        parts.Settings.Apply(read.Configuration.GlobalDefs);
        parts.Scripts.Prepare(read);
        parts.Scripts.RunStartup();
        // Whoever was told to end meanwhile need not begin.
        if (!_loop.IsStopRequested)
            parts.Scripts.OpenFifos(read.Configuration, options.Modules);
        if (RunsVrrp && !_loop.IsStopRequested)
        {
            parts.Alerts.Adopt(read, new HostFiles(), logs.Vrrp);
            parts.Trackers.Start(read.Configuration, _loop.Now);
            parts.Vrrp.Start(read.Configuration, _loop.Now);
            parts.Scripts.RunTracked(read.Configuration, parts.Vrrp);
        }
        parts.JoinTurns();
        if (options.DumpConfiguration)
            ConfigurationDump.Write(read.Configuration, _log);
        OsError failure = launcher?.ReportReady() ?? OsError.None;
        if (failure.IsError)
            _log.Write(LogLevel.Warning, EventIds.System, $"Could not leave the terminal: {failure}");
        _log.Write(LogLevel.Info, EventIds.StartupComplete, "Startup complete"u8);

        Adopt(read);
        _mayReload = true;
        if (_isReloadWanted)
            Reload();
        // Nothing may happen for a long time now that would end a turn of the loop.
        parts.Scripts.Notifier.OnTurnEnd(_loop.Now);
        // There may be keys in it.
        read.Sources.Wipe();
    }

    /// <summary>Turns the loop until somebody asks for the end.</summary>
    /// <returns>Why the loop cannot go on, if so.</returns>
    public Errno Run()
    {
        parts.Trim.Schedule(_loop.Now);
        logs.Lines.Begin();
        Errno error = _loop.Run();
        logs.Lines.End();
        if (error != Errno.None)
            _log.Write(LogLevel.Error, EventIds.System, $"The event loop ended: {new ErrnoText(error)}");
        return error;
    }

    /// <summary>Goes over to the configuration as it is on disk now; during the start, when that is over.</summary>
    public void RequestReload()
    {
        if (_mayReload)
            Reload();
        else
            _isReloadWanted = true;
    }

    public void Stop()
    {
        _log.Write(LogLevel.Info, EventIds.Stopping, "Stopping"u8);
        _mayReload = false;
        parts.Scripts.Stop(() => parts.Vrrp.Stop(options.KeepAddressesAtStop, _loop.Now));
        parts.Scripts.RunShutdown();
        // keepalived ends before its mails of the end have left.
        if (parts.Mail.IsBusy)
            _loop.RunUntil(_loop.Now + MailAtStop, () => !parts.Mail.IsBusy);
        parts.Mail.GiveUp();
    }

    private void Reload()
    {
        logs.OpenFiles(identity.Suffix);
        _log.Write(LogLevel.Info, EventIds.Reloading, "Reloading ..."u8);
        parts.Settings.RelaxForReload();
        LoadResult read = foundation.Reader.Load(isTest: false);
        string? changed = read.CanRun ? identity.FixedDifference(DaemonIdentity.Of(options, read.Configuration)) : null;
        // What is for another namespace need not be compared with this one.
        if (changed is null)
            read = foundation.Reader.CheckAgainstHost(read, isTest: false);
        ConfigurationReader.Log(read, _log);
        // keepalived would go on with what it understood of a wrong file, and a typing error becomes an election. A start has no
        // choice but to do so too; a reload has the old configuration. What was wrong already is no reason to refuse anything, nor is
        // what was understood and is decided by rules: a script that nothing tracks, a group of one.
        if (!read.CanRun || !ErrorsOf(read).IsSubsetOf(_knownErrors))
            Refuse(read, "the new configuration is wrong");
        else if (changed is not null)
            RefuseChangeOf(changed, read);
        else
            GoOverTo(read);
        read.Sources.Wipe();
    }

    private void RefuseChangeOf(string what, LoadResult read)
    {
        _log.Write(LogLevel.Error, EventIds.ReloadRefused, $"Cannot change {what} at a reload - please restart keepalived");
        Refuse(read, "the new configuration needs a restart");
    }

    private void Refuse(LoadResult read, string why)
    {
        _log.Write(LogLevel.Error, EventIds.ReloadRefused, $"Reload refused: {why}, the running one stays");
        parts.Vrrp.ForgetInterfaces();
        parts.Settings.Restore();
        foreach (VrrpInstanceBlock instance in read.Configuration.VrrpInstances)
            instance.WipeSecrets();
    }

    private void GoOverTo(LoadResult read)
    {
        Adopt(read);
        parts.Scripts.Prepare(read);
        parts.Scripts.OpenFifos(read.Configuration, options.Modules);
        if (RunsVrrp)
        {
            // What the reload brings about is mailed as the new configuration has it.
            parts.Alerts.Adopt(read, new HostFiles(), _log);
            parts.Trackers.Reload(read.Configuration, _loop.Now);
            parts.Vrrp.Reload(read.Configuration, _loop.Now);
            parts.Scripts.RunTracked(read.Configuration, parts.Vrrp);
        }
        parts.Scripts.EndReload(parts.Vrrp);
        parts.Settings.Apply(read.Configuration.GlobalDefs);
        _log.Write(LogLevel.Info, EventIds.ReloadComplete, "Reload complete"u8);
        parts.Trim.Schedule(_loop.Now);
    }

    private void Adopt(LoadResult running)
    {
        _knownErrors = ErrorsOf(running);
        logs.Apply(running.Settings.Log);
        parts.Trim.Apply(running.Settings);
        parts.Vrrp.Apply(running.Settings);
    }

    private static HashSet<string> ErrorsOf(LoadResult read)
        => [.. read.Diagnostics.Where(static d => d.Severity == Severity.Error && d.Kind.IsOfReading).Select(d => $"{d.Code} {d.Message}")];
}
