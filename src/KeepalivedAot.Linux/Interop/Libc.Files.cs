using System.Runtime.InteropServices;

namespace KeepalivedAot.Linux.Interop;

// Files. (Of the stat family only statx is used: its struct is the same everywhere, and Tmds.LibC takes fstat from a symbol that a static glibc lacks.)
internal static unsafe partial class Libc
{
    public const int S_IFMT = 0xF000;
    public const int S_IFIFO = 0x1000;
    public const int S_IFDIR = 0x4000;
    public const int S_IFREG = 0x8000;
    public const int S_IFLNK = 0xA000;
    public const int S_IFSOCK = 0xC000;
    public const int F_OFD_GETLK = 36;
    public const int F_OFD_SETLK = 37;
    public const short F_WRLCK = 1;
    public const short F_UNLCK = 2;

    [LibraryImport(Library, SetLastError = true)]
    public static partial int mkfifo(byte* path, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int fchown(int fd, uint owner, uint group);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int lchown(byte* path, uint owner, uint group);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial uint geteuid();

    [LibraryImport(Library), SuppressGCTransition]
    public static partial uint getegid();

    [LibraryImport(Library, SetLastError = true)]
    public static partial int rename(byte* from, byte* to);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint getrandom(void* buffer, nuint length, uint flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint readlink(byte* path, byte* buffer, nuint size);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint getdents64(int fd, byte* entries, nuint size);
}
