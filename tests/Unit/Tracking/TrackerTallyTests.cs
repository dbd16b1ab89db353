using KeepalivedAot.Tracking;

namespace KeepalivedAot.Tests.Unit.Tracking;

/// <summary>Several trackers at once.</summary>
public sealed class TrackerTallyTests
{
    // The example of the reference: 100 with scripts +20, -30 and "+10 reverse" is 70 when all fail, and 110 when all are good.
    [Theory]
    [InlineData(false, -30)]
    [InlineData(true, 10)]
    public void Adjustment_ofThreeScripts_isTheirSum(bool isGood, int sum)
    {
        TrackerWeight[] weights = [new(20), new(-30), new(10, IsReversed: true)];
        TrackerTally tally = new(weights.Length);
        for (int i = 0; i < weights.Length; i++)
            tally.Set(i, weights[i].Of(isGood));
        Assert.Equal(sum, tally.Adjustment);
        Assert.False(tally.HasFault);
    }

    [Fact]
    public void Adjustment_beyondAllLimits_isKept()
    {
        TrackerTally tally = new(2);
        tally.Set(0, new TrackerContribution(200, false));
        tally.Set(1, new TrackerContribution(150, false));
        Assert.Equal(350, tally.Adjustment);
        tally.Set(0, default);
        Assert.Equal(150, tally.Adjustment);
    }

    [Fact]
    public void HasFault_ofTwo_lastsUntilBothAreGone()
    {
        TrackerTally tally = new(2);
        Assert.True(tally.Set(0, new TrackerContribution(0, IsFault: true)));
        Assert.True(tally.Set(1, new TrackerContribution(0, IsFault: true)));
        Assert.True(tally.Set(0, default));
        Assert.True(tally.HasFault);
        Assert.True(tally.Set(1, default));
        Assert.False(tally.HasFault);
    }

    [Fact]
    public void IsAwaiting_firstResult_endsIt()
    {
        TrackerTally tally = new(1);
        tally.Set(0, new TrackerWeight(0).Of(TrackerReading.Unknown));
        Assert.True(tally.IsAwaiting);
        Assert.False(tally.HasFault);
        tally.Set(0, new TrackerWeight(0).Of(TrackerReading.Bad));
        Assert.False(tally.IsAwaiting);
        Assert.True(tally.HasFault);
    }

    [Fact]
    public void Set_sameAgain_isNothingNew()
    {
        TrackerTally tally = new(1);
        Assert.False(tally.Set(0, default));
        Assert.True(tally.Set(0, new TrackerContribution(5, false)));
        Assert.False(tally.Set(0, new TrackerContribution(5, false)));
        Assert.Equal(new TrackerContribution(5, false), tally[0]);
    }
}
