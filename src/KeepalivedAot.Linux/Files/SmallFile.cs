using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Files;

/// <summary>Writes a few bytes to a file in place, so that it stays the same file with the same owner and mode.</summary>
public static unsafe class SmallFile
{
    // What the umask leaves of 0666.
    private const int CreationMode = 0x1B6;

    /// <summary>Makes the file, or replaces its content.</summary>
    /// <returns>ELOOP for a symbolic link, which is not followed: somebody else may have put it there. EINVAL for what is no regular file.</returns>
    public static OsError Write(string path, ReadOnlySpan<byte> content)
    {
        byte* native = stackalloc byte[NativePath.Capacity];
        OsError error = OsError.Of("open", path, NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity)));
        if (error.IsError)
            return error;
        int fd = open(native, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, (mode_t)CreationMode);
        if (fd < 0)
            return OsError.Last("open", path);
        if (!FileIdentity.OfDescriptor(fd).IsType(Libc.S_IFREG))
            error = new OsError("open", path, Errno.EINVAL);
        else if (ftruncate(fd, 0) != 0)
            error = OsError.Last("ftruncate", path);
        else
            error = Fill(fd, path, content);
        close(fd);
        return error;
    }

    /// <summary>Writes all of it, however many calls that takes.</summary>
    internal static OsError Fill(int fd, string path, ReadOnlySpan<byte> content)
    {
        fixed (byte* start = content)
        {
            for (int done = 0; done < content.Length;)
            {
                long count = write(fd, start + done, content.Length - done);
                if (count < 0 && Libc.LastErrno != Errno.EINTR)
                    return OsError.Last("write", path);
                done += (int)Math.Max(0, count);
            }
        }
        return OsError.None;
    }
}
