using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Reports;
using KeepalivedAot.Simulation.Scenarios;
using KeepalivedAot.Simulation.Worlds;
using static KeepalivedAot.Tests.Unit.Simulation.SimulatedRouters;

namespace KeepalivedAot.Tests.Unit.Simulation;

/// <summary>Scenario files: what they say, and what is said of their mistakes.</summary>
public sealed class ScenarioTests
{
    [Theory]
    [InlineData("\n  fly away", "scenario:2:3: error: 'fly' begins no line of a scenario", "possible: t=TIME FAULT, segment")]
    [InlineData("segment lan", "scenario:1:13: error: which interface is on it is missing", "possible: segment NAME")]
    [InlineData("segment lan m1:eth7", "scenario:1:13: error: no file names an interface 'm1:eth7'", "possible: m1:eth0, m2:eth0")]
    [InlineData("segment a m1:eth0\nsegment b m1:eth0", "scenario:2:11: error: m1:eth0 is on a already", "")]
    [InlineData("address m1:eth0", "scenario:1:17: error: something is missing", "possible: address HOST:INTERFACE")]
    [InlineData("address m1:eth0 192.0.2.300/24", "scenario:1:17: error: '192.0.2.300' is no address", "")]
    [InlineData("address m1:eth0 192.0.2.3/33", "scenario:1:27: error: '33' is no prefix length", "possible: 0 to 32")]
    [InlineData("address m1:eth0 192.0.2.3/24 x", "scenario:1:30: error: 'x' is too much", "")]
    [InlineData("for ever", "scenario:1:5: error: 'ever' is no time", "such as 10s")]
    [InlineData("seed of doubt", "scenario:1:6: error: 'of' is no number", "")]
    [InlineData("expect", "scenario:1:8: error: what is expected is missing", "outage TIME")]
    [InlineData("expect peace", "scenario:1:8: error: 'peace' is nothing that can be expected", "outage TIME")]
    [InlineData("expect outage 4", "scenario:1:15: error: '4' is no time", "")]
    [InlineData("expect master m3 at 5s", "scenario:1:15: error: 'm3' is no router", "possible: m1, m2")]
    [InlineData("expect master m1 in 5s", "scenario:1:18: error: when is missing", "possible: at TIME")]
    [InlineData("expect dual 0s at once", "scenario:1:16: error: 'at' is too much", "")]
    [InlineData("t=5s file level 1 on m1", "scenario:1:11: error: m1 has no track_file 'level'", "")]
    [InlineData("t=5s priority V2 +5 on m1", "scenario:1:15: error: m1 has no instance 'V2'", "possible: V1")]
    [InlineData("t=5s priority V1 5 on m1", "scenario:1:18: error: '5' is no change of a priority", "with its sign")]
    [InlineData("t=5s reload m1 nowhere.conf", "scenario:1:16: error: nowhere.conf cannot be read: No such file or directory", "")]
    [InlineData("t=5s refuse EFUN on m1", "scenario:1:13: error: 'EFUN' is no refusal of a kernel", "EPERM")]
    [InlineData("t=5s drift 600000 m1", "scenario:1:12: error: '600000' is no number of parts per million", "")]
    public void Mistake_isLocated_andWhatIsPossibleIsListed(string text, string said, string possible)
    {
        string mistake = Assert.Single(Mistakes(text, Router(150), Router(100)));
        Assert.StartsWith(said, mistake, StringComparison.Ordinal);
        Assert.Contains(possible, mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_areAllFoundInOneRun()
        => Assert.Equal(3, Mistakes("x\nt=1s crash m9  # who?\n# nothing\n\nexpect z", Router(150), Router(100)).Count);

    [Fact]
    public void Column_isThatOfTheWord_underlined()
        => Assert.Equal("scenario:1:12: error: 'm9' is no router\n    t=1s crash m9\n               ^\n  possible: m1, m2", Assert.Single(Mistakes("t=1s crash m9 # who?", Router(150), Router(100))));

    [Theory]
    [InlineData("expect outage 3s", "VRID 51 on eth0: nobody is MASTER for 3.024 s, expected at most 3.000 s")]
    [InlineData("expect outage 4s", null)]
    [InlineData("expect dual 0s", null)]
    [InlineData("expect master m2 at 20s", null)]
    [InlineData("expect master m1 at 20s", "20.000 s: VRID 51 on eth0: m1 is NONE, expected MASTER")]
    public void Expectation_holds_orSaysWhatIsOtherwise(string expectation, string? otherwise)
    {
        SimulationRun run = Run($"t=10s crash m1\n{expectation}", Router(150), Router(100));
        if (otherwise is null)
            Assert.Empty(run.Broken);
        else
            Assert.EndsWith(otherwise, Assert.Single(run.Broken), StringComparison.Ordinal);
    }

    [Fact]
    public void Priority_isChanged_andBackAgain()
    {
        SimulationRun run = Run("for 60s\nt=10s priority V1 -60 on m1 for 20s\nexpect master m2 at 25s\nexpect master m1 at 50s", Router(150), Router(100));
        Assert.Empty(run.Broken);
    }

    [Fact]
    public void File_thatIsTracked_hasItsNumber()
    {
        string tracked = $"track_file level {{\n file /nowhere\n weight 1\n }}\n{Router(150, "track_file {\n level\n }")}";
        SimulationRun run = Run("for 60s\nt=10s file level -60 on m1\nexpect master m1 at 9s\nexpect master m2 at 50s", tracked, Router(100));
        Assert.Empty(run.Broken);
    }

    [Fact]
    public void Reload_ofAFile_isDone_andOfABadOneRefused()
    {
        Assert.Empty(Run("for 60s\nt=10s reload m1 m3.conf\nexpect master m2 at 50s", Router(150), Router(100), ForAReload + Router(50)).Broken);
        SimulationRun refused = Run("for 60s\nt=10s reload m1 other.conf\nexpect master m1 at 50s", Router(150), Router(100));
        Assert.Empty(refused.Broken);
        Assert.Contains(refused.Chronicle.Entries, static entry => entry.Text.Contains("the reload is refused", StringComparison.Ordinal));
    }

    [Fact]
    public void Kernel_thatRefuses_isTold()
        => Assert.Contains(
            Run("for 30s\nt=0s refuse EPERM on m1", Router(150), Router(100)).Chronicle.Entries,
            static entry => entry.Text.Contains("Operation not permitted", StringComparison.Ordinal) || entry.Text.Contains("EPERM", StringComparison.Ordinal));

    [Fact]
    public void Crash_takesTheAddressAway_soThatItIsNowhere()
    {
        SimulationRun run = Run("for 12s\nt=10s crash m1", Router(150), Router(100));
        Assert.Equal([1, 0], Assert.Single(run.Chronicle.Addresses).Value.Select(static holding => holding.Hosts.Count));
    }

    [Fact]
    public void Names_areThoseOfFiles_orOfFolders_orGiven()
    {
        Assert.Equal(
            ["m1", "r2", "edge", "b-c"],
            RouterFile.ReadAll(["m1.conf", "r2=x/y.conf", "/etc/edge/keepalived.conf", "b-c.conf"], out _)!.Select(static router => router.Name));
        Assert.Null(RouterFile.ReadAll(["a/m1.conf", "b/m1.conf"], out string twice));
        Assert.Equal("two routers are called m1: give them names, as in m1=b/m1.conf", twice);
        Assert.Null(RouterFile.ReadAll(["a:b.conf"], out string bad));
        Assert.StartsWith("'a:b' cannot be the name of a router", bad, StringComparison.Ordinal);
    }

    [Fact]
    public void Explorer_findsTheFewestFaults_thatBreakAnExpectation()
    {
        string[] configurations = [Router(150), Router(100)];
        Explorer.Finding? found = new Explorer(faults => Prepared($"for 90s\nexpect outage 3100ms\n{string.Join('\n', faults)}", configurations)).Explore(50);
        Assert.NotNull(found);
        Assert.InRange(found.Run.Faults.Count, 1, 2);
        Assert.NotEmpty(found.Run.Broken);
        Assert.Null(new Explorer(faults => Prepared($"for 90s\n{string.Join('\n', faults)}", configurations)).Explore(20));
    }

    [Theory]
    // Two cuts overlap: the first one's end heals nothing, the second one's end everything.
    [InlineData("t=10s cut m1->m2 for 10s\nt=15s cut m1->m2 for 10s", "m1 m2", "m1")]
    // What is healed is not taken back once more.
    [InlineData("t=10s loss 100% m1->m2\nt=12s cut m1->m2 for 12s\nt=18s heal m1->m2", "m1", "m1")]
    // Delay and loss of one way add up, and end one by one.
    [InlineData("t=10s cut m1->m2 for 30s\nt=11s delay 1ms m1->m2 for 5s", "m1 m2", "m1")]
    [InlineData("t=10s stall m1 for 5s\nt=12s stall m1 for 20s", "m1 m2", "m1")]
    [InlineData("t=10s sleep m1 for 20s\nt=12s stall m1 for 2s", "m1 m2", "m1")]
    [InlineData("t=10s down m1:eth0 for 5s\nt=12s down m1:eth0 for 20s", "m2", "m1")]
    [InlineData("t=10s script chk fails on m1 for 5s\nt=12s script chk fails on m1 for 20s", "m2", "m1")]
    [InlineData("t=10s priority V1 -60 on m1 for 5s\nt=12s priority V1 -70 on m1 for 20s", "m2", "m1")]
    // Who has died is held up by nobody any more.
    [InlineData("t=10s stall m1 for 5s\nt=11s crash m1\nt=12s start m1", "m1", "m1")]
    public void Faults_thatOverlap_areOverOneByOne(string faults, string between, string afterwards)
    {
        SimulationRun run = Run($"for 90s\n{faults}", Router(150, "track_script {\n chk\n }"), Router(100));
        Assert.Equal(between, MastersAt(run, 23));
        Assert.Equal(afterwards, MastersAt(run, 85));
    }

    private static string MastersAt(SimulationRun run, int seconds)
        => string.Join(' ', run.World.Routers[0].Members.Where(member => member.StateAt(default(Instant) + Duration.FromSeconds(seconds)) == RouterState.Master).Select(static member => member.Host.Name).Distinct());

    [Fact]
    public void Reload_thatMakesItAnotherVirtualRouter_leavesTheFirstToTheOther()
    {
        SimulationRun run = Run("for 60s\nt=10s reload m1 m3.conf", Router(150), Router(100), ForAReload + Router(150).Replace("virtual_router_id 51", "virtual_router_id 77", StringComparison.Ordinal));
        Assert.Empty(run.Violations);
        VirtualRouter first = run.World.Routers[0];
        Assert.Equal(RouterState.None, first.Members[0].StateAt(run.End));
        Assert.Equal("m2", MastersAt(run, 50));
        Assert.Equal(RouterState.Master, run.World.Routers.Single(static router => router.Vrid == 77).Members.First(static member => member.Host.Name == "m1").StateAt(run.End));
    }

    [Fact]
    public void Reload_thatRenamesAnInstance_keepsTheRole()
    {
        SimulationRun run = Run("for 60s\nt=10s reload m1 m3.conf\nt=20s down m1:eth0", Router(150), Router(100), ForAReload + Router(90).Replace("instance V1", "instance W1", StringComparison.Ordinal).Replace("priority 90", "priority 150", StringComparison.Ordinal));
        Assert.Empty(run.Violations);
        Assert.Equal("m1", MastersAt(run, 15));
        Assert.Equal("m2", MastersAt(run, 50));
    }

    [Fact]
    public void Reload_thatAddsAnInstance_hasALaneForIt_andItsNameIsKnown()
    {
        string both = $"{Router(150)}\n{Router(150).Replace("V1", "V2", StringComparison.Ordinal).Replace("virtual_router_id 51", "virtual_router_id 52", StringComparison.Ordinal).Replace("10.0.0.100", "10.0.0.101", StringComparison.Ordinal)[Router(150).IndexOf("vrrp_instance", StringComparison.Ordinal)..]}";
        SimulationRun run = Run("for 60s\nt=10s reload m1 m2.conf\nt=20s priority V2 -5 on m1", Router(150), ForAReload + both);
        Assert.Contains(run.World.Routers, static router => router.Vrid == 52 && router.Members.Any(static member => member.Host.Name == "m1" && member.IsMaster));
    }

    [Fact]
    public void Sleeper_hearsNoSignal_beforeItWakes()
    {
        SimulationRun run = Run("for 60s\nt=10s sleep m1 for 20s\nt=12s reload m1 m3.conf", Router(150), Router(100), ForAReload + Router(50));
        Chronicle.Entry changed = run.Chronicle.Entries.First(static entry => entry.Kind == Chronicle.Kind.Priority && entry.Host!.Name == "m1");
        Assert.Equal(30, TimeText.SecondsOf(changed.At), 0.01);
    }

    [Fact]
    public void Start_thatFails_isTold_withThePlace()
        => Assert.Contains(
            Run("for 60s\nt=10s stop m1\nt=11s reload m1 other.conf\nt=12s start m1", Router(150), Router(100)).Chronicle.Entries,
            static entry => entry.Text.StartsWith("the daemon does not start: m1.conf:1:1: ", StringComparison.Ordinal));

    [Theory]
    [InlineData("t=100s crash m1\nfor 60s", "scenario:1:1: error: that is after the end, which is at 60.000 s")]
    [InlineData("for 60s\nexpect master m1 at 61s", "scenario:2:1: error: that is after the end")]
    [InlineData("t=1s slow m1 2h", "scenario:1:14: error: '2h' is too long here")]
    [InlineData("t=1s jitter 1000000h m1->m2", "scenario:1:13: error: '1000000h' is no time")]
    [InlineData("t=1s loss NaN% m1->m2", "scenario:1:11: error: 'NaN%' is no share of the packets")]
    [InlineData("t=1s cut m1:eth7->m2", "scenario:1:10: error: 'm1:eth7' is no interface")]
    public void What_neverHappens_isAMistake(string text, string said)
        => Assert.StartsWith(said, Assert.Single(Mistakes(text, Router(150), Router(100))), StringComparison.Ordinal);

    [Fact]
    public void Length_isLongEnough_forAllThatIsToHappen()
    {
        Assert.Equal(60, Prepared("", Router(150)).Length.WholeSeconds);
        Assert.Equal(330, Prepared("t=10s stall m1 for 290s", Router(150)).Length.WholeSeconds);
        Assert.Equal(230, Prepared("expect master m1 at 200s", Router(150)).Length.WholeSeconds);
        Assert.Equal(400, Prepared("", Router(150).Replace("advert_int 1", "advert_int 40", StringComparison.Ordinal)).Length.WholeSeconds);
    }

    [Fact]
    public void Outage_isExpectedToEnd_alsoWhenNobodyWasEverMaster()
        => Assert.Equal("VRID 51 on eth0: nobody is ever MASTER", Assert.Single(Run("t=0s down m1:eth0\nexpect outage 1s", Router(150)).Broken));

    [Fact]
    public void Session_thatIsTracked_isUp_untilAFaultSaysOtherwise()
    {
        string tracked = $"bfd_instance b1 {{\n neighbor_ip 10.0.0.9\n }}\n{Router(150, "track_bfd {\n b1\n }")}";
        Assert.Empty(Run("for 60s\nt=10s bfd b1 fails on m1\nexpect master m1 at 9s\nexpect master m2 at 50s", tracked, Router(100)).Broken);
    }

    [Fact]
    public void Networks_areCutOneByOne()
    {
        string two = $"vrrp_sync_group G {{\n group {{\n V1\n V2\n }}\n }}\n{Router(150)}\n{Router(150).Replace("V1", "V2", StringComparison.Ordinal).Replace("eth0", "eth1", StringComparison.Ordinal)[Router(150).IndexOf("vrrp_instance", StringComparison.Ordinal)..]}";
        SimulationRun run = Run("for 60s\nt=20s cut m1:eth0<->m2", two, two.Replace("priority 150", "priority 100", StringComparison.Ordinal));
        // The other network keeps the group where it is.
        Assert.All(run.World.Routers, static router => Assert.Equal(RouterState.Backup, router.Members[1].Now.State));
    }

    [Fact]
    public void Explorer_makesDo_withOneRouter_andWithNone()
    {
        Assert.Null(new Explorer(faults => Prepared(string.Join('\n', faults.Prepend("for 90s")), Router(150))).Explore(30));
        Assert.Null(new Explorer(faults => Prepared(string.Join('\n', faults.Prepend("for 90s")), "global_defs {\n }", Router(150), Router(100))).Explore(30));
    }

    [Fact]
    public void Page_ofTheDocumentation_hasAnExample_thatHolds()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "rootfs/usr/share/doc/keepalived-aot/simulate.md"));
        int begin = page.IndexOf("# m1 is preferred", StringComparison.Ordinal);
        string scenario = page[begin..page.IndexOf("```", begin, StringComparison.Ordinal)];
        Assert.Empty(Run(scenario.Replace("chk_http", "chk", StringComparison.Ordinal), Router(150, "track_script {\n chk\n }"), Router(100)).Broken);
    }

    [Fact]
    public void Phases_ofOneMoment_countAsTheLast()
    {
        SimulationRun run = Run("for 20s", Router(150), Router(100));
        VirtualRouter.Member member = run.World.Routers[0].Members[0];
        Assert.Equal(RouterState.Backup, member.StateAt(default));
        Assert.Equal(RouterState.Master, member.StateAt(run.End));
    }
}
