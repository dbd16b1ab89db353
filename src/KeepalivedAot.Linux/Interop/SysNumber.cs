using System.Runtime.InteropServices;

namespace KeepalivedAot.Linux.Interop;

/// <summary>System call numbers of the machine we run on; a constant in the published program.</summary>
internal static class SysNumber
{
    private static bool IsArm64 => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    public static nint write => IsArm64 ? SysNumberArm64.write : SysNumberX64.write;
    public static nint rt_sigaction => IsArm64 ? SysNumberArm64.rt_sigaction : SysNumberX64.rt_sigaction;
    public static nint rt_sigprocmask => IsArm64 ? SysNumberArm64.rt_sigprocmask : SysNumberX64.rt_sigprocmask;
    public static nint dup3 => IsArm64 ? SysNumberArm64.dup3 : SysNumberX64.dup3;
    public static nint fcntl => IsArm64 ? SysNumberArm64.fcntl : SysNumberX64.fcntl;
    public static nint clone => IsArm64 ? SysNumberArm64.clone : SysNumberX64.clone;
    public static nint execve => IsArm64 ? SysNumberArm64.execve : SysNumberX64.execve;
    public static nint exit_group => IsArm64 ? SysNumberArm64.exit_group : SysNumberX64.exit_group;
    public static nint chdir => IsArm64 ? SysNumberArm64.chdir : SysNumberX64.chdir;
    public static nint setpgid => IsArm64 ? SysNumberArm64.setpgid : SysNumberX64.setpgid;
    public static nint setsid => IsArm64 ? SysNumberArm64.setsid : SysNumberX64.setsid;
    public static nint setgroups => IsArm64 ? SysNumberArm64.setgroups : SysNumberX64.setgroups;
    public static nint setresuid => IsArm64 ? SysNumberArm64.setresuid : SysNumberX64.setresuid;
    public static nint setresgid => IsArm64 ? SysNumberArm64.setresgid : SysNumberX64.setresgid;
    public static nint setpriority => IsArm64 ? SysNumberArm64.setpriority : SysNumberX64.setpriority;
    public static nint sched_setscheduler => IsArm64 ? SysNumberArm64.sched_setscheduler : SysNumberX64.sched_setscheduler;
    public static nint sched_setattr => IsArm64 ? SysNumberArm64.sched_setattr : SysNumberX64.sched_setattr;
    public static nint sched_getattr => IsArm64 ? SysNumberArm64.sched_getattr : SysNumberX64.sched_getattr;
    public static nint prctl => IsArm64 ? SysNumberArm64.prctl : SysNumberX64.prctl;

    // From 424 up the two tables agree.
    public const int pidfd_open = 434;
    public const int close_range = 436;
}

/// <summary>asm/unistd_64.h</summary>
internal static class SysNumberX64
{
    public const int write = 1;
    public const int rt_sigaction = 13;
    public const int rt_sigprocmask = 14;
    public const int dup3 = 292;
    public const int fcntl = 72;
    public const int clone = 56;
    public const int execve = 59;
    public const int exit_group = 231;
    public const int chdir = 80;
    public const int setpgid = 109;
    public const int setsid = 112;
    public const int setgroups = 116;
    public const int setresuid = 117;
    public const int setresgid = 119;
    public const int setpriority = 141;
    public const int sched_setscheduler = 144;
    public const int sched_setattr = 314;
    public const int sched_getattr = 315;
    public const int prctl = 157;
}

/// <summary>asm-generic/unistd.h</summary>
internal static class SysNumberArm64
{
    public const int write = 64;
    public const int rt_sigaction = 134;
    public const int rt_sigprocmask = 135;
    public const int dup3 = 24;
    public const int fcntl = 25;
    public const int clone = 220;
    public const int execve = 221;
    public const int exit_group = 94;
    public const int chdir = 49;
    public const int setpgid = 154;
    public const int setsid = 157;
    public const int setgroups = 159;
    public const int setresuid = 147;
    public const int setresgid = 149;
    public const int setpriority = 140;
    public const int sched_setscheduler = 119;
    public const int sched_setattr = 274;
    public const int sched_getattr = 275;
    public const int prctl = 167;
}
