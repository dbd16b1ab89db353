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
using KeepalivedAot.Linux.Namespaces;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>Begins and ends the process: terminal, log, pid files, exit status. In between lies the <see cref="DaemonLife"/>.</summary>
public static class DaemonHost
{
    // A thousand instances come to less, until they have advertised.
    private const long Uncollected = 12 << 20;

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
        Collections.PutOff(options.ConfigurationFile, Uncollected);

        DaemonLog logs = new(options, DaemonLog.SettingsFor(options, new HostConfigFiles()));
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
        logs.End();
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
        // Where the daemon works stands in the configuration, so the text of that is read before anything is opened.
        SeenFiles files = new(new HostConfigFiles());
        LoadResult read = ConfigurationReader.Load(
            Path.GetFullPath(options.ConfigurationFile), options.SettingsFile, files, HostLoading.For(options), isTest: false);
        DaemonIdentity identity = DaemonIdentity.Of(options, read.Configuration);
        if (identity.Suffix.Length > 0)
            TakeName(options, identity, read, logs);
        logs.OpenFiles(identity.Suffix);
        using ServiceSocket? service = ServiceReports.OpenSocket(logs.Daemon);
        if (identity.Namespace?.Enter() is { IsError: true } refusal)
            return FailToEnter(options, identity.Namespace, read, refusal, logs.Daemon);
        using RunDirectory directory = RunDirectory.Open(identity.Namespace, logs.Daemon, out OsError failure);
        if (failure.IsError && identity.UsesOwnDirectory)
            return Fail(logs.Daemon, failure);
        using DaemonFoundation? foundation = DaemonFoundation.Open(options, files, identity, directory, logs, out failure);
        if (foundation is null)
            return Fail(logs.Daemon, failure);
        foundation.World.MakeRecordDirectory = directory.MakeAgain;
        NamespaceChecks.LookForIpvs(read);
        foundation.Recorder?.Configuration(read);
        read = foundation.Reader.CheckAgainstHost(read, isTest: false);
        if (Log(options, read, logs.Daemon) != ExitCode.Success)
            return read.StartExitStatus;
        if (!Privileges.Check(options, read.Configuration, logs.Daemon))
            return ExitCode.MissingPermission;
        PidFiles pidFiles = new(logs.Daemon);
        if (pidFiles.Take(options, identity, directory) is { } exitStatus)
            return exitStatus;
        failure = foundation.OpenFrames();
        if (failure.IsError)
        {
            pidFiles.Remove();
            return Fail(logs.Daemon, failure);
        }

        using DaemonParts parts = new(options, identity, foundation, StatePaths.Of(options, identity, directory.Path), service, logs);
        DaemonLife life = new(options, identity, foundation, parts, logs);
        parts.Control.Daemon = new DaemonCommands(life, parts.Dumps, logs);
        parts.Control.Status.LastReload = () => life.LastReload;
        SignalActions actions = new(options, foundation.Loop, life, parts.Dumps, new Measurements(foundation.Loop, parts, logs.Daemon), logs.Daemon);
        using SignalSource? signals = actions.Listen(out failure);
        if (signals is null)
        {
            pidFiles.Remove();
            return Fail(logs.Daemon, failure);
        }
        Privileges.Reduce(identity, logs.Daemon);
        life.Start(read, launcher);
        // What the start needed is garbage now; from here on nothing is allocated while nothing changes.
        read = null!;
        Errno error = life.Run();
        life.Stop();
        pidFiles.Remove();
        StartupLines.WriteEnd(logs.Daemon, logs.Vrrp);
        return error == Errno.None ? ExitCode.Success : ExitCode.InternalError;
    }

    private static void TakeName(DaemonOptions options, DaemonIdentity identity, LoadResult read, DaemonLog logs)
    {
        if (options.NetworkNamespace is { } given && read.Configuration.NetworkNamespace is { } written)
        {
            logs.Daemon.Write(LogLevel.Info, EventIds.Namespace,
                $"Overriding config net_namespace '{written}' with command line namespace '{given}'");
        }
        logs.AppendToIdent(identity.Suffix);
    }

    private static int FailToEnter(DaemonOptions options, NetworkNamespace refused, LoadResult read, OsError why, Log log)
    {
        if (options.NetworkNamespace is { } given)
        {
            string text = NamespaceChecks.Explain(given, refused, why);
            log.Write(LogLevel.Error, EventIds.Namespace, $"{text}");
            if (!options.LogToConsole || !options.Foreground)
                StandardStreams.WriteError($"{text}\n");
        }
        else
        {
            NamespaceChecks.ReportRefused(read, refused, why);
            Log(options, read, log);
        }
        bool isForbidden = why.Errno is Errno.EPERM or Errno.EACCES;
        return isForbidden ? ExitCode.MissingPermission : options.NetworkNamespace is null ? ExitCode.Configuration : ExitCode.Failure;
    }

    // Whoever started the daemon from a terminal sees why it is not there.
    private static int Log(DaemonOptions options, LoadResult read, Log log)
    {
        ConfigurationReader.Log(read, log);
        if (read.StartExitStatus != ExitCode.Success && (!options.LogToConsole || !options.Foreground))
            StandardStreams.WriteError(new DiagnosticRenderer(read.Sources).Render(read.Diagnostics));
        return read.StartExitStatus;
    }

    private static int Fail(Log log, OsError failure)
    {
        log.Write(LogLevel.Error, EventIds.System, $"Cannot start: {failure}");
        return failure.Errno is Errno.EPERM or Errno.EACCES ? ExitCode.MissingPermission : ExitCode.Failure;
    }
}
