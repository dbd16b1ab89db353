using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Tuning;

/// <summary>
/// Raises the real-time priority by one each time that a timer was found too late, up to a limit (<c>max_auto_priority</c>,
/// <c>min_auto_priority_delay</c>).
/// </summary>
internal sealed class AutoPriority(ProcessTuning tuning, WakeupLateness lateness, Log log) : ITurnEnd
{
    private int _highest;
    private Duration _tolerated;
    private long _seen;

    public void Apply(GlobalDefsBlock globals)
    {
        _highest = globals.MaxAutoPriority;
        _tolerated = Duration.FromMicroseconds(globals.MinAutoPriorityDelay);
        // Lateness of the past, such as that of the reload itself, is no reason.
        _seen = lateness.Count;
    }

    public void OnTurnEnd(Instant now)
    {
        if (lateness.Count == _seen)
            return;
        _seen = lateness.Count;
        if (lateness.Last <= _tolerated || tuning.RealTimePriority >= _highest)
            return;
        int priority = Math.Max(RealtimeScheduling.LowestPriority, tuning.RealTimePriority + 1);
        if (tuning.SetRealTimePriority(priority))
            log.Write(LogLevel.Info, EventIds.AutoPriority, $"Set realtime priority {priority}");
        else
            _highest = 0;
    }
}
