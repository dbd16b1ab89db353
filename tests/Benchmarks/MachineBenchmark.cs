using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>
/// How late this machine wakes a program that does nothing but wait: no daemon on it can be better, and what both daemons
/// have above it on a busy machine is not theirs.
/// </summary>
internal static unsafe class MachineBenchmark
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(10);

    public static Sample Run(int wakeups)
    {
        Sample lateness = new();
        TimeSpan next = MonotonicClock.Now;
        long* request = stackalloc long[2];
        for (int i = 0; i < wakeups; i++)
        {
            next += s_interval;
            request[0] = next.Ticks / TimeSpan.TicksPerSecond;
            request[1] = next.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
            _ = Libc.SleepUntil(Libc.CLOCK_MONOTONIC, Libc.TIMER_ABSTIME, request, null);
            lateness.Add(MonotonicClock.Now - next);
            if (MonotonicClock.Now - next > s_interval)
                next = MonotonicClock.Now;
        }
        return lateness;
    }
}
