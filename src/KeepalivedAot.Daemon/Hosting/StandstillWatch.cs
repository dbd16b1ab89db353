using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Linux.Loop;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>Notices that the daemon did not run for a while: stopped, held up by a busy host, or suspended together with the machine.</summary>
/// <remarks>
/// Others may have taken over meanwhile, and nothing else tells why. A daemon that is held up finds its timers late; while the machine is suspended the
/// clock of the timers stands still, and only that of the uptime goes on.
/// </remarks>
/// <param name="timers">The loop's.</param>
/// <param name="clock">Theirs.</param>
/// <param name="uptime">CLOCK_BOOTTIME.</param>
/// <param name="onSlept">Is told how long the machine was suspended.</param>
internal sealed class StandstillWatch(TimerQueue timers, Func<Instant> clock, Func<Duration> uptime, Action<Duration> onSlept, EventJournal journal, Log log) : ITurnStart
{
    /// <summary>What is shorter is the everyday life of a busy host; metrics have it.</summary>
    public static readonly Duration Shortest = Duration.FromMilliseconds(500);

    private bool _isFirst = true;

    // By how much the uptime is ahead of the clock of timers: all sleep since the machine was started.
    private Duration _ahead;

    // A turn may begin more than once before its timers fire.
    private Instant _toldOf;

    public void OnTurnStart(Instant now)
    {
        // In this order, and never less than it was: time that passes between the two readings is not taken for sleep.
        Duration ahead = uptime();
        ahead -= Duration.FromNanoseconds(clock().Nanoseconds);
        Instant deadline = timers.EarliestPossible <= now && timers.TryPeek(out Instant earliest) ? earliest : now;
        if (_isFirst)
        {
            // The start has made it late.
            (_isFirst, _ahead, _toldOf) = (false, ahead, deadline);
            return;
        }
        if (ahead - _ahead >= Shortest)
        {
            onSlept(ahead - _ahead);
            Tell("the machine was suspended", ahead - _ahead);
        }
        _ahead = Duration.Max(_ahead, ahead);
        if (now - deadline < Shortest || deadline == _toldOf)
            return;
        _toldOf = deadline;
        Tell("this router stood still", now - deadline);
    }

    private void Tell(string what, Duration length)
    {
        Duration shown = Duration.FromMilliseconds(length.WholeMilliseconds);
        log.Write(LogLevel.Warning, EventIds.Standstill, $"For {shown} s {what}: others may have taken over meanwhile");
        journal.OnStandstill(what, shown);
    }
}
