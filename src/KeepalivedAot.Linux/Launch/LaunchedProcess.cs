using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Launch;

/// <summary>Whoever waits for the end of a child.</summary>
public interface ILaunchObserver
{
    /// <summary>It has ended, but is not reaped yet, so that its process group is still its own.</summary>
    void OnExit(LaunchedProcess child);
}

/// <summary>A child from its start until <see cref="Reap"/>; then the object serves for another one.</summary>
public sealed unsafe class LaunchedProcess : IEventSource
{
    private readonly Launcher _launcher;
    private LaunchProgram? _program;

    internal LaunchedProcess(Launcher launcher, LaunchPad pad)
    {
        _launcher = launcher;
        Pad = pad;
    }

    internal LaunchPad Pad { get; }

    public int Pid { get; private set; }

    /// <summary>Becomes readable when it ends. Add it to the loop as <see cref="SourceOrder.AfterInput"/>, with this as source.</summary>
    public int Fd { get; private set; } = -1;

    /// <summary>Told of the end by the loop.</summary>
    public ILaunchObserver? Observer { get; set; }

    public DrainResult OnReadable(Instant now, int budget)
    {
        Observer?.OnExit(this);
        return DrainResult.Empty(1);
    }

    /// <summary>Sends a signal to its process group.</summary>
    /// <returns>ESRCH when nobody of it is left, or when it has not made the group yet.</returns>
    public Errno KillGroup(int signal)
    {
        if (kill(-Pid, signal) == 0)
            return Errno.None;
        Errno errno = Libc.LastErrno;
        // In its first microseconds it is still of our group; by its own number it can be reached. It is ours until it is reaped.
        if (errno == Errno.ESRCH && kill(Pid, signal) == 0)
            return Errno.None;
        return errno;
    }

    /// <summary>Takes the exit status and ends the use of this object; its descriptor must have left the loop.</summary>
    /// <param name="failure">Why the program was not executed at all; no error when it was.</param>
    /// <returns>False: it runs still.</returns>
    public bool Reap(out ExitStatus status, out OsError failure)
    {
        status = default;
        failure = default;
        siginfo info = default;
        while (Libc.waitid(Libc.P_PID, Pid, &info, Libc.WEXITED | Libc.WNOHANG) != 0)
            Invariant.Require(Libc.LastErrno == Errno.EINTR, "a child of ours can be awaited");
        if (info.si_pid == 0)
            return false;
        status = info.si_code == Libc.CLD_EXITED ? new ExitStatus(info.si_status, 0) : new ExitStatus(0, info.si_status);
        if (Pad.Plan->Failure.Step != SpawnStep.None)
            failure = new OsError(SpawnChild.NameOf(Pad.Plan->Failure.Step), _program!.Path, (Errno)Pad.Plan->Failure.Errno);
        close(Fd);
        Fd = -1;
        Observer = null;
        _program!.Leave();
        _program = null;
        _launcher.TakeBack(this);
        return true;
    }

    /// <summary>Waits, blocking, for a child that was just killed.</summary>
    public void Wait()
    {
        siginfo info = default;
        while (Libc.waitid(Libc.P_PID, Pid, &info, Libc.WEXITED | Libc.WNOWAIT) != 0)
            Invariant.Require(Libc.LastErrno == Errno.EINTR, "a child of ours can be awaited");
        Reap(out _, out _);
    }

    internal void Begin(LaunchProgram program, int pid, int pidFd)
    {
        _program = program;
        Pid = pid;
        Fd = pidFd;
    }
}
