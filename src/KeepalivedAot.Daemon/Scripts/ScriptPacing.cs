using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Daemon.Scripts;

/// <summary>Starts tracked scripts that are due together one after the other: when the one before has ended, or has had its time.</summary>
/// <remarks>
/// A start holds the loop until the program is executed. Beside scripts that are running already that takes several times as long, as the
/// new process has to wait for a processor, and the daemon waits with it. What has come in meanwhile, and advertisements that have become
/// due, come before the next one.
/// </remarks>
internal sealed class ScriptPacing : ITimerOwner
{
    /// <summary>How long the others wait for one that goes on: more than a usual check needs.</summary>
    public static readonly Duration LongestWait = Duration.FromMilliseconds(2);

    // So many that they would wait for longer than that get less time each.
    private static readonly Duration s_timeOfAll = Duration.FromMilliseconds(250);

    // Later than the turn that it is armed in, which fires all that was due when it began.
    private static readonly Duration s_nextTurn = Duration.FromNanoseconds(1);

    private readonly TimerQueue _timers;
    private readonly TimerHandle _turn;
    private readonly Queue<TrackedScriptAtWork> _due = [];
    private TrackedScriptAtWork? _last;

    // From when on another one may start.
    private Instant _free;

    public ScriptPacing(TimerQueue timers)
    {
        _timers = timers;
        _turn = timers.Register(this, 0);
    }

    /// <summary>Lets it begin, now or when it is its turn.</summary>
    public void Start(TrackedScriptAtWork script, Instant now)
    {
        if (_due.Count == 0 && now >= _free)
        {
            Begin(script, now);
            return;
        }
        _due.Enqueue(script);
        ArmIfAwaited();
    }

    /// <summary>Its run has ended, or there was none.</summary>
    public void OnEnded(TrackedScriptAtWork script, Instant now)
    {
        if (script != _last)
            return;
        _last = null;
        _free = now + s_nextTurn;
        ArmIfAwaited();
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now) => Begin(_due.Dequeue(), now);

    private void Begin(TrackedScriptAtWork script, Instant now)
    {
        _last = script;
        _free = now + Duration.Min(LongestWait, s_timeOfAll / (_due.Count + 1));
        ArmIfAwaited();
        if (!script.Begin(now))
            OnEnded(script, now);
    }

    private void ArmIfAwaited()
    {
        if (_due.Count > 0)
            _timers.Arm(_turn, _free);
    }
}
