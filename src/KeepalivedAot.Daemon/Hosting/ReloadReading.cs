using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Linux.Loop;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>
/// Reads a configuration while the daemon goes on: a slice in each turn of the loop, so that no advertisement waits for a long file. What is
/// due comes first.
/// </summary>
/// <remarks>
/// A slice ends behind the block of the top level that it is in; a single <c>virtual_server</c> with thousands of real servers is one. The
/// steps that come after the text are one turn each.
/// </remarks>
internal sealed class ReloadReading : ITimerOwner
{
    // An advertisement that falls due within is late by that much at most, of the 10 ms that the shortest interval has.
    private static readonly Duration Slice = Duration.FromMicroseconds(500);

    // The loop sleeps between two steps: the kernel's limit of real-time priority (vrrp_rlimit_rttime) counts what is used without a pause.
    private static readonly Duration Pause = Duration.FromMicroseconds(50);

    private readonly EventLoop _loop;
    private readonly ConfigurationReader _reader;
    private readonly TimerHandle _timer;
    private readonly Queue<Action> _steps = new();
    private ConfigurationLoading? _loading;

    public ReloadReading(EventLoop loop, ConfigurationReader reader)
    {
        _loop = loop;
        _reader = reader;
        _timer = loop.Timers.Register(this, 0);
    }

    /// <summary>Reads the text, in the next turns.</summary>
    /// <param name="whenRead">Called with what was read, not yet compared with this host.</param>
    public void Begin(Action<LoadResult> whenRead)
    {
        ConfigurationLoading loading = _reader.BeginLoad();
        _loading = loading;
        InSlices(loading.Next, () =>
        {
            _loading = null;
            whenRead(_reader.WithSettings(loading.Result));
        });
    }

    /// <summary>Does something as often as it says that there is more to do, a slice in each turn, and then something else.</summary>
    public void InSlices(Func<bool> step, Action then) => Then(() =>
    {
        Instant end = _loop.Now + Slice;
        while (step())
        {
            if (_loop.Now < end)
                continue;
            InSlices(step, then);
            return;
        }
        Then(then);
    });

    /// <summary>Does something in a turn that comes soon.</summary>
    public void Then(Action step)
    {
        _steps.Enqueue(step);
        if (!_loop.Timers.IsArmed(_timer))
            _loop.Timers.Arm(_timer, _loop.Now + Pause);
    }

    /// <summary>It is over, and not used again.</summary>
    public void Close()
    {
        GiveUp();
        _loop.Timers.Unregister(_timer);
    }

    /// <summary>Nothing comes any more, and nobody can read what was read.</summary>
    public void GiveUp()
    {
        _loop.Timers.Disarm(_timer);
        _steps.Clear();
        _loading?.GiveUp();
        _loading = null;
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        if (_steps.TryDequeue(out Action? step))
            step();
        if (_steps.Count > 0 && !_loop.Timers.IsArmed(_timer))
            _loop.Timers.Arm(_timer, _loop.Now + Pause);
    }
}
