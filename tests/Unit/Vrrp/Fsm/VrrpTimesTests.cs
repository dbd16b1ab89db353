using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Vrrp.Fsm;

/// <summary>The figures that were measured on keepalived, exactly.</summary>
public class VrrpTimesTests
{
    [Theory]
    [InlineData(VrrpVersion.V2, 100, 1000, 3_609_375_000)]
    [InlineData(VrrpVersion.V2, 150, 1000, 3_414_062_500)]
    [InlineData(VrrpVersion.V2, 100, 4000, 12_609_375_000)]
    [InlineData(VrrpVersion.V2, 255, 1000, 3_003_906_250)]
    [InlineData(VrrpVersion.V3, 100, 500, 1_804_687_500)]
    [InlineData(VrrpVersion.V3, 100, 1000, 3_609_375_000)]
    [InlineData(VrrpVersion.V3, 254, 10, 30_078_125)]
    [InlineData(VrrpVersion.V3, 1, 40_950, 163_640_039_062)]
    public void ActiveDownInterval_is_three_intervals_and_the_skew(
        VrrpVersion version, byte priority, int intervalMilliseconds, long expectedNanoseconds)
    {
        VrrpRouter router = Make(version, priority, intervalMilliseconds, downTimerAdverts: 3);
        Assert.Equal(expectedNanoseconds, router.ActiveDownInterval.Nanoseconds);
    }

    [Theory]
    [InlineData(VrrpVersion.V2, 100, 1000, 609_375_000)]
    [InlineData(VrrpVersion.V2, 150, 1000, 414_062_500)]
    [InlineData(VrrpVersion.V2, 150, 10_000, 414_062_500)]
    [InlineData(VrrpVersion.V3, 100, 500, 304_687_500)]
    [InlineData(VrrpVersion.V3, 100, 10, 6_093_750)]
    public void SkewTime_is_of_one_second_in_v2_and_of_the_interval_in_v3(
        VrrpVersion version, byte priority, int intervalMilliseconds, long expectedNanoseconds)
    {
        VrrpRouter router = Make(version, priority, intervalMilliseconds, downTimerAdverts: 3);
        Assert.Equal(expectedNanoseconds, router.SkewTime.Nanoseconds);
    }

    [Theory]
    [InlineData(1, 1_609_375_000)]
    [InlineData(100, 100_609_375_000)]
    public void ActiveDownInterval_counts_as_many_adverts_as_configured(int downTimerAdverts, long expectedNanoseconds)
    {
        VrrpRouter router = Make(VrrpVersion.V2, 100, 1000, downTimerAdverts);
        Assert.Equal(expectedNanoseconds, router.ActiveDownInterval.Nanoseconds);
    }

    private static VrrpRouter Make(VrrpVersion version, byte priority, int intervalMilliseconds, int downTimerAdverts)
        => new TestWorld().Make(TestWorld.Version2 with
        {
            Version = version,
            BasePriority = new Priority(priority),
            AdvertisementInterval = Duration.FromMilliseconds(intervalMilliseconds),
            DownTimerAdverts = downTimerAdverts,
        });
}
