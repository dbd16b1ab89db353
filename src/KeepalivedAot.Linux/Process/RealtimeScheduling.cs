using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Process;

/// <summary>SCHED_RR for the daemon's thread (<c>vrrp_rt_priority</c> and the like); children start with normal priority.</summary>
public static unsafe class RealtimeScheduling
{
    public const int LowestPriority = 1;
    public const int HighestPriority = 99;

    /// <param name="priority"><see cref="LowestPriority"/> to <see cref="HighestPriority"/>.</param>
    /// <returns>EPERM without the right to (always so in many containers): warn and go on. EINVAL for a priority out of range.</returns>
    public static Errno Enable(int priority) => Set(Libc.SCHED_RR, priority);

    /// <summary>Back to the scheduling of everybody (SCHED_OTHER); the nice value counts again.</summary>
    public static Errno Disable() => Set(Libc.SCHED_OTHER, 0);

    /// <summary>
    /// How long the thread may run with a real-time priority without ever waiting (RLIMIT_RTTIME): at half of it the kernel sends
    /// SIGXCPU, at the whole of it SIGKILL. It counts in ticks of 1 to 10 ms.
    /// </summary>
    /// <param name="microseconds">Null: for ever.</param>
    public static Errno LimitTime(uint? microseconds)
    {
        rlimit limit = new() { rlim_cur = Libc.RLIM_INFINITY, rlim_max = Libc.RLIM_INFINITY };
        if (microseconds is { } most)
            limit = new rlimit { rlim_cur = most / 2, rlim_max = most };
        return Libc.setrlimit(Libc.RLIMIT_RTTIME, &limit) == 0 ? Errno.None : Libc.LastErrno;
    }

    private static Errno Set(int policy, int priority)
    {
        sched_param parameter = new() { sched_priority = priority };
        return Libc.sched_setscheduler(0, policy | Libc.SCHED_RESET_ON_FORK, &parameter) == 0 ? Errno.None : Libc.LastErrno;
    }
}
