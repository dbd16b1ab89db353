using System.Runtime.InteropServices;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>
/// How late this machine wakes a program that does nothing but wait: no daemon on it can be better, and what both daemons
/// have above it on a busy machine is not theirs.
/// </summary>
internal static unsafe partial class MachineBenchmark
{
    private const int RoundRobin = 2;

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(10);

    /// <returns>How late each wake-up came, milliseconds.</returns>
    public static Sample Run(int wakeups)
    {
        Sample lateness = new();
        Wait(wakeups, (now, due) => lateness.Add(now - due));
        return lateness;
    }

    /// <summary>The same on a thread of its own, as what is told of advertisements: how far each interval between two wake-ups is from ten milliseconds.</summary>
    /// <param name="wakeups">How often.</param>
    /// <param name="realTimePriority">0: that of an ordinary program.</param>
    public static Sample Spacing(int wakeups, int realTimePriority)
    {
        Sample off = new();
        int error = 0;
        Thread thread = new(() =>
        {
            int priority = realTimePriority;
            if (priority > 0 && SetScheduler(0, RoundRobin, &priority) < 0)
            {
                error = Marshal.GetLastPInvokeError();
                return;
            }
            TimeSpan? last = null;
            Wait(wakeups, (now, _) =>
            {
                if (last is { } before)
                    off.Add((now - before - s_interval).Duration());
                last = now;
            });
        });
        thread.Start();
        thread.Join();
        return error == 0 ? off : throw new LabException($"sched_setscheduler: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    private static void Wait(int wakeups, Action<TimeSpan, TimeSpan> awake)
    {
        TimeSpan next = MonotonicClock.Now;
        long* request = stackalloc long[2];
        for (int i = 0; i < wakeups; i++)
        {
            next += s_interval;
            request[0] = next.Ticks / TimeSpan.TicksPerSecond;
            request[1] = next.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
            _ = Libc.SleepUntil(Libc.CLOCK_MONOTONIC, Libc.TIMER_ABSTIME, request, null);
            TimeSpan now = MonotonicClock.Now;
            awake(now, next);
            if (now - next > s_interval)
                next = now;
        }
    }

    /// <summary>Of the calling thread, when process is 0.</summary>
    [LibraryImport("libc", EntryPoint = "sched_setscheduler", SetLastError = true)]
    private static partial int SetScheduler(int process, int policy, int* priority);
}
