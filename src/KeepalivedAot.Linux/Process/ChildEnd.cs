using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Process;

/// <summary>A descriptor by which a loop hears of the end of a child.</summary>
/// <param name="IsPolled">It becomes readable again and again while the child runs, and is to be read each time (<see cref="HasEnded"/>).</param>
internal readonly unsafe record struct ChildEnd(int Descriptor, bool IsPolled)
{
    // Often enough for a script's time limit, seldom enough to cost nothing.
    private static readonly Duration PollInterval = Duration.FromMilliseconds(20);

    /// <summary>
    /// A pidfd. Before Linux 5.3, and where the filter of a container does not know that call (then EPERM), a timer that has the child looked at.
    /// </summary>
    /// <param name="path">Of the program, for the error.</param>
    public static OsError Open(int pid, string path, out ChildEnd end)
    {
        end = default;
        int descriptor = (int)Libc.syscall(SysNumber.pidfd_open, pid, 0, 0, 0, 0, 0);
        if (descriptor >= 0)
        {
            end = new ChildEnd(descriptor, IsPolled: false);
            return OsError.None;
        }
        Errno errno = (Errno)(*Libc.__errno_location());
        return errno is Errno.ENOSYS or Errno.EPERM ? OpenTimer(path, out end) : new OsError("pidfd_open", path, errno);
    }

    /// <summary>The descriptor is readable: whether that means that the child has ended.</summary>
    public bool HasEnded(int pid)
    {
        if (!IsPolled)
            return true;
        ulong expirations;
        // EAGAIN: it has been read already.
        _ = read(Descriptor, &expirations, sizeof(ulong));
        siginfo info = default;
        return Libc.waitid(Libc.P_PID, pid, &info, Libc.WEXITED | Libc.WNOHANG | Libc.WNOWAIT) == 0 && info.si_pid != 0;
    }

    private static OsError OpenTimer(string path, out ChildEnd end)
    {
        end = default;
        int descriptor = Libc.timerfd_create(Libc.CLOCK_MONOTONIC, Libc.TFD_NONBLOCK | Libc.TFD_CLOEXEC);
        if (descriptor < 0)
            return OsError.Last("timerfd_create", path);
        timespec interval = new() { tv_nsec = (long_t)PollInterval.Nanoseconds };
        itimerspec value = new() { it_interval = interval, it_value = interval };
        if (Libc.timerfd_settime(descriptor, 0, &value, null) < 0)
        {
            OsError failure = OsError.Last("timerfd_settime", path);
            close(descriptor);
            return failure;
        }
        end = new ChildEnd(descriptor, IsPolled: true);
        return OsError.None;
    }
}
