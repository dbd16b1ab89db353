using KeepalivedAot.Linux.Interop;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Files;

/// <summary>Reads small files whole; a file that is not there is a value and not an exception.</summary>
public static unsafe class FileReader
{
    private const int FirstChunk = 4096;

    /// <param name="limit">More bytes than this are EFBIG: nobody's configuration is that long.</param>
    /// <param name="content">Empty when there is an error.</param>
    /// <param name="isPinned">The collector does not move it, so that whoever wipes it leaves no copy behind.</param>
    /// <returns>Among others EISDIR for a directory, and EINVAL for what is no file at all: a FIFO, a device, a socket.</returns>
    /// <remarks>It never waits. Works for /proc, where files have no size.</remarks>
    public static OsError TryRead(string path, int limit, out byte[] content, bool isPinned = false)
    {
        content = [];
        byte* native = stackalloc byte[NativePath.Capacity];
        OsError error = OsError.Of("open", path, NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity)));
        if (error.IsError)
            return error;
        int fd = open(native, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);
        if (fd < 0)
            return OsError.Last("open", path);
        // An empty FIFO would read as an empty file, and an empty configuration is a valid one.
        FileIdentity found = FileIdentity.OfDescriptor(fd);
        error = found.IsType(Libc.S_IFREG) || found.IsType(Libc.S_IFDIR)
            ? ReadToEnd(fd, path, limit, out content, isPinned)
            : new OsError("open", path, Errno.EINVAL);
        close(fd);
        return error;
    }

    /// <summary>The first bytes of a file, however long it is; else as <see cref="TryRead"/>.</summary>
    public static OsError TryReadStart(string path, int length, out byte[] content)
    {
        content = [];
        byte* native = stackalloc byte[NativePath.Capacity];
        OsError error = OsError.Of("open", path, NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity)));
        if (error.IsError)
            return error;
        int fd = open(native, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);
        if (fd < 0)
            return OsError.Last("open", path);
        error = FileIdentity.OfDescriptor(fd).IsType(Libc.S_IFREG) ? ReadStart(fd, path, length, out content) : new OsError("open", path, Errno.EINVAL);
        close(fd);
        return error;
    }

    // It may be a key, which must not stay behind where nobody wipes it: every buffer but the result is cleared.
    private static OsError ReadStart(int fd, string path, int length, out byte[] content)
    {
        content = [];
        byte[] buffer = new byte[Math.Min(length, Math.Max(FirstChunk, lseek(fd, 0, SEEK_END) + 1))];
        lseek(fd, 0, SEEK_SET);
        int filled = 0;
        while (filled < length)
        {
            if (filled == buffer.Length)
                Grow(ref buffer, length);
            long count;
            fixed (byte* start = buffer)
                count = read(fd, start + filled, buffer.Length - filled);
            if (count < 0 && Libc.LastErrno == Errno.EINTR)
                continue;
            if (count < 0)
                return OsError.Last("read", path);
            if (count == 0)
                break;
            filled += (int)count;
        }
        content = buffer[..filled];
        Array.Clear(buffer);
        return OsError.None;
    }

    // Files of /proc have no size, and one may grow while it is read.
    private static void Grow(ref byte[] buffer, int limit)
    {
        byte[] longer = new byte[Math.Min(limit, buffer.Length * 2L)];
        buffer.CopyTo(longer, 0);
        Array.Clear(buffer);
        buffer = longer;
    }

    /// <summary>Standard input to its end, whatever it is; waits for whoever writes it.</summary>
    public static OsError TryReadStandardInput(int limit, out byte[] content) => ReadToEnd(0, "standard input", limit, out content);

    private static OsError ReadToEnd(int fd, string path, int limit, out byte[] content, bool isPinned = false)
    {
        content = [];
        // Files of /proc have no size, and one may grow while it is read.
        long size = lseek(fd, 0, SEEK_END);
        if (size > limit && FileIdentity.OfDescriptor(fd).IsType(Libc.S_IFREG))
            return new OsError("read", path, Errno.EFBIG);
        byte[] buffer = GC.AllocateUninitializedArray<byte>(size > 0 && size <= limit ? (int)size : Math.Min(FirstChunk, limit + 1), isPinned);
        if (size >= 0)
            lseek(fd, 0, SEEK_SET);
        int length = 0;
        while (true)
        {
            byte probe = 0;
            bool isFull = length == buffer.Length;
            long count;
            fixed (byte* start = buffer)
                count = isFull ? read(fd, &probe, 1) : read(fd, start + length, buffer.Length - length);
            if (count < 0 && Libc.LastErrno == Errno.EINTR)
                continue;
            if (count < 0)
                return OsError.Last("read", path);
            if (count == 0)
                break;
            if (isFull)
            {
                Array.Resize(ref buffer, (int)Math.Min(limit + 1L, Math.Max(buffer.Length * 2L, FirstChunk)));
                buffer[length] = probe;
            }
            length += (int)count;
            if (length > limit)
                return new OsError("read", path, Errno.EFBIG);
        }
        content = length == buffer.Length ? buffer : buffer[..length];
        return OsError.None;
    }
}
