using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Process;

/// <summary>SCHED_RR for the daemon's thread (<c>vrrp_rt_priority</c> and the like); children start with normal priority.</summary>
public static unsafe class RealtimeScheduling
{
    public const int LowestPriority = 1;
    public const int HighestPriority = 99;

    /// <param name="priority"><see cref="LowestPriority"/> to <see cref="HighestPriority"/>.</param>
    /// <returns>EPERM without the right to (always so in many containers): warn and go on. EINVAL for a priority out of range.</returns>
    public static Errno Enable(int priority)
    {
        sched_param parameter = new() { sched_priority = priority };
        return Libc.sched_setscheduler(0, Libc.SCHED_RR | Libc.SCHED_RESET_ON_FORK, &parameter) == 0 ? Errno.None : Libc.LastErrno;
    }
}
