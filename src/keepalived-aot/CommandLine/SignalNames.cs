using System.Globalization;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.CommandLine;

/// <summary><c>--signum=NAME</c>: the numbers of keepalived's signals, for scripts.</summary>
internal static class SignalNames
{
    public static int Print(string name)
    {
        int number = name switch
        {
            "STOP" => SignalNumber.SIGTERM,
            "RELOAD" => SignalNumber.SIGHUP,
            "DATA" => SignalNumber.SIGUSR1,
            "STATS" => SignalNumber.SIGUSR2,
            "STATS_CLEAR" => SignalNumber.StatsClear,
            "JSON" => SignalNumber.Json,
            _ => 0,
        };
        if (number == 0)
        {
            StandardStreams.WriteError($"Unknown sigfunc {name}\n");
            return ExitCode.Failure;
        }
        StandardStreams.WriteOutput(string.Create(CultureInfo.InvariantCulture, $"{number}\n"));
        return ExitCode.Success;
    }
}
