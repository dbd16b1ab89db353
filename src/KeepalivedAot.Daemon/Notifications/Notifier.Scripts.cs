using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Scripts;

namespace KeepalivedAot.Daemon.Notifications;

// Running scripts: one at a time for each instance and each group, in the order of what happened.
internal sealed partial class Notifier : IScriptObserver, ITimerOwner
{
    // Each start holds the loop for a tenth of a millisecond, or more when the host is busy, and advertisements must not wait for hundreds.
    private const int MostStartsPerTurn = 2;

    // Its end, and both ends of its standard error. The rest is for sockets and files.
    private const int DescriptorsOfEach = 3;
    private const int OtherDescriptors = 256;
    private const int FewestAtATime = 64;

    /// <summary>
    /// keepalived ends what runs 1 s after it has told of its end. For half of it what waited already may run, then the scripts of the end
    /// have their turn; and of two of them each has half of it.
    /// </summary>
    private static readonly Duration StopPatience = Duration.FromMilliseconds(500);

    private readonly IScriptRunner _runner;
    private readonly TimerQueue _timers;
    private readonly TimerHandle _againTimer;
    private readonly TimerHandle _patienceTimer;
    private readonly Log _log;
    private readonly Dictionary<string, NotificationLane> _instanceLanes = [];
    private readonly Dictionary<string, NotificationLane> _groupLanes = [];
    private readonly List<NotificationLane> _waiting = [];
    private readonly List<(NotificationLane Lane, Instant Deadline)> _running = [];
    private Duration _patience = Duration.FromSeconds(60);
    private int _mostRunning = FewestAtATime;
    private bool _hasReportedMost;
    private long _nextOrder;
    private bool _isStopping;
    private long _firstOrderOfStop;
    private Instant _turnOfStop;

    private enum NotifierTimer
    {
        Again,
        Patience,
    }

    /// <summary>No script runs and none waits.</summary>
    public bool IsIdle => _running.Count == 0 && _waiting.Count == 0;

    /// <summary>How many may run at the same time, given so many descriptors for all that the daemon does.</summary>
    public void Limit(int descriptors) => _mostRunning = Math.Max(FewestAtATime, (descriptors - OtherDescriptors) / DescriptorsOfEach);

    /// <summary>The program ends: there is little time for what waits, and for what follows.</summary>
    public void BeginStop(Instant now)
    {
        _isStopping = true;
        _patience = StopPatience;
        _firstOrderOfStop = _nextOrder;
        _turnOfStop = now + StopPatience;
        for (int i = 0; i < _running.Count; i++)
            _running[i] = (_running[i].Lane, _turnOfStop);
    }

