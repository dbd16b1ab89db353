using System.Numerics;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Linux.Loop;

/// <summary>How late the earliest due deadline was, each time that timers fired. Never allocates.</summary>
/// <remarks>Bucket 0 counts what was less than 1 µs late, bucket n what was 2^(n-1) up to 2^n µs late, the last one everything beyond.</remarks>
public sealed class WakeupLateness
{
    /// <summary>The last bucket begins at 2^22 µs, some 4 s.</summary>
    public const int BucketCount = 24;

    private readonly long[] _buckets = new long[BucketCount];

    public long Count { get; private set; }
    public Duration Last { get; private set; }
    public Duration Max { get; private set; }

    /// <summary>Of all of them together.</summary>
    public Duration Total { get; private set; }

    public ReadOnlySpan<long> Buckets => _buckets;

    public void Record(Duration late)
    {
        Count++;
        Last = late;
        Max = Duration.Max(Max, late);
        Total += Duration.Max(late, Duration.Zero);
        ulong microseconds = (ulong)Math.Max(0, late.WholeMicroseconds);
        _buckets[Math.Min(BucketCount - 1, 64 - BitOperations.LeadingZeroCount(microseconds))]++;
    }

    /// <summary>An upper bound, exact to a factor of two, of how late the given share of the wake-ups was.</summary>
    /// <param name="perMille">0 to 1000: 500 is the median, 990 the 99th percentile.</param>
    public Duration Quantile(int perMille)
    {
        long wanted = (Count * perMille + 999) / 1000;
        long seen = 0;
        for (int bucket = 0; bucket < BucketCount - 1; bucket++)
        {
            seen += _buckets[bucket];
            if (seen >= wanted)
                return Duration.FromMicroseconds(1L << bucket);
        }
        return Max;
    }

    /// <summary>Begins anew, for a reader that wants figures of an interval.</summary>
    public void Reset()
    {
        Array.Clear(_buckets);
        Count = 0;
        Last = Duration.Zero;
        Max = Duration.Zero;
        Total = Duration.Zero;
    }
}
