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

    private LoopTimer(int fd) => Fd = fd;

    public static LoopTimer? Open(out OsError error)
    {
        int fd = Libc.timerfd_create(Libc.CLOCK_MONOTONIC, Libc.TFD_NONBLOCK | Libc.TFD_CLOEXEC);
        error = fd < 0 ? OsError.Last("timerfd_create") : OsError.None;
        return fd < 0 ? null : new LoopTimer(fd);
    }

    public int Fd { get; }

    public TimerQueue Queue { get; } = new();

    /// <summary>Tells the kernel the earliest deadline, if it is not the one that the kernel knows.</summary>
    public Errno Arm()
    {
        Queue.TryPeek(out Instant earliest);
        if (earliest == _armedFor)
            return Errno.None;
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
        return Errno.None;
    }

    /// <summary>It ran out. Nothing is read: setting it anew clears it, and while the same deadline is still the earliest it shall stay readable.</summary>
    public DrainResult OnReadable(Instant now, int budget) => DrainResult.Empty(0);

    public void Dispose() => close(Fd);
}
