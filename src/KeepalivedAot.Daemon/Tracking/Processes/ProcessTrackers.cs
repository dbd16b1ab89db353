using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Tracking;
using KeepalivedAot.Tracking.Processes;

namespace KeepalivedAot.Daemon.Tracking.Processes;

/// <summary>All tracked processes of a configuration: which run, and whether they are enough.</summary>
/// <remarks>
/// The kernel tells of every process through its connector, where it does (<see cref="ProcessEvents"/>). Until it has confirmed that, and where
/// it refuses (containers, other network namespaces), <c>/proc</c> is looked through once a second, a few processes at a time, and those that
/// were found are watched for their end.
/// </remarks>
internal sealed partial class ProcessTrackers : IProcessObserver, IQuorumObserver, ITimerOwner, IDisposable
{
    private static readonly Duration s_searchInterval = Duration.FromSeconds(1);

    // Between two portions of a search, so that a host with many processes does not hold the loop.
    private static readonly Duration s_portionInterval = Duration.FromMilliseconds(2);
    private const int PortionLength = 64;

    private readonly EventLoop _loop;
    private readonly ITrackerSink _sink;
    private readonly Log _log;
    private readonly TimerHandle _searchTimer;
    private ProcessKind[] _kinds = [];
    private ProcessSearch? _search;

    // Events were lost while a search was under way: another one follows it.
    private bool _isSearchDue;

    public ProcessTrackers(EventLoop loop, ITrackerSink sink, Log log)
    {
        _loop = loop;
        _sink = sink;
        _log = log;
        _searchTimer = loop.Timers.Register(this, 0);
    }

    /// <summary>Takes up the processes of a configuration, before the instances that track them: at the start and at a reload.</summary>
    /// <remarks>
    /// What was tracked already goes on as it is, with its delays and with what tells of it. Only what was not looked for is searched at
    /// once, as that holds the loop up: 50 ms where 5,000 processes run.
    /// </remarks>
    public void Track(IReadOnlyList<VrrpTrackProcessBlock> blocks, GlobalDefsBlock globals, Instant now)
    {
        ProcessKind[] former = _kinds;
        _kinds = [.. blocks.Select(block => Array.Find(former, kind => kind.IsOf(block)) ?? new ProcessKind(block, _loop.Timers, this))];
        foreach (ProcessKind gone in former.Except(_kinds))
            gone.Tracker.Retire();
        if (_kinds.Length == 0)
        {
            Close();
            return;
        }
        // First the subscription, then the search: what begins or ends in between is not missed.
        Subscribe(globals);
        if (_search is null || !_kinds.SequenceEqual(former))
            Begin(former);
        foreach (ProcessKind kind in _kinds)
            _sink.Report(kind.Id, TrackerReading.Of(kind.Tracker.IsMet), now);
        WatchEnds();
        if (!_isSubscribed && !_loop.Timers.IsArmed(_searchTimer))
            _loop.Timers.Arm(_searchTimer, now + s_searchInterval);
    }

    public ProcessKind? Find(string name) => Array.Find(_kinds, kind => kind.Id.Name == name);

    void IQuorumObserver.OnQuorum(ProcessTracker tracker, bool isMet, Instant now)
    {
        ProcessKind kind = Array.Find(_kinds, kind => ReferenceEquals(kind.Tracker, tracker))!;
        _log.Write(LogLevel.Info, EventIds.TrackedProcess, $"Quorum {(isMet ? "gained" : "lost")} for tracked process {kind.Id.Name}");
        _sink.Report(kind.Id, TrackerReading.Of(isMet), now);
    }

    void IProcessObserver.OnSubscribed(Instant now)
    {
        if (_isSubscribed)
            return;
        _isSubscribed = true;
        _log.Write(LogLevel.Info, EventIds.TrackedProcess, "proc_events has confirmed it is configured"u8);
        ForgetEnds();
        // The last search, for what happened before the events came.
        BeginSearch(now);
    }

