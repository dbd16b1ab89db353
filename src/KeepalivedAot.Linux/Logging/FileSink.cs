using KeepalivedAot.Base.Logging;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Logging;

/// <summary>Lines to a file of the host, written as on the console. Each is written at once.</summary>
/// <remarks>
/// The first lines come before it is known how the file is called; they wait for <see cref="Open"/>. What the disk does not take is counted,
/// and told when it takes lines again. Whoever rotates the file has <see cref="Open"/> called again.
/// </remarks>
public sealed unsafe class FileSink(LineFormat format) : ILogSink, IDisposable
{
    private const int NotOpen = -1;
    private const int Mode = 0b110_110_110;

    // Begun behind half a line, with a notice before it.
    private const int LongestWrite = 1 + 2 * LineFormat.LongestLine;

    // A start that takes more lines than these before the file has a name has gone wrong, and is told elsewhere.
    private const int MostEarlyLines = 100;

    private readonly byte[] _text = GC.AllocateUninitializedArray<byte>(LongestWrite);
    private List<byte[]>? _early = [];
    private int _fd = NotOpen;

    // The disk took only a part of the last line.
    private bool _isTorn;
    private long _untoldCount;

    /// <summary>Lines that are not in the file.</summary>
    public long DroppedCount { get; private set; }

    /// <summary>Begins to write, or goes on in a file that was put in the place of the former one.</summary>
    /// <param name="path">A link is not followed, and a file of another user is not written to: the place may be /tmp.</param>
    public OsError Open(string path)
    {
        byte* native = stackalloc byte[NativePath.Capacity];
        OsError failure = OsError.Of("open", path, NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity)));
        if (failure.IsError)
            return failure;
        int fd = open(native, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, Mode);
        if (fd < 0)
            return OsError.Last("open", path);
        statx found;
        byte none = 0;
        if (statx(fd, &none, AT_EMPTY_PATH, STATX_BASIC_STATS, &found) != 0)
            failure = OsError.Last("statx", path);
        else if ((found.stx_mode & Libc.S_IFMT) != Libc.S_IFREG || found.stx_uid != Libc.geteuid())
            failure = new OsError("open", path, Errno.EACCES);
        if (failure.IsError)
        {
            close(fd);
            return failure;
        }
        // Opened anew it can be the same file, with half a line at its end.
        if (_fd == NotOpen || FileIdentity.OfDescriptor(_fd) != FileIdentity.OfDescriptor(fd))
            _isTorn = false;
        if (_fd != NotOpen)
            close(_fd);
        _fd = fd;
        foreach (byte[] line in _early ?? [])
            WriteAll(line);
        _early = null;
        return OsError.None;
    }

    /// <summary>There will be no file.</summary>
    public void GiveUp() => _early = null;

    public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => Write(level, eventId, null, line);

    public void Write(LogLevel level, int eventId, LogSubject? subject, ReadOnlySpan<byte> line)
    {
        LineWriter text = new(_text);
        if (_isTorn)
            text.Append("\n"u8);
        if (_untoldCount != 0)
            format.AppendDropped(ref text, _untoldCount, "the file took no more");
        format.Append(ref text, level, eventId, subject, line);
        if (_early is not null && _early.Count < MostEarlyLines)
        {
            _early.Add(text.Text.ToArray());
        }
        else if (WriteAll(text.Text))
        {
            _untoldCount = 0;
        }
        else
        {
            DroppedCount++;
            _untoldCount++;
        }
    }

    public void Dispose()
    {
        if (_fd != NotOpen)
            close(_fd);
        _fd = NotOpen;
    }

    private bool WriteAll(ReadOnlySpan<byte> text)
    {
        fixed (byte* start = text)
        {
            long written;
            do
                written = write(_fd, start, text.Length);
            while (written < 0 && Libc.LastErrno == Errno.EINTR);
            // Nothing of it: what was torn before still is.
            if (written > 0)
                _isTorn = written < text.Length;
            return written == text.Length;
        }
    }
}
