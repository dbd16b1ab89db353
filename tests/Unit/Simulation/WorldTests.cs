using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Network;
using KeepalivedAot.Simulation.Worlds;
using KeepalivedAot.Tracking;
using static KeepalivedAot.Tests.Unit.Simulation.SimulatedRouters;

namespace KeepalivedAot.Tests.Unit.Simulation;

/// <summary>Two routers in a world of virtual time: what RFC 9568 says of their times, to the microsecond.</summary>
public sealed class WorldTests
{
    private static readonly IpAddress s_address = IpAddress.Parse("10.0.0.100");

    private static void Verify(double seconds, Instant from, Instant to) => Assert.InRange((to - from).Nanoseconds / 1e9, seconds, seconds + 0.0005);

    [Fact]
    public void Highest_priority_becomesMaster_afterItsOwnActiveDownInterval()
    {
        SimulatedWorld world = Started(1, Router(150), Router(100));
        world.RunFor(Duration.FromSeconds(10));
        Assert.Equal(["m1"], world.Masters());
        VirtualRouter.Phase since = world.Routers[0].Members[0].Now;
        Verify(3 + 106.0 / 256, default, since.Since);
        Assert.True(world.Hosts[0].Kernel.Has(s_address));
        Assert.False(world.Hosts[1].Kernel.Has(s_address));
    }