    /// <summary>What has not had its turn by now has none.</summary>
    public void EndStop() => LeaveOut(long.MaxValue);

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        // "Again" only brings another turn, at the end of which scripts start.
        if ((NotifierTimer)name == NotifierTimer.Patience)
            CheckPatience(now);
    }

    void IScriptObserver.OnOverdue(IScriptRun run, Instant now)
    {
        // They have no limit of their own.
    }

    void IScriptObserver.OnEnded(IScriptRun run, in ScriptEnd end, Instant now)
    {
        int place = _running.FindIndex(entry => ReferenceEquals(entry.Lane.Run, run));
        NotificationLane lane = _running[place].Lane;
        _running.RemoveAt(place);
        NotificationJob job = lane.Running!;
        lane.End();
        if (!end.Status.IsSuccess)
            LogEnd(job, run, end);
        job.Program.Release();
        ArmPatience();
        // Whoever waits is started at the end of this turn.
    }

    private NotificationLane LaneOf(Dictionary<string, NotificationLane> lanes, string name)
    {
        if (!lanes.TryGetValue(name, out NotificationLane? lane))
        {
            lane = new NotificationLane(ReferenceEquals(lanes, _groupLanes) ? $"VRRP_Group({name})" : $"({name})");
            lanes[name] = lane;
        }
        return lane;
    }

    private void Queue(NotificationLane lane, Notice notice, ConfigScript? script, string[] arguments)
    {
        if ((_catalogue?.Find(script) ?? _formerCatalogue?.Find(script)) is not { } program)
            return;
        int droppedBefore = lane.Dropped;
        if (!lane.Enqueue(new NotificationJob(_nextOrder++, notice, program, arguments)))
            return;
        if (lane.Dropped > droppedBefore && droppedBefore == 0)
        {
            _log.Write(
                LogLevel.Warning, EventIds.NotificationsDropped,
                $"{lane.Title} more than {NotificationLane.MostPending} notify scripts wait for {lane.Running?.Program.Title}: the oldest are left out");
        }
        if (!_waiting.Contains(lane))
            _waiting.Add(lane);
    }

    private void StartScripts(Instant now)
    {
        if (_waiting.Count == 0)
            return;
        if (_isStopping && now >= _turnOfStop)
            LeaveOut(_firstOrderOfStop);
        int starts = 0;
        for (int i = 0; i < _waiting.Count && starts < MostStartsPerTurn && _running.Count < _mostRunning; i++)
        {
            NotificationLane lane = _waiting[i];
            // What cannot be started is not waited for.
            while (lane.TakeNext() is { } job && starts++ < MostStartsPerTurn)
                Start(lane, job, now);
        }
        _waiting.RemoveAll(static lane => lane.PendingCount == 0);
        // Another turn is needed when there were too many for this one; what waits for an end gets its turn from that.
        if (starts > 0 && _waiting.Exists(static lane => lane.Running is null))
            _timers.Arm(_againTimer, now);
        ReportMost();
        CheckPatience(now);
    }

    private void LeaveOut(long before)
    {
        foreach (NotificationLane lane in _waiting)
        {
            int count = lane.Forget(before);
            if (count > 0)
                _log.Write(LogLevel.Warning, EventIds.NotificationsDropped, $"{lane.Title} {count} notify scripts were not run in time before the stop");
        }
        _waiting.RemoveAll(static lane => lane.PendingCount == 0);
    }

    // Once for each time that it is so.
    private void ReportMost()
    {
        bool isReached = _running.Count >= _mostRunning && _waiting.Count > 0;
        if (isReached && !_hasReportedMost)
            _log.Write(LogLevel.Warning, EventIds.NotificationsDropped, $"{_running.Count} notify scripts run, as many as there are descriptors for; others wait for their end");
        _hasReportedMost = isReached;
    }

    private void Start(NotificationLane lane, NotificationJob job, Instant now)
    {
        IScriptRun? run = _runner.Start(job.Program, job.Arguments, Duration.MaxValue, this);
        if (run is null)
        {
            job.Program.Release();
            return;
        }
        lane.Begin(job, run);
        _running.Add((lane, _isStopping && job.Order < _firstOrderOfStop ? _turnOfStop : now + _patience));
        ArmPatience();
    }

    // A script may run for as long as it likes while nobody waits for it: what a takeover starts can take its time.
    private void CheckPatience(Instant now)
    {
        foreach ((NotificationLane lane, Instant deadline) in _running)
        {
            if (deadline > now || lane.IsPastPatience || !IsWaitedFor(lane))
                continue;
            lane.IsPastPatience = true;
            if (_isStopping)
            {
                lane.Run!.Kill();
                continue;
            }
            _log.Write(
                LogLevel.Warning, EventIds.ScriptEnded,
                $"{lane.Running!.Program.Title}: {lane.Running.Program.Launch.Path} still runs after {_patience} seconds while another script waits for it - ending it");
            lane.Run!.Terminate();
        }
        ArmPatience();
    }

    private bool IsWaitedFor(NotificationLane lane)
        => lane.PendingCount > 0 || (_running.Count >= _mostRunning && _waiting.Count > 0)
            || _waiting.Exists(group => group.Running is null && group.Members.Contains(lane));

    // Deadlines that have passed are looked at when something begins to wait.
    private void ArmPatience()
    {
        Instant earliest = Instant.MaxValue;
        foreach ((NotificationLane lane, Instant deadline) in _running)
        {
            if (!lane.IsPastPatience && deadline < earliest && IsWaitedFor(lane))
                earliest = deadline;
        }
        if (earliest == Instant.MaxValue)
            _timers.Disarm(_patienceTimer);
        else
            _timers.Arm(_patienceTimer, earliest);
    }

    private void LogEnd(NotificationJob job, IScriptRun run, in ScriptEnd end)
    {
        string who = end.WasEnded && _isStopping ? "was ended because the daemon stops - it " : "";
        string separator = run.LastErrorLine.IsEmpty ? "" : ": ";
        _log.Write(
            LogLevel.Warning, EventIds.ScriptFailed,
            $"{job.Program.Title}: {job.Program.Launch.Path} {who}{end.Status}{separator}{run.LastErrorLine}");
    }

    private static void ForgetIdleLanes(Dictionary<string, NotificationLane> lanes, HashSet<string> names)
    {
        foreach ((string name, NotificationLane lane) in lanes)
        {
            if (lane.IsIdle && !names.Contains(name))
                lanes.Remove(name);
        }
    }
}
