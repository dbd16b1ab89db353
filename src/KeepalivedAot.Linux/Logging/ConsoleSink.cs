using System.Globalization;
using System.Text.Unicode;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Logging;

/// <summary>Lines to stderr. Each part of the program writes through a <see cref="Named"/> of its own.</summary>
/// <remarks>
/// Never waits for whoever reads: a terminal that was stopped with Ctrl-S, or a pipe that nobody empties, must not stop a
/// router. Lines that do not fit are dropped and counted, and the count is printed when there is room again.
/// O_NONBLOCK belongs to the open file and not to the descriptor, so it is not set on the stderr that
/// we share with a shell: a pipe or terminal is opened a second time for us, a socket is written with MSG_DONTWAIT.
/// </remarks>
public sealed unsafe class ConsoleSink : IDisposable
{
    private const int StandardError = 2;
    private const int LongestWrite = 2 * LineFormat.LongestLine;

    private readonly int _fd;
    private readonly bool _isSocket;
    private readonly bool _isOwned;

    // The end of a line that was written in part: it goes out before anything else.
    private readonly byte[] _rest = GC.AllocateUninitializedArray<byte>(LongestWrite);
    private readonly byte[] _text = GC.AllocateUninitializedArray<byte>(LongestWrite);
    private int _restLength;

    private ConsoleSink(int fd, bool isSocket, bool isOwned)
    {
        _fd = fd;
        _isSocket = isSocket;
        _isOwned = isOwned;
    }

    /// <summary>Lines that nobody saw.</summary>
    public long DroppedCount { get; private set; }

    // Those of them that the reader was not told of yet.
    private long _untoldCount;

    public static ConsoleSink Open() => Open(StandardError);

    /// <summary>For a test or another descriptor; it stays the caller's.</summary>
    public static ConsoleSink Open(int fd)
    {
        FileIdentity file = FileIdentity.OfDescriptor(fd);
        if (file.IsType(Libc.S_IFSOCK))
            return new ConsoleSink(fd, isSocket: true, isOwned: false);
        // A regular file does not make anyone wait, and a second opening of it would begin at its start.
        if (file.IsType(Libc.S_IFREG))
            return new ConsoleSink(fd, isSocket: false, isOwned: false);
        Span<byte> path = stackalloc byte[32];
        Utf8.TryWrite(path, CultureInfo.InvariantCulture, $"/proc/self/fd/{fd}\0", out _);
        int own;
        fixed (byte* native = path)
            own = open(native, O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY, 0);
        // Without /proc, or on a terminal of another user: the shared one, asked by poll before each line.
        return own < 0 ? new ConsoleSink(fd, isSocket: false, isOwned: false) : new ConsoleSink(own, isSocket: false, isOwned: true);
    }

    /// <summary>The way in for lines that are written in this format.</summary>
    public ILogSink Named(LineFormat format) => new Entrance(this, format);

    private void Write(LineFormat format, LogLevel level, int eventId, LogSubject? subject, ReadOnlySpan<byte> line)
    {
        if (!FlushRest() || !Send(format, level, eventId, subject, line))
        {
            DroppedCount++;
            _untoldCount++;
        }
    }

    public void Dispose()
    {
        if (_isOwned)
            close(_fd);
    }

    /// <summary>The line, and before it what was lost; one write, so that both or neither go out.</summary>
    /// <returns>False when nothing of it went out; true when all of it did or its rest is kept.</returns>
    private bool Send(LineFormat format, LogLevel level, int eventId, LogSubject? subject, ReadOnlySpan<byte> line)
    {
        LineWriter text = new(_text);
        if (_untoldCount != 0)
            format.AppendDropped(ref text, _untoldCount, "the console was blocked");
        format.Append(ref text, level, eventId, subject, line);

        int written = WriteSome(text.Text);
        if (written == 0)
            return false;
        _untoldCount = 0;
        text.Text[written..].CopyTo(_rest);
        _restLength = text.Length - written;
        return true;
    }

    private bool FlushRest()
    {
        if (_restLength == 0)
            return true;
        int written = WriteSome(_rest.AsSpan(0, _restLength));
        _restLength -= written;
        _rest.AsSpan(written, _restLength).CopyTo(_rest);
        return _restLength == 0;
    }

    /// <returns>How much went out; 0 also when the reader has gone: then there is nobody to tell.</returns>
    private int WriteSome(ReadOnlySpan<byte> text)
    {
        fixed (byte* start = text)
        {
            long written;
            do
            {
                if (!_isSocket && !_isOwned && !IsWritable())
                    return 0;
                written = _isSocket
                    ? send(_fd, start, text.Length, MSG_DONTWAIT | MSG_NOSIGNAL)
                    : write(_fd, start, text.Length);
            }
            while (written < 0 && Libc.LastErrno == Errno.EINTR);
            return (int)Math.Max(0, written);
        }
    }

    private bool IsWritable()
    {
        pollfd request = new() { fd = _fd, events = POLLOUT };
        return poll(&request, 1, 0) > 0 && (request.revents & POLLOUT) != 0;
    }

    private sealed class Entrance(ConsoleSink console, LineFormat format) : ILogSink
    {
        public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => console.Write(format, level, eventId, null, line);

        public void Write(LogLevel level, int eventId, LogSubject? subject, ReadOnlySpan<byte> line)
            => console.Write(format, level, eventId, subject, line);
    }
}
