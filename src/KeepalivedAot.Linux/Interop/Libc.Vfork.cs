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

    public const int CLONE_VM = 0x100;
    public const int CLONE_PIDFD = 0x1000;
    public const int CLONE_SETTLS = 0x80000;

    /// <summary>
    /// clone(3): the child calls <paramref name="function"/> on a stack of its own. The C prototype has a variable part; on x64 and
    /// arm64 its arguments are passed like any others.
    /// </summary>
    /// <param name="stack">The upper end, because stacks grow down.</param>
    /// <param name="pidFd">With CLONE_PIDFD: gets the descriptor of the child, close-on-exec.</param>
    [LibraryImport(Library), SuppressGCTransition]
    public static partial int clone(void* function, void* stack, int flags, void* argument, int* pidFd, void* tls, int* childTid);

    /// <summary>The thread's descriptor in memory; glibc keeps it within reach of the thread pointer.</summary>
    [LibraryImport(Library), SuppressGCTransition]
    public static partial nint pthread_self();
}
