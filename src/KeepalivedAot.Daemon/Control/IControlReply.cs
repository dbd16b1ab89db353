using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Text;

namespace KeepalivedAot.Daemon.Control;

/// <summary>An answer that is written bit by bit, as the other side takes it.</summary>
internal interface IControlReply
{
    /// <summary>The next lines, some kilobytes of them; empty when there is nothing to say at the moment. Valid until the next call.</summary>
    ReadOnlySpan<byte> Next(JsonLine line, Instant now);

    /// <summary>There is nothing more, and never will be.</summary>
    bool IsComplete { get; }
}
