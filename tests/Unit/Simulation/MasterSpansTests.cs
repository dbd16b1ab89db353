using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Reports;
using KeepalivedAot.Simulation.Worlds;
using static KeepalivedAot.Tests.Unit.Simulation.SimulatedRouters;

namespace KeepalivedAot.Tests.Unit.Simulation;

/// <summary>Who was MASTER when, and how long nobody or two were.</summary>
public sealed class MasterSpansTests
{
    private static string Picture(IEnumerable<MasterSpans.Span> spans)
        => string.Join(' ', spans.Select(static span => $"{string.Join('+', span.Masters.Select(static member => member.Host.Name))}:{Math.Round(span.Length.Nanoseconds / 1e9, 1)}"));

    [Fact]
    public void Outage_andTwoAtOnce_areCounted()
    {
        SimulatedWorld world = Started(1, Router(150), Router(100));
        world.Plan("t=10.0s crash m1");
        world.Plan("t=20s start m1");
        world.Plan("t=40s cut m1<->m2 for 10s");
        world.RunFor(Duration.FromSeconds(60));
        List<MasterSpans.Span> spans = MasterSpans.Of(world.Routers[0], world.Schedule.Now);
        // Its last advertisement left at 9.4 s; m1 preempts, and m2 hears of it a moment later; two while they do not hear each other: from 39.4 s on m2 hears none, and the first of its own that m1 hears is answered at once.
        Assert.Equal(":3.4 m1:6.6 :3 m2:10.4 m1+m2:0 m1:19.6 m1+m2:7 m1:10", Picture(spans));
        Assert.InRange(MasterSpans.Outage(spans).Nanoseconds / 1e9, 2.9, 3.2);
        Assert.InRange(MasterSpans.Dual(spans).Nanoseconds / 1e9, 6, 8);
        Assert.Equal(Duration.FromSeconds(60), spans.Aggregate(Duration.Zero, static (sum, span) => sum + span.Length));
    }
}
