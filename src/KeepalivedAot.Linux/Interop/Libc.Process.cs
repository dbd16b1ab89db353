#pragma warning disable CS8981 // kernel names keep the kernel's spelling
using System.Runtime.InteropServices;
using Tmds.Linux;

namespace KeepalivedAot.Linux.Interop;

/// <summary>struct sched_param (sched.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct sched_param
{
    public int sched_priority;
}

/// <summary>struct utsname (sys/utsname.h): six texts of 65 bytes, each ended by a NUL.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct utsname
{
    public const int FieldLength = 65;

    public fixed byte sysname[FieldLength];
    public fixed byte nodename[FieldLength];
    public fixed byte release[FieldLength];
    public fixed byte version[FieldLength];
    public fixed byte machine[FieldLength];
    public fixed byte domainname[FieldLength];
}

/// <summary>struct __user_cap_header_struct (linux/capability.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct cap_header
{
    public const uint Version3 = 0x20080522;

    public uint version;
    public int pid;
}

/// <summary>struct __user_cap_data_struct (linux/capability.h); version 3 has two of them, low word first.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct cap_data
{
    public uint effective;
    public uint permitted;
    public uint inheritable;
}

/// <summary>struct rusage (sys/resource.h); the part that we look at.</summary>
[StructLayout(LayoutKind.Explicit, Size = 144)]
internal struct rusage
{
    [FieldOffset(0)] public long ru_utime_sec;
    [FieldOffset(8)] public long ru_utime_usec;
    [FieldOffset(16)] public long ru_stime_sec;
    [FieldOffset(24)] public long ru_stime_usec;
}

/// <summary>struct rlimit (sys/resource.h), 64 bit.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct rlimit
{
    public ulong rlim_cur;
    public ulong rlim_max;
}

// Processes, scheduling and limits.
internal static unsafe partial class Libc
{
    public const int PR_SET_PDEATHSIG = 1;
    public const int PR_SET_NAME = 15;
    public const int PR_GET_NAME = 16;
    public const int SCHED_OTHER = 0;
    public const int SCHED_RR = 2;
    public const int PRIO_PROCESS = 0;
    public const int RLIMIT_NOFILE = 7;
    public const int RLIMIT_RTTIME = 15;
    public const ulong RLIM_INFINITY = ulong.MaxValue;
    public const int SCHED_RESET_ON_FORK = 0x40000000;
    public const int RUSAGE_SELF = 0;
    public const int RUSAGE_CHILDREN = -1;
    public const int P_PID = 1;
    public const int P_PIDFD = 3;
    public const int WNOHANG = 1;
    public const int WEXITED = 4;
    public const int WNOWAIT = 0x01000000;
    public const int CLD_EXITED = 1;

    [LibraryImport(Library, SetLastError = true)]
    public static partial int prctl(int option, nuint a2, nuint a3, nuint a4, nuint a5);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int sched_setscheduler(int pid, int policy, sched_param* parameter);

    /// <summary>Pid 0 is the calling thread. With <see cref="SCHED_RESET_ON_FORK"/>, if that is set.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int sched_getscheduler(int pid);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int sched_getparam(int pid, sched_param* parameter);

    /// <summary>Who 0 is the calling thread, whatever the name says.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int setpriority(int which, uint who, int nice);

    /// <summary>Of the calling thread it cannot fail.</summary>
    [LibraryImport(Library)]
    public static partial int getpriority(int which, uint who);

    /// <summary>Pid 0 is the calling thread.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int sched_setaffinity(int pid, nuint size, byte* processors);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int sched_getaffinity(int pid, nuint size, byte* processors);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int getrlimit(int resource, rlimit* limit);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int setrlimit(int resource, rlimit* limit);

    /// <summary>A value that the kernel gave the process at its start (getauxval(3)).</summary>
    [LibraryImport(Library), SuppressGCTransition]
    public static partial nuint getauxval(nuint type);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int uname(utsname* name);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int capget(cap_header* header, cap_data* data);

    /// <summary>Of the calling thread only.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int capset(cap_header* header, cap_data* data);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int getrusage(int who, rusage* usage);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int waitid(int idType, int id, siginfo* info, int options);
}

/// <summary>siginfo_t as waitid fills it for a child (asm-generic/siginfo.h, 64 bit).</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct siginfo
{
    [FieldOffset(0)] public int si_signo;
    [FieldOffset(8)] public int si_code;
    [FieldOffset(16)] public int si_pid;
    [FieldOffset(24)] public int si_status;
}
