using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Tuning;

/// <summary>
/// Makes the process small again once a start or a reload has settled: what they allocated is collected, and the code that they ran
/// through is unmapped. It matters on routers with little memory, and costs a few faults at the next change of state.
/// </summary>
/// <remarks>
/// It holds the loop for 2 to 3 ms. So it is done at the end of a turn (what is due has been sent by then) behind which nothing is due for
/// longer than that; who never has such a pause is trimmed all the same, in the end.
/// </remarks>
internal sealed class MemoryTrim : ITimerOwner, ITurnEnd
{
    /// <summary>How long nothing may be due.</summary>
    internal static readonly Duration Pause = Duration.FromMilliseconds(5);

    /// <summary>How long such a pause is waited for.</summary>
    internal static readonly Duration Patience = Duration.FromSeconds(10);

    private readonly TimerQueue _timers;
    private readonly Action _trim;
    private readonly TimerHandle _timer;
    private Settings _settings = Settings.Default;
    private Instant? _waitsUntil;

    public MemoryTrim(TimerQueue timers, Action trim)
    {
        _timers = timers;
        _trim = trim;
        _timer = timers.Register(this, 0);
    }

    /// <summary>Collects everything, gives it back to the kernel, and lets go of the pages of code.</summary>
    public static void TrimProcess()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        StartupPages.Release();
    }

    /// <summary>From the next <see cref="Schedule"/> on.</summary>
    public void Apply(Settings settings) => _settings = settings;

    /// <summary>To be done when things have settled: nothing stands between a start and its first advertisement.</summary>
    public void Schedule(Instant now)
    {
        _waitsUntil = null;
        if (_settings.TrimsMemory)
            _timers.Arm(_timer, now + _settings.TrimDelay);
        else
            _timers.Disarm(_timer);
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now) => _waitsUntil = now + Patience;

    // As the last of the hooks: the others have work of the turn to do.
    public void OnTurnEnd(Instant now)
    {
        if (_waitsUntil is not { } latest || (now < latest && _timers.TryPeek(out Instant next) && next < now + Pause))
            return;
        _waitsUntil = null;
        _trim();
    }
}
