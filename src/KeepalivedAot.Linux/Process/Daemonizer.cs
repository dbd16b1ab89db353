using System.Globalization;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Process;

/// <summary>Becoming a background daemon. A managed process cannot fork and go on (the finalizer thread stays behind), so it starts itself anew.</summary>
/// <remarks>
/// <code>
/// launcher (the terminal's)                      daemon (a session of its own)
///   Launch: vfork, setsid, execve itself  ---->    Adopt: not null
///   waits for one byte on a pipe                   configuration, pid files, sockets; errors still go to the terminal
///   exits with that byte                  &lt;----    ReportReady: cwd /, stdio /dev/null, byte 0
///                                         &lt;----    or ReportFailure(status), or its death
/// </code>
/// <para>
/// So the command's exit status tells whether the daemon runs, and when it returns the pid files are there (systemd's
/// Type=forking asks for both). keepalived's own parent exits with 0 before anything is known.
/// </para>
/// <para>
/// The new process knows its role from <see cref="EnvironmentVariable"/>, which whoever starts scripts leaves out of their environment.
/// </para>
/// </remarks>
public sealed unsafe class Daemonizer
{
    /// <summary><c>fd:comm</c>: the pipe to the launcher, and the process name that execve of /proc/self/exe loses.</summary>
    public const string EnvironmentVariable = "KEEPALIVED_AOT_DETACHED";

    /// <summary>Internal error, as keepalived numbers it (sysexits.h EX_SOFTWARE).</summary>
    private const int ExitInternalError = 70;

    private const string SelfExecutable = "/proc/self/exe";
    private const int LongestCommandLine = 2 * 1024 * 1024;

    private int _pipe;

    private Daemonizer(int pipe) => _pipe = pipe;

    /// <summary>In the launcher: starts this program again, detached, with the same arguments, and waits for its report.</summary>
    /// <returns>The status to exit with; when <paramref name="error"/> is one, nothing was started.</returns>
    public static int Launch(out OsError error)
    {
        error = FileReader.TryRead("/proc/self/cmdline", LongestCommandLine, out byte[] commandLine);
        if (error.IsError)
            return ExitInternalError;
        int* pipe = stackalloc int[2];
        if (pipe2(pipe, O_CLOEXEC) != 0)
        {
            error = OsError.Last("pipe2");
            return ExitInternalError;
        }
        SpawnRequest request = new()
        {
            Path = SelfExecutable,
            Arguments = ProcessEnvironment.SplitAtNul(commandLine),
            Environment = ProcessEnvironment.With(EnvironmentVariable, string.Create(CultureInfo.InvariantCulture, $"{pipe[1]}:{ProcessName.Get()}")),
            NewSession = true,
            InheritOutput = true,
            KeepDescriptor = pipe[1],
            // No signal may hit the new process before it is ready for signals: its threads are born with this mask.
            BlockedSignals = SignalMask.HandledBits,
        };
        using ChildProcess? daemon = Spawn.Start(request, null, out error);
        close(pipe[1]);
        int status = daemon is null ? ExitInternalError : AwaitReport(pipe[0], daemon);
        close(pipe[0]);
        return status;
    }

    /// <summary>In the daemon: the way to report. Null when this process was not started by <see cref="Launch"/>.</summary>
    public static Daemonizer? Adopt()
    {
        string? value = Environment.GetEnvironmentVariable(EnvironmentVariable);
        if (value is null)
            return null;
        int colon = value.IndexOf(':');
        if (colon < 0 || !int.TryParse(value.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out int pipe) || !IsPipe(pipe))
            return null;
        if (fcntl(pipe, F_SETFD, FD_CLOEXEC) < 0)
            return null;
        ProcessName.Set(value[(colon + 1)..]);
        return new Daemonizer(pipe);
    }

    /// <summary>All is well: leaves the terminal and the directory, and lets the launcher exit with 0.</summary>
    /// <remarks>
    /// Dispose of a <see cref="Logging.ConsoleSink"/> first: it holds the terminal or pipe open under a descriptor of its own, and
    /// whoever reads that pipe (<c>keepalived-aot | cat</c>) would wait for our end.
    /// </remarks>
    public OsError ReportReady()
    {
        fixed (byte* root = "/\0"u8)
        {
            if (chdir(root) != 0)
                return OsError.Last("chdir", "/");
        }
        OsError error = StandardStreams.RedirectToNull();
        if (!error.IsError)
            Report(0);
        return error;
    }

    /// <summary>The daemon is about to exit with this status; the launcher will, too.</summary>
    public void ReportFailure(int exitStatus) => Report((byte)exitStatus);

    private void Report(byte status)
    {
        if (_pipe < 0)
            return;
        // A launcher that was interrupted is not there any more: that is its user's choice and no reason to stop.
        write(_pipe, &status, 1);
        close(_pipe);
        _pipe = -1;
    }

    private static int AwaitReport(int pipe, ChildProcess daemon)
    {
        SignalMask.UnblockOnThisThread();
        byte status;
        long length;
        do
            length = read(pipe, &status, 1);
        while (length < 0 && Libc.LastErrno == Errno.EINTR);
        if (length == 1)
            return status;
        // End of file without a report: it died.
        if (daemon.Wait(out ExitStatus exit) != Errno.None || exit.Signal != 0)
            return ExitInternalError;
        return exit.Code;
    }

    private static bool IsPipe(int fd) => fd > 2 && FileIdentity.OfDescriptor(fd).IsType(Libc.S_IFIFO);
}
