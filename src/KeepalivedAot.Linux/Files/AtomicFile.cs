using System.Globalization;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Files;

/// <summary>What has to hold after a power cut.</summary>
public enum Durability
{
    /// <summary>Readers see the old or the new file, never a half. For dumps: nothing waits for a disk.</summary>
    Renamed,

    /// <summary>Also the new content is on the disk when the call returns (fsync of file and directory). It may take long: not for the loop.</summary>
    Synced,
}

/// <summary>Replaces a file in one step: a temporary file in the same directory, then rename.</summary>
public static unsafe class AtomicFile
{
    private const int PermissionBits = 0xFFF;
    private const uint Unchanged = uint.MaxValue;

    /// <param name="mode">Permission bits, exactly as given: the umask does not count.</param>
    /// <returns>Success, or the step that was refused; then the old file is as it was and the temporary one is gone.</returns>
    public static OsError Write(string path, ReadOnlySpan<byte> content, int mode, Durability durability)
        => Write(path, content, Unchanged, Unchanged, mode, durability);

    /// <summary>Gives a file new content and leaves its owner and its mode as they are; a symbolic link stays, and what it leads to is replaced.</summary>
    public static OsError Replace(string path, ReadOnlySpan<byte> content)
    {
        byte* native = stackalloc byte[NativePath.Capacity];
        OsError error = FileStatus.TryFollow(ref path);
        if (!error.IsError)
            error = OsError.Of("open", path, NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity)));
        if (error.IsError)
            return error;
        statx found;
        return statx(AT_FDCWD, native, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, &found) != 0
            ? OsError.Last("statx", path)
            : Write(path, content, found.stx_uid, found.stx_gid, found.stx_mode & PermissionBits, Durability.Synced);
    }

    private static OsError Write(string path, ReadOnlySpan<byte> content, uint owner, uint group, int mode, Durability durability)
    {
        string temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{(int)getpid()}.tmp");
        byte* target = stackalloc byte[NativePath.Capacity];
        byte* source = stackalloc byte[NativePath.Capacity];
        OsError error = OsError.Of("open", path, NativePath.Encode(path, new Span<byte>(target, NativePath.Capacity)));
        if (!error.IsError)
            error = OsError.Of("open", temporary, NativePath.Encode(temporary, new Span<byte>(source, NativePath.Capacity)));
        if (error.IsError)
            return error;

        // EXCL does not follow a link that somebody has put there, and a left-over of a former process with our pid is no use.
        int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
        int fd = open(source, flags, 0);
        if (fd < 0 && Libc.LastErrno == Errno.EEXIST && unlink(source) == 0)
            fd = open(source, flags, 0);
        if (fd < 0)
            return OsError.Last("open", temporary);

        error = owner != Unchanged && fchown(fd, owner, group) != 0 ? OsError.Last("fchown", temporary) : OsError.None;
        if (!error.IsError)
            error = Fill(fd, temporary, content, mode, durability);
        close(fd);
        if (!error.IsError && Libc.rename(source, target) != 0)
            error = OsError.Last("rename", path);
        if (error.IsError)
        {
            unlink(source);
            return error;
        }
        return durability == Durability.Synced ? SyncDirectory(path) : OsError.None;
    }

    private static OsError Fill(int fd, string path, ReadOnlySpan<byte> content, int mode, Durability durability)
    {
        if (fchmod(fd, (mode_t)(uint)mode) != 0)
            return OsError.Last("fchmod", path);
        OsError error = SmallFile.Fill(fd, path, content);
        if (error.IsError)
            return error;
        return durability == Durability.Synced && fsync(fd) != 0 ? OsError.Last("fsync", path) : OsError.None;
    }

    private static OsError SyncDirectory(string path)
    {
        int slash = path.LastIndexOf('/');
        string directory = slash switch { < 0 => ".", 0 => "/", _ => path[..slash] };
        byte* native = stackalloc byte[NativePath.Capacity];
        OsError error = OsError.Of("open", directory, NativePath.Encode(directory, new Span<byte>(native, NativePath.Capacity)));
        if (error.IsError)
            return error;
        int fd = open(native, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
        if (fd < 0)
            return OsError.Last("open", directory);
        if (fsync(fd) != 0)
            error = OsError.Last("fsync", directory);
        close(fd);
        return error;
    }
}
