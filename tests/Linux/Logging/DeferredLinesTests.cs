using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Logging;
using KeepalivedAot.Linux.Loop;

namespace KeepalivedAot.Tests.Linux.Logging;

public sealed class DeferredLinesTests
{
    private readonly List<string> _out = [];
    private readonly DeferredLines _lines = new();
    private readonly ILogSink _first;
    private readonly ILogSink _second;

    public DeferredLinesTests()
    {
        _first = _lines.Before(new Recorder("first", _out));
        _second = _lines.Before(new Recorder("second", _out));
    }

    [Fact]
    public void Lines_outside_the_loop_pass_straight_through()
    {
        _first.Write(LogLevel.Info, 1, "a"u8);
        Assert.Equal(["first Info 1 a"], _out);
    }

    [Fact]
    public void Lines_wait_for_the_end_of_the_turn_and_keep_their_order_across_sinks()
    {
        _lines.Begin();
        _second.Write(LogLevel.Detail, 70000, "b"u8);
        _first.Write(LogLevel.Error, 2, ""u8);
        _second.Write(LogLevel.Info, 3, "c"u8);
        Assert.Empty(_out);
        ((ITurnEnd)_lines).OnTurnEnd(default);
        Assert.Equal(["second Detail 70000 b", "first Error 2 ", "second Info 3 c"], _out);
        ((ITurnEnd)_lines).OnTurnEnd(default);
        Assert.Equal(3, _out.Count);
    }

    [Fact]
    public void Lines_keep_what_they_are_about()
    {
        LogSubject one = new("one", 1);
        LogSubject two = new("two", 2);
        List<string> seen = [];
        ILogSink sink = _lines.Before(new Subjects(seen));
        _lines.Begin();
        sink.Write(LogLevel.Info, 1, one, "a"u8);
        sink.Write(LogLevel.Info, 1, "b"u8);
        _first.Write(LogLevel.Info, 1, two, "c"u8);
        sink.Write(LogLevel.Info, 1, two, "d"u8);
        // More than places, so that some go out early.
        for (int i = 0; i < 3000; i++)
            sink.Write(LogLevel.Info, 1, i % 2 == 0 ? one : null, "e"u8);
        _lines.End();
        Assert.Equal([("a one"), "b ", "d two"], seen[..3]);
        Assert.Equal(Enumerable.Range(0, 3000).Select(static i => i % 2 == 0 ? "e one" : "e "), seen[3..]);
    }

    [Fact]
    public void End_writes_what_waits_and_lets_pass_again()
    {
        _lines.Begin();
        _first.Write(LogLevel.Info, 1, "a"u8);
        _lines.End();
        _first.Write(LogLevel.Info, 1, "b"u8);
        Assert.Equal(["first Info 1 a", "first Info 1 b"], _out);
    }

    [Fact]
    public void Turn_with_too_many_lines_loses_none()
    {
        _lines.Begin();
        byte[] line = new byte[1000];
        line.AsSpan().Fill((byte)'x');
        for (int i = 0; i < 500; i++)
            _first.Write(LogLevel.Info, i, line);
        _first.Write(LogLevel.Info, 500, new byte[100_000]);
        _lines.End();
        Assert.Equal(501, _out.Count);
        Assert.Equal(Enumerable.Range(0, 501).Select(i => i.ToString()), _out.Select(o => o.Split(' ')[2]));
    }

    [Fact]
    public void Turn_allocates_nothing()
    {
        DeferredLines lines = new();
        ILogSink sink = lines.Before(new Silent());
        lines.Begin();
        long before = 0;
        for (int i = 0; i < 2000; i++)
        {
            if (i == 1000)
                before = GC.GetAllocatedBytesForCurrentThread();
            sink.Write(LogLevel.Info, 1, "some line"u8);
            ((ITurnEnd)lines).OnTurnEnd(default);
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private sealed class Recorder(string name, List<string> lines) : ILogSink
    {
        public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line)
            => lines.Add($"{name} {level} {eventId} {Encoding.UTF8.GetString(line)}");
    }

    private sealed class Silent : ILogSink
    {
        public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line)
        {
        }
    }

    private sealed class Subjects(List<string> lines) : ILogSink
    {
        public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => Write(level, eventId, null, line);

        public void Write(LogLevel level, int eventId, LogSubject? subject, ReadOnlySpan<byte> line)
            => lines.Add($"{Encoding.UTF8.GetString(line)} {subject?.Name}");
    }
}
