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

    [Theory]
    [InlineData(1, false, 5, 5, false)]
    [InlineData(-2, false, 5, -10, false)]
    [InlineData(2, true, 5, -10, false)]
    [InlineData(-2, true, 5, 10, false)]
    [InlineData(1, false, -253, -253, false)]
    [InlineData(1, false, -254, 0, true)]
    [InlineData(2, true, 127, 0, true)]
    [InlineData(1, false, 254, 253, false)]
    [InlineData(254, false, int.MaxValue, 253, false)]
    [InlineData(254, false, int.MinValue, 0, true)]
    [InlineData(0, false, 0, 0, false)]
    [InlineData(0, false, -1, 0, true)]
    [InlineData(0, true, 0, 0, true)]
    [InlineData(0, true, 7, 0, false)]
    public void OfNumber_content_multipliesTheWeight(int weight, bool isReversed, int number, int adjustment, bool isFault)
        => Assert.Equal(new TrackerContribution(adjustment, isFault), new TrackerWeight(weight, isReversed).OfNumber(number));
}
