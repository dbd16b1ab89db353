using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Loop;

/// <summary>The loop's timerfd: armed for the earliest deadline of a queue, absolute on CLOCK_MONOTONIC.</summary>
internal sealed unsafe class LoopTimer : IEventSource, IDisposable
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>What the timerfd is set to; MaxValue when it is disarmed.</summary>
    private Instant _armedFor = Instant.MaxValue;

    /// <summary>It ran out, and is readable until it is set anew.</summary>
    private bool _hasExpired;

    private LoopTimer(int fd) => Fd = fd;

    public static LoopTimer? Open(out OsError error)
    {
        int fd = Libc.timerfd_create(Libc.CLOCK_MONOTONIC, Libc.TFD_NONBLOCK | Libc.TFD_CLOEXEC);
        error = fd < 0 ? OsError.Last("timerfd_create") : OsError.None;
        return fd < 0 ? null : new LoopTimer(fd);
    }

    public int Fd { get; }

    public TimerQueue Queue { get; } = new();

    /// <summary>Sees to it that the timerfd does not run out later than the earliest deadline.</summary>
    /// <remarks>
    /// It may run out earlier. Every advertisement that a backup hears moves the earliest deadline away a little; to tell the kernel
    /// each time would cost more than to wake up once for nothing when the old one has come.
    /// </remarks>
    public Errno Arm()
    {
        Instant possible = Queue.EarliestPossible;
        bool isKnown = possible == _armedFor || (possible > _armedFor && possible != Instant.MaxValue);
        if (isKnown && !_hasExpired)
            return Errno.None;
        Queue.TryPeek(out Instant earliest);
        itimerspec value = default;
        if (earliest != Instant.MaxValue)
        {
            // Zero would disarm it; a deadline that has passed fires at once.
            long nanoseconds = Math.Max(1, earliest.Nanoseconds);
            value.it_value.tv_sec = nanoseconds / NanosecondsPerSecond;
            value.it_value.tv_nsec = (int)(nanoseconds % NanosecondsPerSecond);
        }
        if (Libc.timerfd_settime(Fd, Libc.TFD_TIMER_ABSTIME, &value, null) != 0)
            return Libc.LastErrno;
        _armedFor = earliest;
        _hasExpired = false;
        return Errno.None;
    }

    /// <summary>It ran out. Nothing is read: setting it anew clears it, and to a deadline that has passed makes it readable again.</summary>
    public DrainResult OnReadable(Instant now, int budget)
    {
        _hasExpired = true;
        return DrainResult.Empty(0);
    }

    public void Dispose() => close(Fd);
}
