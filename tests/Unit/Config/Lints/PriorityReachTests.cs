using KeepalivedAot.Config.Lints;

namespace KeepalivedAot.Tests.Unit.Config.Lints;

/// <summary>What weights can do to a priority.</summary>
public sealed class PriorityReachTests
{
    [Fact]
    public void All_sums_are_reached_and_clamped()
    {
        Assert.Equal([70, 80, 100, 110], PriorityReach.Of(100, [10, -30]).Order());
        Assert.Equal([1, 191, 201, 244, 254], PriorityReach.Of(1, [-10, 200, 253]).Order());
        Assert.Equal([255], PriorityReach.Of(255, [-10, 20]));
    }

    [Theory]
    [InlineData(254, new[] { 20 }, true)]
    [InlineData(253, new[] { 20 }, false)]
    [InlineData(254, new[] { 20, 30 }, true)]
    [InlineData(254, new[] { 20, -30 }, false)]
    [InlineData(1, new[] { -20 }, true)]
    [InlineData(2, new[] { -20 }, false)]
    [InlineData(1, new[] { -20, 5 }, false)]
    [InlineData(255, new[] { -20 }, true)]
    [InlineData(100, new[] { -20 }, false)]
    public void Weight_is_useless_when_the_priority_is_the_same_in_every_case(int priority, int[] weights, bool expected)
        => Assert.Equal(expected, PriorityReach.IsUseless(priority, weights, 0));

    [Theory]
    [InlineData(150, new[] { -20 }, new[] { 100 }, 0, true)]
    [InlineData(150, new[] { -60 }, new[] { 100 }, 0, false)]
    [InlineData(150, new[] { -50 }, new[] { 100 }, 0, false)]
    [InlineData(150, new[] { -50 }, new[] { 100 }, 1, true)]
    [InlineData(150, new[] { -50 }, new[] { 100 }, -1, false)]
    [InlineData(150, new[] { -20, -40 }, new[] { 100 }, 0, false)]
    [InlineData(150, new[] { -5, -60 }, new[] { 100 }, 0, true)]
    [InlineData(150, new[] { -20 }, new[] { 100, 140 }, 0, false)]
    [InlineData(101, new[] { 2 }, new[] { 100, 102 }, 0, false)]
    [InlineData(100, new[] { 20 }, new[] { 150 }, 0, true)]
    public void Weight_never_decides_when_the_order_is_the_same_in_every_case(int priority, int[] weights, int[] peer, int tie, bool expected)
        => Assert.Equal(expected, PriorityReach.NeverDecides(priority, weights, 0, [.. peer], tie));

    [Fact]
    public void Many_trackers_are_no_work()
        => Assert.False(PriorityReach.IsUseless(100, [.. Enumerable.Range(-253, PriorityReach.MostTrackers)], 0));
}
