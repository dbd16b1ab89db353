using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>keepalived's pid files, all of them: one process here, but whoever signals the VRRP or checker process finds a file.</summary>
internal sealed class PidFiles(Log log)
{
    private const string Directory = "/run";
    private const string OwnDirectory = "/run/keepalived";
    private const uint DirectoryMode = 0x1ED; // 0755

    private readonly List<PidFile> _taken = [];
    private bool _ownsDirectory;

    /// <summary>Locks and writes the files of the modules that run.</summary>
    /// <returns>None to go on; otherwise the exit status: 0 when another daemon has them.</returns>
    public int? Take(DaemonOptions options, bool useOwnDirectory)
    {
        string directory = Directory;
        if (useOwnDirectory)
        {
            directory = OwnDirectory;
            OsError failure = FileSystem.MakeDirectory(directory, DirectoryMode);
            _ownsDirectory = !failure.IsError;
        }
        List<string> paths = [options.PidFile ?? $"{directory}/keepalived.pid"];
        if ((options.Modules & DaemonModules.Vrrp) != 0)
            paths.Add(options.VrrpPidFile ?? $"{directory}/vrrp.pid");
        if ((options.Modules & DaemonModules.Checkers) != 0)
            paths.Add(options.CheckersPidFile ?? $"{directory}/checkers.pid");
        if ((options.Modules & DaemonModules.Bfd) != 0)
            paths.Add(options.BfdPidFile ?? $"{directory}/bfd.pid");
        foreach (string path in paths)
        {
            if (TryTake(Path.GetFullPath(path)) is { } exitStatus)
                return exitStatus;
        }
        return null;
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
        if (_ownsDirectory)
            FileSystem.RemoveDirectoryIfEmpty(OwnDirectory);
    }

    private int? TryTake(string path)
    {
        PidFile? file = PidFile.TryTake(path, out PidFileStatus status, out OsError failure);
        if (file is not null)
        {
            _taken.Add(file);
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