    void IProcessObserver.OnRefused(Errno error, Instant now)
    {
        // With several subscribers the answer to another's request comes here too.
        if (!_isSubscribed)
            SayRefused(new OsError("send", "PROC_CN_MCAST_LISTEN", error));
    }

    void IProcessObserver.OnForked(int parent, int child, Instant now)
    {
        // A copy has the name and the command line of its parent, so most of the host's processes need not be looked at.
        foreach (ProcessKind kind in _kinds)
        {
            if (!kind.Has(parent))
                continue;
            Look(child, now);
            return;
        }
    }

    void IProcessObserver.OnRenamed(int pid, Instant now) => Look(pid, now);

    void IProcessObserver.OnExited(int pid, Instant now) => Drop(pid, now);

    void IProcessObserver.OnLost(Errno error, Instant now)
    {
        // A host that starts processes faster than we read of them loses events all the time: one line and one search for all that are lost
        // meanwhile, and no search that never ends because it always begins again.
        if (_search is { IsUnderWay: true })
        {
            _isSearchDue = true;
            return;
        }
        _log.Write(LogLevel.Warning, EventIds.TrackedProcess, $"Process events were lost ({new ErrnoText(error)}): counting anew");
        BeginSearch(now);
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        if (_search is null)
            return;
        if (!_search.IsUnderWay)
        {
            SayIfUnanswered();
            _search.Begin();
        }
        _search.Continue(PortionLength);
        if (_search.IsUnderWay)
        {
            _loop.Timers.Arm(_searchTimer, now + s_portionInterval);
            return;
        }
        Count(now);
        if (_isSubscribed && !_isSearchDue)
            return;
        _isSearchDue = false;
        WatchEnds();
        _loop.Timers.Arm(_searchTimer, now + s_searchInterval);
    }

    public void Dispose()
    {
        Close();
        _loop.Timers.Unregister(_searchTimer);
    }

    private void Look(int pid, Instant now)
    {
        _search?.Look(pid);
        Count(now);
    }

    private void Drop(int pid, Instant now)
    {
        foreach (ProcessKind kind in _kinds)
            kind.Set(pid, false, 0);
        Count(now);
    }

    private void Count(Instant now)
    {
        foreach (ProcessKind kind in _kinds)
            kind.Tracker.OnCount(kind.Count, now);
    }

    /// <summary>Finds out what runs of the kinds that are new here. Those that others meant before are known.</summary>
    private void Begin(ProcessKind[] former)
    {
        ProcessKind[] added = [.. _kinds.Except(former)];
        List<ProcessKind> unknown = [];
        foreach (ProcessKind kind in added)
        {
            if (Array.Find(former, kind.Means) is { } known)
                kind.Inherit(known);
            else
                unknown.Add(kind);
        }
        OsError failure = _search is null ? ProcessSearch.Open(out _search) : OsError.None;
        if (failure.IsError)
            _log.Write(LogLevel.Error, EventIds.TrackedProcess, $"Processes cannot be tracked: {failure}");
        if (unknown.Count > 0)
            SearchAtOnce([.. unknown]);
        // One that was under way begins anew, for all of them: the timer that carried it on is armed.
        _search?.SetKinds(_kinds);
        foreach (ProcessKind kind in added)
            kind.Tracker.Start(kind.Count);
        ForgetEnds();
    }

    private void SearchAtOnce(ProcessKind[] kinds)
    {
        if (_search is null)
            return;
        _search.SetKinds(kinds);
        _search.Begin();
        while (_search.IsUnderWay)
            _search.Continue(PortionLength);
    }

    private void BeginSearch(Instant now)
    {
        _search?.Begin();
        _loop.Timers.Arm(_searchTimer, now);
    }

    private void Close()
    {
        _loop.Timers.Disarm(_searchTimer);
        ForgetEnds();
        Unsubscribe();
        foreach (ProcessKind kind in _kinds)
            kind.Tracker.Retire();
        _kinds = [];
        _search?.Dispose();
        _search = null;
        _isSearchDue = false;
    }
}
