using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Files;

/// <summary>What stands now where a <see cref="NamedPipe"/> was opened.</summary>
public enum NamedPipePlace : byte
{
    /// <summary>It itself.</summary>
    Same,
    Missing,

    /// <summary>Another file, of whatever type.</summary>
    Other,
}

/// <summary>A FIFO that is written to without ever waiting, whether somebody reads it or not.</summary>
/// <remarks>
/// It is open for reading too, so there is always a reader, and what nobody has read yet stays in it for whoever comes: up to its capacity
/// of 64 KiB. Nothing but a FIFO is ever opened, and no symbolic link at the end of the path is followed.
/// </remarks>
public sealed unsafe class NamedPipe : IDisposable
{
    private readonly int _fd;
    private readonly FileIdentity _identity;

    private NamedPipe(string path, int fd, FileIdentity identity, bool wasMade)
    {
        Path = path;
        _fd = fd;
        _identity = identity;
        WasMade = wasMade;
    }

    public string Path { get; }

    /// <summary>It was not there before.</summary>
    public bool WasMade { get; }

    /// <summary>Opens a FIFO, and makes it if there is nothing.</summary>
    /// <param name="mode">Of one that is made here, less the umask.</param>
    /// <param name="owner">Who owns one that is made here, and may own one that is there; null is whoever we are, who may own it always.</param>
    /// <returns>Null when it was refused: "open" with EINVAL for what is no FIFO, EPERM for another's.</returns>
    public static NamedPipe? Open(string path, uint mode, (uint User, uint Group)? owner, out OsError error)
    {
        byte* native = stackalloc byte[NativePath.Capacity];
        error = OsError.Of("open", path, NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity)));
        if (error.IsError)
            return null;
        bool isMade = Libc.mkfifo(native, mode) == 0;
        if (!isMade && Libc.LastErrno != Errno.EEXIST)
        {
            error = OsError.Last("mkfifo", path);
            return null;
        }
        // Opening a device can do things; a FIFO is known before it is opened, and for sure afterwards.
        error = FileIdentity.OfPath(native).IsType(Libc.S_IFIFO) ? OsError.None : new OsError("open", path, Errno.EINVAL);
        int fd = error.IsError ? -1 : open(native, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0);
        if (fd < 0)
        {
            if (!error.IsError)
                error = OsError.Last("open", path);
            return null;
        }
        error = Check(fd, path, isMade, owner, out FileIdentity identity);
        if (!error.IsError)
            return new NamedPipe(path, fd, identity, isMade);
        close(fd);
        return null;
    }

    /// <summary>All of it or nothing: a line of at most PIPE_BUF (4096) bytes is never torn.</summary>
    /// <returns>EAGAIN when it is full.</returns>
    public Errno Write(ReadOnlySpan<byte> line)
    {
        long length;
        do
        {
            fixed (byte* start = line)
                length = write(_fd, start, line.Length);
        }
        while (length < 0 && Libc.LastErrno == Errno.EINTR);
        return length < 0 ? Libc.LastErrno : Errno.None;
    }

    public NamedPipePlace Look()
    {
        byte* native = stackalloc byte[NativePath.Capacity];
        NativePath.Encode(Path, new Span<byte>(native, NativePath.Capacity));
        FileIdentity there = FileIdentity.OfPath(native);
        return there == _identity ? NamedPipePlace.Same : there == default ? NamedPipePlace.Missing : NamedPipePlace.Other;
    }

    /// <summary>Removes its name, if it still has it.</summary>
    public OsError Remove() => Look() == NamedPipePlace.Same ? FileSystem.Remove(Path) : OsError.None;

    public void Dispose() => close(_fd);

    private static OsError Check(int fd, string path, bool isMade, (uint User, uint Group)? owner, out FileIdentity identity)
    {
        identity = FileIdentity.OfDescriptor(fd);
        if (!identity.IsType(Libc.S_IFIFO))
            return new OsError("open", path, Errno.EINVAL);
        if (isMade)
            return owner is { } wanted && Libc.fchown(fd, wanted.User, wanted.Group) != 0 ? OsError.Last("fchown", path) : OsError.None;
        byte empty = 0;
        statx found;
        if (statx(fd, &empty, AT_EMPTY_PATH, STATX_BASIC_STATS, &found) != 0)
            return OsError.Last("statx", path);
        bool isOurs = found.stx_uid == Libc.geteuid() || found.stx_uid == owner?.User;
        return isOurs ? OsError.None : new OsError("open", path, Errno.EPERM);
    }
}
