using KeepalivedAot.Base;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Logging;

/// <summary>Lines to the host's syslog, over its unix socket: <c>&lt;30&gt;Nov 22 18:25:43 Keepalived_vrrp[123]: text</c> (RFC 3164, without host name as is usual locally).</summary>
/// <remarks>
/// Never waits: when syslog is slow, stopped or absent, lines are dropped and counted, and the count is logged once it is back.
/// A lost connection is tried again after 1 s, then 2 s, up to 32 s.
/// </remarks>
public sealed unsafe class SyslogSink : ILogSink, IDisposable
{
    public const string DefaultPath = "/dev/log";

    private const int NotConnected = -1;
    private const int LongestHeader = 256;
    private const int LongestIdent = 128;
    private static readonly Duration FirstBackOff = Duration.FromSeconds(1);
    private static readonly Duration LongestBackOff = Duration.FromSeconds(32);

    private readonly SyslogFacility _facility;
    private readonly int _pid = SystemInfo.ProcessId;
    private readonly byte[] _ident = new byte[LongestIdent];
    private sockaddr_un _address;
    private int _identLength;
    private int _fd = NotConnected;
    private int _socketType = SOCK_DGRAM;
    private Duration _backOff = FirstBackOff;
    private Instant _nextAttempt;
    private long _untoldCount;

    /// <param name="ident">The program's name in the log, <c>Keepalived_vrrp</c>.</param>
    /// <param name="path">At most 107 bytes (sun_path).</param>
    public SyslogSink(string ident, SyslogFacility facility = SyslogFacility.Daemon, string path = DefaultPath)
    {
        _facility = facility;
        Ident = ident;
        _address.sun_family = AF_UNIX;
        fixed (byte* to = _address.sun_path)
        {
            Invariant.Require(
                ByteText.TryEncode(path, new Span<byte>(to, sockaddr_un.sun_path_length - 1), out _),
                "the path of the log socket fits its address");
        }
    }

    /// <summary>Can be changed while running: the network namespace and instance names are appended to it.</summary>
    public string Ident
    {
        get => ByteText.Decode(_ident.AsSpan(0, _identLength));
        set
        {
            byte[] bytes = ByteText.Encode(value);
            _identLength = Math.Min(bytes.Length, LongestIdent);
            bytes.AsSpan(0, _identLength).CopyTo(_ident);
        }
    }

    /// <summary>Lines that did not reach syslog.</summary>
    public long DroppedCount { get; private set; }

    /// <summary>Why the last line that was dropped was; None when there was none.</summary>
    public Errno LastError { get; private set; }

    public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line)
    {
        if (TrySend(level, line))
            return;
        // A syslog that was restarted is met with a dead connection first: that shall not cost a line.
        if (_fd == NotConnected && TrySend(level, line))
            return;
        DroppedCount++;
        _untoldCount++;
    }

    private bool TrySend(LogLevel level, ReadOnlySpan<byte> line) => IsConnected() && TellDropped() && Send(level, line);

    /// <summary>The next line begins a new connection.</summary>
    public void Reconnect() => Disconnect();

    public void Dispose() => Disconnect();

    /// <summary>keepalived's own two levels of detail are informational to syslog.</summary>
    internal static int SeverityOf(LogLevel level) => (int)(level > LogLevel.Info ? LogLevel.Info : level);

    private bool TellDropped()
    {
        if (_untoldCount == 0)
            return true;
        LineWriter text = new(stackalloc byte[128]);
        text.Append("("u8);
        text.Append(_untoldCount);
        text.Append(" log lines were dropped: "u8);
        text.Append(ErrnoText.Of(LastError));
        text.Append(")"u8);
        if (!Send(LogLevel.Warning, text.Text))
            return false;
        _untoldCount = 0;
        return true;
    }

    private bool Send(LogLevel level, ReadOnlySpan<byte> line)
    {
        LineWriter message = new(stackalloc byte[LongestHeader + LogLine.Capacity + 1]);
        message.Append("<"u8);
        message.Append((int)_facility * 8 + SeverityOf(level));
        message.Append(">"u8);
        LocalTime.WriteShort(LocalTime.UnixSeconds, message.Rest);
        message.Advance(LocalTime.ShortLength);
        message.Append(" "u8);
        message.Append(_ident.AsSpan(0, _identLength));
        message.Append("["u8);
        message.Append(_pid);
        message.Append("]: "u8);
        message.Append(line[..Math.Min(line.Length, LogLine.Capacity)]);
        // On a stream the NUL ends the message.
        if (_socketType == SOCK_STREAM)
            message.Append("\0"u8);

        long sent;
        fixed (byte* start = message.Text)
            sent = send(_fd, start, message.Length, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent == message.Length)
            return true;
        LastError = sent < 0 ? Libc.LastErrno : Errno.EAGAIN;
        // Half a message on a stream would run into the next one: begin a new connection.
        if (sent >= 0 || LastError is not (Errno.EAGAIN or Errno.ENOBUFS or Errno.EINTR or Errno.EMSGSIZE))
            Disconnect();
        return false;
    }

    private bool IsConnected()
    {
        if (_fd != NotConnected)
            return true;
        Instant now = MonotonicClock.Now;
        if (now < _nextAttempt)
            return false;
        Errno errno = Connect();
        if (errno == Errno.EPROTOTYPE)
        {
            // Some syslogs listen on a stream.
            _socketType = _socketType == SOCK_DGRAM ? SOCK_STREAM : SOCK_DGRAM;
            errno = Connect();
        }
        if (errno == Errno.None)
        {
            _backOff = FirstBackOff;
            return true;
        }
        LastError = errno;
        _nextAttempt = now + _backOff;
        _backOff = _backOff * 2 > LongestBackOff ? LongestBackOff : _backOff * 2;
        return false;
    }

    private Errno Connect()
    {
        int fd = socket(AF_UNIX, _socketType | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (fd < 0)
            return Libc.LastErrno;
        fixed (sockaddr_un* address = &_address)
        {
            if (connect(fd, (sockaddr*)address, sizeof(sockaddr_un)) != 0)
            {
                Errno errno = Libc.LastErrno;
                close(fd);
                return errno;
            }
        }
        _fd = fd;
        return Errno.None;
    }

    private void Disconnect()
    {
        if (_fd != NotConnected)
            close(_fd);
        _fd = NotConnected;
    }
}
