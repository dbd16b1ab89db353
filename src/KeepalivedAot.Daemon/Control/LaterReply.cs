using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Text;

namespace KeepalivedAot.Daemon.Control;

/// <summary>The answer to what takes a while, when that is over.</summary>
internal sealed class LaterReply : IControlReply
{
    private ControlAnswer? _answer;

    public void OnDone(ControlAnswer answer) => _answer = answer;

    public bool IsComplete => _answer is { IsComplete: true };

    public ReadOnlySpan<byte> Next(JsonLine line, Instant now) => _answer is null ? [] : _answer.Next(line, now);
}
