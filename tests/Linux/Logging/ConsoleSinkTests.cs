using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Linux.Logging;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Tests.Linux.Process;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Tests.Linux.Logging;

public sealed unsafe class ConsoleSinkTests
{
    private static readonly LineFormat s_plain = new(new LogIdent("Keepalived"));

    private readonly int _readEnd;
    private readonly int _writeEnd;

    public ConsoleSinkTests()
    {
        int* ends = stackalloc int[2];
        Assert.Equal(0, pipe2(ends, O_CLOEXEC));
        (_readEnd, _writeEnd) = (ends[0], ends[1]);
        Assert.Equal(0, fcntl(_readEnd, F_SETFL, O_NONBLOCK));
    }

    [Fact]
    public void Write_puts_the_local_time_before_the_line()
    {
        using ConsoleSink console = ConsoleSink.Open(_writeEnd);
        ILogSink sink = console.Named(s_plain);
        sink.Write(LogLevel.Info, 1, "(VRRP1) Entering BACKUP STATE"u8);
        string line = Drain();

        Assert.EndsWith(": (VRRP1) Entering BACKUP STATE\n", line, StringComparison.Ordinal);
        DateTime time = DateTime.ParseExact(line[..24].Replace("  ", " ", StringComparison.Ordinal), "ddd MMM d HH:mm:ss yyyy", CultureInfo.InvariantCulture);
        Assert.InRange((DateTime.Now - time).TotalSeconds, -2, 2);
    }

    [Fact]
    public void Write_to_a_pipe_that_nobody_reads_does_not_wait_and_tells_later_what_was_lost()
    {
        using ConsoleSink console = ConsoleSink.Open(_writeEnd);
        ILogSink sink = console.Named(s_plain);
        byte[] line = Encoding.ASCII.GetBytes(new string('x', 900));
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 500; i++)
            sink.Write(LogLevel.Info, 1, line);
        Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds < 2);
        long dropped = console.DroppedCount;
        Assert.InRange(dropped, 300, 499);

        string before = Drain();
        sink.Write(LogLevel.Info, 1, "back"u8);
        string[] lines = (before + Drain()).TrimEnd('\n').Split('\n');
        Assert.EndsWith(": back", lines[^1], StringComparison.Ordinal);
        Assert.Contains($"({dropped} log lines were dropped", lines[^2], StringComparison.Ordinal);
        Assert.Equal(500 - dropped + 2, lines.Length);
        // No line was torn.
        Assert.All(lines[..^2], text => Assert.Equal(26 + 900, text.Length));
    }

    [Fact]
    public void Write_tells_of_lost_lines_in_the_format_of_the_next_line_and_tears_none()
    {
        using ConsoleSink console = ConsoleSink.Open(_writeEnd);
        ILogSink sink = console.Named(new LineFormat(new LogIdent("Keepalived_vrrp"), LogFormat.Json));
        LogSubject subject = new("VI_1", 51);
        byte[] line = new byte[900];
        line.AsSpan().Fill((byte)'"');
        for (int i = 0; i < 500; i++)
            sink.Write(LogLevel.Info, 7, subject, line);
        long dropped = console.DroppedCount;
        Assert.InRange(dropped, 300, 499);
        string before = Drain();
        sink.Write(LogLevel.Info, 8, "back"u8);
        string[] lines = (before + Drain()).TrimEnd('\n').Split('\n');
        Assert.Equal(500 - dropped + 2, lines.Length);
        JsonElement[] objects = [.. lines.Select(static text => JsonDocument.Parse(text).RootElement)];
        Assert.Contains($"{dropped} log lines were dropped", objects[^2].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal((LogEvents.LinesDropped, 8), (objects[^2].GetProperty("event").GetInt32(), objects[^1].GetProperty("event").GetInt32()));
        Assert.All(objects[..^2], static one => Assert.Equal("VI_1", one.GetProperty("instance").GetString()));
    }

    [Fact]
    public void Open_leaves_the_shared_descriptor_blocking()
    {
        using ConsoleSink console = ConsoleSink.Open(_writeEnd);
        Assert.Equal(0, fcntl(_writeEnd, F_GETFL) & O_NONBLOCK);
    }

    [Fact]
    public void Write_to_a_file_appends_where_the_file_stands()
    {
        using TemporaryDirectory directory = new();
        using FileStream file = new(directory.PathOf("log"), FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Write("before\n"u8);
        file.Flush();
        using ConsoleSink console = ConsoleSink.Open((int)file.SafeFileHandle.DangerousGetHandle());
        ILogSink sink = console.Named(s_plain);
        // FileStream writes at a position of its own; stand where a shell would.
        lseek((int)file.SafeFileHandle.DangerousGetHandle(), 0, SEEK_END);
        sink.Write(LogLevel.Info, 1, "one"u8);
        sink.Write(LogLevel.Info, 1, "two"u8);

        string[] lines = File.ReadAllLines(directory.PathOf("log"));
        Assert.Equal(["before", "one", "two"], lines.Select(line => line.Split(": ")[^1]));
    }

    [Fact]
    public void Write_allocates_nothing()
    {
        using ConsoleSink console = ConsoleSink.Open(_writeEnd);
        ILogSink sink = console.Named(s_plain);
        sink.Write(LogLevel.Info, 1, "warm"u8);
        Drain();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            sink.Write(LogLevel.Info, 1, "line"u8);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("UTC0", "Sun Nov 22 18:25:43 2026")]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3", "Sun Nov 22 19:25:43 2026")]
    [InlineData("EST5", "Sun Nov 22 13:25:43 2026")]
    public void LocalTime_follows_the_zone(string zone, string expected)
    {
        using TemporaryDirectory directory = new();
        SpawnRequest helper = HelperMode.Request("local-time", "1795371943", directory.PathOf("time"));
        SpawnRequest request = new() { Path = helper.Path, Arguments = helper.Arguments, Environment = [.. helper.Environment, $"TZ={zone}"] };
        using ChildProcess child = Spawn.Start(request, null, out _)!;
        child.Wait(out ExitStatus status);

        Assert.True(status.IsSuccess);
        Assert.Equal(expected, File.ReadAllText(directory.PathOf("time")));
    }

    [Fact]
    public void LocalTime_pads_the_day_as_ctime_does()
    {
        byte[] text = new byte[LocalTime.ShortLength];
        LocalTime.WriteShort(new DateTimeOffset(2026, 11, 2, 12, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(), text);
        Assert.StartsWith("Nov  2 ", Encoding.ASCII.GetString(text), StringComparison.Ordinal);
    }

    private string Drain()
    {
        byte[] buffer = new byte[1 << 20];
        int length = 0;
        fixed (byte* start = buffer)
        {
            long count;
            while ((count = read(_readEnd, start + length, buffer.Length - length)) > 0)
                length += (int)count;
        }
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
