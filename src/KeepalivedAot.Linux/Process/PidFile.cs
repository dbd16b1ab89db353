using System.Buffers.Text;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Process;

public enum PidFileStatus
{
    /// <summary>It is ours, locked, and has our pid in it.</summary>
    Taken,

    /// <summary>It is ours and locked, but there was no room for our pid in it.</summary>
    Empty,

    /// <summary>Another process has it locked: the daemon is already running.</summary>
    AlreadyRunning,

    /// <summary>The kernel refused.</summary>
    Failed,
}

/// <summary>A pid file, locked while its process runs (open file description lock, <c>fcntl(2)</c>).</summary>
/// <remarks>Mode 0644 whatever the umask is; a stale file is reused. The lock ends with the process, however it ends.</remarks>
public sealed unsafe class PidFile : IDisposable
{
    private const int Mode = 0b110_100_100;
    private const int LongestContent = 16;

    private readonly int _fd;

    private PidFile(string path, int fd)
    {
        Path = path;
        _fd = fd;
    }

    public string Path { get; }

    /// <summary>Creates or reuses the file, locks it and writes our pid.</summary>
    /// <returns>Null unless the status is <see cref="PidFileStatus.Taken"/> or <see cref="PidFileStatus.Empty"/>.</returns>
    public static PidFile? TryTake(string path, out PidFileStatus status, out OsError error)
    {
        status = PidFileStatus.Failed;
        byte* native = stackalloc byte[NativePath.Capacity];
        error = OsError.Of("open", path, NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity)));
        if (error.IsError)
            return null;

        // Whoever had the file may remove it between our open and our lock; then we have locked a file that nobody sees.
        const int attempts = 10;
        for (int attempt = 0; attempt < attempts; attempt++)
        {
            int fd = open(native, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, Mode);
            if (fd < 0)
            {
                error = OsError.Last("open", path);
                return null;
            }
            flock all = new() { l_type = Libc.F_WRLCK };
            if (fcntl(fd, Libc.F_OFD_SETLK, &all) != 0)
            {
                error = OsError.Last("fcntl(F_OFD_SETLK)", path);
                if (error.Errno is Errno.EAGAIN or Errno.EACCES)
                    status = PidFileStatus.AlreadyRunning;
                close(fd);
                return null;
            }
            if (FileIdentity.OfPath(native) != FileIdentity.OfDescriptor(fd))
            {
                close(fd);
                continue;
            }
            PidFile file = new(path, fd);
            error = file.WritePid();
            if (!error.IsError || error.Errno == Errno.ENOSPC)
            {
                status = error.IsError ? PidFileStatus.Empty : PidFileStatus.Taken;
                return file;
            }
            file.Dispose();
            return null;
        }
        error = new OsError("fcntl(F_OFD_SETLK)", path, Errno.EBUSY);
        return null;
    }

    /// <summary>Whether some process has the file locked: its daemon runs. Nothing is created or changed.</summary>
    public static OsError Look(string path, out bool isLocked)
    {
        isLocked = false;
        byte* native = stackalloc byte[NativePath.Capacity];
        OsError error = OsError.Of("open", path, NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity)));
        if (error.IsError)
            return error;
        int fd = open(native, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK, 0);
        if (fd < 0)
        {
            error = OsError.Last("open", path);
            return error.Errno == Errno.ENOENT ? OsError.None : error;
        }
        flock all = new() { l_type = Libc.F_WRLCK };
        if (fcntl(fd, Libc.F_OFD_GETLK, &all) != 0)
            error = OsError.Last("fcntl(F_OFD_GETLK)", path);
        else
            isLocked = all.l_type != Libc.F_UNLCK;
        close(fd);
        return error;
    }

    /// <summary>Removes the file if it is still the one that we locked, and gives up the lock.</summary>
    public OsError Remove()
    {
        byte* native = stackalloc byte[NativePath.Capacity];
        OsError error = OsError.None;
        if (NativePath.Encode(Path, new Span<byte>(native, NativePath.Capacity)) == Errno.None
            && FileIdentity.OfPath(native) == FileIdentity.OfDescriptor(_fd)
            && unlink(native) != 0)
        {
            error = OsError.Last("unlink", Path);
        }
        Dispose();
        return error;
    }

    /// <summary>Gives up the lock and leaves the file.</summary>
    public void Dispose() => close(_fd);

    private OsError WritePid()
    {
        byte* text = stackalloc byte[LongestContent];
        Utf8Formatter.TryFormat((int)getpid(), new Span<byte>(text, LongestContent), out int length);
        text[length++] = (byte)'\n';
        if (ftruncate(_fd, 0) != 0)
            return OsError.Last("ftruncate", Path);
        if (fchmod(_fd, Mode) != 0)
            return OsError.Last("fchmod", Path);
        long written = write(_fd, text, length);
        if (written < 0)
            return OsError.Last("write", Path);
        return written == length ? OsError.None : new OsError("write", Path, Errno.ENOSPC);
    }
}
