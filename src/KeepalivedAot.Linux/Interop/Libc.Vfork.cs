using System.Runtime.InteropServices;

namespace KeepalivedAot.Linux.Interop;

// What the child of a vfork may use: no GC transition anywhere, because the child shares the parent's memory and
// must never wait for a collection that waits for the parent. Everything goes through one raw door, so that under
// the JIT one call beforehand is enough to have it bound.
internal static unsafe partial class Libc
{
    [LibraryImport(Library), SuppressGCTransition]
    public static partial int vfork();

    /// <summary>syscall(2); -1 on failure, with the reason at <see cref="__errno_location"/>. The libc function reads six arguments always.</summary>
    [LibraryImport(Library), SuppressGCTransition]
    public static partial nint syscall(nint number, nint a1, nint a2, nint a3, nint a4, nint a5, nint a6);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int* __errno_location();
}

/// <summary>System call numbers (asm/unistd.h): the two tables differ below 424 and agree from there on.</summary>
internal static class SysNumber
{
    private static bool IsArm64 => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    public static nint write => IsArm64 ? 64 : 1;
    public static nint rt_sigaction => IsArm64 ? 134 : 13;
    public static nint rt_sigprocmask => IsArm64 ? 135 : 14;
    public static nint dup3 => IsArm64 ? 24 : 292;
    public static nint fcntl => IsArm64 ? 25 : 72;
    public static nint execve => IsArm64 ? 221 : 59;
    public static nint exit_group => IsArm64 ? 94 : 231;
    public static nint chdir => IsArm64 ? 49 : 80;
    public static nint setpgid => IsArm64 ? 154 : 109;
    public static nint setsid => IsArm64 ? 157 : 112;
    public static nint setgroups => IsArm64 ? 159 : 116;
    public static nint setresuid => IsArm64 ? 147 : 117;
    public static nint setresgid => IsArm64 ? 149 : 119;
    public static nint prctl => IsArm64 ? 167 : 157;
    public static nint close_range => 436;
    public static nint pidfd_open => 434;
}
