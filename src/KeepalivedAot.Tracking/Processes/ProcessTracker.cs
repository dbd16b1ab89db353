using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Tracking.Processes;

/// <summary>Whether enough processes of one kind run: one <c>vrrp_track_process</c> at work.</summary>
/// <remarks>
/// <para>
/// A change has to last before it counts: <c>fork_delay</c> when it came with a process that appeared, <c>terminate_delay</c> when
/// with one that ended, whichever way the quorum goes. One that does not last leaves no trace; keepalived reports it after all.
/// </para>
/// <para>Who runs it counts the processes; what is known at the start, and what a new count of everything found, counts at once.</para>
/// </remarks>
public sealed class ProcessTracker : ITimerOwner
{
    private readonly ProcessQuorum _quorum;
    private readonly Duration _forkDelay;
    private readonly Duration _terminateDelay;
    private readonly TimerQueue _timers;
    private readonly TimerHandle _delay;
    private readonly IQuorumObserver _observer;
    private bool _isStarted;
    private bool _waitsForFork;

    public ProcessTracker(ProcessQuorum quorum, Duration forkDelay, Duration terminateDelay, TimerQueue timers, IQuorumObserver observer)
    {
        _quorum = quorum;
        _forkDelay = forkDelay;
        _terminateDelay = terminateDelay;
        _timers = timers;
        _observer = observer;
        _delay = timers.Register(this, 0);
    }

    /// <summary>How many run now.</summary>
    public int Count { get; private set; }

    /// <summary>What was said last; the answer of <see cref="Start"/> until then.</summary>
    public bool IsMet { get; private set; }

    /// <summary>The quorum is lost or gained if what has appeared lasts for <c>fork_delay</c>.</summary>
    public bool IsForkDelayRunning => _waitsForFork && _timers.IsArmed(_delay);

    /// <summary>The quorum is lost or gained if nothing comes back within <c>terminate_delay</c>.</summary>
    public bool IsTerminateDelayRunning => !_waitsForFork && _timers.IsArmed(_delay);

    /// <summary>Takes the first count; nothing is reported.</summary>
    public void Start(int count)
    {
        Invariant.Require(!_isStarted, "a tracker starts once");
        _isStarted = true;
        Count = count;
        IsMet = _quorum.IsMetBy(count);
    }

    /// <summary>Another count, after a process appeared or ended.</summary>
    public void OnCount(int count, Instant now)
    {
        Invariant.Require(_isStarted, "the first count comes with the start");
        if (count == Count)
            return;
        bool isFork = count > Count;
        Duration delay = isFork ? _forkDelay : _terminateDelay;
        Count = count;
        bool isMet = _quorum.IsMetBy(count);
        if (isMet == IsMet)
        {
            _timers.Disarm(_delay);
            return;
        }
        if (delay == Duration.Zero)
            Report(isMet, now);
        else if (!_timers.IsArmed(_delay))
            Wait(isFork, now + delay);
    }

    /// <summary>It is not used any more.</summary>
    public void Retire() => _timers.Unregister(_delay);

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now) => Report(_quorum.IsMetBy(Count), now);

    private void Wait(bool isFork, Instant until)
    {
        _waitsForFork = isFork;
        _timers.Arm(_delay, until);
    }

    private void Report(bool isMet, Instant now)
    {
        _timers.Disarm(_delay);
        IsMet = isMet;
        _observer.OnQuorum(this, isMet, now);
    }
}
