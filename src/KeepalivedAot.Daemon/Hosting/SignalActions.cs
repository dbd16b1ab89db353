using KeepalivedAot.Base.Logging;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>What each signal makes the daemon do (daemon.md, "Signals").</summary>
internal sealed class SignalActions(
    DaemonOptions options, EventLoop loop, VrrpModule vrrp, ScriptHost scripts, ConfigurationReader reader, MemoryTrim trim, Log log)
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
            default:
                log.Write(LogLevel.Info, EventIds.SignalIgnored, $"{SignalNumber.NameOf(number)}: this release writes no dumps yet");
                break;
        }
    }

    private void Reload()
    {
        log.Write(LogLevel.Info, EventIds.Reloading, "Reloading ..."u8);
        LoadResult read = reader.Read(isTest: false);
        ConfigurationReader.Log(read, log);
        // keepalived would go on with what it understood of a wrong file, and a typing error becomes an election. A start has no
        // choice but to do so too; a reload has the old configuration. What was wrong already is no reason to refuse anything.
        if (!read.CanRun || !ErrorsOf(read).IsSubsetOf(_knownErrors))
        {
            log.Write(LogLevel.Error, EventIds.ReloadRefused, "Reload refused: the new configuration is wrong, the running one stays"u8);
            vrrp.ForgetInterfaces();
            return;
        }
        Adopt(read);
        scripts.Prepare(read);
        if ((options.Modules & DaemonModules.Vrrp) != 0)
        {
            scripts.OpenFifos(read.Configuration);
            vrrp.Reload(read.Configuration, loop.Now);
            scripts.RunTracked(read.Configuration, vrrp);
        }
        scripts.EndReload(vrrp);
        log.Write(LogLevel.Info, EventIds.ReloadComplete, "Reload complete"u8);
        trim.Schedule(loop.Now);
    }

    private static HashSet<string> ErrorsOf(LoadResult read)
        => [.. read.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => $"{d.Code} {d.Message}")];

    private void LogMeasurements()
    {
        log.Write(LogLevel.Info, EventIds.Measurements, $"allocated bytes: {GC.GetAllocatedBytesForCurrentThread()}");
        WakeupLateness late = loop.Lateness;
        log.Write(LogLevel.Info, EventIds.Measurements,
            $"script runs: {scripts.Cost.Runs}, half of the last ones held the loop less than {scripts.Cost.Median().WholeMicroseconds} us, the worst of all {scripts.Cost.Longest.WholeMicroseconds} us");
        log.Write(LogLevel.Info, EventIds.Measurements,
            $"wake-ups: {late.Count}, half of them less than {late.Quantile(500).WholeMicroseconds} us late, 99 % less than {late.Quantile(990).WholeMicroseconds} us, the latest {late.Max.WholeMicroseconds} us");
    }
}
