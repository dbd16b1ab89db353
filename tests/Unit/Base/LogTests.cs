using System.Text;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Tests.Unit.Base;

public class LogTests
{
    private readonly Sink _sink = new();

    [Fact]
    public void Line_is_formatted_with_values_and_text()
    {
        Log log = new(_sink);
        log.Write(LogLevel.Info, 7, $"({"V"}) {IpAddress.Parse("fe80::1")} {42} {255:x4} {"bytes"u8}");
        Assert.Equal([(LogLevel.Info, 7, "(V) fe80::1 42 00ff bytes")], _sink.Lines);
    }

    [Theory]
    [InlineData(LogLevel.Warning, LogLevel.Error, true)]
    [InlineData(LogLevel.Warning, LogLevel.Warning, true)]
    [InlineData(LogLevel.Warning, LogLevel.Info, false)]
    [InlineData(LogLevel.Info, LogLevel.Detail, false)]
    [InlineData(LogLevel.Detail, LogLevel.ExtraDetail, false)]
    public void Line_beyond_the_threshold_is_not_formatted(LogLevel threshold, LogLevel level, bool written)
    {
        Log log = new(_sink, threshold);
        int formatted = 0;
        string Text()
        {
            formatted++;
            return "text";
        }
        log.Write(level, 1, $"{Text()}");
        log.Write(level, 2, "plain"u8);
        Assert.Equal(written ? 2 : 0, _sink.Lines.Count);
        Assert.Equal(written ? 1 : 0, formatted);
    }

    [Fact]
    public void Line_that_is_too_long_is_cut()
    {
        Log log = new(_sink);
        string almost = new('x', LogLine.Capacity - 2);
        log.Write(LogLevel.Info, 1, $"{almost}{"yyyy"}");
        Assert.Equal(almost + "yy", _sink.Lines[0].Text);
    }

    [Fact]
    public void Line_isText_whateverBytesANameHas()
    {
        Log log = new(_sink);
        log.Write(LogLevel.Info, 1, $"({ByteText.Decode([(byte)'c', 0xE9, (byte)'x', 0xFF])}) Entering MASTER STATE");
        Assert.Equal("(c\uFFFDx\uFFFD) Entering MASTER STATE", _sink.Lines[0].Text);
    }

    [Fact]
    public void Line_is_not_cut_within_a_character()
    {
        Log log = new(_sink);
        string almost = new('x', LogLine.Capacity - 1);
        log.Write(LogLevel.Info, 1, $"{almost}{"ü"}");
        Assert.Equal(almost, _sink.Lines[0].Text);
    }

    [Fact]
    public void Sink_can_be_replaced_while_running()
    {
        Log log = new(_sink);
        Sink another = new();
        log.Sink = another;
        log.Write(LogLevel.Info, 1, "x"u8);
        Assert.Empty(_sink.Lines);
        Assert.Single(another.Lines);
    }

    [Fact]
    public void Lines_allocate_nothing()
    {
        Counter counter = new();
        Log log = new(counter, LogLevel.Detail);
        IpAddress address = IpAddress.Parse("10.0.0.1");
        WriteLines(log, address, 10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        WriteLines(log, address, 1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(2020, counter.Count);
    }

    private static void WriteLines(Log log, IpAddress address, int count)
    {
        for (int i = 0; i < count; i++)
        {
            log.Write(LogLevel.Info, 1, $"({"V"}) {address} {i}");
            log.Write(LogLevel.Detail, 1, $"{i:D6}");
        }
    }

    private sealed class Sink : ILogSink
    {
        public List<(LogLevel Level, int Id, string Text)> Lines { get; } = [];

        public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line)
            => Lines.Add((level, eventId, Encoding.UTF8.GetString(line)));
    }

    private sealed class Counter : ILogSink
    {
        public int Count { get; private set; }

        public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => Count++;
    }
}
