namespace KeepalivedAot.Tests.Simulation;

/// <summary>Cost grows with the network, and no faster: counted in events and looks, not in time.</summary>
public sealed class ScaleTests
{
    private const int Seconds = 20;

    [Fact]
    public void Work_growsLinearly_withTheNetwork()
    {
        ScaleRuns.Cost small = ScaleRuns.Measure(100, Seconds, withCrowd: false);
        ScaleRuns.Cost large = ScaleRuns.Measure(800, Seconds, withCrowd: false);
        Assert.Equal((0, 0), (small.Violations, large.Violations));
        Assert.Equal((100, 800), (small.Routers, large.Routers));
        // For each instance; the mixture of sites is not the same to the last host.
        Assert.InRange((double)large.Events / large.Instances / ((double)small.Events / small.Instances), 0.7, 1.3);
        Assert.InRange((double)large.Looks / large.Instances / ((double)small.Looks / small.Instances), 0.6, 1.4);
        Assert.InRange((double)large.Packets / large.Instances / ((double)small.Packets / small.Instances), 0.5, 1.5);
    }

    [Fact]
    public void Segment_hasAllVrids()
    {
        ScaleRuns.Cost cost = ScaleRuns.Measure(255, Seconds);
        Assert.Equal((255, 510, 1, 0), (cost.Routers, cost.Instances, cost.Segments, cost.Violations));
    }
}
