using System.Runtime.InteropServices;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Tls;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>A TCP connection to a server, over the loop: it never waits. Encrypted from the start, from some point on, or not at all.</summary>
/// <remarks>Parts: connecting, reading and writing here; TLS in <c>TcpConnection.Tls.cs</c>. Timeouts are the user's.</remarks>
public sealed unsafe partial class TcpConnection : IEventSource
{
    private const int BufferLength = 4096;
    private const int PortOffset = 2;

    private readonly EventLoop _loop;
    private readonly IStreamObserver _observer;
    private readonly byte[] _received = new byte[BufferLength];
    private int _descriptor;
    private bool _isConnected;
    private bool _watchesOutput;

    // What the kernel has not taken yet.
    private byte[] _pending = [];
    private int _pendingLength;

    private TcpConnection(EventLoop loop, int descriptor, IStreamObserver observer)
    {
        _loop = loop;
        _descriptor = descriptor;
        _observer = observer;
    }

    public bool IsOpen => _descriptor >= 0;

    /// <summary>Begins to connect; the observer hears how it ends.</summary>
    /// <returns>Null: the kernel refused at once.</returns>
    public static TcpConnection? Open(EventLoop loop, IpAddress server, ushort port, IStreamObserver observer, out OsError failure)
    {
        int domain = server.Family == AddressFamily.IPv6 ? (int)AF_INET6 : (int)AF_INET;
        int descriptor = socket(domain, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (descriptor < 0)
        {
            failure = OsError.Last("socket(SOCK_STREAM)");
            return null;
        }
        TcpConnection connection = new(loop, descriptor, observer);
        failure = connection.Connect(server, port);
        if (!failure.IsError)
            failure = OsError.Of("epoll_ctl", "connection", loop.Add(descriptor, connection, SourceOrder.AfterInput));
        if (!failure.IsError)
            failure = OsError.Of("epoll_ctl", "connection", connection.WatchOutput(true));
        if (!failure.IsError)
            return connection;
        connection.Close();
        return null;
    }

    private OsError Connect(IpAddress server, ushort port)
    {
        Span<byte> name = stackalloc byte[sizeof(sockaddr_in6)];
        int length = SocketAddress.Write(name, server, scope: 0);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(name[PortOffset..], port);
        fixed (byte* start = name)
        {
            if (connect(_descriptor, (sockaddr*)start, (uint)length) == 0 || Libc.LastErrno == Errno.EINPROGRESS)
                return OsError.None;
        }
        return OsError.Last("connect");
    }

    /// <summary>Writes what the kernel takes, and the rest when it takes more.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        Invariant.Require(IsOpen, "only an open connection is written to");
        if (_pendingLength + bytes.Length > _pending.Length)
        {
            byte[] larger = new byte[_pendingLength + bytes.Length];
            _pending.AsSpan(0, _pendingLength).CopyTo(larger);
            Array.Clear(_pending);
            _pending = larger;
        }
        bytes.CopyTo(_pending.AsSpan(_pendingLength));
        _pendingLength += bytes.Length;
        // The loop calls back in its next turn: so no failure is reported from within a call of the observer's.
        WatchOutput(true);
    }

    /// <summary>Over, without another word to the observer.</summary>
    public void Close()
    {
        if (!IsOpen)
            return;
        CloseTls();
        // Not there: it never came as far as the loop.
        _ = _loop.Remove(_descriptor);
        _ = close(_descriptor);
        _descriptor = -1;
        Erase();
    }

    public DrainResult OnReadable(Instant now, int budget)
    {
        if (!_isConnected)
            FinishConnecting(now);
        else if (_handshakes)
            ContinueHandshake(now);
        else
            Exchange(now);
        return DrainResult.Empty(1);
    }

    private void FinishConnecting(Instant now)
    {
        Errno error = SocketOptions.Get(_descriptor, SOL_SOCKET, SO_ERROR, out int pending);
        if (error == Errno.None)
            error = (Errno)pending;
        if (error != Errno.None)
        {
            End(ErrnoText.Of(error), now);
            return;
        }
        _isConnected = true;
        WatchOutput(false);
        _observer.OnConnected(now);
    }

    // Output first: an answer to it may be there already.
    private void Exchange(Instant now)
    {
        if (_pendingLength > 0 && !Flush(now))
            return;
        // Under TLS bytes may wait inside the library, of which epoll knows nothing: read until there is nothing more.
        while (IsOpen && !_handshakes)
        {
            int length = Read(out string? reason, out bool isOver);
            if (isOver)
                End(reason, now);
            if (length <= 0)
                return;
            _observer.OnReceived(_received.AsSpan(0, length), now);
        }
    }

    private int Read(out string? reason, out bool isOver)
    {
        if (_tls is not null)
            return ReadTls(out reason, out isOver);
        reason = null;
        long length;
        fixed (byte* buffer = _received)
            length = (long)recv(_descriptor, buffer, BufferLength, 0);
        Errno error = length < 0 ? Libc.LastErrno : Errno.None;
        isOver = length == 0 || error is not (Errno.None or Errno.EAGAIN or Errno.EINTR);
        if (isOver && error != Errno.None)
            reason = ErrnoText.Of(error);
        return (int)length;
    }

    private bool Flush(Instant now)
    {
        while (_pendingLength > 0)
        {
            int written;
            string? reason;
            if (_tls is not null)
                written = WriteTls(_pending.AsSpan(0, _pendingLength), out reason);
            else
                written = WritePlain(_pending.AsSpan(0, _pendingLength), out reason);
            if (reason is not null)
            {
                End(reason, now);
                return false;
            }
            // What to wait for is known by whoever did not take it.
            if (written == 0)
                return true;
            _pending.AsSpan(written, _pendingLength - written).CopyTo(_pending);
            _pendingLength -= written;
        }
        WatchOutput(false);
        return true;
    }

    private int WritePlain(ReadOnlySpan<byte> bytes, out string? reason)
    {
        long written;
        fixed (byte* start = bytes)
            written = (long)send(_descriptor, start, bytes.Length, MSG_NOSIGNAL);
        Errno error = written < 0 ? Libc.LastErrno : Errno.None;
        reason = error is Errno.None or Errno.EAGAIN or Errno.EINTR ? null : ErrnoText.Of(error);
        return (int)Math.Max(written, 0);
    }

    private void End(string? reason, Instant now)
    {
        Close();
        _observer.OnClosed(reason, now);
    }

    private Errno WatchOutput(bool isWanted)
    {
        if (_watchesOutput == isWanted)
            return Errno.None;
        Errno error = _loop.WatchOutput(_descriptor, isWanted);
        Invariant.Require(error is Errno.None or Errno.ENOMEM, "an open descriptor stays watched");
        if (error == Errno.None)
            _watchesOutput = isWanted;
        return error;
    }

    // A password may have gone through here.
    private void Erase()
    {
        Array.Clear(_pending);
        Array.Clear(_received);
        _pendingLength = 0;
    }
}
