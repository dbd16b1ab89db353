using KeepalivedAot.Tracking;

namespace KeepalivedAot.Tests.Unit.Tracking;

/// <summary>The table of priority tracking, row by row.</summary>
public sealed class TrackerWeightTests
{
    [Theory]
    [InlineData(10, false, true, 10)]
    [InlineData(10, false, false, 0)]
    [InlineData(-10, false, true, 0)]
    [InlineData(-10, false, false, -10)]
    [InlineData(10, true, true, -10)]
    [InlineData(10, true, false, 0)]
    [InlineData(-10, true, true, 0)]
    [InlineData(-10, true, false, 10)]
    public void Of_weight_adjustsThePriority(int weight, bool isReversed, bool isGood, int adjustment)
        => Assert.Equal(new TrackerContribution(adjustment, IsFault: false), new TrackerWeight(weight, isReversed).Of(isGood));

    [Theory]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    public void Of_weightZero_isAFaultWhenBadOrReversed(bool isReversed, bool isGood, bool isFault)
        => Assert.Equal(new TrackerContribution(0, isFault), new TrackerWeight(0, isReversed).Of(isGood));
}
