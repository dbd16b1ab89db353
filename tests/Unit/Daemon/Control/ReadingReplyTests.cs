using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Control;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Text;

namespace KeepalivedAot.Tests.Unit.Daemon.Control;

/// <summary>A mistake of ours in an answer to who only looks.</summary>
public sealed class ReadingReplyTests : ILogSink
{
    private readonly List<(LogLevel Level, int EventId, string Line)> _lines = [];

    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => _lines.Add((level, eventId, Encoding.UTF8.GetString(line)));

    private string All(IControlReply reply)
    {
        JsonLine line = new();
        StringBuilder text = new();
        for (int i = 0; i < 10 && !reply.IsComplete; i++)
            text.Append(Encoding.UTF8.GetString(reply.Next(line, default)));
        Assert.True(reply.IsComplete);
        return text.ToString();
    }

    [Fact]
    public void Mistake_amidst_an_answer_ends_that_with_an_error_and_is_logged_with_its_type()
    {
        ReadingReply reply = new("status", static () => new Broken(), new Log(this));
        Assert.Equal(
            "{\"a\":1}\n{\"ok\":false,\"code\":\"internal\",\"error\":\"the daemon has made a mistake, and goes on: IndexOutOfRangeException; its log says more\"}\n",
            All(reply));
        Assert.Equal([(LogLevel.Error, EventIds.ControlFailed, "Internal error in the answer to 'status': IndexOutOfRangeException: the third of two")], _lines);
    }

    [Fact]
    public void Mistake_before_the_first_line_is_answered_too()
    {
        ReadingReply reply = new("events", static () => throw new InvalidOperationException("no list"), new Log(this));
        Assert.StartsWith("{\"ok\":false,\"code\":\"internal\",", All(reply), StringComparison.Ordinal);
        Assert.Equal("Internal error in the answer to 'events': InvalidOperationException: no list", Assert.Single(_lines).Line);
    }

    [Fact]
    public void Answer_without_a_mistake_is_passed_on()
    {
        Assert.Equal("{\"ok\":true}\n", All(new ReadingReply("status", static () => ControlAnswer.Done(), new Log(this))));
        Assert.Empty(_lines);
    }

    private sealed class Broken : IControlReply
    {
        private bool _hasBegun;

        public bool IsComplete => false;

        public ReadOnlySpan<byte> Next(JsonLine line, Instant now)
        {
            // Half an object, which must not be seen.
            line.Begin().WriteNumber("a"u8, 1);
            if (_hasBegun)
                throw new IndexOutOfRangeException("the third of two");
            _hasBegun = true;
            return line.End();
        }
    }
}
