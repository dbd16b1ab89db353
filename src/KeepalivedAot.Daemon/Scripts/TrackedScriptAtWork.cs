using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Tracking;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Tracking;
using KeepalivedAot.Tracking.Scripts;

namespace KeepalivedAot.Daemon.Scripts;

/// <summary>One tracked script: the pure core, and the runs that it asks for.</summary>
/// <remarks>
/// What outlives a run stays, as with keepalived: a check may start what it finds missing. But a check that leaves something behind each
/// time would fill the host, so from <see cref="MostLeft"/> on that is ended with its run.
/// </remarks>
internal sealed class TrackedScriptAtWork : IScriptTrackerEffects, IScriptObserver
{
    public const int MostLeft = 8;

    private readonly IScriptRunner _runner;
    private readonly ScriptPacing _pacing;
    private readonly ITrackerSink _sink;
    private readonly Log _log;
    private readonly ScriptTrackerLog _events;
    private readonly ScriptTracker _tracker;
    private readonly List<int> _leftGroups = [];
    private ScriptProgram _program;
    private IScriptRun? _run;
    private bool _isOfFormerProgram;
    private bool _isStarted;
    private bool _isStopped;
    private bool _hasReportedLeft;
    private ExitStatus _loggedStatus;
    private Instant _begun;

    public TrackedScriptAtWork(
        ScriptTrackerParameters parameters, ScriptProgram program, IScriptRunner runner, TimerQueue timers, ScriptPacing pacing,
        ITrackerSink sink, ScriptTrackerLog events, Log log)
    {
        _runner = runner;
        _pacing = pacing;
        _sink = sink;
        _log = log;
        _events = events;
        _program = program.Hold();
        _tracker = new ScriptTracker(parameters, timers, this, events);
    }

    public ScriptTracker Tracker => _tracker;

    public string Name => _tracker.Parameters.Name;

    /// <summary>Null before the first result.</summary>
    public bool? IsGood => _tracker.IsGood;

    public ScriptRunState State => _tracker.State;

    /// <summary>Runs that have ended.</summary>
    public ulong EndedRuns { get; private set; }

    /// <summary>Those that have failed, or were not over in time, or could not be started.</summary>
    public ulong FailedRuns { get; private set; }

    /// <summary>How long those that have ended took.</summary>
    public Duration RunTime { get; private set; }

    public void StartIfNew(Instant now)
    {
        if (_isStarted)
            return;
        _isStarted = true;
        _tracker.Start(now);
    }

    public void Reconfigure(ScriptTrackerParameters parameters, ScriptProgram program, Instant now)
    {
        // What an earlier command says is no result of the new one.
        if (parameters.Command != _tracker.Parameters.Command && _run is not null)
        {
            _isOfFormerProgram = true;
            _run.Terminate();
        }
        ScriptProgram former = _program;
        program.HasReportedFailure = former.HasReportedFailure && parameters.Command == _tracker.Parameters.Command;
        _program = program.Hold();
        former.Release();
        _tracker.Reconfigure(parameters, now);
    }

    public void Stop()
    {
        _isStopped = true;
        _tracker.Stop();
        _run?.Terminate();
        _program.Release();
    }

    void IScriptTrackerEffects.Run(ScriptTracker tracker, Instant now) => _pacing.Start(this, now);

    /// <summary>The run that is due.</summary>
    /// <returns>False: there is none.</returns>
    public bool Begin(Instant now)
    {
        if (_isStopped)
            return false;
        _isOfFormerProgram = false;
        _run = _runner.Start(_program, [], _tracker.Parameters.Timeout, this);
        _begun = now;
        if (_run is null)
        {
            FailedRuns++;
            _tracker.OnNotRun(now);
        }
        else
        {
            _run.EndsWhatItLeaves = CountLeft() == MostLeft;
        }
        return _run is not null;
    }

    void IScriptTrackerEffects.OnChanged(ScriptTracker tracker, Instant now)
    {
        string name = tracker.Parameters.Name;
        string? because = tracker.IsGood == true ? null : $"script {name} {tracker.LastFailure}";
        _sink.Report(ScriptTrackers.IdOf(name), TrackerReading.Of(tracker.IsGood == true), now, because);
    }

    void IScriptObserver.OnOverdue(IScriptRun run, Instant now)
    {
        if (!_isOfFormerProgram)
            _tracker.OnOverdue(now);
    }

    void IScriptObserver.OnEnded(IScriptRun run, in ScriptEnd end, Instant now)
    {
        _run = null;
        EndedRuns++;
        RunTime += now - _begun;
        if (!end.Status.IsSuccess || end.WasEnded)
            FailedRuns++;
        _pacing.OnEnded(this, now);
        if (end.LeftGroup != 0)
            _leftGroups.Add(end.LeftGroup);
        if (_isOfFormerProgram)
            _tracker.OnDiscarded(now);
        else if (end.Status.Signal != 0)
            _tracker.OnSignalled(end.Status.Signal, now);
        else
            _tracker.OnExited(end.Status.Code, now);
        if (!end.WasEnded)
            LogErrorLine(run, end.Status);
    }

    // Said when something is there still at the next run: what ends a moment after its script is no matter.
    private int CountLeft()
    {
        for (int i = _leftGroups.Count - 1; i >= 0; i--)
        {
            if (!_runner.IsAlive(_leftGroups[i]))
                _leftGroups.RemoveAt(i);
        }
        if (_leftGroups.Count > 0 && !_hasReportedLeft)
        {
            _hasReportedLeft = true;
            _events.LeavesProcesses(_tracker.Parameters.Name, _leftGroups[0], MostLeft);
        }
        return _leftGroups.Count;
    }

    // With a status that was not there before, so that a check that fails for hours does not say the same every second.
    private void LogErrorLine(IScriptRun run, ExitStatus status)
    {
        if (status != _loggedStatus && !status.IsSuccess && !run.LastErrorLine.IsEmpty)
            _log.Write(LogLevel.Info, EventIds.ScriptFailed, $"VRRP_Script({_tracker.Parameters.Name}) said: {run.LastErrorLine}");
        _loggedStatus = status;
    }
}
