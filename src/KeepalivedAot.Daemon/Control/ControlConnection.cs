using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Text;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Daemon.Control;

/// <summary>One client of the control socket: one request at a time, each answered to its end before the next one is looked at.</summary>
/// <remarks>A client may be slow, silent, or send rubbish without end: it costs a few kilobytes and some time of its own.</remarks>
internal sealed class ControlConnection : IStreamPeer, ITimerOwner
{
    // What may wait for a slow client; a reply makes no more before that is gone.
    private const int MostPending = 16 << 10;

    // For a request to come, and for an answer to be taken.
    private static readonly Duration Patience = Duration.FromSeconds(30);

    private readonly ControlServer _server;
    private readonly EventLoop _loop;
    private readonly TimerHandle _timer;
    private readonly byte[] _input = new byte[ControlRequest.LongestLine];
    private StreamConnection? _connection;
    private IControlReply? _reply;
    private int _length;

    // The last answer is on its way, and nothing more is listened to.
    private bool _isEnding;

    private ControlConnection(ControlServer server, EventLoop loop, PeerCredentials peer)
    {
        _server = server;
        _loop = loop;
        Peer = peer;
        _timer = loop.Timers.Register(this, 0);
    }

    public PeerCredentials Peer { get; }

    /// <summary>It is told that there are too many, and that is all.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Takes the descriptor over.</summary>
    public static ControlConnection? Open(ControlServer server, EventLoop loop, int descriptor, PeerCredentials peer, out OsError failure)
    {
        ControlConnection made = new(server, loop, peer);
        made._connection = StreamConnection.Adopt(loop, descriptor, made, out failure);
        if (made._connection is null)
        {
            loop.Timers.Unregister(made._timer);
            return null;
        }
        made.Rearm(loop.Now);
        return made;
    }

    public void OnReceived(ReadOnlySpan<byte> bytes, Instant now)
    {
        if (_isEnding)
            return;
        if (bytes.Length > _input.Length - _length)
        {
            // Whatever it is, it is no request of ours, and where the next one would begin nobody knows.
            End(ControlAnswer.Fail(ControlAnswer.BadRequest, "a request is one line of at most 8 KiB"), now);
            return;
        }
        bytes.CopyTo(_input.AsSpan(_length));
        _length += bytes.Length;
        Continue(now);
    }

    public void OnDrained(Instant now)
    {
        Rearm(now);
        Continue(now);
    }

    public void OnClosed(OsError failure, Instant now) => Forget();

    /// <summary>Goes on with the answer, and then with the next request.</summary>
    public void Continue(Instant now)
    {
        if (_connection is { IsOpen: false })
            Forget();
        while (_connection is { IsOpen: true, PendingLength: < MostPending } && (_reply is not null || TakeRequest(now)))
        {
            IControlReply reply = _reply!;
            ReadOnlySpan<byte> lines = reply.Next(_server.Line, now);
            if (lines.Length > 0)
                _connection.Send(lines);
            if (reply.IsComplete)
                _reply = null;
            else if (lines.Length == 0)
                return;
        }
        if (_isEnding && _reply is null)
            _connection?.CloseWhenDrained();
        else if (_reply is null && _connection is { PendingLength: 0 })
            _connection.StartReceiving();
    }

    /// <summary>There are too many already.</summary>
    public void Refuse(Instant now)
    {
        IsRefused = true;
        End(ControlAnswer.Fail(ControlAnswer.Busy, "too many control connections"), now);
    }

    /// <summary>The daemon ends: what there still is to say, as far as it is taken at once.</summary>
    public void Finish(Instant now)
    {
        Continue(now);
        _connection?.FlushNow(now);
        Close();
    }

    public void Close()
    {
        _connection?.Close();
        Forget();
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        // Whoever follows has nothing to say, and perhaps nothing to hear; one who does not take what there is has gone to sleep.
        if (!_isEnding && _reply is not null && _connection is { PendingLength: 0 })
            Rearm(now);
        else
            Close();
    }

    private bool TakeRequest(Instant now)
    {
        int feed = _isEnding ? -1 : _input.AsSpan(0, _length).IndexOf((byte)'\n');
        if (feed < 0)
            return false;
        Rearm(now);
        byte[] line = _input.AsSpan(0, feed).ToArray();
        _input.AsSpan(feed + 1, _length - feed - 1).CopyTo(_input);
        _length -= feed + 1;
        // While it is answered nothing more is read. Whoever has said all that he wants to say gets his answer all the same.
        _connection!.StopReceiving();
        _reply = _server.Execute(line, this, now);
        return true;
    }

    // What is left of another answer is not worth waiting for.
    private void End(ControlAnswer answer, Instant now)
    {
        _isEnding = true;
        _connection?.StopReceiving();
        _reply = answer;
        Continue(now);
    }

    private void Rearm(Instant now) => _loop.Timers.Arm(_timer, now + Patience);

    private void Forget()
    {
        if (_connection is null)
            return;
        _connection = null;
        _reply = null;
        _loop.Timers.Unregister(_timer);
        _server.Forget(this);
    }
}
