using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>
/// Makes the process small again once a start or a reload has settled: what they allocated is collected, and the code that they ran
/// through is unmapped. It matters on routers with little memory, and costs a few faults at the next change of state.
/// </summary>
internal sealed class MemoryTrim : ITimerOwner
{
    // Later than the first election and the second burst of announcements (5 s) of a usual configuration.
    private static readonly Duration SettlingTime = Duration.FromSeconds(12);

    private readonly TimerQueue _timers;
    private readonly TimerHandle _timer;

    public MemoryTrim(TimerQueue timers)
    {
        _timers = timers;
        _timer = timers.Register(this, 0);
    }

    /// <summary>To be done when things have settled: nothing stands between a start and its first advertisement.</summary>
    public void Schedule(Instant now) => _timers.Arm(_timer, now + SettlingTime);

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        StartupPages.Release();
    }
}
