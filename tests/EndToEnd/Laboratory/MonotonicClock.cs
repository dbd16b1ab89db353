using System.Diagnostics;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>CLOCK_MONOTONIC as a <see cref="TimeSpan"/>: the one time axis of log lines, frames and address events.</summary>
public static class MonotonicClock
{
    public static TimeSpan Now => TimeSpan.FromTicks(Stopwatch.GetTimestamp() / (Stopwatch.Frequency / TimeSpan.TicksPerSecond));

    /// <summary>A reading of CLOCK_REALTIME, which is what the kernel stamps packets with, on the monotonic axis.</summary>
    public static TimeSpan FromRealtime(long seconds, long nanoseconds)
    {
        long stamped = DateTime.UnixEpoch.Ticks + seconds * TimeSpan.TicksPerSecond + nanoseconds / 100;
        TimeSpan age = TimeSpan.FromTicks(DateTime.UtcNow.Ticks - stamped);
        return Now - age;
    }
}
