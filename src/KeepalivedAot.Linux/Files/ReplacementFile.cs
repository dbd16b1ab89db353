using System.Globalization;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Files;

/// <summary>New content of a file that is written beside it piece by piece, and put in its place in one step: readers see the old or the new one.</summary>
/// <remarks>
/// For directories that everybody may write to, such as /tmp: the name that is written to cannot be guessed and must be free, and what
/// has been put at the final name, a symbolic link too, is replaced and not followed. The mode is what the umask leaves of 0666.
/// </remarks>
public sealed unsafe class ReplacementFile : IDisposable
{
    private const int NotOpen = -1;

    // What the umask leaves of 0666.
    private const int CreationMode = 0x1B6;

    private readonly string _path;
    private readonly string _temporary;
    private int _fd;

    private ReplacementFile(string path, string temporary, int fd)
    {
        _path = path;
        _temporary = temporary;
        _fd = fd;
    }

    /// <summary>Begins a new content. Until <see cref="Commit"/> the file is as it was.</summary>
    /// <returns>ENOENT, EACCES, EROFS, ENOSPC ... when there can be none.</returns>
    public static OsError Open(string path, out ReplacementFile? file)
    {
        file = null;
        ulong chance;
        if (Libc.getrandom(&chance, sizeof(ulong), 0) != sizeof(ulong))
            return OsError.Last("getrandom", path);
        string temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{chance:x16}");
        byte* native = stackalloc byte[NativePath.Capacity];
        OsError failure = OsError.Of("open", path, NativePath.Encode(temporary, new Span<byte>(native, NativePath.Capacity)));
        if (failure.IsError)
            return failure;
        int fd = open(native, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, (mode_t)CreationMode);
        if (fd < 0)
            return OsError.Last("open", path);
        file = new ReplacementFile(path, temporary, fd);
        return OsError.None;
    }

    /// <summary>Writes a piece, however many calls that takes.</summary>
    public OsError Write(ReadOnlySpan<byte> piece) => SmallFile.Fill(_fd, _path, piece);

    /// <summary>Puts the new content in the place of the old one. Nothing waits for a disk.</summary>
    public OsError Commit()
    {
        // A file system of the network may keep back what it refuses until here.
        int closed = close(_fd);
        _fd = NotOpen;
        if (closed != 0)
            return Abandon(OsError.Last("close", _path));
        byte* source = stackalloc byte[NativePath.Capacity];
        byte* target = stackalloc byte[NativePath.Capacity];
        OsError failure = OsError.Of("rename", _path, NativePath.Encode(_temporary, new Span<byte>(source, NativePath.Capacity)));
        if (!failure.IsError)
            failure = OsError.Of("rename", _path, NativePath.Encode(_path, new Span<byte>(target, NativePath.Capacity)));
        if (!failure.IsError && Libc.rename(source, target) != 0)
            failure = OsError.Last("rename", _path);
        return failure.IsError ? Abandon(failure) : OsError.None;
    }

    /// <summary>Takes away what was not put in place.</summary>
    public void Dispose()
    {
        if (_fd == NotOpen)
            return;
        close(_fd);
        _fd = NotOpen;
        Abandon(OsError.None);
    }

    private OsError Abandon(OsError why)
    {
        OsError left = FileSystem.Remove(_temporary);
        return why.IsError ? why : left;
    }
}
