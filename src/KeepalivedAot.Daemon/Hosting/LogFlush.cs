using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Logging;
using KeepalivedAot.Linux.Loop;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>Comes back to log lines that the host's log did not take at once, until it has them. Costs nothing while none wait.</summary>
internal sealed class LogFlush : ITurnEnd, ITimerOwner
{
    // A log that reads has read by then, and one that does not is asked less and less often.
    private static readonly Duration FirstPause = Duration.FromMilliseconds(20);
    private static readonly Duration LongestPause = Duration.FromSeconds(1);

    private readonly SyslogSink _sink;
    private readonly TimerQueue _timers;
    private readonly TimerHandle _timer;
    private Duration _pause = FirstPause;

    public LogFlush(SyslogSink sink, TimerQueue timers)
    {
        _sink = sink;
        _timers = timers;
        _timer = timers.Register(this, 0);
    }

    public void OnTurnEnd(Instant now)
    {
        if (!_sink.HasWaiting || _timers.IsArmed(_timer))
            return;
        Instant usual = now + _pause;
        _timers.Arm(_timer, _sink.NextAttempt > usual ? _sink.NextAttempt : usual);
    }

    public void OnTimer(int name, Instant deadline, Instant now)
        => _pause = _sink.Flush() ? FirstPause : _pause * 2 > LongestPause ? LongestPause : _pause * 2;
}
