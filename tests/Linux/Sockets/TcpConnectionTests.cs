using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Linux.Tls;
using KeepalivedAot.Tests.Linux.Process;

namespace KeepalivedAot.Tests.Linux.Sockets;

/// <summary>TCP over the loop, in the open and encrypted, with the framework's sockets and TLS on the other side.</summary>
public sealed class TcpConnectionTests : IStreamObserver, IDisposable
{
    private static readonly Duration Limit = Duration.FromSeconds(20);

    private readonly EventLoop _loop = EventLoop.Open(out _)!;
    private readonly Socket _listener = new(System.Net.Sockets.AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<string> _diary = [];
    private readonly MemoryStream _received = new();
    private readonly List<IDisposable> _garbage = [];

    public TcpConnectionTests()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
    }

    public void Dispose()
    {
        foreach (IDisposable one in _garbage)
            one.Dispose();
        _listener.Dispose();
        _loop.Dispose();
    }

    private ushort Port => (ushort)((IPEndPoint)_listener.LocalEndPoint!).Port;

    private string Received => Encoding.UTF8.GetString(_received.ToArray());

    private TcpConnection Open()
    {
        TcpConnection? connection = TcpConnection.Open(_loop, IpAddress.Parse("127.0.0.1"), Port, this, out OsError failure);
        Assert.False(failure.IsError, failure.ToString());
        return connection!;
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

    private (TcpConnection Client, Socket Server) OpenBoth()
    {
        TcpConnection client = Open();
        Socket server = _listener.Accept();
        _garbage.Add(server);
        TurnUntil(() => _diary.Contains("connected"));
        return (client, server);
    }

    void IStreamObserver.OnConnected(Instant now) => _diary.Add("connected");

    void IStreamObserver.OnSecured(Instant now) => _diary.Add("secured");

    void IStreamObserver.OnReceived(ReadOnlySpan<byte> bytes, Instant now) => _received.Write(bytes);

    void IStreamObserver.OnClosed(string? reason, Instant now) => _diary.Add($"closed: {reason}");

    [Fact]
    public void Connection_exchangesBytes_andHearsItsEnd()
    {
        (TcpConnection client, Socket server) = OpenBoth();
        client.Send("hello"u8);
        byte[] heard = new byte[100];
        TurnUntil(() => server.Available == 5);
        Assert.Equal(5, server.Receive(heard));
        server.Send("good "u8);
        server.Send("bye"u8);
        server.Shutdown(SocketShutdown.Both);
        TurnUntil(() => !client.IsOpen);
        Assert.Equal("good bye", Received);
        Assert.Equal(["connected", "closed: "], _diary);
    }

    [Fact]
    public void Connection_thatIsRefused_saysSo()
    {
        ushort port = Port;
        _listener.Dispose();
        TcpConnection? connection = TcpConnection.Open(_loop, IpAddress.Parse("127.0.0.1"), port, this, out OsError failure);
        if (connection is null)
        {
            Assert.Equal(Errno.ECONNREFUSED, failure.Errno);
            return;
        }
        TurnUntil(() => !connection.IsOpen);
        Assert.Equal(["closed: Connection refused"], _diary);
    }

    [Fact]
    public void Output_thatTheKernelDoesNotTake_waits()
    {
        (TcpConnection client, Socket server) = OpenBoth();
        byte[] much = new byte[8 << 20];
        new Random(1).NextBytes(much);
        client.Send(much.AsSpan(0, 5 << 20));
        for (int i = 0; i < 10; i++)
            _loop.Turn(mayWait: false);
        client.Send(much.AsSpan(5 << 20));
        MemoryStream heard = new();
        byte[] buffer = new byte[1 << 16];
        server.ReceiveTimeout = 1;
        TurnUntil(() =>
        {
            while (server.Available > 0)
                heard.Write(buffer, 0, server.Receive(buffer));
            return heard.Length == much.Length;
        });
        Assert.Equal(much, heard.ToArray());
        // At rest the loop sleeps: nothing is asked for that is always there.
        _loop.Timers.Arm(_loop.Timers.Register(new Nothing(), 0), _loop.Now + Duration.FromMilliseconds(50));
        Instant before = _loop.Now;
        _loop.Turn();
        Assert.True(_loop.Now - before >= Duration.FromMilliseconds(40));
    }

    [Fact]
    public void Writing_toWhoeverHasGone_isNoSignal()
    {
        (TcpConnection client, Socket server) = OpenBoth();
        server.LingerState = new LingerOption(true, 0);
        server.Dispose();
        client.Send("hello"u8);
        TurnUntil(() => !client.IsOpen);
        Assert.Contains(_diary[^1], (string[])["closed: Connection reset by peer", "closed: Broken pipe"]);
    }

    [Fact]
    public void Connection_thatIsClosed_saysNothingMore()
    {
        (TcpConnection client, Socket server) = OpenBoth();
        server.Send("late"u8);
        client.Close();
        client.Close();
        for (int i = 0; i < 10; i++)
            _loop.Turn(mayWait: false);
        Assert.Equal(["connected"], _diary);
        Assert.Equal("", Received);
    }

    [Theory]
    [InlineData("mail.example.org", SslProtocols.Tls13)]
    [InlineData("mail.example.org", SslProtocols.Tls12)]
    [InlineData("192.0.2.25", SslProtocols.Tls13)]
    [InlineData("2001:db8::25", SslProtocols.Tls13)]
    public void Tls_withACertificateOfThatName_carriesBytesBothWays(string name, SslProtocols protocol)
    {
        using TemporaryDirectory directory = new();
        using X509Certificate2 certificate = Certificate();
        File.WriteAllText(directory.PathOf("ca.pem"), certificate.ExportCertificatePem());
        using TlsContext context = TlsContext.Create(directory.PathOf("ca.pem"), out string problem) ?? throw new InvalidOperationException(problem);
        (TcpConnection client, Socket server) = OpenBoth();
        byte[] much = new byte[300_000];
        new Random(2).NextBytes(much);
        Thread thread = Serve(server, certificate, protocol, stream =>
        {
            // Records of a byte, and one that is larger than what is read at once.
            foreach (byte one in "one by one, "u8)
                stream.WriteByte(one);
            stream.Write(Encoding.ASCII.GetBytes(new string('x', 16_000)));
            byte[] heard = new byte[much.Length];
            stream.ReadExactly(heard);
            Assert.Equal(much, heard);
            stream.Write("thanks"u8);
            stream.ShutdownAsync().Wait();
        });
        Assert.Null(client.StartTls(context, name));
        TurnUntil(() => _diary.Contains("secured"));
        Assert.Equal(protocol == SslProtocols.Tls13 ? "TLSv1.3" : "TLSv1.2", client.TlsVersion);
        client.Send(much);
        TurnUntil(() => !client.IsOpen);
        thread.Join();
        Assert.Equal("one by one, " + new string('x', 16_000) + "thanks", Received);
        Assert.Equal(["connected", "secured", "closed: "], _diary);
    }

    [Theory]
    [InlineData("other.example.org", true, "hostname mismatch")]
    [InlineData("192.0.2.26", true, "IP address mismatch")]
    [InlineData("mail.example.org", false, "self-signed certificate")]
    public void Tls_withAnotherCertificate_endsTheConnection(string name, bool isKnown, string reason)
    {
        using TemporaryDirectory directory = new();
        using X509Certificate2 certificate = Certificate();
        using X509Certificate2 other = Certificate();
        File.WriteAllText(directory.PathOf("ca.pem"), (isKnown ? certificate : other).ExportCertificatePem());
        using TlsContext context = TlsContext.Create(directory.PathOf("ca.pem"), out string problem) ?? throw new InvalidOperationException(problem);
        (TcpConnection client, Socket server) = OpenBoth();
        Thread thread = Serve(server, certificate, SslProtocols.Tls13, static _ => { });
        Assert.Null(client.StartTls(context, name));
        TurnUntil(() => !client.IsOpen);
        thread.Join();
        Assert.Contains($"no TLS: the certificate is not accepted: ", _diary[^1], StringComparison.Ordinal);
        Assert.Contains(reason, _diary[^1], StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secured", _diary);
    }

    [Fact]
    public void Tls_thatVerifiesNothing_takesAnyCertificate()
    {
        using X509Certificate2 certificate = Certificate();
        using TlsContext context = TlsContext.Create(null, out _)!;
        (TcpConnection client, Socket server) = OpenBoth();
        Thread thread = Serve(server, certificate, SslProtocols.Tls13, static stream => stream.Write("hi"u8));
        Assert.Null(client.StartTls(context, "whoever.example.org"));
        TurnUntil(() => Received == "hi");
        client.Close();
        thread.Join();
    }

    [Fact]
    public void Tls_withAServerThatSpeaksNone_endsTheConnection()
    {
        using TlsContext context = TlsContext.Create(null, out _)!;
        (TcpConnection client, Socket server) = OpenBoth();
        server.Send("220 hello\r\n"u8);
        Assert.Null(client.StartTls(context, "mail.example.org"));
        TurnUntil(() => !client.IsOpen);
        Assert.StartsWith("closed: no TLS: ", _diary[^1], StringComparison.Ordinal);
        Assert.Equal("", Received);
    }

    [Fact]
    public void Tls_thatIsCutOff_endsTheConnection()
    {
        using TlsContext context = TlsContext.Create(null, out _)!;
        (TcpConnection client, Socket server) = OpenBoth();
        Assert.Null(client.StartTls(context, "mail.example.org"));
        TurnUntil(() => server.Available > 0);
        server.LingerState = new LingerOption(true, 0);
        server.Dispose();
        TurnUntil(() => !client.IsOpen);
        Assert.StartsWith("closed: no TLS: ", _diary[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Context_withoutItsCertificates_isNone()
    {
        using TemporaryDirectory directory = new();
        Assert.Null(TlsContext.Create(directory.PathOf("none.pem"), out string missing));
        Assert.Contains("none.pem: ", missing, StringComparison.Ordinal);
        File.WriteAllText(directory.PathOf("empty.pem"), "nothing\n");
        Assert.Null(TlsContext.Create(directory.PathOf("empty.pem"), out string empty));
        Assert.NotEqual("", empty);
    }

    private static X509Certificate2 Certificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=test", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("mail.example.org");
        names.AddIpAddress(IPAddress.Parse("192.0.2.25"));
        names.AddIpAddress(IPAddress.Parse("2001:db8::25"));
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static Thread Serve(Socket socket, X509Certificate2 certificate, SslProtocols protocol, Action<SslStream> dialogue)
    {
        Thread thread = new(() =>
        {
            using SslStream stream = new(new NetworkStream(socket));
            try
            {
                stream.AuthenticateAsServer(certificate, clientCertificateRequired: false, protocol, checkCertificateRevocation: false);
                dialogue(stream);
            }
            catch (Exception e) when (e is IOException or AuthenticationException)
            {
                // The client went away, as some tests want it to.
            }
        });
        thread.Start();
        return thread;
    }

    private sealed class Nothing : ITimerOwner
    {
        public void OnTimer(int name, Instant deadline, Instant now)
        {
            // It only wakes the loop.
        }
    }
}
