using System.Globalization;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Text;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Daemon.Control;

/// <summary>The control socket: who may connect is the business of the file system, what each may ask that of <see cref="ControlVerbs"/>.</summary>
internal sealed class ControlServer(EventLoop loop, ControlCommands commands, Log log) : IStreamAcceptor, ITimerOwner, ITurnEnd, IDisposable
{
    private const int MostConnections = 16;

    // Of those who may look only: whoever can change something always gets in.
    private const int MostLookers = 12;

    // So many more are told that there are too many; the others are not even that.
    private const int MostRefused = 16;

    private const uint Mode = 0x1B0; // 0660

    // The directory may have been full, or the name another daemon's.
    private static readonly Duration RetryInterval = Duration.FromSeconds(10);

    private readonly List<ControlConnection> _connections = [];
    private readonly uint _ourUser = SystemInfo.Self.User;
    private TimerHandle? _retry;
    private StreamListener? _listener;
    private string _path = "";
    private uint? _group;
    private OsError _failure;

    /// <summary>Shared by all connections: each of them is done with it before the next one begins.</summary>
    public JsonLine Line { get; } = new();

    /// <summary>How many requests were answered.</summary>
    public long RequestCount { get; private set; }

    public int ConnectionCount => _connections.Count;

    /// <summary>Listens, or no longer, as the settings want it.</summary>
    /// <param name="path">Where.</param>
    /// <param name="group">Who may connect beside root; null: nobody.</param>
    public void Adopt(bool isWanted, string path, uint? group, Instant now)
    {
        // Somebody may have cleared the directory meanwhile.
        if (isWanted && _listener is { IsInPlace: true } && path == _path && group == _group)
            return;
        Close();
        (_path, _group) = (path, group);
        if (isWanted)
            Listen(now);
    }

    public void OnAccepted(int descriptor, PeerCredentials? credentials)
    {
        PeerCredentials peer = credentials ?? new PeerCredentials(0, uint.MaxValue, uint.MaxValue);
        int refused = _connections.Count(static it => it.IsRefused);
        int lookers = _connections.Count(it => !it.IsRefused && !MayChange(it.Peer));
        bool isFull = _connections.Count - refused >= MostConnections || (!MayChange(peer) && lookers >= MostLookers);
        if (isFull && refused >= MostRefused)
        {
            StreamConnection.Refuse(descriptor);
            return;
        }
        ControlConnection? connection = ControlConnection.Open(this, loop, descriptor, peer, out OsError failure);
        if (connection is null)
        {
            log.Write(LogLevel.Warning, EventIds.ControlSocket, $"A control connection is closed: {failure}");
            return;
        }
        _connections.Add(connection);
        if (isFull)
            connection.Refuse(loop.Now);
    }

    public void OnTurnEnd(Instant now)
    {
        // Backwards: one that does not read is closed.
        for (int i = _connections.Count - 1; i >= 0; i--)
            _connections[i].Continue(now);
    }

    /// <summary>What to answer to a line.</summary>
    public IControlReply Execute(ReadOnlyMemory<byte> line, ControlConnection from, Instant now)
    {
        RequestCount++;
        if (!ControlRequest.TryParse(line, out ControlRequest? request, out string problem))
            return ControlAnswer.Fail(ControlAnswer.BadRequest, problem);
        ControlVerbRow row = ControlVerbs.Of(request.Verb);
        PeerCredentials peer = from.Peer;
        if (row.Changes && !MayChange(peer))
            return ControlAnswer.Fail(ControlAnswer.Denied, $"'{row.Name}' is for root; the group may look");
        string who = string.Create(CultureInfo.InvariantCulture, $"uid {peer.UserId}, pid {peer.ProcessId}");
        if (row.Changes)
            log.Write(LogLevel.Info, EventIds.ControlRequest, $"{row.Name}{(request.Instance is null ? "" : $" {JsonLine.Show(request.Instance)}")}: asked for by {who}");
        return row.Changes ? commands.Execute(request, who, now) : new ReadingReply(row.Name, () => commands.Execute(request, who, now), log);
    }

    public void Forget(ControlConnection connection) => _connections.Remove(connection);

    public void Dispose()
    {
        Close();
        foreach (ControlConnection connection in _connections.ToArray())
            connection.Finish(loop.Now);
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now) => Listen(now);

    private bool MayChange(PeerCredentials peer) => peer.UserId == 0 || peer.UserId == _ourUser;

    private void Listen(Instant now)
    {
        _listener = StreamListener.OpenLocal(loop, _path, Mode, _group, this, out OsError failure);
        if (_listener is null && failure != _failure)
            log.Write(LogLevel.Warning, EventIds.ControlSocket, $"No control socket: {failure}");
        _failure = failure;
        if (_listener is not null)
            return;
        _retry ??= loop.Timers.Register(this, 0);
        loop.Timers.Arm(_retry.Value, now + RetryInterval);
    }

    private void Close()
    {
        _listener?.Dispose();
        _listener = null;
        if (_retry is { } retry)
            loop.Timers.Disarm(retry);
    }
}
