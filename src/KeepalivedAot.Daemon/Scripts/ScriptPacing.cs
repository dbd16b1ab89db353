using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Daemon.Scripts;

/// <summary>Starts tracked scripts that are due together one after the other, one in each turn of the loop.</summary>
/// <remarks>
/// Each start holds the loop until the program is executed. What has come in meanwhile, and advertisements that have become due, come before
/// the next one.
/// </remarks>
internal sealed class ScriptPacing : ITimerOwner
{
    // Later than the turn that it is armed in, which fires all that was due when it began.
    private static readonly Duration NextTurn = Duration.FromNanoseconds(1);

    private readonly TimerQueue _timers;
    private readonly TimerHandle _turn;
    private readonly Queue<TrackedScriptAtWork> _due = [];

    public ScriptPacing(TimerQueue timers)
    {
        _timers = timers;
        _turn = timers.Register(this, 0);
    }

    /// <summary>Lets it begin, now or in a turn that follows.</summary>
    public void Start(TrackedScriptAtWork script, Instant now)
    {
        if (_timers.IsArmed(_turn))
            _due.Enqueue(script);
        else
            Begin(script, now);
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        if (_due.TryDequeue(out TrackedScriptAtWork? script))
            Begin(script, now);
    }

    private void Begin(TrackedScriptAtWork script, Instant now)
    {
        _timers.Arm(_turn, now + NextTurn);
        script.Begin(now);
    }
}
