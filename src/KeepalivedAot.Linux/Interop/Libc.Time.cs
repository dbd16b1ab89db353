#pragma warning disable CS8981 // kernel names keep the kernel's spelling
using System.Runtime.InteropServices;
using Tmds.Linux;

namespace KeepalivedAot.Linux.Interop;

/// <summary>struct itimerspec (linux/time.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct itimerspec
{
    public timespec it_interval;
    public timespec it_value;
}

/// <summary>struct tm (time.h): what localtime_r fills.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct tm
{
    public int tm_sec;
    public int tm_min;
    public int tm_hour;
    public int tm_mday;
    public int tm_mon;
    public int tm_year;
    public int tm_wday;
    public int tm_yday;
    public int tm_isdst;
    public long tm_gmtoff;
    public byte* tm_zone;
}

// Clocks and timerfd (time.h, sys/timerfd.h).
internal static unsafe partial class Libc
{
    public const int CLOCK_REALTIME = 0;
    public const int CLOCK_MONOTONIC = 1;
    public const int CLOCK_BOOTTIME = 7;
    public const int TFD_NONBLOCK = 0x800;
    public const int TFD_CLOEXEC = 0x80000;
    public const int TFD_TIMER_ABSTIME = 1;

    /// <summary>Answered by the vDSO without entering the kernel, hence without a GC transition.</summary>
    [LibraryImport(Library), SuppressGCTransition]
    public static partial int clock_gettime(int clock, timespec* time);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int timerfd_create(int clock, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int timerfd_settime(int fd, int flags, itimerspec* value, itimerspec* old);

    /// <summary>Reads /etc/localtime (or TZ) at its first call and then keeps it; loads no locale and no shared object.</summary>
    [LibraryImport(Library)]
    public static partial tm* localtime_r(long* seconds, tm* result);
}
