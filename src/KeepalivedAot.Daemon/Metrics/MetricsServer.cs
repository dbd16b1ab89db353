using KeepalivedAot.Base;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Daemon.Metrics;

/// <summary>Serves metrics over HTTP, from the loop itself and in slices: whoever reads them, and however many do, no advertisement waits for it.</summary>
/// <remarks>It costs nothing where <c>metrics.listen</c> is empty, and nothing but a socket while nobody asks.</remarks>
internal sealed class MetricsServer : IStreamAcceptor, ITimerOwner, IDisposable
{
    private const int MostConnections = 16;

    // Of everybody on the host, as a port of 127.0.0.1 is: the directory says who gets there.
    private const uint SocketMode = 0x1B6; // 0666

    // A slice and its samples, none of which is longer than some hundred bytes.
    private const int SliceLength = 32 << 10;

    // Who reads all day shall not have the loop to himself: after a slice it has this many times as long for other things.
    private const int RestPerSlice = 3;

    private static readonly Duration RetryInterval = Duration.FromSeconds(5);
    private static readonly Duration RefusalLineInterval = Duration.FromSeconds(60);

    private readonly MetricsSource _source;
    private readonly Log _log;
    private readonly TimerHandle _retryTimer;
    private readonly TimerHandle _sliceTimer;
    private readonly List<MetricsConnection> _open = [];
    private readonly Stack<MetricsConnection> _idle = [];
    private readonly Queue<MetricsConnection> _awaiting = [];
    private MetricsText? _text;
    private ListenAddress? _wanted;
    private StreamListener? _listener;
    private Errno _refusal;
    private Instant _nextSlice;
    private Instant _nextRefusalLine;

    public MetricsServer(EventLoop loop, MetricsSource source, Log log)
    {
        Loop = loop;
        _source = source;
        _log = log;
        _retryTimer = loop.Timers.Register(this, (int)Timer.Retry);
        _sliceTimer = loop.Timers.Register(this, (int)Timer.Slice);
    }

    private enum Timer
    {
        Retry,
        Slice,
    }

    public EventLoop Loop { get; }

    /// <summary>Serves where the settings say, from now on. What the kernel refuses is tried again by itself.</summary>
    public void Apply(Settings settings)
    {
        if (settings.MetricsListen == _wanted)
            return;
        if (_listener is not null)
            _log.Write(LogLevel.Info, EventIds.MetricsEnded, $"Metrics are no longer served at {_wanted!.ToString()}");
        Close();
        _wanted = settings.MetricsListen;
        _refusal = Errno.None;
        if (_wanted is not null)
            Listen();
    }

    public void OnAccepted(int descriptor, PeerCredentials? peer)
    {
        if (_open.Count == MostConnections)
        {
            StreamConnection.Refuse(descriptor);
            _source.Cost.RefusedConnections++;
            LogRefused(Loop.Now);
            return;
        }
        MetricsConnection connection = _idle.TryPop(out MetricsConnection? idle) ? idle : new MetricsConnection(this, _source);
        if (connection.Begin(descriptor, out OsError failure))
        {
            _open.Add(connection);
            return;
        }
        _idle.Push(connection);
        _log.Write(LogLevel.Warning, EventIds.MetricsRefused, $"Metrics: a connection was lost: {failure}");
    }

    /// <summary>The connection gets the next slice as soon as the loop has time for one.</summary>
    public void AwaitSlice(MetricsConnection connection, Instant now)
    {
        _awaiting.Enqueue(connection);
        if (!Loop.Timers.IsArmed(_sliceTimer))
            Loop.Timers.Arm(_sliceTimer, now > _nextSlice ? now : _nextSlice);
    }

    /// <summary>It has ended, and can serve another one.</summary>
    public void TakeBack(MetricsConnection ended)
    {
        if (!_open.Remove(ended))
            return;
        _idle.Push(ended);
        // At most as many as there may be connections.
        for (int left = _awaiting.Count; left > 0; left--)
        {
            MetricsConnection next = _awaiting.Dequeue();
            if (!ReferenceEquals(next, ended))
                _awaiting.Enqueue(next);
        }
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        if ((Timer)name == Timer.Retry)
        {
            Listen();
            return;
        }
        if (!_awaiting.TryDequeue(out MetricsConnection? connection))
            return;
        Instant begun = Loop.Now;
        connection.SendSlice(_text!);
        Instant ended = Loop.Now;
        _source.Cost.Count(ended - begun);
        _nextSlice = ended + (ended - begun) * RestPerSlice;
        if (_awaiting.Count > 0)
            Loop.Timers.Arm(_sliceTimer, _nextSlice);
    }

    public void Dispose()
    {
        Close();
        Loop.Timers.Unregister(_retryTimer);
        Loop.Timers.Unregister(_sliceTimer);
    }

    private void Listen()
    {
        ListenAddress at = _wanted!;
        _listener = at.Path is { } path
            ? StreamListener.OpenLocal(Loop, path, SocketMode, null, this, out OsError failure)
            : StreamListener.OpenTcp(Loop, at.Address, at.Port, this, out failure);
        if (_listener is not null)
        {
            _text ??= new MetricsText(SliceLength);
            // Made now, and not while the first scrape waits for it.
            Invariant.Require(MetricCatalogue.Families.Length > 0, "there are metrics");
            _log.Write(LogLevel.Info, EventIds.MetricsServed, $"Metrics are served at {at.ToString()}");
            return;
        }
        // One line for a row of equal refusals.
        if (failure.Errno != _refusal)
            _log.Write(LogLevel.Error, EventIds.MetricsRefused, $"Metrics are not served at {at.ToString()}: {failure} - trying again");
        _refusal = failure.Errno;
        Loop.Timers.Arm(_retryTimer, Loop.Now + RetryInterval);
    }

    private void Close()
    {
        Loop.Timers.Disarm(_retryTimer);
        Loop.Timers.Disarm(_sliceTimer);
        while (_open.Count > 0)
            _open[^1].Abort();
        _listener?.Dispose();
        _listener = null;
    }

    private void LogRefused(Instant now)
    {
        if (now < _nextRefusalLine)
            return;
        _nextRefusalLine = now + RefusalLineInterval;
        _log.Write(LogLevel.Warning, EventIds.MetricsRefused, $"Metrics: {MostConnections} connections are open, and another one was refused");
    }
}
