using KeepalivedAot.Linux.Interop;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Files;

/// <summary>Single steps on files and directories, each with its refusal.</summary>
public static unsafe class FileSystem
{
    /// <summary>Removes a file; one that is not there is as good.</summary>
    public static OsError Remove(string path)
    {
        byte* native = stackalloc byte[NativePath.Capacity];
        Errno errno = NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity));
        if (errno == Errno.None && unlink(native) != 0)
            errno = Libc.LastErrno;
        return errno is Errno.None or Errno.ENOENT ? OsError.None : new OsError("unlink", path, errno);
    }

    /// <summary>Gives a file another name, and takes the place of what had that name.</summary>
    public static OsError Rename(string from, string to)
    {
        byte* native = stackalloc byte[NativePath.Capacity];
        byte* other = stackalloc byte[NativePath.Capacity];
        Errno errno = NativePath.Encode(from, new Span<byte>(native, NativePath.Capacity));
        if (errno == Errno.None)
            errno = NativePath.Encode(to, new Span<byte>(other, NativePath.Capacity));
        if (errno == Errno.None && Libc.rename(native, other) != 0)
            errno = Libc.LastErrno;
        return OsError.Of("rename", from, errno);
    }

    /// <summary>Makes a directory with all that leads to it, as <see cref="MakeDirectory"/>.</summary>
    public static OsError MakeDirectories(string path, uint mode)
    {
        for (int end = path.IndexOf('/', 1); ; end = path.IndexOf('/', end + 1))
        {
            OsError failure = MakeDirectory(end < 0 ? path : path[..end], mode);
            if (failure.IsError || end < 0)
                return failure;
        }
    }

    /// <summary>Makes a directory; one that is there is as good. Its parent must exist.</summary>
    /// <param name="mode">Permission bits of a directory that is made here, exactly as given: the umask does not count.</param>
    public static OsError MakeDirectory(string path, uint mode)
    {
        byte* native = stackalloc byte[NativePath.Capacity];
        Errno errno = NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity));
        if (errno == Errno.None && (mkdir(native, (Tmds.Linux.mode_t)mode) != 0 || chmod(native, (Tmds.Linux.mode_t)mode) != 0))
            errno = Libc.LastErrno;
        return errno is Errno.None or Errno.EEXIST ? OsError.None : new OsError("mkdir", path, errno);
    }

    /// <summary>Removes a directory that is empty; one that is not, or is not there, is left alone.</summary>
    public static OsError RemoveDirectoryIfEmpty(string path)
    {
        byte* native = stackalloc byte[NativePath.Capacity];
        Errno errno = NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity));
        if (errno == Errno.None && rmdir(native) != 0)
            errno = Libc.LastErrno;
        return errno is Errno.None or Errno.ENOENT or Errno.ENOTEMPTY ? OsError.None : new OsError("rmdir", path, errno);
    }

    /// <summary>Says who may use a file: permission bits exactly as given, and a group.</summary>
    /// <param name="group">Null: as it is.</param>
    public static OsError Restrict(string path, uint mode, uint? group)
    {
        byte* native = stackalloc byte[NativePath.Capacity];
        Errno errno = NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity));
        // The group first: a change of owner takes bits away.
        if (errno == Errno.None && group is { } id && Libc.lchown(native, uint.MaxValue, id) != 0)
            return OsError.Last("chown", path);
        if (errno == Errno.None && chmod(native, (Tmds.Linux.mode_t)mode) != 0)
            return OsError.Last("chmod", path);
        return OsError.Of("chmod", path, errno);
    }

    /// <summary>Sets the file mode creation mask of the process.</summary>
    public static void SetCreationMask(int mask) => umask((Tmds.Linux.mode_t)(uint)mask);
}
