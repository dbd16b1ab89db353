using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Dumps;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>What each signal makes the daemon do (daemon.md, "Signals").</summary>
internal sealed class SignalActions(DaemonOptions options, EventLoop loop, DaemonLife life, Dumps.Dumps dumps, Measurements measurements, Log log)
    : ISignalHandler
{
    /// <summary>Has signals come through the loop.</summary>
    public SignalSource? Listen(out OsError failure)
    {
        SignalSource? source = SignalSource.Open(this, out failure);
        if (source is null)
            return null;
        failure = OsError.Of("epoll_ctl", "signalfd", loop.Add(source.Fd, source, SourceOrder.AfterInput));
        if (!failure.IsError)
            return source;
        source.Dispose();
        return null;
    }

    public void OnSignal(int number, int senderPid)
    {
        switch (number)
        {
            case SignalNumber.SIGINT when options.IgnoreInterrupt:
                break;
            case SignalNumber.SIGTERM or SignalNumber.SIGINT:
                loop.RequestStop();
                break;
            case SignalNumber.SIGHUP:
                life.RequestReload();
                break;
            case SignalNumber.SIGUSR1:
                dumps.Begin(DumpKind.Data);
                break;
            // A dump would be measured with the rest.
            case SignalNumber.SIGUSR2 when measurements.AreWanted:
                measurements.Write();
                break;
            case SignalNumber.SIGUSR2:
                dumps.Begin(DumpKind.Statistics);
                break;
            // The last one is for keepalived's threads, of which only its builds for debugging tell.
            case SignalNumber.SIGCHLD or SignalNumber.ThreadDump:
                break;
            case SignalNumber.SIGXCPU:
                log.Write(LogLevel.Warning, EventIds.TimeLimitNear,
                    "More than half of vrrp_rlimit_rttime was used without a pause; beyond it the kernel ends the daemon"u8);
                break;
            case SignalNumber.Json:
                dumps.Begin(DumpKind.Json);
                break;
            case SignalNumber.StatsClear:
                dumps.Begin(DumpKind.StatisticsThenClear);
                break;
            default:
                log.Write(LogLevel.Info, EventIds.SignalIgnored, $"{SignalNumber.NameOf(number)} is ignored");
                break;
        }
    }
}
