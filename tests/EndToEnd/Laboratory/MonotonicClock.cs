using System.Diagnostics;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>CLOCK_MONOTONIC as a <see cref="TimeSpan"/>: the one time axis of log lines, frames and address events.</summary>
public static class MonotonicClock
{
    private const int Attempts = 5;
    private static readonly TimeSpan s_close = TimeSpan.FromMicroseconds(5);

    public static TimeSpan Now => TimeSpan.FromTicks(Stopwatch.GetTimestamp() / (Stopwatch.Frequency / TimeSpan.TicksPerSecond));

    /// <summary>A reading of CLOCK_REALTIME, which is what the kernel stamps packets with, on the monotonic axis.</summary>
    public static TimeSpan FromRealtime(long seconds, long nanoseconds)
    {
        long stamped = DateTime.UnixEpoch.Ticks + seconds * TimeSpan.TicksPerSecond + nanoseconds / 100;
        // Whoever is held up between the two clocks reads an offset that never was: the closest pair of some counts.
        TimeSpan offset = default;
        TimeSpan closest = TimeSpan.MaxValue;
        for (int attempt = 0; attempt < Attempts && closest > s_close; attempt++)
        {
            TimeSpan before = Now;
            long realtime = DateTime.UtcNow.Ticks;
            TimeSpan between = Now - before;
            if (between >= closest)
                continue;
            closest = between;
            offset = before + between / 2 - TimeSpan.FromTicks(realtime);
        }
        return TimeSpan.FromTicks(stamped) + offset;
    }
}
