using System.Net;
using System.Net.Sockets;
using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Tests.Linux.Process;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Tests.Linux.Sockets;

/// <summary>Sockets that others connect to, with the framework's sockets and our own client on the other side.</summary>
/// <remarks>Alone: a limit of descriptors is the whole process's.</remarks>
[Collection(nameof(StreamListenerTests))]
[CollectionDefinition(nameof(StreamListenerTests), DisableParallelization = true)]
public sealed class StreamListenerTests : IStreamAcceptor, IStreamPeer, IDisposable
{
    private const uint Mode = 0x1B0; // 0660
    private static readonly Duration Limit = Duration.FromSeconds(20);

    private readonly EventLoop _loop = EventLoop.Open(out _)!;
    private readonly TemporaryDirectory _directory = new();
    private readonly List<IDisposable> _garbage = [];
    private readonly List<StreamConnection> _connections = [];
    private readonly List<PeerCredentials?> _credentials = [];
    private readonly List<string> _diary = [];
    private readonly MemoryStream _received = new();

    private string Path => _directory.PathOf("socket");

    private string Received => Encoding.UTF8.GetString(_received.ToArray());

    public void Dispose()
    {
        foreach (StreamConnection connection in _connections)
            connection.Close();
        foreach (IDisposable one in _garbage)
            one.Dispose();
        _loop.Dispose();
        _directory.Dispose();
    }

    void IStreamAcceptor.OnAccepted(int descriptor, PeerCredentials? peer)
    {
        _credentials.Add(peer);
        StreamConnection? connection = StreamConnection.Adopt(_loop, descriptor, this, out OsError failure);
        Assert.False(failure.IsError, failure.ToString());
        _connections.Add(connection!);
    }

    void IStreamPeer.OnReceived(ReadOnlySpan<byte> bytes, Instant now) => _received.Write(bytes);

    void IStreamPeer.OnDrained(Instant now) => _diary.Add("drained");

    void IStreamPeer.OnClosed(OsError failure, Instant now) => _diary.Add($"closed: {(failure.IsError ? failure.Errno : "in order")}");

    private StreamListener Listen(uint mode = Mode, uint? group = null)
    {
        StreamListener? listener = StreamListener.OpenLocal(_loop, Path, mode, group, this, out OsError failure);
        Assert.False(failure.IsError, failure.ToString());
        _garbage.Add(listener!);
        return listener!;
    }

