using KeepalivedAot.Base;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Logging;

/// <summary>Lines to the host's log over its unix socket: syslog's, or the journal's.</summary>
/// <remarks>
/// Never waits: when the other end is slow, stopped or absent, lines are kept until <see cref="Flush"/> or the next line finds it ready, and
/// arrive with the time at which they were written. When there is no more room, lines are dropped and counted, and the count is logged
/// where they are missing. A lost connection is tried again after 1 s, then 2 s, up to 32 s.
/// </remarks>
public sealed unsafe class SyslogSink : ILogSink, IDisposable
{
    public const string DefaultPath = "/dev/log";
    public const string DefaultJournalPath = "/run/systemd/journal/socket";

    private const int NotConnected = -1;

    // What some hundred routers write at a takeover; many hosts let a socket take ten messages at a time.
    private const int WaitingCapacity = 128 * 1024;

    // For somebody who is not there, and may never be: how it began.
    private const int AbsentCapacity = 16 * 1024;
    private static readonly Duration FirstBackOff = Duration.FromSeconds(1);
    private static readonly Duration LongestBackOff = Duration.FromSeconds(32);

    private readonly LogIdent _ident;
    private readonly SyslogFacility _facility;
    private readonly string _path;
    private readonly string _journalPath;
    private readonly int _pid = SystemInfo.ProcessId;
    private readonly byte[] _host = ByteText.Encode(SystemInfo.HostName);
    private readonly WaitingMessages _waiting = new(WaitingCapacity);
    private sockaddr_un _address;
    private int _fd = NotConnected;
    private int _socketType = SOCK_DGRAM;
    private Duration _backOff = FirstBackOff;
    private Instant _nextAttempt;
    private long _untoldCount;
    private Errno _dropReason;

    /// <param name="ident">Of lines that do not come through <see cref="Named"/>.</param>
    /// <param name="path">At most 107 bytes (sun_path), as the journal's.</param>
    public SyslogSink(
        LogIdent ident, SyslogFacility facility = SyslogFacility.Daemon, string path = DefaultPath, string journalPath = DefaultJournalPath)
    {
        _ident = ident;
        _facility = facility;
        _path = path;
        _journalPath = journalPath;
        SetAddress(path);
    }

    /// <summary>The form of the messages.</summary>
    public SyslogFormat Format { get; private set; }

    /// <summary>Lines that did not reach the log, and will not.</summary>
    public long DroppedCount { get; private set; }

    /// <summary>Why the last line did not leave at once; None when all did.</summary>
    public Errno LastError { get; private set; }

    /// <summary>Lines wait for the other end.</summary>
    public bool HasWaiting => !_waiting.IsEmpty;

    /// <summary>Before this there is no use in trying again; somebody who is there can be ready at any time.</summary>
    public Instant NextAttempt => _fd == NotConnected ? _nextAttempt : default;

    /// <summary>The next lines go out in this form.</summary>
    /// <returns>False when there is no journal here: syslog gets the lines.</returns>
    public bool TryUse(SyslogFormat format)
    {
        bool isThere = format != SyslogFormat.Journal || File.Exists(_journalPath);
        if (!isThere)
            format = SyslogFormat.Rfc3164;
        if (format == Format)
            return isThere;
        bool isElsewhere = format == SyslogFormat.Journal || Format == SyslogFormat.Journal;
        Format = format;
        if (!isElsewhere)
            return isThere;
        // What waits is in the form of the former one.
        Flush();
        while (HasWaiting)
        {
            _waiting.RemoveFirst();
            Drop();
        }
        Disconnect();
        SetAddress(format == SyslogFormat.Journal ? _journalPath : _path);
        return isThere;
    }

    /// <summary>The way in for lines under another name; they keep their order with all others.</summary>
    public ILogSink Named(LogIdent ident) => new Entrance(this, ident);

    public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => Write(_ident, level, eventId, null, line);

    public void Write(LogLevel level, int eventId, LogSubject? subject, ReadOnlySpan<byte> line) => Write(_ident, level, eventId, subject, line);

    private void Write(LogIdent ident, LogLevel level, int eventId, LogSubject? subject, ReadOnlySpan<byte> line)
    {
        LineWriter message = new(stackalloc byte[SyslogMessage.LongestLength]);
        Compose(ref message, ident, level, eventId, subject, line);
        Flush();
        if (_waiting.IsEmpty && TellDropped() && TrySend(message.Text))
            return;
        if (!TryKeep(message.Text))
            Drop();
    }

    /// <summary>Sends what waits, as far as the other end takes it.</summary>
    /// <returns>True when nothing waits any more.</returns>
    public bool Flush()
    {
        while (!_waiting.IsEmpty)
        {
            if (!TrySend(_waiting.First))
            {
                // What will never fit must not keep the others.
                if (_fd == NotConnected || LastError != Errno.EMSGSIZE)
                    break;
                Drop();
            }
            _waiting.RemoveFirst();
        }
        return _waiting.IsEmpty;
    }

