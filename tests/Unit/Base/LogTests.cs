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

    [Fact]
    public void Lines_of_a_subject_name_it_and_share_threshold_and_sink()
    {
        Subjects sink = new();
        Log log = new(_sink);
        LogSubject subject = new("VI_1", 51);
        Log door = log.For(subject);
        log.Sink = sink;
        door.Write(LogLevel.Info, 1, $"one");
        log.Threshold = LogLevel.Error;
        door.Write(LogLevel.Info, 2, $"two");
        door.Write(LogLevel.Error, 3, "three"u8);
        subject.Rename("VI_2");
        door.Write(LogLevel.Error, 4, "four"u8);
        log.Write(LogLevel.Error, 5, "five"u8);
        Assert.Equal(["VI_1 51 one", "VI_1 51 three", "VI_2 51 four", "  five"], sink.Lines);
        Assert.Empty(_sink.Lines);
    }

    [Fact]
    public void Name_of_a_subject_is_text_of_bounded_length()
    {
        LogSubject subject = new(ByteText.Decode([(byte)'c', 0xE9]), 1);
        Assert.Equal("c\uFFFD"u8, subject.NameUtf8);
        subject.Rename(new string('\u00E4', 200));
        Assert.Equal(254, subject.NameUtf8.Length);
    }

    [Fact]
    public void Levels_have_names_both_ways()
    {
        Assert.Equal(Enum.GetValues<LogLevel>(), LogLevelName.Levels);
        foreach (LogLevel level in LogLevelName.Levels)
        {
            Assert.True(LogLevelName.TryParse(LogLevelName.Of(level), out LogLevel read));
            Assert.Equal(level, read);
        }
        Assert.False(LogLevelName.TryParse("debug"u8, out _));
        Assert.False(LogLevelName.TryParse(""u8, out _));
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

    private sealed class Subjects : ILogSink
    {
        public List<string> Lines { get; } = [];

        public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => Write(level, eventId, null, line);

        public void Write(LogLevel level, int eventId, LogSubject? subject, ReadOnlySpan<byte> line)
            => Lines.Add($"{subject?.Name} {subject?.Vrid} {Encoding.UTF8.GetString(line)}");
    }
}
