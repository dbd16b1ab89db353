using KeepalivedAot.Base.Logging;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Daemon.Alerts;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Tracking;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Vrrp;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>What each signal makes the daemon do (daemon.md, "Signals").</summary>
internal sealed class SignalActions(
    DaemonOptions options, EventLoop loop, VrrpModule vrrp, Trackers trackers, ScriptHost scripts, MailAlerts alerts,
    ConfigurationReader reader, HostSettings settings, MemoryTrim trim, Log log)
    : ISignalHandler
{
    /// <summary>Set to 1, SIGUSR2 logs what the loop and the allocator have done: for the tests and the benchmarks.</summary>
    private const string MeasurementsVariable = "KEEPALIVED_AOT_ALLOCATIONS";

    // What is wrong with the running configuration, and runs all the same.
    private HashSet<string> _knownErrors = [];

    // While the start is not over, or the stop has begun, there is nothing that could be reloaded.
    private bool _mayReload;
    private bool _isReloadWanted;

    private readonly bool _measures = Environment.GetEnvironmentVariable(MeasurementsVariable) == "1";

    /// <summary>The configuration that runs from now on.</summary>
    public void Adopt(LoadResult running)
    {
        _knownErrors = ErrorsOf(running);
        trim.Apply(running.Settings);
    }

    /// <summary>The start is over. A reload that was asked for meanwhile is done now.</summary>
    public void AllowReload()
    {
        _mayReload = true;
        if (_isReloadWanted)
            Reload();
    }

    public void ForbidReload() => _mayReload = false;

    public void OnSignal(int number, int senderPid)
    {
        switch (number)
        {
            case SignalNumber.SIGINT when options.IgnoreInterrupt:
                break;
            case SignalNumber.SIGTERM or SignalNumber.SIGINT:
                loop.RequestStop();
                break;
            case SignalNumber.SIGHUP when !_mayReload:
                _isReloadWanted = true;
                break;
            case SignalNumber.SIGHUP:
                Reload();
                break;
            case SignalNumber.SIGUSR2 when _measures:
                LogMeasurements();
                break;
            case SignalNumber.SIGCHLD:
                break;
            case SignalNumber.SIGXCPU:
                log.Write(LogLevel.Warning, EventIds.TimeLimitNear,
                    "More than half of vrrp_rlimit_rttime was used without a pause; beyond it the kernel ends the daemon"u8);
                break;
            default:
                log.Write(LogLevel.Info, EventIds.SignalIgnored, $"{SignalNumber.NameOf(number)}: this release writes no dumps yet");
                break;
        }
    }

    private void Reload()
    {
        log.Write(LogLevel.Info, EventIds.Reloading, "Reloading ..."u8);
        settings.RelaxForReload();
        LoadResult read = reader.Read(isTest: false);
        ConfigurationReader.Log(read, log);
        // keepalived would go on with what it understood of a wrong file, and a typing error becomes an election. A start has no
        // choice but to do so too; a reload has the old configuration. What was wrong already is no reason to refuse anything.
        if (!read.CanRun || !ErrorsOf(read).IsSubsetOf(_knownErrors))
        {
            log.Write(LogLevel.Error, EventIds.ReloadRefused, "Reload refused: the new configuration is wrong, the running one stays"u8);
            vrrp.ForgetInterfaces();
            settings.Restore();
            foreach (VrrpInstanceBlock instance in read.Configuration.VrrpInstances)
                instance.WipeSecrets();
            read.Sources.Wipe();
            return;
        }
        Adopt(read);
        scripts.Prepare(read);
        if ((options.Modules & DaemonModules.Vrrp) != 0)
        {
            scripts.OpenFifos(read.Configuration);
            // What the reload brings about is mailed as the new configuration has it.
            alerts.Adopt(read, new HostFiles(), log);
            trackers.Reload(read.Configuration, loop.Now);
            vrrp.Reload(read.Configuration, loop.Now);
            scripts.RunTracked(read.Configuration, vrrp);
        }
        scripts.EndReload(vrrp);
        settings.Apply(read.Configuration.GlobalDefs);
        read.Sources.Wipe();
        log.Write(LogLevel.Info, EventIds.ReloadComplete, "Reload complete"u8);
        trim.Schedule(loop.Now);
    }

    private static HashSet<string> ErrorsOf(LoadResult read)
        => [.. read.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => $"{d.Code} {d.Message}")];

    private static string Describe(VrrpCounters c)
        => $"received {c.AdvertRcvd}, sent {c.AdvertSent}, length {c.PacketLenErr}, ttl {c.IpTtlErr}, version {c.VersErr}, "
            + $"type {c.InvalidTypeRcvd}, checksum {c.ChkErr}, authentication {c.InvalidAuthtype + c.AuthtypeMismatch + c.AuthFailure}, "
            + $"interval {c.AdvertIntervalErr}, addresses {c.AddrListErr}";

    private void LogMeasurements()
    {
        log.Write(LogLevel.Info, EventIds.Measurements, $"allocated bytes: {GC.GetAllocatedBytesForCurrentThread()}");
        foreach (VrrpInstance instance in vrrp.Instances)
            log.Write(LogLevel.Info, EventIds.Measurements, $"({instance.Name}) {Describe(instance.Router.Counters)}");
        WakeupLateness late = loop.Lateness;
        log.Write(LogLevel.Info, EventIds.Measurements,
            $"script runs: {scripts.Cost.Runs}, half of the last ones held the loop less than {scripts.Cost.Median().WholeMicroseconds} us, the worst of all {scripts.Cost.Longest.WholeMicroseconds} us");
        log.Write(LogLevel.Info, EventIds.Measurements,
            $"wake-ups: {late.Count}, half of them less than {late.Quantile(500).WholeMicroseconds} us late, 99 % less than {late.Quantile(990).WholeMicroseconds} us, the latest {late.Max.WholeMicroseconds} us");
    }
}
