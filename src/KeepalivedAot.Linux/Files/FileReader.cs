using System.Runtime.InteropServices;
using KeepalivedAot.Base;
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
        int fd = OpenRegular(path, out OsError error);
        if (fd < 0)
            return error;
        error = ReadStart(fd, path, length, out content);
        close(fd);
        return error;
    }

    /// <summary>Opens a regular file for reading.</summary>
    /// <returns>Negative: among others EINVAL for what is none.</returns>
    internal static int OpenRegular(string path, out OsError failure)
    {
        const int None = -1;
        byte* native = stackalloc byte[NativePath.Capacity];
        failure = OsError.Of("open", path, NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity)));
        if (failure.IsError)
            return None;
        int fd = open(native, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);
        if (fd < 0)
        {
            failure = OsError.Last("open", path);
            return None;
        }
        if (FileIdentity.OfDescriptor(fd).IsType(Libc.S_IFREG))
            return fd;
        close(fd);
        failure = new OsError("open", path, Errno.EINVAL);
        return None;
    }

    // It may be a key, which must not stay behind where nobody wipes it: every buffer but the result is cleared, and none is moved.
    private static OsError ReadStart(int fd, string path, int length, out byte[] content)
    {
        content = [];
        byte[] buffer = PinnedBytes.Make((int)Math.Min(length, Math.Max(FirstChunk, lseek(fd, 0, SEEK_END) + 1)));
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
        content = PinnedBytes.Copy(buffer.AsSpan(0, filled));
        Array.Clear(buffer);
        return OsError.None;
    }

    // Files of /proc have no size, and one may grow while it is read.
    private static void Grow(ref byte[] buffer, int limit)
    {
        byte[] longer = PinnedBytes.Make((int)Math.Min(limit, buffer.Length * 2L));
        buffer.CopyTo(longer, 0);
        Array.Clear(buffer);
        buffer = longer;
    }

    /// <summary>Standard input to its end, whatever it is; waits for whoever writes it.</summary>
    public static OsError TryReadStandardInput(int limit, out byte[] content) => ReadToEnd(0, "standard input", limit, out content);

    private static OsError ReadToEnd(int fd, string path, int limit, out byte[] content, bool isPinned = false)
    {
        content = [];
        long size = lseek(fd, 0, SEEK_END);
        if (size > limit && FileIdentity.OfDescriptor(fd).IsType(Libc.S_IFREG))
            return new OsError("read", path, Errno.EFBIG);
        if (size >= 0)
            lseek(fd, 0, SEEK_SET);
        byte[] buffer = GC.AllocateUninitializedArray<byte>(size > 0 && size <= limit ? (int)size : 0, isPinned);
        OsError error = Fill(fd, path, buffer, out int length);
        if (error.IsError)
            return error;
        // Files of /proc have no size, a pipe has none, and a file may grow while it is read.
        using Pieces rest = new();
        if (length == buffer.Length)
            error = rest.Read(fd, path, limit + 1 - length);
        if (!error.IsError && length + rest.Length > limit)
            error = new OsError("read", path, Errno.EFBIG);
        if (error.IsError)
            return error;
        if (rest.Length == 0 && length == buffer.Length)
        {
            content = buffer;
            return OsError.None;
        }
        content = GC.AllocateUninitializedArray<byte>(length + rest.Length, isPinned);
        buffer.AsSpan(0, length).CopyTo(content);
        Array.Clear(buffer);
        rest.MoveTo(content.AsSpan(length));
        return OsError.None;
    }

    // As much as fits, or is there.
    private static OsError Fill(int fd, string path, Span<byte> buffer, out int length)
    {
        length = 0;
        while (length < buffer.Length)
        {
            long count;
            fixed (byte* start = buffer)
                count = read(fd, start + length, buffer.Length - length);
            if (count < 0 && Libc.LastErrno == Errno.EINTR)
                continue;
            if (count < 0)
                return OsError.Last("read", path);
            if (count == 0)
                break;
            length += (int)count;
        }
        return OsError.None;
    }

    /// <summary>What is read without knowing how much it will be: in pieces outside the heap, so that it is not in memory twice.</summary>
    private sealed class Pieces : IDisposable
    {
        private const int Largest = 1 << 20;

        private readonly Queue<(nint Start, int Length)> _pieces = new();

        public int Length { get; private set; }

        /// <param name="most">Ends there at the latest.</param>
        public OsError Read(int fd, string path, int most)
        {
            int size = FirstChunk;
            while (Length < most)
            {
                size = Math.Min(size, most - Length);
                byte* piece = (byte*)NativeMemory.Alloc((nuint)size);
                OsError error = Fill(fd, path, new Span<byte>(piece, size), out int length);
                _pieces.Enqueue(((nint)piece, length));
                Length += length;
                if (error.IsError || length < size)
                    return error;
                size = Math.Min(Largest, 2 * size);
            }
            return OsError.None;
        }

        public void MoveTo(Span<byte> content)
        {
            while (_pieces.TryDequeue(out (nint Start, int Length) piece))
            {
                Span<byte> bytes = new((byte*)piece.Start, piece.Length);
                bytes.CopyTo(content);
                content = content[piece.Length..];
                Free(piece.Start, bytes);
            }
        }

        public void Dispose()
        {
            while (_pieces.TryDequeue(out (nint Start, int Length) piece))
                Free(piece.Start, new((byte*)piece.Start, piece.Length));
        }

        // There may be a key in it.
        private static void Free(nint start, Span<byte> bytes)
        {
            bytes.Clear();
            NativeMemory.Free((byte*)start);
        }
    }
}
