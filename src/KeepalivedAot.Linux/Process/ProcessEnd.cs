using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Process;

/// <summary>Whoever wants to know that a process has ended which is no child of ours.</summary>
public interface IProcessEndObserver
{
    /// <summary>It has ended. Dispose of the descriptor.</summary>
    void OnEnded(ProcessEnd process, Instant now);
}

/// <summary>The end of any process, as a descriptor that becomes readable (pidfd_open(2), Linux 5.3).</summary>
public sealed class ProcessEnd : IEventSource, IDisposable
{
    private readonly EventLoop _loop;
    private readonly IProcessEndObserver _observer;
    private readonly int _fd;

    private ProcessEnd(int pid, int fd, EventLoop loop, IProcessEndObserver observer)
    {
        Pid = pid;
        _fd = fd;
        _loop = loop;
        _observer = observer;
    }

    public int Pid { get; }

    /// <returns>ESRCH when it is gone already, ENOSYS before Linux 5.3, EMFILE.</returns>
    public static unsafe OsError Watch(int pid, EventLoop loop, IProcessEndObserver observer, out ProcessEnd? process)
    {
        process = null;
        int fd = (int)Libc.syscall(SysNumber.pidfd_open, pid, 0, 0, 0, 0, 0);
        if (fd < 0)
            return new OsError("pidfd_open", null, (Errno)(*Libc.__errno_location()));
        ProcessEnd opened = new(pid, fd, loop, observer);
        Errno error = loop.Add(fd, opened, SourceOrder.AfterInput);
        if (error != Errno.None)
        {
            close(fd);
            return new OsError("epoll_ctl", "pidfd", error);
        }
        process = opened;
        return OsError.None;
    }

    public DrainResult OnReadable(Instant now, int budget)
    {
        _observer.OnEnded(this, now);
        return DrainResult.Empty(1);
    }

    public void Dispose()
    {
        _loop.Remove(_fd);
        close(_fd);
    }
}
