using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Faults;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Network;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Tests.Unit.Simulation;

/// <summary>Faults as they are written: each form does what it says, each mistake is located and says what is possible.</summary>
public sealed class FaultReaderTests
{
    [Fact]
    public void Page_explains_everyFault()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "rootfs/usr/share/doc/keepalived-aot/simulate.md"));
        Assert.All(FaultReader.Forms, form => Assert.Contains($"| `{form.Replace("|", "\\|", StringComparison.Ordinal)}` | ", page, StringComparison.Ordinal));
    }

    private static SimulatedWorld World() => SimulatedRouters.Started(1, SimulatedRouters.Router(150, "track_script {\n chk\n }"), SimulatedRouters.Router(100));

    [Theory]
    [InlineData("t=10s crash m1", "m2")]
    [InlineData("t=10s kill m1", "m2")]
    [InlineData("t=10s stop m1", "m2")]
    [InlineData("t=10s stall m1", "m1 m2")]
    [InlineData("t=10s sleep m1 for 30s", "m1 m2")]
    [InlineData("t=10s stall m1 for 3s", "m1")]
    [InlineData("t=10s down m1:eth0", "m2")]
    [InlineData("t=10000ms down m1:eth0 for 4s", "m1")]
    [InlineData("t=10s script chk fails on m1", "m2")]
    [InlineData("t=10s script chk succeeds on m1", "m1")]
    [InlineData("t=10s cut m1->m2", "m1 m2")]
    [InlineData("t=10s cut m2->m1", "m1")]
    [InlineData("t=10s cut m1<->m2", "m1 m2")]
    [InlineData("t=10s cut m1<->m2 for 3.2s", "m1")]
    [InlineData("t=10s loss 100% *->m2", "m1 m2")]
    [InlineData("t=10s delay 300ms m1<->m2", "m1")]
    [InlineData("t=10s jitter 300ms m1<->m2", "m1")]
    [InlineData("t=0.5m heal m1->m2", "m1")]
    [InlineData("t=10s slow m1 5s", "m1 m2")]
    [InlineData("t=10s slow m1 5s for 6s", "m1")]
    [InlineData("  t=10s   wake  m1 ", "m1")]
    public void Fault_does_what_it_says(string line, string masters)
    {
        SimulatedWorld world = World();
        world.Plan(line);
        world.RunFor(Duration.FromSeconds(25));
        Assert.Equal(masters, string.Join(' ', world.Masters()));
    }

    [Theory]
    [InlineData("", 2, "nothing is said", "t=TIME")]
    [InlineData("crash m1", 1, "'crash' is not when it happens", "t=TIME")]
    [InlineData("t=9999999999999999999999999999h crash m1", 3, "no time", "10s")]
    [InlineData("t=10 crash m1", 3, "'10' is no time", "10s")]
    [InlineData("t= crash m1", 3, "the time is missing", "10s")]
    [InlineData("t=10parsec crash m1", 3, "'10parsec' is no time", "ms")]
    [InlineData("t=-1s crash m1", 3, "'-1s' is no time", "ms")]
    [InlineData("t=99999999999h crash m1", 3, "no time", "ms")]
    [InlineData("t=10s", 7, "what happens is missing", "crash, kill, stop")]
    [InlineData("t=10s craash m1", 7, "'craash' is nothing that can happen", "crash, kill, stop")]
    [InlineData("t=10s crash", 13, "the router is missing", "m1, m2")]
    [InlineData("t=10s crash m3", 13, "'m3' is no router", "m1, m2")]
    [InlineData("t=10s crash m1 m2", 16, "'m2' is too much", "crash HOST")]
    [InlineData("t=10s crash m1 for 5s", 16, "'for' is too much", "crash HOST")]
    [InlineData("t=10s down m1:eth9", 12, "'m1:eth9' is no interface", "m1:eth0, m2:eth0")]
    [InlineData("t=10s down m1:eth0 for ever", 24, "'ever' is no time", "ms")]
    [InlineData("t=10s script chk breaks on m1", 18, "'breaks' says nothing here", "fails, succeeds, takes")]
    [InlineData("t=10s script chk takes long on m1", 24, "'long' is no time", "ms")]
    [InlineData("t=10s script chk takes 1.5s on m1", 24, "'1.5s' is longer than chk may run", "up to 1")]
    [InlineData("t=10s script chk takes 1s", 27, "something is missing", "on")]
    [InlineData("t=10s script other fails on m1", 14, "m1 has no script 'other'", "chk")]
    [InlineData("t=10s loss 130% m1->m2", 12, "'130%' is no share of the packets", "0% to 100%")]
    [InlineData("t=10s loss 30 m1->m2", 12, "'30' is no share of the packets", "0% to 100%")]
    [InlineData("t=10s loss 30% m1-m2", 16, "'m1-m2' is no way", "HOST->HOST")]
    [InlineData("t=10s cut m1->m7", 15, "'m7' is no router", "m1, m2")]
    [InlineData("t=10s cut m1->m1", 11, "no segment in common", "")]
    [InlineData("t=10s remove 10.0.0.300 on m1", 14, "'10.0.0.300' is no address", "")]
    public void Mistake_isLocated(string line, int column, string what, string possible)
    {
        Assert.False(FaultReader.TryRead(World(), line, out Fault? fault, out FaultMistake? mistake));
        Assert.Null(fault);
        Assert.Equal(column, mistake!.Column);
        Assert.Contains(what, mistake.What, StringComparison.Ordinal);
        Assert.Contains(possible, string.Join(", ", mistake.Possible), StringComparison.Ordinal);
    }

    // What shows in the packets of a minute, and whether the role stays where it is.
    [Theory]
    [InlineData("t=10s duplicate 100% m1->m2", 2.0, 0)]
    [InlineData("t=10s loss 100% m1->m2", 0.0, 0)]
    [InlineData("t=10s loss 100% m2->m1", 1.0, 0)]
    [InlineData("t=10s loss 100% m1->m2 for 20s", 0.6, 0)]
    [InlineData("t=10s delay 300ms m1->m2", 1.0, 300)]
    [InlineData("t=10s reorder 100% m1->m2", 1.0, 20)]
    public void Fault_ofAWay_isSeenAtItsEnd(string line, double arrives, int delayMilliseconds)
    {
        SimulatedWorld world = World();
        world.RunFor(Duration.FromSeconds(9));
        Arrivals arrivals = new(world);
        world.Plan(line);
        world.RunFor(Duration.FromSeconds(51));
        Assert.InRange(arrivals.Count / (double)arrivals.Sent, arrivals.Sent == 0 ? 0 : arrives - 0.1, arrives + 0.1);
        if (arrivals.Count > 0)
            Assert.InRange(arrivals.Longest, delayMilliseconds, delayMilliseconds + 1.0);
    }

    [Fact]
    public void Remove_takesTheAddressAway_fromWhoHasIt()
    {
        SimulatedWorld world = World();
        world.RunFor(Duration.FromSeconds(9));
        Assert.True(world.Hosts[0].Kernel.Has(IpAddress.Parse("10.0.0.100")));
        world.Plan("t=10s remove 10.0.0.100 on m1");
        world.RunFor(Duration.FromMilliseconds(1000));
        // As with keepalived, it costs the role; both say so before the election gives it back.
        world.RunFor(Duration.FromMilliseconds(500));
        Assert.Contains(world.Routers[0].Members[0].Phases, static phase => phase.State == RouterState.Backup && phase.Reason.Contains("10.0.0.100", StringComparison.Ordinal));
    }

    [Fact]
    public void Drift_isThatOfTheClock()
    {
        SimulatedWorld world = World();
        world.Plan("t=10s drift 100000 m1");
        world.RunFor(Duration.FromSeconds(20));
        Assert.Equal(100_000, world.Hosts[0].Clock.Drift);
    }

    // m1 sends, m2 hears.
    private sealed class Arrivals : ISimulationObserver
    {
        private readonly SimulatedWorld _world;
        private readonly Dictionary<Packet, Instant> _sent = [];

        public Arrivals(SimulatedWorld world)
        {
            _world = world;
            world.Observe(this);
        }

        public int Sent => _sent.Count;

        public int Count { get; private set; }

        public double Longest { get; private set; }

        void ISimulationObserver.OnSent(SimulatedHost host, Port port, Packet packet)
        {
            if (host.Name == "m1")
                _sent[packet] = _world.Schedule.Now;
        }

        void ISimulationObserver.OnHeard(SimulatedHost host, Port port, Packet packet)
        {
            if (host.Name != "m2" || !_sent.TryGetValue(packet, out Instant sent))
                return;
            Count++;
            Longest = Math.Max(Longest, (_world.Schedule.Now - sent).Nanoseconds / 1e6);
        }
    }
}
