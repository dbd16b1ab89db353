using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Loop;

namespace KeepalivedAot.Tests.Linux.Loop;

public sealed class WakeupLatenessTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(999, 0)]
    [InlineData(1_000, 1)]
    [InlineData(1_999, 1)]
    [InlineData(2_000, 2)]
    [InlineData(3_999, 2)]
    [InlineData(85_000, 7)]
    [InlineData(4_194_303_999, 22)]
    [InlineData(4_194_304_000, 23)]
    [InlineData(9_000_000_000_000, 23)]
    public void Record_counts_in_the_bucket_of_its_power_of_two(long nanoseconds, int bucket)
    {
        WakeupLateness lateness = new();
        lateness.Record(Duration.FromNanoseconds(nanoseconds));

        Assert.Equal(1, lateness.Buckets[bucket]);
        Assert.Equal(1, lateness.Buckets.ToArray().Sum());
    }

    [Fact]
    public void Quantile_is_the_upper_bound_of_the_bucket_in_which_the_share_is_reached()
    {
        WakeupLateness lateness = new();
        for (int i = 0; i < 98; i++)
            lateness.Record(Duration.FromMicroseconds(85));
        lateness.Record(Duration.FromMicroseconds(3_000));
        lateness.Record(Duration.FromSeconds(60));

        Assert.Equal(Duration.FromMicroseconds(128), lateness.Quantile(500));
        Assert.Equal(Duration.FromMicroseconds(128), lateness.Quantile(980));
        Assert.Equal(Duration.FromMicroseconds(4096), lateness.Quantile(990));
        Assert.Equal(Duration.FromSeconds(60), lateness.Quantile(1000));
    }

    [Fact]
    public void Reset_begins_anew()
    {
        WakeupLateness lateness = new();
        lateness.Record(Duration.FromSeconds(1));
        lateness.Reset();

        Assert.Equal(0, lateness.Count);
        Assert.Equal(Duration.Zero, lateness.Max);
        Assert.Equal(0, lateness.Buckets.ToArray().Sum());
    }
}
