using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Simulation.Time;

/// <summary>CLOCK_MONOTONIC of a host: it runs a little too fast or too slow, and stands still while the host sleeps.</summary>
internal sealed class HostClock(Schedule schedule)
{
    private const long Million = 1_000_000;

    // A host has been up for a while; 0 is a time that means "never" to some.
    private Instant _shownAtStep = default(Instant) + Duration.FromSeconds(100);
    private Instant _step;
    private long _drift;
    private bool _isAsleep;

    public Instant Now => _isAsleep ? _shownAtStep : _shownAtStep + Scale(schedule.Now - _step, Million + _drift, Million);

    /// <summary>How long it has slept since its start.</summary>
    public Duration Suspended { get; private set; }

    /// <summary>Parts per million that it is too fast.</summary>
    public long Drift
    {
        get => _drift;
        set
        {
            Step();
            _drift = value;
        }
    }

    public void Sleep()
    {
        Step();
        _isAsleep = true;
    }

    public void Wake()
    {
        if (!_isAsleep)
            return;
        Suspended += schedule.Now - _step;
        _step = schedule.Now;
        _isAsleep = false;
    }

    /// <summary>The true time at which it shows this one, if nothing changes; never before it does.</summary>
    public Instant TrueTimeOf(Instant shown)
    {
        Duration ahead = shown - Now;
        return ahead <= Duration.Zero ? schedule.Now : schedule.Now + Scale(ahead, Million, Million + _drift) + Duration.FromNanoseconds(1);
    }

    private void Step()
    {
        _shownAtStep = Now;
        if (!_isAsleep)
            _step = schedule.Now;
    }

    private static Duration Scale(Duration time, long by, long of) => by == of ? time : Duration.FromNanoseconds((long)((Int128)time.Nanoseconds * by / of));
}
