using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
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
        using SyslogSink sink = new(new LogIdent("Keepalived_vrrp"), facility, Path);
        sink.Write(level, 1, "(VRRP1) Entering MASTER STATE"u8);
        string message = Receive(syslog);

        string head = string.Create(CultureInfo.InvariantCulture, $"<{priority}>");
        Assert.StartsWith(head, message, StringComparison.Ordinal);
        Assert.Matches("^[A-Z][a-z]{2} [ 1-3][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2} $", message.Substring(head.Length, 16));
        Assert.Equal($"Keepalived_vrrp[{Environment.ProcessId}]: (VRRP1) Entering MASTER STATE", message[(head.Length + 16)..]);
    }

    [Fact]
    public void Write_without_a_syslog_keeps_what_it_can_counts_the_rest_and_tries_again_after_a_second()
    {
        using SyslogSink sink = new(new LogIdent("Keepalived"), path: Path);
        byte[] line = Encoding.ASCII.GetBytes(new string('x', 900));
        for (int i = 0; i < 30; i++)
            sink.Write(LogLevel.Info, 1, line);
        Assert.Equal(Errno.ENOENT, sink.LastError);
        long dropped = sink.DroppedCount;
        Assert.InRange(dropped, 1, 29);

        using Socket syslog = Listen();
        Assert.False(sink.Flush());
        Thread.Sleep(1100);
        Assert.True(sink.Flush() || syslog.Available > 0);
        for (int i = 0; i < 30 - dropped; i++)
        {
            Assert.EndsWith("xxx", Receive(syslog), StringComparison.Ordinal);
            sink.Flush();
        }
        sink.Write(LogLevel.Info, 1, "here"u8);
        Assert.EndsWith($"({dropped} log lines were dropped: No such file or directory)", Receive(syslog), StringComparison.Ordinal);
        Assert.EndsWith(": here", Receive(syslog), StringComparison.Ordinal);
        Assert.False(sink.HasWaiting);
    }

    [Fact]
    public void Write_after_a_restart_of_syslog_loses_no_line()
    {
        using SyslogSink sink = new(new LogIdent("Keepalived"), path: Path);
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
    public void Write_to_a_syslog_that_does_not_read_does_not_wait_and_accounts_for_every_line()
    {
        using Socket syslog = Listen();
        syslog.ReceiveTimeout = 200;
        using SyslogSink sink = new(new LogIdent("Keepalived"), path: Path);
        long start = Stopwatch.GetTimestamp();
        const int Written = 9000;
        for (int i = 0; i < Written; i++)
            sink.Write(LogLevel.Info, 1, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"line {i}")));
        Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds < 2);
        Assert.True(sink.DroppedCount > 0);
        Assert.Equal(Errno.EAGAIN, sink.LastError);

        List<string> received = [];
        do
        {
            while (syslog.Available > 0)
                received.Add(Receive(syslog));
        }
        while (!sink.Flush() || syslog.Available > 0);
        sink.Write(LogLevel.Info, 1, "last"u8);
        received.Add(Receive(syslog));
        received.Add(Receive(syslog));
        // In their order, with the notice where lines are missing.
        int[] numbers = [.. received.SkipLast(2).Select(static text => int.Parse(text[(text.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture))];
        Assert.Equal(Enumerable.Range(0, numbers.Length), numbers);
        Assert.Equal(Written, numbers.Length + sink.DroppedCount);
        Assert.EndsWith($"({sink.DroppedCount} log lines were dropped: Resource temporarily unavailable)", received[^2], StringComparison.Ordinal);
        Assert.EndsWith(": last", received[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_waited_have_the_time_at_which_they_were_written()
    {
        using SyslogSink sink = new(new LogIdent("Keepalived"), path: Path);
        Assert.True(sink.TryUse(SyslogFormat.Rfc5424));
        sink.Write(LogLevel.Info, 1, "early"u8);
        DateTimeOffset written = DateTimeOffset.Now;
        using Socket syslog = Listen();
        Thread.Sleep(1100);
        Assert.True(sink.Flush());
        Assert.InRange((written - Rfc5424Message.Parse(Receive(syslog)).Time).TotalSeconds, -0.01, 0.5);
    }

    [Fact]
    public void FlushWithin_ends_when_nobody_reads()
    {
        using Socket syslog = Listen();
        using SyslogSink sink = new(new LogIdent("Keepalived"), path: Path);
        while (!sink.HasWaiting)
            sink.Write(LogLevel.Info, 1, "line"u8);
        long start = Stopwatch.GetTimestamp();
        sink.FlushWithin(Duration.FromMilliseconds(200));
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 190, 2000);
        Receive(syslog);
        sink.FlushWithin(Duration.FromSeconds(30));
        Assert.False(sink.HasWaiting);
    }

    [Theory]
    [InlineData(null, "VI_1", "(VI_1) Entering MASTER STATE")]
    [InlineData("r\u00f6uter \"1\" [a]\\", "r\u00f6uter \"1\" [a]\\", "x")]
    public void Rfc5424_has_all_fields(string? name, string expected, string text)
    {
        using Socket syslog = Listen();
        using SyslogSink sink = new(new LogIdent("Keepalived_vrrp"), SyslogFacility.Local1, Path);
        Assert.True(sink.TryUse(SyslogFormat.Rfc5424));
        sink.Write(LogLevel.Warning, 1001, new LogSubject(name ?? "VI_1", 51), Encoding.UTF8.GetBytes(text));
        Rfc5424Message message = Rfc5424Message.Parse(Receive(syslog));
        Assert.Equal(17 * 8 + 4, message.Priority);
        Assert.InRange((DateTimeOffset.Now - message.Time).TotalSeconds, -1, 5);
        Assert.Equal(Environment.MachineName, message.HostName);
        Assert.Equal(("Keepalived_vrrp", $"{Environment.ProcessId}", "1001"), (message.AppName, message.ProcessId, message.MessageId));
        Assert.Equal([("instance", expected), ("vrid", "51")], message.Elements["keepalived@9586.100.5"]);
        Assert.Equal(text, message.Text);

        sink.Write(LogLevel.Info, 100, "Starting"u8);
        message = Rfc5424Message.Parse(Receive(syslog));
        Assert.Empty(message.Elements);
        Assert.Equal("Starting", message.Text);
    }

    [Fact]
    public void Journal_gets_fields_and_lines_of_several_lines_whole()
    {
        string journal = _directory.PathOf("journal");
        using SyslogSink sink = new(new LogIdent("Keepalived_vrrp"), path: Path, journalPath: journal);
        Assert.False(sink.TryUse(SyslogFormat.Journal));
        Assert.Equal(SyslogFormat.Rfc3164, sink.Format);

        using Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 5000 };
        socket.Bind(new UnixDomainSocketEndPoint(journal));
        Assert.True(sink.TryUse(SyslogFormat.Journal));
        sink.Write(LogLevel.Detail, 1001, new LogSubject("VI_1", 51), "one\nMESSAGE=two"u8);
        byte[] buffer = new byte[4096];
        Dictionary<string, string> fields = JournalMessage.Parse(buffer.AsSpan(0, socket.Receive(buffer)));
        Assert.Equal(new Dictionary<string, string>
        {
            ["MESSAGE"] = "one\nMESSAGE=two", ["PRIORITY"] = "6", ["SYSLOG_FACILITY"] = "3", ["SYSLOG_IDENTIFIER"] = "Keepalived_vrrp",
            ["SYSLOG_PID"] = $"{Environment.ProcessId}", ["KEEPALIVED_EVENT"] = "1001", ["KEEPALIVED_INSTANCE"] = "VI_1", ["KEEPALIVED_VRID"] = "51",
        }, fields);
        // Back again.
        using Socket syslog = Listen();
        Assert.True(sink.TryUse(SyslogFormat.Rfc3164));
        sink.Write(LogLevel.Info, 1, "x"u8);
        Assert.EndsWith("]: x", Receive(syslog), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_to_a_stream_syslog_ends_each_message_with_NUL()
    {
        using Socket syslog = Listen(SocketType.Stream);
        syslog.Listen();
        using SyslogSink sink = new(new LogIdent("Keepalived"), path: Path);
        sink.Write(LogLevel.Info, 1, "one"u8);
        using Socket connection = syslog.Accept();
        Assert.EndsWith(": one\0", Receive(connection), StringComparison.Ordinal);
    }

    [Fact]
    public void Ident_can_be_changed_while_running()
    {
        using Socket syslog = Listen();
        LogIdent ident = new("Keepalived_vrrp");
        using SyslogSink sink = new(ident, path: Path);
        ident.Name = "Keepalived_vrrp_ns1_a";
        sink.Write(LogLevel.Info, 1, "x"u8);
        Assert.Contains(" Keepalived_vrrp_ns1_a[", Receive(syslog), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_under_several_names_keep_their_order_while_they_wait()
    {
        using SyslogSink sink = new(new LogIdent("a"), path: Path);
        ILogSink other = sink.Named(new LogIdent("b"));
        sink.Write(LogLevel.Info, 1, "1"u8);
        other.Write(LogLevel.Info, 1, "2"u8);
        sink.Write(LogLevel.Info, 1, "3"u8);
        using Socket syslog = Listen();
        Thread.Sleep(1100);
        Assert.True(sink.Flush());
        foreach (string expected in (string[])[" a[{0}]: 1", " b[{0}]: 2", " a[{0}]: 3"])
            Assert.EndsWith(string.Format(CultureInfo.InvariantCulture, expected, Environment.ProcessId), Receive(syslog), StringComparison.Ordinal);
    }

    [Fact]
    public void Tee_writes_to_both_without_allocating()
    {
        using Socket syslog = Listen();
        using SyslogSink first = new(new LogIdent("a"), path: Path);
        using SyslogSink second = new(new LogIdent("b"), path: Path);
        TeeSink tee = new(first, second);
        tee.Write(LogLevel.Info, 1, "x"u8);
        Assert.Contains(" a[", Receive(syslog), StringComparison.Ordinal);
        Assert.Contains(" b[", Receive(syslog), StringComparison.Ordinal);
        // The place for lines that wait is made when the first ones do.
        for (int i = 0; i < 100; i++)
            tee.Write(LogLevel.Info, 1, "x"u8);
        Assert.True(second.HasWaiting);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 5000; i++)
            tee.Write(LogLevel.Info, 1, "x"u8);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
