using KeepalivedAot.Base.Logging;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Logging;

/// <summary>Lines to a file of the host, each with the local time before it, as on the console. Each is written at once.</summary>
/// <remarks>
/// The first lines come before it is known how the file is called; they wait for <see cref="Open"/>. What the disk does not take is counted,
/// and told when it takes lines again. Whoever rotates the file has <see cref="Open"/> called again.
/// </remarks>
public sealed unsafe class FileSink : ILogSink, IDisposable
{
    private const int NotOpen = -1;
    private const int Mode = 0b110_110_110;
    private const int LongestPrefix = LocalTime.LongLength + 2;
    private const int LongestNotice = LongestPrefix + 80;
    private const int LongestWrite = LongestNotice + LongestPrefix + LogLine.Capacity + 1;

    // A start that takes more lines than these before the file has a name has gone wrong, and is told elsewhere.
    private const int MostEarlyLines = 100;

    private List<byte[]>? _early = [];
    private int _fd = NotOpen;
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

    public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line)
    {
        LineWriter text = new(stackalloc byte[LongestWrite]);
        long now = LocalTime.UnixSeconds;
        if (_untoldCount != 0)
        {
            AppendPrefix(ref text, now);
            text.Append("("u8);
            text.Append(_untoldCount);
            text.Append(" log lines were dropped: the file took no more)\n"u8);
        }
        AppendPrefix(ref text, now);
        text.Append(line[..Math.Min(line.Length, LogLine.Capacity)]);
        text.Append("\n"u8);
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

    private static void AppendPrefix(ref LineWriter text, long now)
    {
        LocalTime.WriteLong(now, text.Rest);
        text.Advance(LocalTime.LongLength);
        text.Append(": "u8);
    }

    private bool WriteAll(ReadOnlySpan<byte> text)
    {
        fixed (byte* start = text)
        {
            long written;
            do
                written = write(_fd, start, text.Length);
            while (written < 0 && Libc.LastErrno == Errno.EINTR);
            return written == text.Length;
        }
    }
}
