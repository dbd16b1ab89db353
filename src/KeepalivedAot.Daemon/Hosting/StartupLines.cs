using KeepalivedAot.Base.Logging;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>The first and the last lines of a run, in keepalived's words.</summary>
internal static class StartupLines
{
    private const int LongestCommandLine = 80;

    public static void Write(DaemonOptions options, Log log)
    {
        log.Write(LogLevel.Info, EventIds.Starting, $"Starting {ProductVersion.Line}");
        KernelVersion kernel = SystemInfo.Kernel;
        log.Write(LogLevel.Info, EventIds.RunningOn, $"Running on {kernel.System} {kernel.Release} {kernel.Version}");
        WriteCommandLine(options.CommandLine, log);
        log.Write(LogLevel.Info, EventIds.ConfigurationFile, $"Configuration file {options.ConfigurationFile}");
        foreach (string option in options.WithoutEffect)
            log.Write(LogLevel.Warning, EventIds.OptionWithoutEffect, $"Option {option} has no effect in this release");
    }

    /// <summary>What keepalived says as soon as it has read the global settings.</summary>
    public static void WriteNotices(GlobalDefsBlock globals, Log log)
    {
        if (globals.MaxAutoPriority == 0)
            log.Write(LogLevel.Info, EventIds.AutoPriorityUnset,
                "NOTICE: setting config option max_auto_priority should result in better keepalived performance"u8);
    }

    public static void WriteEnd(Log log, Log vrrpLog)
    {
        CpuUsage used = SystemInfo.OwnCpuUsage;
        vrrpLog.Write(LogLevel.Info, EventIds.Stopped, $"Stopped - used {used.User} user time, {used.System} system time");
        log.Write(LogLevel.Info, EventIds.Stopped, $"Stopped {ProductVersion.Line}");
    }

    // Wrapped as keepalived does, so that long command lines do not become one long line.
    private static void WriteCommandLine(IReadOnlyList<string> words, Log log)
    {
        string line = "Command line:";
        foreach (string word in words)
        {
            if (line.Length + word.Length > LongestCommandLine)
            {
                log.Write(LogLevel.Info, EventIds.CommandLine, $"{line}");
                line = "             ";
            }
            line += $" '{word}'";
        }
        log.Write(LogLevel.Info, EventIds.CommandLine, $"{line}");
    }
}
