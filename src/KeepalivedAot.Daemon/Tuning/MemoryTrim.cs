using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Tuning;

/// <summary>
/// Makes the process small again once a start or a reload has settled: what they allocated is collected, and the code that they ran
/// through is unmapped. It matters on routers with little memory, and costs a few faults at the next change of state.
/// </summary>
internal sealed class MemoryTrim : ITimerOwner
{
    private readonly TimerQueue _timers;
    private readonly TimerHandle _timer;
    private Settings _settings = Settings.Default;

    public MemoryTrim(TimerQueue timers)
    {
        _timers = timers;
        _timer = timers.Register(this, 0);
    }

    /// <summary>From the next <see cref="Schedule"/> on.</summary>
    public void Apply(Settings settings) => _settings = settings;

    /// <summary>To be done when things have settled: nothing stands between a start and its first advertisement.</summary>
    public void Schedule(Instant now)
    {
        if (_settings.TrimsMemory)
            _timers.Arm(_timer, now + _settings.TrimDelay);
        else
            _timers.Disarm(_timer);
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        StartupPages.Release();
    }
}
