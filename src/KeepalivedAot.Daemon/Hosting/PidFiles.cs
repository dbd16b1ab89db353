using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>keepalived's pid files, all of them: one process here, but whoever signals the VRRP or checker process finds a file.</summary>
internal sealed class PidFiles(Log log)
{
    private const string CommonDirectory = "/run";

    private readonly List<PidFile> _taken = [];

    /// <summary>Locks and writes the files of the modules that run.</summary>
    /// <returns>None to go on; otherwise the exit status: 0 when another daemon has them.</returns>
    public int? Take(DaemonOptions options, DaemonIdentity identity, RunDirectory own)
    {
        string directory = identity.UsesOwnDirectory ? own.Path : CommonDirectory;
        List<string> paths = [identity.PidFile(options.PidFile, directory, "keepalived")];
        if ((options.Modules & DaemonModules.Vrrp) != 0)
            paths.Add(VrrpPath(options, identity, own.Path));
        if ((options.Modules & DaemonModules.Checkers) != 0)
            paths.Add(identity.PidFile(options.CheckersPidFile, directory, "checkers"));
        if ((options.Modules & DaemonModules.Bfd) != 0)
            paths.Add(identity.PidFile(options.BfdPidFile, directory, "bfd"));
        // A daemon that ended just now may have found the directory empty and removed it.
        if (identity.UsesOwnDirectory && own.MakeAgain() is { IsError: true } failure)
            log.Write(LogLevel.Warning, EventIds.PidFile, $"No directory for pid files: {failure}");
        foreach (string path in paths)
        {
            if (TryTake(path) is { } exitStatus)
                return exitStatus;
        }
        return null;
    }

    /// <summary>That of VRRP; other files of this daemon are named after it.</summary>
    public static string VrrpPath(DaemonOptions options, DaemonIdentity identity, string ownDirectory)
        => identity.PidFile(options.VrrpPidFile, identity.UsesOwnDirectory ? ownDirectory : CommonDirectory, "vrrp");

    /// <summary>Removes those of modules that another daemon may run, if no process has them locked: a daemon that is dead left them.</summary>
    public static void RemoveStale(DaemonOptions options, DaemonIdentity identity, RunDirectory own)
    {
        string directory = identity.UsesOwnDirectory ? own.Path : CommonDirectory;
        foreach (string path in (ReadOnlySpan<string>)[
            identity.PidFile(options.CheckersPidFile, directory, "checkers"), identity.PidFile(options.BfdPidFile, directory, "bfd")])
        {
            if (File.Exists(path))
                PidFile.TryTake(path, out _, out _)?.Remove();
        }
    }

    public void Remove()
    {
        foreach (PidFile file in _taken)
        {
            OsError failure = file.Remove();
            if (failure.IsError)
                log.Write(LogLevel.Warning, EventIds.PidFile, $"Pid file stays: {failure}");
        }
        _taken.Clear();
    }

    private int? TryTake(string path)
    {
        PidFile? file = PidFile.TryTake(path, out PidFileStatus status, out OsError failure);
        if (file is not null)
            _taken.Add(file);
        if (status == PidFileStatus.Taken)
            return null;
        // A router that does not start would be worse, and keepalived does not even notice.
        if (failure.Errno == Errno.ENOSPC)
        {
            log.Write(LogLevel.Error, EventIds.PidFile, $"Cannot write pid file: {failure} - going on without");
            return null;
        }
        int exitStatus = ExitCode.Success;
        if (status == PidFileStatus.AlreadyRunning)
        {
            log.Write(LogLevel.Error, EventIds.AlreadyRunning, $"Another process has pid file {path} locked");
            log.Write(LogLevel.Error, EventIds.AlreadyRunning, "daemon is already running"u8);
        }
        else
        {
            log.Write(LogLevel.Error, EventIds.PidFile, $"Cannot write pid file: {failure}");
            exitStatus = failure.Errno is Errno.EACCES or Errno.EPERM or Errno.EROFS ? ExitCode.MissingPermission : ExitCode.Failure;
        }
        foreach (PidFile taken in _taken)
            taken.Remove();
        _taken.Clear();
        return exitStatus;
    }
}
