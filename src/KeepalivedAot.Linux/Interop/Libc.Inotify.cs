using System.Runtime.InteropServices;

namespace KeepalivedAot.Linux.Interop;

// linux/inotify.h
internal static unsafe partial class Libc
{
    public const int IN_NONBLOCK = 0x800;
    public const int IN_CLOEXEC = 0x80000;

    public const uint IN_CLOSE_WRITE = 0x8;
    public const uint IN_MOVED_FROM = 0x40;
    public const uint IN_MOVED_TO = 0x80;
    public const uint IN_CREATE = 0x100;
    public const uint IN_DELETE = 0x200;
    public const uint IN_DELETE_SELF = 0x400;
    public const uint IN_MOVE_SELF = 0x800;
    public const uint IN_Q_OVERFLOW = 0x4000;
    public const uint IN_IGNORED = 0x8000;
    public const uint IN_ONLYDIR = 0x1000000;
    public const uint IN_ISDIR = 0x40000000;

    [LibraryImport(Library, SetLastError = true)]
    public static partial int inotify_init1(int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int inotify_add_watch(int fd, byte* path, uint mask);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int inotify_rm_watch(int fd, int watch);
}

/// <summary>struct inotify_event; a name of <c>len</c> bytes follows.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct inotify_event
{
    public int wd;
    public uint mask;
    public uint cookie;
    public uint len;
}
