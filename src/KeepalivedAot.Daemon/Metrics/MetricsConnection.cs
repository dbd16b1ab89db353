using System.Buffers.Text;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Daemon.Metrics;

/// <summary>One who reads metrics: a request, an answer, and the end. The object serves for many, one after the other.</summary>
internal sealed class MetricsConnection : IStreamPeer, ITimerOwner
{
    // For the request, and from then on for each part of the answer.
    private static readonly Duration Patience = Duration.FromSeconds(10);

    private readonly MetricsServer _server;
    private readonly MetricsScrape _scrape;
    private readonly TimerHandle _deadline;
    private readonly byte[] _head = new byte[MetricsRequest.LongestHead];
    private StreamConnection? _connection;
    private MetricsRequest _request;
    private int _headLength;
    private bool _isAnswering;
    private bool _isFinished;

    public MetricsConnection(MetricsServer server, MetricsSource source)
    {
        _server = server;
        _scrape = new MetricsScrape(source);
        _deadline = server.Loop.Timers.Register(this, 0);
    }

    /// <returns>False when the loop cannot take it; it is closed then.</returns>
    public bool Begin(int descriptor, out OsError failure)
    {
        _headLength = 0;
        _isAnswering = _isFinished = false;
        _connection = StreamConnection.Adopt(_server.Loop, descriptor, this, out failure);
        if (_connection is null)
            return false;
        _server.Loop.Timers.Arm(_deadline, _server.Loop.Now + Patience);
        return true;
    }

    public void OnReceived(ReadOnlySpan<byte> bytes, Instant now)
    {
        int taken = Math.Min(bytes.Length, _head.Length - _headLength);
        bytes[..taken].CopyTo(_head.AsSpan(_headLength));
        // The end may have come in two pieces.
        int from = Math.Max(0, _headLength - 3);
        _headLength += taken;
        int end = _head.AsSpan(from, _headLength - from).IndexOf("\r\n\r\n"u8);
        if (end >= 0)
            Answer(MetricsRequest.Parse(_head.AsSpan(0, from + end + 4)), now);
        else if (_headLength == _head.Length)
            Refuse(431);
    }

    public void OnDrained(Instant now)
    {
        if (_isFinished)
        {
            _connection!.CloseWhenDrained();
            End();
            return;
        }
        _server.Loop.Timers.Arm(_deadline, now + Patience);
        if (_isAnswering)
            _server.AwaitSlice(this, now);
    }

    public void OnClosed(OsError failure, Instant now) => End();

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        _connection!.Close();
        End();
    }

    /// <summary>Ends without another word.</summary>
    public void Abort()
    {
        _connection?.Close();
        End();
    }

    /// <summary>Sends the next slice.</summary>
    public void SendSlice(MetricsText text)
    {
        text.IsOpenMetrics = _request.WantsOpenMetrics;
        text.CutBackTo(0);
        bool hasMore = _scrape.WriteSlice(text);
        if (text.Length > 0)
            SendBody(text.Written);
        if (hasMore && text.Length > 0)
            return;
        if (hasMore)
        {
            // Nothing of this slice has anything to say; the next one may.
            _server.AwaitSlice(this, _server.Loop.Now);
            return;
        }
        if (_request.IsChunked)
            _connection!.Send("0\r\n\r\n"u8);
        _scrape.Source.Cost.Scrapes++;
        Finish();
    }

    private void Answer(MetricsRequest request, Instant now)
    {
        _request = request;
        if (request.Status != 200)
        {
            Refuse(request.Status);
            return;
        }
        _connection!.StopReceiving();
        _connection.Send("HTTP/1.1 200 OK\r\nContent-Type: "u8);
        _connection.Send(request.WantsOpenMetrics
            ? "application/openmetrics-text; version=1.0.0; charset=utf-8"u8 : "text/plain; version=0.0.4; charset=utf-8"u8);
        _connection.Send(request.IsChunked ? "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"u8 : "\r\nConnection: close\r\n\r\n"u8);
        if (request.IsHead)
        {
            Finish();
            return;
        }
        _isAnswering = true;
        _scrape.Begin();
        _server.Loop.Timers.Arm(_deadline, now + Patience);
    }

    private void Refuse(int status)
    {
        StreamConnection connection = _connection!;
        ReadOnlySpan<byte> reason = status switch
        {
            404 => "404 Not Found"u8,
            405 => "405 Method Not Allowed"u8,
            431 => "431 Request Header Fields Too Large"u8,
            505 => "505 HTTP Version Not Supported"u8,
            _ => "400 Bad Request"u8,
        };
        connection.Send("HTTP/1.1 "u8);
        connection.Send(reason);
        if (status == 405)
            connection.Send("\r\nAllow: GET, HEAD"u8);
        connection.Send("\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n"u8);
        if (!_request.IsHead)
        {
            connection.Send(reason);
            connection.Send(status == 404 ? ": metrics are at /metrics\n"u8 : "\n"u8);
        }
        Finish();
    }

    // It is over when the other side has taken all of it, or its time is up.
    private void Finish()
    {
        _connection!.StopReceiving();
        _isAnswering = false;
        _isFinished = true;
    }

    private void SendBody(ReadOnlySpan<byte> text)
    {
        if (!_request.IsChunked)
        {
            _connection!.Send(text);
            return;
        }
        Span<byte> length = stackalloc byte[16];
        Utf8Formatter.TryFormat(text.Length, length, out int digits, 'x');
        _connection!.Send(length[..digits]);
        _connection.Send("\r\n"u8);
        _connection.Send(text);
        _connection.Send("\r\n"u8);
    }

    private void End()
    {
        _server.Loop.Timers.Disarm(_deadline);
        _connection = null;
        _request = default;
        _scrape.Release();
        _server.TakeBack(this);
    }
}