    [Fact]
    public void Crash_isTakenOver_afterActiveDownInterval_fromTheLastAdvertisement()
    {
        SimulatedWorld world = Started(1, Router(150), Router(100));
        world.RunFor(Duration.FromSeconds(10));
        Instant first = world.Routers[0].Members[0].Now.Since;
        world.Hosts[0].Crash();
        Instant crashed = world.Schedule.Now;
        world.RunFor(Duration.FromSeconds(10));
        Assert.Equal(["m2"], world.Masters());
        Instant taken = world.Routers[0].Members[1].Now.Since;
        // Adverts left each second since it became MASTER.
        Instant last = first + Duration.FromSeconds((crashed - first).WholeSeconds);
        Verify(3 + 156.0 / 256 + 0.0001, last, taken);
        Assert.Contains("no advertisement from 10.254.0.1", world.Routers[0].Members[1].Now.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Stop_isTakenOver_afterSkewTime()
    {
        SimulatedWorld world = Started(1, Router(150), Router(100));
        world.RunFor(Duration.FromSeconds(10));
        world.Hosts[0].Stop();
        Instant stopped = world.Schedule.Now;
        Assert.False(world.Hosts[0].Kernel.Has(s_address));
        world.RunFor(Duration.FromSeconds(2));
        Verify(156.0 / 256 + 0.0001, stopped, world.Routers[0].Members[1].Now.Since);
    }

    [Fact]
    public void Same_seed_sameWorld_toTheLastLine()
    {
        ulong first = Run(7);
        Assert.Equal(first, Run(7));
        Assert.NotEqual(first, Run(8));

        static ulong Run(ulong seed)
        {
            SimulatedWorld world = Started(seed, Router(150), Router(100), Router(50));
            foreach (Segment segment in world.Segments)
            {
                foreach (Port from in segment.Ports)
                {
                    foreach (Port to in segment.Ports.Where(to => to != from))
                    {
                        segment.SetQuality(from, to, new PathQuality
                        {
                            Delay = Duration.FromMilliseconds(1), Jitter = Duration.FromMilliseconds(5), Loss = 0.3, Duplication = 0.1, Reordering = 0.1,
                        });
                    }
                }
            }
            world.RunFor(Duration.FromSeconds(300));
            return world.Fingerprint;
        }
    }

    [Fact]
    public void Partition_makesTwoMasters_andItsEndOne()
    {
        SimulatedWorld world = Started(1, Router(150), Router(100));
        world.RunFor(Duration.FromSeconds(10));
        Segment segment = world.Segments[0];
        (Port a, Port b) = (segment.Ports[0], segment.Ports[1]);
        segment.SetQuality(a, b, PathQuality.Good with { IsCut = true });
        segment.SetQuality(b, a, PathQuality.Good with { IsCut = true });
        world.RunFor(Duration.FromSeconds(10));
        Assert.Equal(["m1", "m2"], world.Masters());
        segment.SetQuality(a, b, PathQuality.Good);
        segment.SetQuality(b, a, PathQuality.Good);
        world.RunFor(Duration.FromSeconds(2));
        Assert.Equal(["m1"], world.Masters());
    }

    [Fact]
    public void Failing_script_moves_the_election_andBack()
    {
        SimulatedWorld world = Started(1, Router(150, "track_script {\n chk\n }"), Router(100));
        world.RunFor(Duration.FromSeconds(10));
        Assert.Equal(["m1"], world.Masters());
        world.Hosts[0].Report(new TrackerId(TrackerKind.Script, "chk"), TrackerReading.Bad);
        world.RunFor(Duration.FromSeconds(10));
        Assert.Equal(["m2"], world.Masters());
        world.Hosts[0].Report(new TrackerId(TrackerKind.Script, "chk"), TrackerReading.Good);
        world.RunFor(Duration.FromSeconds(10));
        Assert.Equal(["m1"], world.Masters());
    }

    // Killed at 10 s and started again at once: it goes on as MASTER when the script answers before others have lost their patience.
    [Theory]
    [InlineData("700ms", "m1")]
    [InlineData("7s", "m2")]
    public void Slow_script_isWaitedFor(string time, string master)
    {
        string router = Router(150, "track_script {\n chk weight 0\n }").Replace("interval 1", "interval 1\n timeout 10", StringComparison.Ordinal);
        SimulatedWorld world = Started(1, router, Router(100));
        world.Plan($"t=9s script chk takes {time} on m1");
        world.Plan("t=10s kill m1");
        world.Plan("t=10.1s start m1");
        world.RunFor(Duration.FromMilliseconds(10_500));
        Assert.Empty(world.Masters());
        Assert.True(world.Hosts[0].Kernel.Has(s_address));
        world.RunFor(Duration.FromSeconds(5));
        Assert.Equal([master], world.Masters());
        Assert.Equal(master == "m1", world.Hosts[0].Kernel.Has(s_address));
        world.RunFor(Duration.FromSeconds(10));
        Assert.Equal(["m1"], world.Masters());
    }

    [Fact]
    public void Pulled_cable_isAFault_andOneThatComesBackNone()
    {
        SimulatedWorld world = Started(1, Router(150), Router(100));
        world.RunFor(Duration.FromSeconds(10));
        world.Hosts[0].Kernel.SetCarrier("eth0", isUp: false);
        world.RunFor(Duration.FromSeconds(5));
        Assert.Equal(RouterState.Fault, world.Routers[0].Members[0].Now.State);
        Assert.Equal(["m2"], world.Masters());
        world.Hosts[0].Kernel.SetCarrier("eth0", isUp: true);
        world.RunFor(Duration.FromSeconds(5));
        Assert.Equal(["m1"], world.Masters());
    }

    [Fact]
    public void Kill_leavesTheAddress_andTheNextDaemonGoesOn()
    {
        SimulatedWorld world = Started(1, Router(150), Router(100));
        world.RunFor(Duration.FromSeconds(10));
        world.Hosts[0].Kill();
        Assert.True(world.Hosts[0].Kernel.Has(s_address));
        world.RunFor(Duration.FromMilliseconds(20));
        world.Hosts[0].Start();
        world.RunFor(Duration.FromSeconds(10));
        Assert.Equal(["m1"], world.Masters());
        Assert.DoesNotContain(world.Routers[0].Members[1].Phases, static phase => phase.State == RouterState.Master);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Master_thatStoodStill_yieldsToWhoeverTookOver_orTakesTheRoleBackByItsPriority(bool sleeps)
    {
        SimulatedWorld world = Started(1, Router(150), Router(100));
        world.RunFor(Duration.FromSeconds(10));
        if (sleeps)
            world.Hosts[0].Sleep();
        else
            world.Hosts[0].Stall();
        world.RunFor(Duration.FromSeconds(10));
        Assert.Equal(["m1", "m2"], world.Masters());
        world.Hosts[0].Wake();
        world.RunFor(Duration.FromSeconds(5));
        Assert.Equal(["m1"], world.Masters());
    }

    [Fact]
    public void Unicast_routers_haveTheAddressesThatTheirPeersName()
    {
        SimulatedWorld world = Started(
            1, Router(150, "unicast_peer {\n 192.0.2.2\n }"), Router(100, "unicast_peer {\n 192.0.2.1\n }"));
        world.RunFor(Duration.FromSeconds(10));
        Assert.Equal(["m1"], world.Masters());
        Assert.True(world.Hosts[0].Kernel.Has(IpAddress.Parse("192.0.2.1")));
        Assert.True(world.Hosts[1].Kernel.Has(IpAddress.Parse("192.0.2.2")));
    }

    [Fact]
    public void Clock_thatRunsTooFast_takesOverSooner()
    {
        SimulatedWorld world = World(1, Router(150), Router(100));
        world.Hosts[1].Clock.Drift = 100_000;
        foreach (SimulatedHost host in world.Hosts)
            host.Start();
        world.RunFor(Duration.FromSeconds(10));
        Instant first = world.Routers[0].Members[0].Now.Since;
        world.Hosts[0].Crash();
        Instant last = first + Duration.FromSeconds((world.Schedule.Now - first).WholeSeconds);
        world.RunFor(Duration.FromSeconds(10));
        Verify((3 + 156.0 / 256) / 1.1 + 0.0001, last, world.Routers[0].Members[1].Now.Since);
    }
}
