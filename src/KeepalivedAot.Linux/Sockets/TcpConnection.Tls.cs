using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Tls;

namespace KeepalivedAot.Linux.Sockets;

// TLS on the same descriptor.
public sealed partial class TcpConnection
{
    private TlsStream? _tls;
    private bool _handshakes;

    /// <summary><c>TLSv1.3</c>; null while nothing is encrypted.</summary>
    public string? TlsVersion => _handshakes ? null : _tls?.Version;

    /// <summary>Begins to encrypt; the observer hears how it ends. Nothing may be on its way unencrypted.</summary>
    /// <returns>Null, or why it cannot even be tried.</returns>
    public string? StartTls(TlsContext context, string serverName)
    {
        Invariant.Require(_isConnected && _tls is null && _pendingLength == 0, "TLS starts once, on a connection at rest");
        _tls = TlsStream.Open(context, _descriptor, serverName, out string problem);
        if (_tls is null)
            return problem;
        _handshakes = true;
        // We speak first; the loop calls back in its next turn.
        WatchOutput(true);
        return null;
    }

    private void ContinueHandshake(Instant now)
    {
        TlsStatus status = _tls!.Handshake();
        if (status == TlsStatus.Done)
        {
            _handshakes = false;
            WatchOutput(false);
            _observer.OnSecured(now);
            // The server may have spoken with its last words of the handshake.
            if (IsOpen)
                Exchange(now);
        }
        else if (!Follow(status, out string? reason))
        {
            End($"no TLS: {reason}", now);
        }
    }

    private int ReadTls(out string? reason, out bool isOver)
    {
        TlsStatus status = _tls!.Read(_received, out int length);
        reason = null;
        // Wanting input is what reading ends with; output that waits goes on waiting.
        isOver = status is not (TlsStatus.Done or TlsStatus.WantsInput) && !Follow(status, out reason);
        if (status == TlsStatus.Closed)
            reason = null;
        return length;
    }

    private int WriteTls(ReadOnlySpan<byte> bytes, out string? reason)
    {
        TlsStatus status = _tls!.Write(bytes, out int length);
        reason = null;
        if (status != TlsStatus.Done)
            Follow(status, out reason);
        return length;
    }

    /// <returns>False: the connection is over, and why.</returns>
    private bool Follow(TlsStatus status, out string? reason)
    {
        reason = status == TlsStatus.Failed ? _tls!.Problem : "the connection was closed";
        switch (status)
        {
            case TlsStatus.WantsInput:
                WatchOutput(false);
                break;
            case TlsStatus.WantsOutput:
                WatchOutput(true);
                break;
            default:
                return false;
        }
        reason = null;
        return true;
    }

    private void CloseTls()
    {
        if (!_handshakes)
            _tls?.SayGoodbye();
        _tls?.Dispose();
        _tls = null;
        _handshakes = false;
    }
}
