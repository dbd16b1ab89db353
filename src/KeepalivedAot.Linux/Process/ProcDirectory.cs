using KeepalivedAot.Linux.Interop;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Process;

/// <summary>What <c>/proc</c> says of processes. Allocates nothing after opening.</summary>
public sealed unsafe class ProcDirectory : IDisposable
{
    private const int EntriesLength = 4096;

    // "/proc/" , ten digits, "/cmdline", NUL.
    private const int PathCapacity = 32;

    // Ten digits, the name of at most 15 bytes in brackets, the state.
    private const int StatusLength = 40;

    // linux_dirent64: d_ino and d_off, 8 bytes each, d_reclen 2, d_type 1, then the name.
    private const int ReclenOffset = 16;
    private const int NameOffset = 19;

    private readonly int _fd;
    private readonly byte[] _entries = GC.AllocateUninitializedArray<byte>(EntriesLength, pinned: true);
    private int _length;
    private int _at;

    private ProcDirectory(int fd) => _fd = fd;

    /// <returns>ENOENT where <c>/proc</c> is not mounted.</returns>
    public static OsError Open(out ProcDirectory? directory)
    {
        directory = null;
        fixed (byte* path = "/proc\0"u8)
        {
            int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
            if (fd < 0)
                return OsError.Last("open", "/proc");
            directory = new ProcDirectory(fd);
        }
        return OsError.None;
    }

    /// <summary>Begins from the first process again.</summary>
    public void Rewind()
    {
        lseek(_fd, 0, SEEK_SET);
        _length = 0;
        _at = 0;
    }

    /// <summary>The next process.</summary>
    /// <returns>0 after the last one, and when the kernel refuses.</returns>
    public int Next()
    {
        while (true)
        {
            if (_at >= _length && !Refill())
                return 0;
            ReadOnlySpan<byte> entry = _entries.AsSpan(_at, _length - _at);
            int recordLength = BitConverter.ToUInt16(entry[ReclenOffset..]);
            _at += recordLength;
            int pid = PidOf(entry[NameOffset..recordLength]);
            if (pid > 0)
                return pid;
        }
    }

    /// <summary>The name of a process, without the newline, into the caller's buffer.</summary>
    /// <param name="length">0 when there is no such process any more, and for what has no name.</param>
    public static Errno ReadName(int pid, Span<byte> buffer, out int length)
    {
        Errno error = Read(pid, "/comm"u8, buffer, out length);
        if (length > 0 && buffer[length - 1] == '\n')
            length--;
        return error;
    }

    /// <summary>The first bytes of the command line: arguments that each end with a NUL. Empty for kernel threads and zombies.</summary>
    public static Errno ReadCommandLine(int pid, Span<byte> buffer, out int length) => Read(pid, "/cmdline"u8, buffer, out length);

    /// <summary>It is a zombie: it has ended and nobody has awaited it, or it is gone.</summary>
    public static bool HasEnded(int pid)
    {
        // "123 (name) Z ...": the name may hold anything, so the last bracket counts.
        Span<byte> start = stackalloc byte[StatusLength];
        if (Read(pid, "/stat"u8, start, out int length) != Errno.None)
            return true;
        int bracket = start[..length].LastIndexOf((byte)')');
        return bracket < 0 || bracket + 2 >= length || start[bracket + 2] is (byte)'Z' or (byte)'X';
    }

    public void Dispose() => close(_fd);

    private static Errno Read(int pid, ReadOnlySpan<byte> file, Span<byte> buffer, out int length)
    {
        length = 0;
        Span<byte> path = stackalloc byte[PathCapacity];
        path.Clear();
        "/proc/"u8.CopyTo(path);
        pid.TryFormat(path[6..], out int digits);
        file.CopyTo(path[(6 + digits)..]);
        int fd;
        fixed (byte* native = path)
            fd = open(native, O_RDONLY | O_CLOEXEC, 0);
        if (fd < 0)
            return Libc.LastErrno;
        Errno error = Errno.None;
        fixed (byte* start = buffer)
        {
            while (length < buffer.Length)
            {
                long count = read(fd, start + length, buffer.Length - length);
                if (count < 0)
                    error = Libc.LastErrno;
                if (count < 0 && error == Errno.EINTR)
                    continue;
                if (count <= 0)
                    break;
                length += (int)count;
            }
        }
        close(fd);
        return error;
    }

    private bool Refill()
    {
        _at = 0;
        fixed (byte* entries = _entries)
            _length = (int)Math.Max(0, Libc.getdents64(_fd, entries, EntriesLength));
        return _length > 0;
    }

    private static int PidOf(ReadOnlySpan<byte> name)
    {
        int pid = 0;
        foreach (byte letter in name)
        {
            if (letter == 0)
                return pid;
            if (letter is < (byte)'0' or > (byte)'9')
                return 0;
            pid = (pid * 10) + letter - '0';
        }
        return pid;
    }
}
