using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Process;

/// <summary>Whoever wants to know how a child ended.</summary>
public interface IChildObserver
{
    /// <summary>The child has ended and was reaped; its descriptor is still in the loop: remove it, then dispose of the child.</summary>
    void OnExit(ChildProcess child, ExitStatus status);
}

/// <summary>A child that runs, awaited by a descriptor that becomes readable when it ends.</summary>
public sealed unsafe class ChildProcess : IEventSource, IDisposable
{
    private readonly IChildObserver? _observer;
    private readonly ChildEnd _end;

    internal ChildProcess(int pid, ChildEnd end, IChildObserver? observer)
    {
        Pid = pid;
        _end = end;
        _observer = observer;
    }

    public int Pid { get; }

    /// <summary>Add it to the loop as <see cref="SourceOrder.AfterInput"/>.</summary>
    public int Fd => _end.Descriptor;

    /// <summary>Null while it runs.</summary>
    public ExitStatus? Status { get; private set; }

    public DrainResult OnReadable(Instant now, int budget)
    {
        if (!_end.HasEnded(Pid))
            return DrainResult.Empty(1);
        Errno errno = Reap(Libc.WNOHANG);
        Invariant.Require(errno == Errno.None, "a child of ours can be awaited");
        if (Status is { } status)
            _observer?.OnExit(this, status);
        return DrainResult.Empty(1);
    }

    /// <summary>Waits, blocking, until it ends: for the command line and for tests, never on the loop.</summary>
    public Errno Wait(out ExitStatus status)
    {
        Errno errno = Errno.None;
        while (Status is null && errno is Errno.None or Errno.EINTR)
            errno = Reap(options: 0);
        status = Status.GetValueOrDefault();
        return errno;
    }

    /// <summary>Sends a signal to the child's whole process group, or to its session's first group.</summary>
    /// <returns>ESRCH when nobody of it is left.</returns>
    public Errno KillGroup(int signal) => kill(-Pid, signal) == 0 ? Errno.None : Libc.LastErrno;

    private Errno Reap(int options)
    {
        if (Status is not null)
            return Errno.None;
        siginfo info = default;
        if (Libc.waitid(Libc.P_PID, Pid, &info, Libc.WEXITED | options) != 0)
            return Libc.LastErrno;
        if (info.si_pid != 0)
            Status = info.si_code == Libc.CLD_EXITED ? new ExitStatus(info.si_status, 0) : new ExitStatus(0, info.si_status);
        return Errno.None;
    }

    public void Dispose() => close(Fd);
}