    private Socket Connect()
    {
        Socket client = new(System.Net.Sockets.AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _garbage.Add(client);
        client.Connect(new UnixDomainSocketEndPoint(Path));
        return client;
    }

    private (Socket Client, StreamConnection Server) ConnectBoth()
    {
        Socket client = Connect();
        int before = _connections.Count;
        TurnUntil(() => _connections.Count > before);
        return (client, _connections[^1]);
    }

    private void TurnUntil(Func<bool> condition)
    {
        Instant end = _loop.Now + Limit;
        while (!condition())
        {
            Assert.True(_loop.Now < end, string.Join('\n', _diary));
            Assert.Equal(Errno.None, _loop.Turn(mayWait: false));
            Thread.Yield();
        }
    }

    // How often the loop finds something to do in a time in which nothing happens.
    private long TurnsIn(Duration time)
    {
        using LoopAlarm alarm = new(_loop, time);
        long before = _loop.TurnCount;
        while (!alarm.HasFired)
            Assert.Equal(Errno.None, _loop.Turn());
        return _loop.TurnCount - before;
    }

    [Fact]
    public void Connection_exchangesBytes_andHearsItsEnd()
    {
        Listen();
        (Socket client, StreamConnection server) = ConnectBoth();
        client.Send("question"u8);
        TurnUntil(() => Received == "question");
        server.Send("answer"u8);
        byte[] heard = new byte[100];
        TurnUntil(() => client.Available == 6);
        Assert.Equal(6, client.Receive(heard));
        client.Dispose();
        TurnUntil(() => !server.IsOpen);
        Assert.Equal(["drained", "closed: in order"], _diary);
    }

    [Fact]
    public void LocalConnection_tellsWhoMadeIt()
    {
        Listen();
        ConnectBoth();
        (uint user, uint group) = SystemInfo.Self;
        Assert.Equal([new PeerCredentials(Environment.ProcessId, user, group)], _credentials);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void TcpConnection_isAccepted_withoutCredentials(string address)
    {
        StreamListener? listener = null;
        ushort port = 20000;
        for (OsError failure = default; listener is null; port++)
        {
            Assert.True(port < 20200, failure.ToString());
            listener = StreamListener.OpenTcp(_loop, IpAddress.Parse(address), port, this, out failure);
        }
        _garbage.Add(listener);
        port--;
        Assert.Null(StreamListener.OpenTcp(_loop, IpAddress.Parse(address), port, this, out OsError second));
        Assert.Equal(Errno.EADDRINUSE, second.Errno);
        using Socket client = new(IPAddress.Parse(address).AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(IPAddress.Parse(address), port);
        TurnUntil(() => _connections.Count == 1);
        Assert.Null(Assert.Single(_credentials));
        client.Send("hello"u8);
        TurnUntil(() => Received == "hello");
    }

    [Fact]
    public void Path_thatADeadProcessLeft_isTakenOver()
    {
        using (Socket dead = new(System.Net.Sockets.AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(Path));
            dead.Listen();
            // The framework would take the path away with the socket.
            File.Move(Path, Path + ".kept");
        }
        File.Move(Path + ".kept", Path);
        Listen();
        ConnectBoth();
    }

    [Fact]
    public void Path_thatSomebodyListensOn_isLeftAlone()
    {
        Listen();
        Assert.Null(StreamListener.OpenLocal(_loop, Path, Mode, null, this, out OsError failure));
        Assert.Equal(Errno.EADDRINUSE, failure.Errno);
        ConnectBoth();
    }

    [Theory]
    [InlineData("file")]
    [InlineData("link")]
    public void Path_ofSomethingElse_isLeftAlone(string what)
    {
        File.WriteAllText(_directory.PathOf("other"), "kept");
        if (what == "file")
            File.Copy(_directory.PathOf("other"), Path);
        else
            File.CreateSymbolicLink(Path, _directory.PathOf("other"));
        Assert.Null(StreamListener.OpenLocal(_loop, Path, Mode, null, this, out OsError failure));
        Assert.Equal(Errno.EADDRINUSE, failure.Errno);
        Assert.Equal("kept", File.ReadAllText(Path));
    }

    [Fact]
    public void Path_thatCannotBe_isRefusedWithItsErrno()
    {
        Assert.Null(StreamListener.OpenLocal(_loop, _directory.PathOf(new string('x', 120)), Mode, null, this, out OsError failure));
        Assert.Equal(Errno.ENAMETOOLONG, failure.Errno);
        Assert.Null(StreamListener.OpenLocal(_loop, _directory.PathOf("no/socket"), Mode, null, this, out failure));
        Assert.Equal(Errno.ENOENT, failure.Errno);
        Assert.Null(StreamListener.OpenLocal(_loop, "", Mode, null, this, out failure));
        Assert.Equal(Errno.ENOENT, failure.Errno);
    }

    [Theory]
    [InlineData(0x180u)] // 0600
    [InlineData(0x1B0u)] // 0660
    [InlineData(0x1B6u)] // 0666
    public void Path_hasTheModeAndTheGroup_whateverTheUmaskIs(uint mode)
    {
        Assert.SkipUnless(SystemInfo.Self.User == 0, "a group of another one takes root");
        Listen(mode, group: 12345);
        Assert.Equal(mode, (uint)File.GetUnixFileMode(Path));
        Assert.Equal("12345", Output("stat", "-c", "%g", Path));
    }

    [Fact]
    public void Path_goesWithItsListener()
    {
        Listen().Dispose();
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void Path_thatIsAnothersByNow_stays()
    {
        StreamListener first = Listen();
        File.Delete(Path);
        Listen();
        first.Dispose();
        ConnectBoth();
    }

    [Fact]
    public unsafe void Listener_withoutDescriptors_pausesAndGoesOn()
    {
        StreamListener listener = Listen();
        Socket client = Connect();
        rlimit before;
        Assert.Equal(0, Libc.getrlimit(Libc.RLIMIT_NOFILE, &before));
        rlimit none = before;
        none.rlim_cur = 0;
        try
        {
            // What is open stays open; a new descriptor is refused (EMFILE).
            Assert.Equal(0, Libc.setrlimit(Libc.RLIMIT_NOFILE, &none));
            Assert.Equal(Errno.None, _loop.Turn(mayWait: false));
            Assert.Equal(Errno.EMFILE, listener.LastFailure.Errno);
            Assert.InRange(TurnsIn(Duration.FromMilliseconds(300)), 1, 3);
            Assert.Empty(_connections);
        }
        finally
        {
            Assert.Equal(0, Libc.setrlimit(Libc.RLIMIT_NOFILE, &before));
        }
        TurnUntil(() => _connections.Count == 1);
        client.Send("late"u8);
        TurnUntil(() => Received == "late");
    }

    [Fact]
    public unsafe void Listener_closedWhileItPauses_isGone()
    {
        StreamListener listener = Listen();
        Connect();
        rlimit before;
        Assert.Equal(0, Libc.getrlimit(Libc.RLIMIT_NOFILE, &before));
        rlimit none = before;
        none.rlim_cur = 0;
        try
        {
            Assert.Equal(0, Libc.setrlimit(Libc.RLIMIT_NOFILE, &none));
            Assert.Equal(Errno.None, _loop.Turn(mayWait: false));
        }
        finally
        {
            Assert.Equal(0, Libc.setrlimit(Libc.RLIMIT_NOFILE, &before));
        }
        listener.Dispose();
        Assert.InRange(TurnsIn(Duration.FromMilliseconds(1300)), 1, 3);
        Assert.Empty(_connections);
    }

    [Fact]
    public void Output_toASlowReader_waitsWithoutTurningTheLoop()
    {
        Listen();
        (Socket client, StreamConnection server) = ConnectBoth();
        byte[] much = new byte[4 << 20];
        new Random(1).NextBytes(much);
        server.Send(much.AsSpan(0, 3 << 20));
        server.Send(much.AsSpan(3 << 20));
        TurnUntil(() => server.PendingLength < much.Length);
        TurnsIn(Duration.FromMilliseconds(20));
        Assert.InRange(TurnsIn(Duration.FromMilliseconds(300)), 1, 3);
        Assert.NotEqual(0, server.PendingLength);
        Assert.Equal(much, ReadAll(client, server, much.Length));
        Assert.Equal(["drained"], _diary);
        Assert.Equal(0, server.PendingLength);
    }

    [Fact]
    public void Output_thatIsTheLast_arrivesBeforeTheEnd()
    {
        Listen();
        (Socket client, StreamConnection server) = ConnectBoth();
        byte[] much = new byte[1 << 20];
        new Random(2).NextBytes(much);
        server.Send(much);
        server.CloseWhenDrained();
        Assert.Equal(much, ReadAll(client, server, much.Length));
        TurnUntil(() => !server.IsOpen);
        Assert.Equal(0, client.Receive(new byte[1]));
        Assert.Empty(_diary);
    }

    [Fact]
    public void LastOutput_ofWhoSpeaksOn_neitherTurnsTheLoopNorIsLost()
    {
        Listen();
        (Socket client, StreamConnection server) = ConnectBoth();
        byte[] much = new byte[1 << 20];
        new Random(3).NextBytes(much);
        server.Send(much);
        server.CloseWhenDrained();
        client.Send("and another thing"u8);
        TurnsIn(Duration.FromMilliseconds(20));
        Assert.InRange(TurnsIn(Duration.FromMilliseconds(300)), 1, 3);
        Assert.Equal(much, ReadAll(client, server, much.Length));
        TurnUntil(() => !server.IsOpen);
        Assert.Equal(0, client.Receive(new byte[1]));
        Assert.Equal("", Received);
    }

    [Fact]
    public void HalfClosedConnection_isNoEnd_whenNothingIsReceivedAnyMore()
    {
        Listen();
        (Socket client, StreamConnection server) = ConnectBoth();
        client.Send("question"u8);
        TurnUntil(() => Received == "question");
        server.StopReceiving();
        client.Shutdown(SocketShutdown.Send);
        Assert.InRange(TurnsIn(Duration.FromMilliseconds(300)), 1, 3);
        server.Send("answer"u8);
        Assert.Equal("answer"u8.ToArray(), ReadAll(client, server, 6));
        TurnUntil(() => _diary.Contains("drained"));
        client.Dispose();
        TurnUntil(() => !server.IsOpen);
        Assert.Equal(["drained", "closed: in order"], _diary);
    }

    [Fact]
    public void Peer_thatVanishes_endsTheConnectionWithItsErrno()
    {
        Listen();
        (Socket client, StreamConnection server) = ConnectBoth();
        server.Send(new byte[1 << 20]);
        TurnUntil(() => server.PendingLength < 1 << 20);
        // What it has not read makes the end a reset.
        client.Dispose();
        TurnUntil(() => !server.IsOpen);
        Assert.Single(_diary);
        Assert.True(_diary[0] is "closed: EPIPE" or "closed: ECONNRESET", _diary[0]);
    }

    [Fact]
    public void Client_sendsAndReadsLines()
    {
        Listen();
        LocalClient? client = LocalClient.Connect(Path, Duration.FromSeconds(10), out OsError failure);
        Assert.False(failure.IsError, failure.ToString());
        _garbage.Add(client!);
        TurnUntil(() => _connections.Count == 1);
        Assert.False(client!.Send("status\n"u8).IsError);
        TurnUntil(() => Received == "status\n");
        string longLine = new('x', 40_000);
        _connections[0].Send(Encoding.UTF8.GetBytes($"one\n{longLine}\n"));
        _connections[0].CloseWhenDrained();
        TurnUntil(() => !_connections[0].IsOpen);
        Assert.True(client.TryReadLine(out byte[]? line, out _));
        Assert.Equal("one"u8.ToArray(), line);
        Assert.True(client.TryReadLine(out line, out _));
        Assert.Equal(longLine, Encoding.UTF8.GetString(line!));
        Assert.False(client.TryReadLine(out _, out failure));
        Assert.False(failure.IsError);
    }

    [Fact]
    public void Client_ofASilentDaemon_losesPatience()
    {
        Listen();
        LocalClient client = LocalClient.Connect(Path, Duration.FromMilliseconds(100), out _)!;
        _garbage.Add(client);
        Assert.False(client.TryReadLine(out _, out OsError failure));
        Assert.Equal(Errno.EAGAIN, failure.Errno);
    }

    [Fact]
    public void Client_withoutADaemon_saysWhy()
    {
        Assert.Null(LocalClient.Connect(Path, Duration.Zero, out OsError failure));
        Assert.Equal(Errno.ENOENT, failure.Errno);
        Listen();
        File.Move(Path, Path + ".kept");
        foreach (IDisposable listener in _garbage)
            listener.Dispose();
        Assert.Null(LocalClient.Connect(Path + ".kept", Duration.Zero, out failure));
        Assert.Equal(Errno.ECONNREFUSED, failure.Errno);
    }

    [Fact]
    public void Client_thatSendsToAClosedConnection_isTold()
    {
        Listen();
        LocalClient client = LocalClient.Connect(Path, Duration.FromSeconds(10), out _)!;
        _garbage.Add(client);
        TurnUntil(() => _connections.Count == 1);
        _connections[0].Close();
        Assert.Equal(Errno.EPIPE, client.Send("hello\n"u8).Errno);
    }

    private byte[] ReadAll(Socket client, StreamConnection server, int length)
    {
        byte[] heard = new byte[length];
        int count = 0;
        TurnUntil(() =>
        {
            while (client.Available > 0 && count < length)
                count += client.Receive(heard, count, length - count, SocketFlags.None);
            return count == length;
        });
        return heard;
    }

    private static string Output(string program, params string[] arguments)
    {
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Trim();
    }

    private sealed class LoopAlarm : ITimerOwner, IDisposable
    {
        private readonly EventLoop _loop;
        private readonly TimerHandle _timer;

        public LoopAlarm(EventLoop loop, Duration time)
        {
            _loop = loop;
            _timer = loop.Timers.Register(this, 0);
            loop.Timers.Arm(_timer, loop.Now + time);
        }

        public bool HasFired { get; private set; }

        public void OnTimer(int name, Instant deadline, Instant now) => HasFired = true;

        public void Dispose() => _loop.Timers.Unregister(_timer);
    }
}
