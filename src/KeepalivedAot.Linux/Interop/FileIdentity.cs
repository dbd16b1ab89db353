using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Interop;

/// <summary>Which file it is, whatever its name (device and inode), and of what type. Default when there is none.</summary>
internal readonly record struct FileIdentity(uint Major, uint Minor, ulong Inode, int Type)
{
    /// <summary>The last component is not followed when it is a symbolic link.</summary>
    public static unsafe FileIdentity OfPath(byte* path) => Of(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW);

    /// <inheritdoc cref="OfPath(byte*)"/>
    public static unsafe FileIdentity OfPath(string path)
    {
        byte* native = stackalloc byte[NativePath.Capacity];
        return NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity)) == Errno.None ? OfPath(native) : default;
    }

    public static unsafe FileIdentity OfDescriptor(int fd)
    {
        byte empty = 0;
        return Of(fd, &empty, AT_EMPTY_PATH);
    }

    /// <param name="type">S_IFREG and the like.</param>
    public bool IsType(int type) => Type == type;

    private static unsafe FileIdentity Of(int directory, byte* path, int flags)
    {
        statx found;
        return statx(directory, path, flags, STATX_BASIC_STATS, &found) == 0
            ? new FileIdentity(found.stx_dev_major, found.stx_dev_minor, found.stx_ino, found.stx_mode & Libc.S_IFMT)
            : default;
    }
}
