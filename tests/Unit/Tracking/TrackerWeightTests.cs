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
    [InlineData(1, false, 5, 5)]
    [InlineData(2, false, -7, -14)]
    [InlineData(-3, false, 4, -12)]
    [InlineData(2, true, 7, -14)]
    [InlineData(1, false, 0, 0)]
    [InlineData(1, false, 253, 253)]
    [InlineData(1, false, 254, 253)]
    [InlineData(253, false, int.MaxValue, 253)]
    [InlineData(1, false, -253, -253)]
    [InlineData(-1, true, 254, 253)]
    public void OfNumber_weight_multipliesAndStopsAt253(int weight, bool isReversed, int number, int adjustment)
        => Assert.Equal(new TrackerContribution(adjustment, IsFault: false), new TrackerWeight(weight, isReversed).OfNumber(number));

    [Theory]
    [InlineData(1, false, -254)]
    [InlineData(1, true, 254)]
    [InlineData(-253, false, int.MaxValue)]
    [InlineData(253, false, int.MinValue)]
    public void OfNumber_productBelow253_isAFault(int weight, bool isReversed, int number)
        => Assert.Equal(new TrackerContribution(0, IsFault: true), new TrackerWeight(weight, isReversed).OfNumber(number));

    [Theory]
    [InlineData(false, 0, false)]
    [InlineData(false, 1, true)]
    [InlineData(false, -1, true)]
    [InlineData(true, 0, true)]
    [InlineData(true, 7, false)]
    public void OfNumber_weightZero_isAFaultUnlessZeroOrReversed(bool isReversed, int number, bool isFault)
        => Assert.Equal(new TrackerContribution(0, isFault), new TrackerWeight(0, isReversed).OfNumber(number));

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    public void Of_unknownWithWeightZero_isAwaited(int weight, bool isReversed)
        => Assert.Equal(new TrackerContribution(0, false, IsAwaited: true), new TrackerWeight(weight, isReversed).Of(TrackerReading.Unknown));

    // Measured with keepalived: a script with weight -20 that has not ended yet leaves the priority alone.
    [Theory]
    [InlineData(-20, false)]
    [InlineData(20, false)]
    [InlineData(-20, true)]
    public void Of_unknownWithWeight_changesNothing(int weight, bool isReversed)
        => Assert.Equal(default, new TrackerWeight(weight, isReversed).Of(TrackerReading.Unknown));

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(-20, false)]
    [InlineData(20, true)]
    public void Of_absent_isNothing(int weight, bool isReversed)
        => Assert.Equal(default, new TrackerWeight(weight, isReversed).Of(TrackerReading.Absent));

    [Fact]
    public void Of_reading_isThatOfItsCondition()
    {
        TrackerWeight weight = new(-10);
        Assert.Equal(weight.Of(isGood: true), weight.Of(TrackerReading.Good));
        Assert.Equal(weight.Of(isGood: false), weight.Of(TrackerReading.Bad));
        Assert.Equal(weight.Of(isGood: false), weight.Of(TrackerReading.Of(isGood: false)));
        Assert.Equal(weight.OfNumber(3), weight.Of(TrackerReading.OfNumber(3)));
    }
}
