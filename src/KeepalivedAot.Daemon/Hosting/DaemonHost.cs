using System.Runtime;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Daemon.Tuning;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>Begins and ends the process: terminal, log, pid files, exit status. In between lies the <see cref="DaemonLife"/>.</summary>
public static class DaemonHost
{
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
        StartupLines.Write(options, logs.Daemon);
        using DaemonFoundation? foundation = DaemonFoundation.Open(options, logs, out OsError failure);
        if (foundation is null)
            return Fail(logs.Daemon, failure);
        LoadResult read = foundation.Reader.Read(isTest: false);
        ConfigurationReader.Log(read, logs.Daemon);
        if (read.StartExitStatus != ExitCode.Success)
        {
            // Whoever started the daemon from a terminal sees why it is not there.
            if (!options.LogToConsole || !options.Foreground)
                StandardStreams.WriteError(new DiagnosticRenderer(read.Sources).Render(read.Diagnostics));
            return read.StartExitStatus;
        }
        PidFiles pidFiles = new(logs.Daemon);
        if (pidFiles.Take(options, read.Configuration.UsePidDirectory) is { } exitStatus)
            return exitStatus;
        failure = foundation.OpenFrames();
        if (failure.IsError)
        {
            pidFiles.Remove();
            return Fail(logs.Daemon, failure);
        }

        using DaemonParts parts = new(options, foundation, logs);
        DaemonLife life = new(options, foundation, parts, logs);
        SignalActions actions = new(options, foundation.Loop, life, new Measurements(foundation.Loop, parts, logs.Daemon), logs.Daemon);
        using SignalSource? signals = actions.Listen(out failure);
        if (signals is null)
        {
            pidFiles.Remove();
            return Fail(logs.Daemon, failure);
        }
        life.Start(read, launcher);
        // What the start needed is garbage now; from here on nothing is allocated while nothing changes.
        read = null!;
        Errno error = life.Run();
        life.Stop();
        pidFiles.Remove();
        StartupLines.WriteEnd(logs.Daemon, logs.Vrrp);
        return error == Errno.None ? ExitCode.Success : ExitCode.InternalError;
    }

    private static int Fail(Log log, OsError failure)
    {
        log.Write(LogLevel.Error, EventIds.System, $"Cannot start: {failure}");
        return failure.Errno is Errno.EPERM or Errno.EACCES ? ExitCode.MissingPermission : ExitCode.Failure;
    }
}
