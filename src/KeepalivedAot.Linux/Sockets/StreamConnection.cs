using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>A connection that somebody else has made to us, over the loop: it never waits, and takes little at a time.</summary>
/// <remarks>How much may be unsent, and for how long, is its user's to decide: see <see cref="PendingLength"/>.</remarks>
public sealed unsafe class StreamConnection : IEventSource
{
    private const int BufferLength = 4096;
    private const int SmallestOutput = 1024;

    // What is unread at the end: more than anybody says by mistake, and nothing against who never stops.
    private const int MostDiscarded = 16;

    private readonly EventLoop _loop;
    private readonly IStreamPeer _peer;
    private int _descriptor;
    private bool _watchesInput = true;
    private bool _watchesOutput;
    private bool _endsWhenDrained;

    // What the kernel has not taken yet: from _start on.
    private byte[] _output = [];
    private int _start;
    private int _end;

    private StreamConnection(EventLoop loop, int descriptor, IStreamPeer peer)
    {
        _loop = loop;
        _descriptor = descriptor;
        _peer = peer;
    }

    public bool IsOpen => _descriptor >= 0;

    /// <summary>Bytes that the kernel has not taken yet.</summary>
    public int PendingLength => _end - _start;

    /// <summary>Takes over a descriptor of a <see cref="StreamListener"/>; it is closed when the loop refuses it.</summary>
    public static StreamConnection? Adopt(EventLoop loop, int descriptor, IStreamPeer peer, out OsError failure)
    {
        StreamConnection connection = new(loop, descriptor, peer);
        failure = OsError.Of("epoll_ctl", "connection", loop.Add(descriptor, connection, SourceOrder.AfterInput));
        if (!failure.IsError)
            return connection;
        close(descriptor);
        return null;
    }

    /// <summary>Closes a descriptor that nobody wants.</summary>
    public static void Refuse(int descriptor) => close(descriptor);

    /// <summary>Sends in the next turn of the loop, or later.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        Invariant.Require(IsOpen, "only an open connection is written to");
        Reserve(bytes.Length);
        bytes.CopyTo(_output.AsSpan(_end));
        _end += bytes.Length;
        Watch(_watchesInput, output: true);
    }

    /// <summary>Gives the kernel what it takes right now: the loop may not turn again.</summary>
    public void FlushNow(Instant now)
    {
        if (PendingLength > 0)
            Flush(now);
    }

    /// <summary>What else the other side says is left unread, and that it says no more is no end: it may be waiting for an answer.</summary>
    public void StopReceiving()
    {
        if (IsOpen)
            Watch(input: false, _watchesOutput);
    }

    /// <summary>Reads again, and hears that the other side says no more.</summary>
    public void StartReceiving()
    {
        if (IsOpen)
            Watch(input: true, _watchesOutput);
    }

    /// <summary>Closes when all that was sent is with the kernel. Nothing more is received.</summary>
    public void CloseWhenDrained()
    {
        _endsWhenDrained = true;
        StopReceiving();
        if (PendingLength == 0)
            CloseInOrder();
    }

    /// <summary>Over, without another word to the peer.</summary>
    public void Close()
    {
        if (!IsOpen)
            return;
        Errno error = _loop.Remove(_descriptor);
        Invariant.Require(error == Errno.None, "an open connection is watched");
        close(_descriptor);
        _descriptor = -1;
        _output = [];
        _start = _end = 0;
    }

    // Output first: who is given an answer may ask again.
    public DrainResult OnReadable(Instant now, int budget)
    {
        bool isOutput = PendingLength > 0;
        if ((isOutput && !Flush(now)) || !IsOpen)
            return DrainResult.Empty(1);
        byte* buffer = stackalloc byte[BufferLength];
        if (!_watchesInput)
        {
            // Called for neither: an error, or the end of both directions.
            if (!isOutput)
                End(OsError.Of("recv", "", recv(_descriptor, buffer, 1, MSG_PEEK) < 0 ? Libc.LastErrno : Errno.None), now);
            return DrainResult.Empty(1);
        }
        long length = (long)recv(_descriptor, buffer, BufferLength, 0);
        Errno error = length < 0 ? Libc.LastErrno : Errno.None;
        if (length > 0)
            _peer.OnReceived(new ReadOnlySpan<byte>(buffer, (int)length), now);
        else if (error is not (Errno.EAGAIN or Errno.EINTR))
            End(OsError.Of("recv", "", error), now);
        return DrainResult.Empty(1);
    }

    private bool Flush(Instant now)
    {
        while (PendingLength > 0)
        {
            long written;
            fixed (byte* start = _output)
                written = (long)send(_descriptor, start + _start, PendingLength, MSG_NOSIGNAL);
            if (written < 0)
            {
                Errno error = Libc.LastErrno;
                if (error is Errno.EAGAIN or Errno.EINTR)
                    return true;
                End(OsError.Of("send", "", error), now);
                return false;
            }
            _start += (int)written;
        }
        _start = _end = 0;
        Watch(_watchesInput, output: false);
        if (_endsWhenDrained)
            CloseInOrder();
        else
            _peer.OnDrained(now);
        return IsOpen;
    }

    private void End(OsError failure, Instant now)
    {
        Close();
        _peer.OnClosed(failure, now);
    }

    private void Reserve(int length)
    {
        if (_end + length <= _output.Length)
            return;
        byte[] room = PendingLength + length <= _output.Length ? _output : new byte[Math.Max(SmallestOutput, Math.Max(PendingLength + length, _output.Length * 2))];
        _output.AsSpan(_start, PendingLength).CopyTo(room);
        (_output, _start, _end) = (room, 0, PendingLength);
    }

    // A connection with something unread is reset by close(2), and the other side may lose what it has not read of the answer.
    private void CloseInOrder()
    {
        byte* buffer = stackalloc byte[BufferLength];
        for (int read = 0; read < MostDiscarded && recv(_descriptor, buffer, BufferLength, 0) > 0; read++)
        {
        }
        Close();
    }

    private void Watch(bool input, bool output)
    {
        if (_watchesInput == input && _watchesOutput == output)
            return;
        Errno error = _loop.Watch(_descriptor, input, output);
        Invariant.Require(error is Errno.None or Errno.ENOMEM, "an open descriptor stays watched");
        if (error == Errno.None)
            (_watchesInput, _watchesOutput) = (input, output);
    }
}
