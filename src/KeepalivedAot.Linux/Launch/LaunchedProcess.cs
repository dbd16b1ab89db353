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
    private ChildEnd _end = new(-1, IsPolled: false);

    internal LaunchedProcess(Launcher launcher) => _launcher = launcher;

    public int Pid { get; private set; }

    /// <summary>Becomes readable when it ends. Add it to the loop as <see cref="SourceOrder.AfterInput"/>, with this as source.</summary>
    public int Fd => _end.Descriptor;

    /// <summary>Told of the end by the loop.</summary>
    public ILaunchObserver? Observer { get; set; }

    public DrainResult OnReadable(Instant now, int budget)
    {
        if (_end.HasEnded(Pid))
            Observer?.OnExit(this);
        return DrainResult.Empty(1);
    }

    /// <summary>Sends a signal to its process group.</summary>
    /// <returns>ESRCH when nobody of it is left.</returns>
    public Errno KillGroup(int signal) => kill(-Pid, signal) == 0 ? Errno.None : Libc.LastErrno;

    /// <summary>Takes the exit status and ends the use of this object; its descriptor must have left the loop.</summary>
    /// <returns>False: it runs still.</returns>
    public bool Reap(out ExitStatus status)
    {
        status = default;
        siginfo info = default;
        while (Libc.waitid(Libc.P_PID, Pid, &info, Libc.WEXITED | Libc.WNOHANG) != 0)
            Invariant.Require(Libc.LastErrno == Errno.EINTR, "a child of ours can be awaited");
        if (info.si_pid == 0)
            return false;
        status = info.si_code == Libc.CLD_EXITED ? new ExitStatus(info.si_status, 0) : new ExitStatus(0, info.si_status);
        close(Fd);
        _end = new ChildEnd(-1, IsPolled: false);
        Observer = null;
        _launcher.TakeBack(this);
        return true;
    }

    /// <summary>Waits, blocking, for a child that was just killed.</summary>
    public void Wait()
    {
        siginfo info = default;
        while (Libc.waitid(Libc.P_PID, Pid, &info, Libc.WEXITED | Libc.WNOWAIT) != 0)
            Invariant.Require(Libc.LastErrno == Errno.EINTR, "a child of ours can be awaited");
        Reap(out _);
    }

    internal void Begin(int pid, ChildEnd end)
    {
        Pid = pid;
        _end = end;
    }
}
