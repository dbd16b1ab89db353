using System.Globalization;
using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Daemon.Checks;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary><c>cleanup</c>: takes away what a daemon that is dead left in the kernel, without starting another one.</summary>
/// <remarks>
/// Which daemon is meant its options and its configuration say, as at its start; where it works and where its files are depends on them. What
/// happens is told on standard output, a line for each thing, and what goes wrong on standard error.
/// </remarks>
public static class CleanupRun
{
    /// <summary>The daemon runs; nothing was touched.</summary>
    public const int Running = 3;

    private const string ProgramName = "keepalived";
    private const int LongestPid = 32;

    /// <param name="isGiven">Somebody named the configuration: without it nothing is done.</param>
    /// <returns>0: nothing is left. 1: something is, and is still on record. 3, 4, 6: as documented in the manual.</returns>
    public static int Run(DaemonOptions options, bool isGiven, bool isDryRun)
    {
        LoadResult read = ConfigurationReader.Load(
            Path.GetFullPath(options.ConfigurationFile), options.SettingsFile, new HostConfigFiles(), HostLoading.For(options), isTest: false);
        DaemonIdentity identity = DaemonIdentity.Of(options, read.Configuration);
        bool isMissing = read.StartExitStatus == ExitCode.NoConfiguration;
        string findings = new DiagnosticRenderer(read.Sources).Render(read.Diagnostics);
        read.Sources.Wipe();
        if (isMissing && isGiven)
        {
            StandardStreams.WriteError(findings);
            return read.StartExitStatus;
        }
        if (isMissing)
            StandardStreams.WriteError($"There is no {options.ConfigurationFile}: the daemon is taken to have had neither a namespace nor an instance of its own in it\n");
        if (identity.Namespace?.Enter() is { IsError: true } refusal)
            return FailToEnter(options, identity, refusal, isDryRun);
        Log log = new(new ErrorSink(), LogLevel.Warning);
        using RunDirectory directory = RunDirectory.Open(identity.Namespace, log, out OsError failure);
        return failure.IsError ? Fail(failure) : Run(options, identity, directory, log, isDryRun);
    }

    // With the namespace all that was in it is gone.
    private static int FailToEnter(DaemonOptions options, DaemonIdentity identity, OsError why, bool isDryRun)
    {
        if (why.Errno is not (Errno.ENOENT or Errno.ENOTDIR))
        {
            StandardStreams.WriteError($"{NamespaceChecks.Explain(identity.Namespace!.Path, identity.Namespace, why)}\n");
            return why.Errno is Errno.EPERM or Errno.EACCES ? ExitCode.MissingPermission : ExitCode.Failure;
        }
        string record = DaemonFoundation.RecordPath(options, identity, $"{RunDirectory.Common}/{identity.Namespace!.FileName}");
        OsError failure = isDryRun ? OsError.None : FileSystem.Remove(record);
        if (failure.IsError && failure.Errno != Errno.ENOENT)
            return Fail(failure);
        if (!isDryRun)
            failure = StreamListener.RemoveDead(StatePaths.Of(options, identity, $"{RunDirectory.Common}/{identity.Namespace.FileName}").Socket);
        if (failure.IsError && failure.Errno != Errno.ENOENT)
            return Fail(failure);
        StandardStreams.WriteError($"The network namespace {identity.Namespace.Path} is gone, and with it all that was there\n");
        return ExitCode.Success;
    }

    private static int Run(DaemonOptions options, DaemonIdentity identity, RunDirectory directory, Log log, bool isDryRun)
    {
        string pidFile = PidFiles.VrrpPath(options, identity, directory.Path);
        OsError failure = PidFile.Look(pidFile, out bool isLocked);
        if (failure.IsError)
            return Fail(failure);
        if (isLocked || IsOfAnotherProgram(pidFile))
        {
            StandardStreams.WriteError($"A daemon with pid file {pidFile} is running: stop it, and it takes away what it has put there itself\n");
            return Running;
        }
        // Held until the end: nobody starts in the midst of it.
        PidFiles pidFiles = new(log);
        if (!isDryRun && pidFiles.Take(options with { Modules = DaemonModules.Vrrp }, identity, directory) is { } exitStatus)
            return exitStatus == ExitCode.Success ? Running : exitStatus;
        try
        {
            using EventLoop? loop = EventLoop.Open(out failure);
            if (loop is null)
                return Fail(failure);
            using LinuxVrrpWorld? world = LinuxVrrpWorld.Open(loop, DaemonFoundation.RecordPath(options, identity, directory.Path), out failure);
            if (world is null)
                return Fail(failure);
            InterfaceTable interfaces = new(log);
            failure = world.Observe(interfaces);
            if (failure.IsError)
                return Fail(failure);
            int status = Run(world, interfaces, isDryRun);
            if (isDryRun)
                return status;
            PidFiles.RemoveStale(options, identity, directory);
            failure = StreamListener.RemoveDead(StatePaths.Of(options, identity, directory.Path).Socket);
            return failure.IsError ? Fail(failure) : status;
        }
        finally
        {
            pidFiles.Remove();
        }
    }

    private static int Run(LinuxVrrpWorld world, InterfaceTable interfaces, bool isDryRun)
    {
        OsError failure = world.ReadRecord(out byte[]? record);
        if (failure.IsError)
            return Fail(failure);
        if (record is not null && !KernelRecord.IsKnown(record))
        {
            StandardStreams.WriteError("The record is none of this version: nothing was touched\n");
            return ExitCode.Failure;
        }
        KernelCleanup cleanup = new(world, interfaces, isDryRun);
        cleanup.Run(KernelRecord.Read(record));
        StringBuilder done = new();
        StringBuilder failed = new();
        foreach (CleanupStep step in cleanup.Steps)
            (step.Failure is null ? done : failed).Append(step.Text(isDryRun)).Append('\n');
        StandardStreams.WriteOutput(done.ToString());
        StandardStreams.WriteError(cleanup.Steps.Count > 0 ? failed.ToString() : record is null ? "There is no record of a dead daemon\n" : "Nothing is left of what is on record\n");
        if (!isDryRun && record is not null)
        {
            failure = world.WriteRecord(cleanup.Left.IsEmpty ? default : KernelRecord.Write(cleanup.Left).Written);
            if (failure.IsError)
                return Fail(failure);
        }
        // Whoever starts next has nothing to go on with.
        if (!isDryRun && world.RemoveRoles() is { IsError: true } kept)
            return Fail(kept);
        return failed.Length > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    // keepalived locks no pid file before 2.3, and has put its own addresses where ours were.
    private static bool IsOfAnotherProgram(string pidFile)
    {
        if (FileReader.TryRead(pidFile, LongestPid, out byte[] content).IsError
            || !int.TryParse(Encoding.ASCII.GetString(content).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
            || FileReader.TryRead($"/proc/{pid}/comm", LongestPid, out byte[] name).IsError)
        {
            return false;
        }
        return Encoding.UTF8.GetString(name).StartsWith(ProgramName, StringComparison.Ordinal);
    }

    private static int Fail(OsError failure)
    {
        StandardStreams.WriteError($"Cannot clean up: {failure}\n");
        return failure.Errno is Errno.EPERM or Errno.EACCES or Errno.EROFS ? ExitCode.MissingPermission : ExitCode.Failure;
    }

    private sealed class ErrorSink : ILogSink
    {
        public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => StandardStreams.WriteError($"{Encoding.UTF8.GetString(line)}\n");
    }
}
