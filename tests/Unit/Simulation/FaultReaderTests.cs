using KeepalivedAot.Simulation.Faults;
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
    [InlineData("t=10s remove 10.0.0.100 on m1", "m1")]
    [InlineData("t=10s cut m1->m2", "m1 m2")]
    [InlineData("t=10s cut m2->m1", "m1")]
    [InlineData("t=10s cut m1<->m2", "m1 m2")]
    [InlineData("t=10s cut m1<->m2 for 3.2s", "m1")]
    [InlineData("t=10s loss 100% *->m2", "m1 m2")]
    [InlineData("t=10s loss 0% *->m2", "m1")]
    [InlineData("t=10s duplicate 100% m1->m2", "m1")]
    [InlineData("t=10s reorder 50% m1->m2", "m1")]
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
        world.RunFor(KeepalivedAot.Base.Time.Duration.FromSeconds(25));
        Assert.Equal(masters, string.Join(' ', world.Masters()));
    }

    [Theory]
    [InlineData("", 2, "nothing is said", "t=TIME")]
    [InlineData("crash m1", 1, "'crash' is not when it happens", "t=TIME")]
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
    [InlineData("t=10s script chk breaks on m1", 18, "'breaks' says nothing here", "fails, succeeds")]
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

    [Fact]
    public void Every_form_isListed()
        => Assert.All(FaultReader.Forms, static form => Assert.StartsWith("t=TIME ", form));
}
