using System.Runtime.InteropServices;

namespace KeepalivedAot.Linux.Interop;

// Namespaces and mounts (linux/sched.h, linux/mount.h).
internal static unsafe partial class Libc
{
    public const int CLONE_NEWNS = 0x00020000;
    public const int CLONE_NEWNET = 0x40000000;

    /// <summary>linux/nsfs.h: a descriptor of the user namespace that a namespace belongs to. EPERM: that is outside of the caller's.</summary>
    public const int NS_GET_USERNS = 0xb701;
    public const nuint MS_BIND = 0x1000;
    public const nuint MS_REC = 0x4000;
    public const nuint MS_SLAVE = 0x80000;
    public const int MNT_DETACH = 2;

    /// <summary>Of the calling thread.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int setns(int fd, int kind);

    /// <summary>Of the calling thread.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int unshare(int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int mount(byte* source, byte* target, byte* fileSystem, nuint flags, void* data);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int umount2(byte* target, int flags);
}
