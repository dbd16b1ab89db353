using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Logging;
using KeepalivedAot.Tests.Linux.Process;

namespace KeepalivedAot.Tests.Linux.Logging;

/// <summary>Lines on their way to a syslog that comes and goes.</summary>
/// <remarks>By itself: a child that another test has just forked keeps a socket open that was closed here, until it executes its program.</remarks>
[Collection(nameof(SyslogSinkTests))]
[CollectionDefinition(nameof(SyslogSinkTests), DisableParallelization = true)]
public sealed class SyslogSinkTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Path => _directory.PathOf("log");

    public void Dispose() => _directory.Dispose();

    private Socket Listen(SocketType type = SocketType.Dgram)
    {
        File.Delete(Path);
        Socket socket = new(AddressFamily.Unix, type, ProtocolType.Unspecified) { ReceiveTimeout = 5000 };
        socket.Bind(new UnixDomainSocketEndPoint(Path));
        return socket;
    }

    private static string Receive(Socket socket)
    {
        byte[] buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }

    [Theory]
    [InlineData(LogLevel.Error, SyslogFacility.Daemon, 27)]
    [InlineData(LogLevel.Warning, SyslogFacility.Daemon, 28)]
    [InlineData(LogLevel.Info, SyslogFacility.Daemon, 30)]
    [InlineData(LogLevel.Detail, SyslogFacility.Daemon, 30)]
    [InlineData(LogLevel.ExtraDetail, SyslogFacility.Local7, 190)]
    [InlineData(LogLevel.Info, SyslogFacility.User, 14)]
    public void Write_sends_the_line_as_RFC_3164_has_it(LogLevel level, SyslogFacility facility, int priority)
    {
        using Socket syslog = Listen();
        using SyslogSink sink = new("Keepalived_vrrp", facility, Path);
        sink.Write(level, 1, "(VRRP1) Entering MASTER STATE"u8);
        string message = Receive(syslog);

        string head = string.Create(CultureInfo.InvariantCulture, $"<{priority}>");
        Assert.StartsWith(head, message, StringComparison.Ordinal);
        Assert.Matches("^[A-Z][a-z]{2} [ 1-3][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2} $", message.Substring(head.Length, 16));
        Assert.Equal($"Keepalived_vrrp[{Environment.ProcessId}]: (VRRP1) Entering MASTER STATE", message[(head.Length + 16)..]);
    }

    [Fact]
    public void Write_without_a_syslog_drops_and_counts_and_tries_again_after_a_second()
    {
        using SyslogSink sink = new("Keepalived", path: Path);
        for (int i = 0; i < 5; i++)
            sink.Write(LogLevel.Info, 1, "lost"u8);
        Assert.Equal((5, Errno.ENOENT), (sink.DroppedCount, sink.LastError));

        using Socket syslog = Listen();
        sink.Write(LogLevel.Info, 1, "too early"u8);
        Assert.Equal(6, sink.DroppedCount);
        Thread.Sleep(1100);
        sink.Write(LogLevel.Info, 1, "here"u8);
        Assert.EndsWith("(6 log lines were dropped: No such file or directory)", Receive(syslog), StringComparison.Ordinal);
        Assert.EndsWith(": here", Receive(syslog), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_after_a_restart_of_syslog_loses_no_line()
    {
        using SyslogSink sink = new("Keepalived", path: Path);
        using (Socket first = Listen())
        {
            sink.Write(LogLevel.Info, 1, "one"u8);
            Receive(first);
        }
        using Socket second = Listen();
        sink.Write(LogLevel.Info, 1, "two"u8);
        Assert.EndsWith(": two", Receive(second), StringComparison.Ordinal);
        Assert.Equal(0, sink.DroppedCount);
    }

    [Fact]
    public void Write_to_a_syslog_that_does_not_read_does_not_wait()
    {
        using Socket syslog = Listen();
        using SyslogSink sink = new("Keepalived", path: Path);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 5000; i++)
            sink.Write(LogLevel.Info, 1, "line"u8);
        Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds < 2);
        Assert.True(sink.DroppedCount > 0);
        Assert.Equal(Errno.EAGAIN, sink.LastError);
    }

    [Fact]
    public void Write_to_a_stream_syslog_ends_each_message_with_NUL()
    {
        using Socket syslog = Listen(SocketType.Stream);
        syslog.Listen();
        using SyslogSink sink = new("Keepalived", path: Path);
        sink.Write(LogLevel.Info, 1, "one"u8);
        using Socket connection = syslog.Accept();
        Assert.EndsWith(": one\0", Receive(connection), StringComparison.Ordinal);
    }

    [Fact]
    public void Ident_can_be_changed_while_running()
    {
        using Socket syslog = Listen();
        using SyslogSink sink = new("Keepalived_vrrp", path: Path);
        sink.Ident = "Keepalived_vrrp_ns1_a";
        sink.Write(LogLevel.Info, 1, "x"u8);
        Assert.Contains(" Keepalived_vrrp_ns1_a[", Receive(syslog), StringComparison.Ordinal);
    }

    [Fact]
    public void Tee_writes_to_both_without_allocating()
    {
        using Socket syslog = Listen();
        using SyslogSink first = new("a", path: Path);
        using SyslogSink second = new("b", path: Path);
        TeeSink tee = new(first, second);
        tee.Write(LogLevel.Info, 1, "x"u8);
        Assert.Contains(" a[", Receive(syslog), StringComparison.Ordinal);
        Assert.Contains(" b[", Receive(syslog), StringComparison.Ordinal);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 500; i++)
            tee.Write(LogLevel.Info, 1, "x"u8);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