    /// <summary>As <see cref="Flush"/>, for the end of the process: waits for the other end, if that is there, but no longer than this.</summary>
    public void FlushWithin(Duration limit)
    {
        Instant end = MonotonicClock.Now + limit;
        while (!Flush() && _fd != NotConnected && MonotonicClock.Now < end)
        {
            pollfd request = new() { fd = _fd, events = POLLOUT };
            poll(&request, 1, (int)Math.Max(1, (end - MonotonicClock.Now).WholeMilliseconds));
        }
    }

    /// <summary>The next line begins a new connection.</summary>
    public void Reconnect() => Disconnect();

    public void Dispose() => Disconnect();

    /// <summary>keepalived's own two levels of detail are informational to syslog.</summary>
    internal static int SeverityOf(LogLevel level) => (int)(level > LogLevel.Info ? LogLevel.Info : level);

    private void Compose(ref LineWriter text, LogIdent ident, LogLevel level, int eventId, LogSubject? subject, scoped ReadOnlySpan<byte> line)
    {
        SyslogMessage message = new()
        {
            Facility = _facility,
            Level = level,
            EventId = eventId,
            Subject = subject,
            Ident = ident,
            Pid = _pid,
            Time = WallClock.Now,
        };
        line = line[..Math.Min(line.Length, LogLine.Capacity)];
        switch (Format)
        {
            case SyslogFormat.Rfc5424:
                message.WriteRfc5424(ref text, _host, line);
                break;
            case SyslogFormat.Journal:
                message.WriteJournal(ref text, line);
                break;
            default:
                message.WriteRfc3164(ref text, line);
                break;
        }
    }

    private void Drop()
    {
        DroppedCount++;
        _untoldCount++;
        _dropReason = LastError;
    }

    private bool TellDropped()
    {
        if (_untoldCount == 0)
            return true;
        LineWriter notice = new(stackalloc byte[SyslogMessage.LongestLength]);
        ComposeDropped(ref notice);
        if (!TrySend(notice.Text))
            return false;
        _untoldCount = 0;
        return true;
    }

    // Behind what waits already; the notice of what is missing there comes first.
    private bool TryKeep(ReadOnlySpan<byte> message)
    {
        int room = _fd == NotConnected ? AbsentCapacity : WaitingCapacity;
        if (_untoldCount == 0)
            return _waiting.TryAdd(message, room);
        LineWriter notice = new(stackalloc byte[SyslogMessage.LongestLength]);
        ComposeDropped(ref notice);
        // Room for both, or each freed place would bring a notice of its own.
        if (!_waiting.TryAdd(notice.Text, room - message.Length - 2 * sizeof(int)))
            return false;
        _untoldCount = 0;
        return _waiting.TryAdd(message, room);
    }

    private void ComposeDropped(ref LineWriter notice)
    {
        LineWriter line = new(stackalloc byte[192]);
        LineFormat.WriteDropped(ref line, _untoldCount, ErrnoText.Of(_dropReason));
        Compose(ref notice, _ident, LogLevel.Warning, LogEvents.LinesDropped, null, line.Text);
    }

    private bool TrySend(ReadOnlySpan<byte> message)
        // A syslog that was restarted is met with a dead connection first: that shall not cost a line.
        => (IsConnected() && Send(message)) || (_fd == NotConnected && IsConnected() && Send(message));

    private bool Send(ReadOnlySpan<byte> message)
    {
        if (_socketType != SOCK_STREAM)
            return SendWhole(message);
        // On a stream the NUL ends the message.
        Span<byte> ended = stackalloc byte[SyslogMessage.LongestLength + 1];
        message.CopyTo(ended);
        ended[message.Length] = 0;
        return SendWhole(ended[..(message.Length + 1)]);
    }

    private bool SendWhole(ReadOnlySpan<byte> message)
    {
        long sent;
        fixed (byte* start = message)
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

    private void SetAddress(string path)
    {
        _address = new sockaddr_un { sun_family = AF_UNIX };
        _socketType = SOCK_DGRAM;
        (_backOff, _nextAttempt) = (FirstBackOff, default);
        fixed (byte* to = _address.sun_path)
        {
            Invariant.Require(
                ByteText.TryEncode(path, new Span<byte>(to, sockaddr_un.sun_path_length - 1), out _),
                "the path of the log socket fits its address");
        }
    }

    private sealed class Entrance(SyslogSink syslog, LogIdent ident) : ILogSink
    {
        public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => syslog.Write(ident, level, eventId, null, line);

        public void Write(LogLevel level, int eventId, LogSubject? subject, ReadOnlySpan<byte> line)
            => syslog.Write(ident, level, eventId, subject, line);
    }
}
