using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Files;

/// <summary>Type, permissions and owner of a file, and what tells it from another.</summary>
/// <param name="Mode">The twelve permission bits, set-user-ID, set-group-ID and sticky bit included: 04755.</param>
public readonly record struct FileStatus(FileType Type, uint Mode, uint UserId, uint GroupId)
{
    /// <summary>As many as the kernel follows (MAXSYMLINKS).</summary>
    private const int MostLinks = 40;

    private const uint PermissionBits = 0xFFF;

    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>In bytes.</summary>
    public long Length { get; init; }

    public ulong Inode { get; init; }

    /// <summary>When its content was changed last.</summary>
    public UnixTime ModifiedAt { get; init; }

    /// <summary>What stands at a path; a symbolic link at its end is not followed (lstat(2)).</summary>
    public static OsError TryRead(string path, out FileStatus status) => TryRead(path, AT_SYMLINK_NOFOLLOW, out status);

    /// <summary>What a path leads to, symbolic links followed (stat(2)).</summary>
    public static OsError TryReadTarget(string path, out FileStatus status) => TryRead(path, 0, out status);

    /// <summary>Where a symbolic link points, as it is written in it.</summary>
    public static unsafe OsError TryReadLink(string path, out string target)
    {
        target = "";
        byte* native = stackalloc byte[NativePath.Capacity];
        OsError error = OsError.Of("readlink", path, NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity)));
        if (error.IsError)
            return error;
        byte* text = stackalloc byte[NativePath.Capacity];
        long length = Libc.readlink(native, text, NativePath.Capacity);
        if (length < 0)
            return OsError.Last("readlink", path);
        target = ByteText.Decode(new ReadOnlySpan<byte>(text, (int)length));
        return OsError.None;
    }

    /// <summary>Follows the symbolic link that stands at the path, and the one that stands where it leads, to what is none.</summary>
    public static OsError TryFollow(ref string path)
    {
        for (int links = 0; ; links++)
        {
            OsError error = TryRead(path, out FileStatus status);
            if (error.IsError || status.Type != FileType.SymbolicLink)
                return error;
            if (links == MostLinks)
                return new OsError("open", path, Errno.ELOOP);
            error = TryReadLink(path, out string target);
            if (error.IsError)
                return error;
            // What does not begin with a slash counts from the directory of the link.
            path = target.StartsWith('/') ? target : path[..(path.LastIndexOf('/') + 1)] + target;
        }
    }

    private static unsafe OsError TryRead(string path, int flags, out FileStatus status)
    {
        status = default;
        byte* native = stackalloc byte[NativePath.Capacity];
        string call = flags == 0 ? "stat" : "lstat";
        OsError error = OsError.Of(call, path, NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity)));
        if (error.IsError)
            return error;
        statx found;
        if (statx(AT_FDCWD, native, flags, STATX_BASIC_STATS, &found) != 0)
            return OsError.Last(call, path);
        status = new FileStatus(TypeOf(found.stx_mode & Libc.S_IFMT), found.stx_mode & PermissionBits, found.stx_uid, found.stx_gid)
        {
            Length = (long)found.stx_size,
            Inode = found.stx_ino,
            ModifiedAt = new UnixTime(found.stx_mtime.tv_sec * NanosecondsPerSecond + found.stx_mtime.tv_nsec),
        };
        return OsError.None;
    }

    private static FileType TypeOf(int format) => format switch
    {
        Libc.S_IFREG => FileType.Regular,
        Libc.S_IFDIR => FileType.Directory,
        Libc.S_IFLNK => FileType.SymbolicLink,
        _ => FileType.Other,
    };
}

/// <summary>What a <see cref="FileStatus"/> is of.</summary>
public enum FileType : byte
{
    /// <summary>A device, a FIFO or a socket.</summary>
    Other,
    Regular,
    Directory,
    SymbolicLink,
}
