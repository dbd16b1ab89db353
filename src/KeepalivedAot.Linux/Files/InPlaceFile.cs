using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Files;

/// <summary>A file that is written in place, again and again: what it says outlives the process, but not the machine.</summary>
public sealed unsafe class InPlaceFile : IDisposable
{
    private readonly string _path;
    private readonly int _fd;

    private InPlaceFile(string path, int fd)
    {
        _path = path;
        _fd = fd;
    }

    /// <summary>Makes the file, in place of another one of that name.</summary>
    /// <param name="mode">The umask takes away from it.</param>
    public static OsError Create(string path, int mode, out InPlaceFile? file)
    {
        file = null;
        byte* native = stackalloc byte[NativePath.Capacity];
        OsError error = OsError.Of("open", path, NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity)));
        if (error.IsError)
            return error;
        error = FileSystem.Remove(path);
        if (error.IsError)
            return error;
        int fd = open(native, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, (mode_t)mode);
        if (fd < 0)
            return OsError.Last("open", path);
        file = new InPlaceFile(path, fd);
        return OsError.None;
    }

    /// <summary>What has been written once has its room, and can be written over on a file system that is full (tmpfs).</summary>
    public OsError Write(int offset, ReadOnlySpan<byte> part)
    {
        fixed (byte* start = part)
        {
            for (int done = 0; done < part.Length;)
            {
                long count = pwrite(_fd, start + done, part.Length - done, offset + done);
                if (count < 0 && Libc.LastErrno != Errno.EINTR)
                    return OsError.Last("write", _path);
                done += (int)Math.Max(0, count);
            }
        }
        return OsError.None;
    }

    public void Dispose() => close(_fd);
}
