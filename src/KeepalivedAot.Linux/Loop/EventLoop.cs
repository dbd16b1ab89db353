using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Loop;

/// <summary>The daemon's one loop: one epoll, one timerfd, one thread. Allocates nothing once everyone has registered.</summary>
/// <remarks>
/// <para>One turn, in this order, which is the promise of the design "input before timers":</para>
/// <code>
/// wait -> clock -> all readable input, in rounds -> other sources (signals)
///      -> clock; a timer is due? look for input once more -> clock -> due timers -> turn-end hooks -> arm the timerfd
/// </code>
/// <para>
/// A router that slept must first hear what its peers said and only then conclude that they are silent. Both input and timers
/// are bounded per turn (<see cref="EventLoopLimits"/>); what is left over is met again in the next one.
/// Not thread-safe: everything is called from the thread that runs the loop.
/// </para>
/// </remarks>
public sealed partial class EventLoop : IDisposable
{
    private readonly EventLoopLimits _limits;
    private readonly SourceTable _sources = new();
    private readonly int _epoll;
    private readonly LoopTimer _timer;
    private ITurnStart[] _turnStarts = [];
    private ITurnEnd[] _turnEnds = [];
    private bool _stopRequested;

    private EventLoop(int epoll, LoopTimer timer, EventLoopLimits limits)
    {
        _epoll = epoll;
        _timer = timer;
        _limits = limits;
    }

    /// <summary>Opens the descriptors of a loop.</summary>
    /// <returns>Null when the kernel refused; <paramref name="error"/> says what.</returns>
    public static EventLoop? Open(out OsError error) => Open(EventLoopLimits.Default, out error);

    /// <inheritdoc cref="Open(out OsError)"/>
    public static EventLoop? Open(EventLoopLimits limits, out OsError error)
    {
        Invariant.Require(limits is { Slice: > 0, InputPerTurn: > 0, TimersPerTurn: > 0 }, "every limit of the loop is positive");
        int epoll = epoll_create1(EPOLL_CLOEXEC);
        if (epoll < 0)
        {
            error = OsError.Last("epoll_create1");
            return null;
        }
        LoopTimer? timer = LoopTimer.Open(out error);
        if (timer is null)
        {
            close(epoll);
            return null;
        }
        EventLoop loop = new(epoll, timer, limits);
        error = OsError.Of("epoll_ctl", "timerfd", loop.Add(timer.Fd, timer, SourceOrder.AfterInput));
        if (!error.IsError)
            return loop;
        loop.Dispose();
        return null;
    }

    /// <summary>The deadlines that this loop serves.</summary>
    public TimerQueue Timers => _timer.Queue;

    /// <summary>How late timers fired.</summary>
    public WakeupLateness Lateness { get; } = new();

    /// <summary>CLOCK_MONOTONIC, read anew at each call (about 30 ns).</summary>
    public Instant Now => MonotonicClock.Now;

    /// <summary>How many turns there were.</summary>
    public long TurnCount { get; private set; }

    /// <summary>In how many turns input was left over when its budget ended.</summary>
    public long InputBudgetExhaustedCount { get; private set; }

    /// <summary>Watches a descriptor for input, errors and hang-up. It stays the caller's: remove it here before closing it.</summary>
    /// <returns>The refusal of epoll_ctl: EPERM for a regular file, ENOMEM, ENOSPC.</returns>
    public unsafe Errno Add(int fd, IEventSource source, SourceOrder order = SourceOrder.Input)
    {
        epoll_event e = default;
        e.events = EPOLLIN;
        e.data.u64 = _sources.Add(fd, source, order);
        if (epoll_ctl(_epoll, EPOLL_CTL_ADD, fd, &e) != 0)
        {
            Errno errno = Libc.LastErrno;
            _sources.Remove(fd);
            return errno;
        }
        ReserveEvents(_sources.Used);
        return Errno.None;
    }

    /// <summary>Has a watched descriptor's source called, too, when it can take output (or no longer so).</summary>
    /// <remarks>A socket nearly always can: ask only while there is something to write, or the loop does not sleep.</remarks>
    /// <returns>ENOENT when the descriptor is not watched.</returns>
    public Errno WatchOutput(int fd, bool isWanted) => Watch(fd, isInputWanted: true, isWanted);

