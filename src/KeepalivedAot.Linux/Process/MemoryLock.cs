using KeepalivedAot.Linux.Interop;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Process;

/// <summary>Keeps the daemon's memory from being swapped out (<c>vrrp_no_swap</c> and the like).</summary>
public static class MemoryLock
{
    // linux/mman.h
    private const int MCL_CURRENT = 1;
    private const int MCL_FUTURE = 2;

    /// <summary>Lock pages when they are first touched; without it the untouched stacks count too, and RSS goes from 2 to 12 MB.</summary>
    private const int MCL_ONFAULT = 4;

    /// <returns>EPERM without CAP_IPC_LOCK, ENOMEM beyond RLIMIT_MEMLOCK: warn and go on.</returns>
    public static Errno LockAll() => mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0 ? Errno.None : Libc.LastErrno;

    public static Errno UnlockAll() => munlockall() == 0 ? Errno.None : Libc.LastErrno;
}
