using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Tracking.Scripts;

/// <summary>One <c>vrrp_script</c>: when it runs, and what its results come to.</summary>
/// <remarks>
/// <para>
/// A counter goes from 0 to rise + fall - 1, and the script is good from rise on. The first result decides by itself. A success one below
/// rise, or above, takes the counter to its maximum; a failure above rise takes one off, and at rise takes it to 0 (vrrp.md, "Script").
/// </para>
/// <para>
/// Runs begin at multiples of the interval, and never two at a time: what is due meanwhile is left out. That is said once, and again
/// only when a run has ended in its time since.
/// </para>
/// </remarks>
public sealed class ScriptTracker : ITimerOwner
{
    private readonly TimerQueue _timers;
    private readonly TimerHandle _interval;
    private readonly IScriptTrackerEffects _effects;
    private readonly ScriptTrackerLog _log;
    private long _counter;
    private int _lastCode;
    private bool _isStopped;
    private bool _hasSaidRunning;
    private bool _hasSaidBeingTimedOut;

    public ScriptTracker(ScriptTrackerParameters parameters, TimerQueue timers, IScriptTrackerEffects effects, ScriptTrackerLog log)
    {
        Require(parameters);
        Parameters = parameters;
        _timers = timers;
        _effects = effects;
        _log = log;
        _interval = timers.Register(this, 0);
        _counter = parameters.Rise - 1L;
    }

    public ScriptTrackerParameters Parameters { get; private set; }

    public ScriptRunState State { get; private set; }

    /// <summary>Null before the first result.</summary>
    public bool? IsGood { get; private set; }

    /// <summary>Why it is bad; the default before it was for the first time.</summary>
    public ScriptFailure LastFailure { get; private set; }

    /// <summary>0 to rise + fall - 1.</summary>
    public long Counter => _counter;

    /// <summary>Runs it for the first time, at once.</summary>
    public void Start(Instant now)
    {
        _timers.Arm(_interval, now + Parameters.Interval);
        RunIfIdle(now);
    }

    /// <summary>
    /// Takes other parameters at a reload. What is known of it stays, the counter goes to that end of its range. Another command runs at
    /// once, or when the run of the former one has ended: with an interval of minutes what was mended would be bad for so long.
    /// </summary>
    public void Reconfigure(ScriptTrackerParameters parameters, Instant now)
    {
        Require(parameters);
        bool isOther = parameters.Command != Parameters.Command;
        bool keepsCadence = parameters.Interval == Parameters.Interval && !isOther;
        Parameters = parameters;
        if (IsGood is bool isGood)
        {
            _log.KeptAtReload(parameters.Name, isGood);
            _counter = isGood ? Highest : 0;
        }
        else
        {
            _counter = parameters.Rise - 1L;
        }
        if (!keepsCadence)
            _timers.Arm(_interval, now + parameters.Interval);
        if (isOther && State == ScriptRunState.Idle)
            RunIfIdle(now);
    }

    /// <summary>It is not run any more. The end of a run that is under way may still come, and means nothing.</summary>
    public void Stop()
    {
        if (_isStopped)
            return;
        _isStopped = true;
        _timers.Unregister(_interval);
    }

    public void OnTimer(int name, Instant deadline, Instant now)
    {
        // Boundaries that passed while we slept are gone: they would only be left out, one line for each.
        Instant next = deadline + Parameters.Interval;
        if (next <= now)
            next = now + Parameters.Interval - Duration.FromNanoseconds((now - deadline).Nanoseconds % Parameters.Interval.Nanoseconds);
        _timers.Arm(_interval, next);
        RunIfIdle(now);
    }

    public void OnExited(int code, Instant now)
    {
        if (!TryEnd())
            return;
        if (code != _lastCode)
            _log.CodeChanged(Parameters.Name, code);
        _lastCode = code;
        if (code == 0)
            Succeed(now);
        else if (CountFailure())
            Fail(ScriptFailure.OfCode(code), now);
    }

    public void OnSignalled(int signal, Instant now)
    {
        if (TryEnd() && CountFailure())
            Fail(ScriptFailure.OfSignal(signal), now);
    }

    /// <summary>The run could not be started, or its program not be executed.</summary>
    public void OnNotRun(Instant now)
    {
        if (TryEnd() && CountFailure())
            Fail(ScriptFailure.NotRun, now);
    }

    /// <summary>The run has ended, and is none of ours any more: a reload has changed the command meanwhile.</summary>
    public void OnDiscarded(Instant now)
    {
        TryEnd();
        if (!_isStopped)
            RunIfIdle(now);
    }

    /// <summary>The run has used up its time. It counts as failed now, however it ends.</summary>
    public void OnOverdue(Instant now)
    {
        if (_isStopped || State != ScriptRunState.Running)
            return;
        State = ScriptRunState.BeingTimedOut;
        if (CountFailure())
            Fail(ScriptFailure.TimedOut, now);
    }

    private long Highest => Parameters.Rise + (long)Parameters.Fall - 1;

    private static void Require(ScriptTrackerParameters parameters)
        => Invariant.Require(
            parameters is { Rise: > 0, Fall: > 0 } && parameters.Interval > Duration.Zero && parameters.Timeout > Duration.Zero,
            "a tracked script has counts and times above 0");

    private void RunIfIdle(Instant now)
    {
        if (State != ScriptRunState.Idle)
        {
            ref bool hasSaid = ref State == ScriptRunState.Running ? ref _hasSaidRunning : ref _hasSaidBeingTimedOut;
            if (!hasSaid)
                _log.RunSkipped(Parameters.Name, State);
            hasSaid = true;
            return;
        }
        State = ScriptRunState.Running;
        _effects.Run(this, now);
    }

    /// <returns>Whether the end is a result: not of a run that was counted already.</returns>
    private bool TryEnd()
    {
        bool counts = State == ScriptRunState.Running && !_isStopped;
        State = ScriptRunState.Idle;
        if (counts)
            _hasSaidRunning = _hasSaidBeingTimedOut = false;
        return counts;
    }

    private void Succeed(Instant now)
    {
        if (IsGood is not null && _counter < Parameters.Rise - 1L)
        {
            _counter++;
            return;
        }
        bool isNews = IsGood != true;
        _counter = Highest;
        if (!isNews)
            return;
        IsGood = true;
        _log.Succeeded(Parameters.Name);
        _effects.OnChanged(this, now);
    }

    /// <returns>Whether it is bad from now on, and was not.</returns>
    private bool CountFailure()
    {
        if (IsGood == true && _counter > Parameters.Rise)
        {
            _counter--;
            return false;
        }
        _counter = 0;
        return IsGood != false;
    }

    private void Fail(ScriptFailure failure, Instant now)
    {
        IsGood = false;
        LastFailure = failure;
        _log.Failed(Parameters.Name, failure);
        _effects.OnChanged(this, now);
    }
}
