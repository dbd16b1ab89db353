using System.Runtime.InteropServices;

namespace KeepalivedAot.Linux.Interop;

// What the child of a vfork may use: no GC transition anywhere, because the child shares the parent's memory and would
// change what the runtime knows of the parent's thread. That none of these calls finds a collection to wait for is Spawn's
// business. Everything goes through one raw door, so that under the JIT one call beforehand is enough to have it bound.
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