    /// <summary>The same, for who may not want to hear any more: what is left unread would call its source without end.</summary>
    /// <remarks>Errors and the end of both directions are reported in any case.</remarks>
    public unsafe Errno Watch(int fd, bool isInputWanted, bool isOutputWanted)
    {
        if (!_sources.TryGetToken(fd, out ulong token))
            return Errno.ENOENT;
        epoll_event e = default;
        e.events = (isInputWanted ? EPOLLIN : 0) | (isOutputWanted ? EPOLLOUT : 0);
        e.data.u64 = token;
        return epoll_ctl(_epoll, EPOLL_CTL_MOD, fd, &e) == 0 ? Errno.None : Libc.LastErrno;
    }

    /// <summary>Forgets a descriptor; its source is not called again, not even for what was fetched already.</summary>
    /// <returns>ENOENT when it is not there; EBADF when it was closed too early (it is forgotten all the same).</returns>
    public unsafe Errno Remove(int fd)
    {
        if (!_sources.Remove(fd))
            return Errno.ENOENT;
        epoll_event unused = default;
        return epoll_ctl(_epoll, EPOLL_CTL_DEL, fd, &unused) == 0 ? Errno.None : Libc.LastErrno;
    }

    /// <summary>Adds a hook for each time the loop wakes up; hooks run in the order in which they were added.</summary>
    public void AddTurnStart(ITurnStart hook) => _turnStarts = [.. _turnStarts, hook];

    /// <summary>Adds a hook for the end of every turn; hooks run in the order in which they were added.</summary>
    public void AddTurnEnd(ITurnEnd hook) => _turnEnds = [.. _turnEnds, hook];

    /// <summary>Lets <see cref="Run"/> return at the end of this turn: no further timer fires, the turn-end hooks still run.</summary>
    public void RequestStop() => _stopRequested = true;

    public bool IsStopRequested => _stopRequested;

    /// <summary>Takes the request back: at the end there is something left to do in the loop.</summary>
    public void Resume() => _stopRequested = false;

    /// <summary>Turns until a stop is requested.</summary>
    /// <returns>None, or why the loop cannot go on (it does not happen unless somebody closes the loop's descriptors).</returns>
    public Errno Run()
    {
        while (!_stopRequested)
        {
            Errno errno = Turn();
            if (errno != Errno.None)
                return errno;
        }
        return Errno.None;
    }

    /// <summary>After a stop was requested: turns on for what is left to be finished, until it is, the time is over, or a stop is requested again.</summary>
    /// <remarks>Nothing else may have deadlines of its own by then, or they are served as well.</remarks>
    public Errno RunUntil(Instant limit, Func<bool> isFinished)
    {
        _stopRequested = false;
        TimerHandle wake = Timers.Register(new Alarm(), 0);
        Timers.Arm(wake, limit);
        Errno errno = Errno.None;
        while (errno == Errno.None && !_stopRequested && Now < limit && !isFinished())
            errno = Turn();
        Timers.Unregister(wake);
        _stopRequested = true;
        return errno;
    }

    /// <summary>One turn.</summary>
    /// <param name="mayWait">False: do not sleep when there is nothing to do.</param>
    public Errno Turn(bool mayWait = true)
    {
        TurnCount++;
        Errno errno = _timer.Arm();
        if (errno != Errno.None)
            return errno;
        int inputLeft = _limits.InputPerTurn;
        errno = Drain(mayWait, ref inputLeft);
        if (errno == Errno.None && TimersAreDue() && inputLeft > 0)
            errno = Drain(mayWait: false, ref inputLeft);
        if (inputLeft <= 0)
            InputBudgetExhaustedCount++;
        FireTimers();
        Instant now = Now;
        foreach (ITurnEnd hook in _turnEnds)
            hook.OnTurnEnd(now);
        return errno == Errno.None ? _timer.Arm() : errno;
    }

    private bool TimersAreDue() => !_stopRequested && AnyIsDue(Now, out _);

    private bool AnyIsDue(Instant now, out Instant earliest)
    {
        earliest = Instant.MaxValue;
        return Timers.EarliestPossible <= now && Timers.TryPeek(out earliest) && earliest <= now;
    }

    private void FireTimers()
    {
        Instant now = Now;
        if (_stopRequested || !AnyIsDue(now, out Instant earliest))
            return;
        Lateness.Record(now - earliest);
        for (int left = _limits.TimersPerTurn; left > 0 && !_stopRequested && Timers.TryFire(now); left--)
        {
        }
    }

    /// <summary>Does no more than end a wait.</summary>
    private sealed class Alarm : ITimerOwner
    {
        public void OnTimer(int name, Instant deadline, Instant now)
        {
            // Whoever waits looks at the clock.
        }
    }

    public void Dispose()
    {
        FreeEvents();
        _timer.Dispose();
        close(_epoll);
    }
}
