using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Text;

namespace KeepalivedAot.Daemon.Control;

/// <summary>The answer to who only looks. A defect of ours in it is his error and a line of the log: nothing was changed, so there is no reason to end.</summary>
/// <param name="verb">For the log.</param>
/// <param name="make">Makes the answer, when the first line of it is wanted.</param>
internal sealed class ReadingReply(string verb, Func<IControlReply> make, Log log) : IControlReply
{
    private IControlReply? _inner;
    private bool _hasFailed;

    public bool IsComplete => _hasFailed || _inner is { IsComplete: true };

    public ReadOnlySpan<byte> Next(JsonLine line, Instant now)
    {
        try
        {
            return (_inner ??= make()).Next(line, now);
        }
        catch (Exception e)
        {
            _hasFailed = true;
            log.Write(LogLevel.Error, EventIds.ControlFailed, $"Internal error in the answer to '{verb}': {e.GetType().Name}: {e.Message}");
            return ControlAnswer.Fail(ControlAnswer.Internal, $"the daemon has made a mistake, and goes on: {e.GetType().Name}; its log says more").Next(line, now);
        }
    }
}
