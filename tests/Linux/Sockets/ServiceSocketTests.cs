using System.Net.Sockets;
using System.Text;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Tests.Linux.Sockets;

/// <summary>Where an init system listens: a path or an abstract name; what it hears are whole messages.</summary>
public sealed class ServiceSocketTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("keepalived-aot.").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Socket Listen(string address)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 5000 };
        socket.Bind(new UnixDomainSocketEndPoint(address));
        return socket;
    }

    private static string Next(Socket socket)
    {
        byte[] buffer = new byte[256];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Messages_arrive_whole_and_in_order(bool isAbstract)
    {
        // An abstract name is as long as it is: one byte more is another name.
        string name = isAbstract ? $"keepalived-aot-test-{Environment.ProcessId}" : Path.Combine(_folder, "notify");
        using Socket listener = Listen(isAbstract ? $"\0{name}" : name);
        using ServiceSocket? socket = ServiceSocket.Open(isAbstract ? $"@{name}" : name, out OsError failure);
        Assert.False(failure.IsError);
        Assert.False(socket!.Send("READY=1\nMAINPID=1\n"u8).IsError);
        Assert.False(socket.Send("WATCHDOG=1\n"u8).IsError);
        Assert.Equal("READY=1\nMAINPID=1\n", Next(listener));
        Assert.Equal("WATCHDOG=1\n", Next(listener));
    }

    // systemd listens there anew after its own re-execution.
    [Fact]
    public void Listener_that_is_another_one_by_now_is_found()
    {
        string path = Path.Combine(_folder, "notify");
        using ServiceSocket? socket = ServiceSocket.Open(path, out _);
        Assert.Equal(Errno.ENOENT, socket!.Send("A=1\n"u8).Errno);
        using (Listen(path))
            Assert.False(socket.Send("B=1\n"u8).IsError);
        // The one before has taken its path away.
        Assert.Equal(Errno.ENOENT, socket.Send("C=1\n"u8).Errno);
        using Socket second = Listen(path);
        Assert.False(socket.Send("D=1\n"u8).IsError);
        Assert.Equal("D=1\n", Next(second));
    }

    [Theory]
    [InlineData("@", Errno.EAFNOSUPPORT)]
    [InlineData("run/notify", Errno.EAFNOSUPPORT)]
    [InlineData("vsock:2:1", Errno.EAFNOSUPPORT)]
    public void Address_of_another_kind_is_refused(string name, Errno expected)
    {
        Assert.Null(ServiceSocket.Open(name, out OsError failure));
        Assert.Equal(expected, failure.Errno);
    }
}
