using KeepalivedAot.Simulation.Reports;
using KeepalivedAot.Simulation.Scenarios;
using static KeepalivedAot.Tests.Unit.Simulation.SimulatedRouters;

namespace KeepalivedAot.Tests.Unit.Simulation;

/// <summary>The classic mistakes show themselves when a run has them, and only then.</summary>
public sealed class TrapTests
{
    private const string Track = "track_script {\n chk\n }";
    private const string Failure = "t=10s script chk fails on m1";

    private static string Unicast(int priority, string own, string peer) => Router(priority, $"unicast_src_ip {own}\n unicast_peer {{\n {peer}\n }}");

    private static string Pair(int first, int second, string group = "") => $$"""
        {{group}}
        vrrp_instance A {
            interface eth0
            virtual_router_id 1
            priority {{first}}
            virtual_ipaddress {
                10.0.0.100/24
            }
        }
        vrrp_instance B {
            interface eth1
            virtual_router_id 2
            priority {{second}}
            virtual_ipaddress {
                10.1.0.100/24
            }
        }
        """;

    private static string Only(string kind, SimulationRun run)
    {
        Trap trap = Assert.Single(run.Traps);
        Assert.Equal(kind, trap.Kind);
        return trap.Text;
    }

    [Fact]
    public void Pair_thatIsRight_hasNone() => Assert.Empty(Run(Failure, Router(150, Track), Router(100, Track)).Traps);

    [Fact]
    public void Weight_thatMovesNothing()
        => Assert.Equal(
            "10.000 s: script chk failed on m1, and the priority of V1 falls to 190; m2 has 100: m1 stays MASTER. Weights that take 151 or more from its 250 would move the role.",
            Only("weight-too-small", Run(Failure, Router(250, Track), Router(100, Track))));

    [Fact]
    public void Nopreempt_keepsARoleThatShouldMove()
        => Assert.Contains("m2 has 100, but nopreempt", Only("kept-by-nopreempt", Run(Failure, Router(150, Track), Router(100, "nopreempt"))), StringComparison.Ordinal);

    [Fact]
    public void Nopreempt_withStateMaster_preempts()
        => Assert.Contains(
            "m1 takes the role of V1 from m2 although it says nopreempt",
            Only("nopreempt-with-master", Run("t=10s crash m1\nt=20s start m1", Router(150, "state MASTER\n nopreempt"), Router(100))), StringComparison.Ordinal);

    [Fact]
    public void Nopreempt_withStateMaster_isNoTrap_whereTheRoleIsFree()
        => Assert.DoesNotContain(Run("t=10s cut m2->m1 for 10s", Router(100, "state MASTER\n nopreempt"), Router(150)).Traps, static trap => trap.Kind == "nopreempt-with-master");

    [Fact]
    public void Request_forAnotherPriority_isNoTrap() => Assert.Empty(Run("t=10s priority V1 -10 on m1 for 20s", Router(150), Router(100)).Traps);

    [Fact]
    public void Weight_thatIsPositive_andMovesNothing()
        => Assert.Contains(
            "falls to 200; m2 has 100: m1 stays MASTER", Only("weight-too-small", Run(Failure, Router(200, Track).Replace("weight -60", "weight 20", StringComparison.Ordinal), Router(100))),
            StringComparison.Ordinal);

    [Fact]
    public void Address_ofTwoHosts_isSaid_andBothAreMaster()
    {
        SimulationRun run = Run("for 30s", Router(150, "mcast_src_ip 10.0.0.1"), Router(150, "mcast_src_ip 10.0.0.1"));
        Assert.Contains("m1 and m2 both have 10.0.0.1 of their own", Only("same-source", run), StringComparison.Ordinal);
        Assert.NotEmpty(run.Violations);
    }

    [Fact]
    public void Address_ofTwoVirtualRouters_isInTwoPlaces()
        => Assert.Contains(
            "m1 has 10.0.0.100 in VRID 51 on eth0, and m2 in VRID 52 on eth0",
            Only("one-address-twice", Run("for 30s", Router(150), Router(100).Replace("virtual_router_id 51", "virtual_router_id 52", StringComparison.Ordinal))), StringComparison.Ordinal);

    [Fact]
    public void Master_withoutItsAddress_isSaid()
        => Assert.Equal("at the end m1 is MASTER of V1 without its address 10.0.0.100.", Only("address-missing", Run("t=1s refuse EPERM on m1 for 10s", Router(150), Router(100))));

    [Fact]
    public void Nopreempt_ofABackup_isNoTrap() => Assert.Empty(Run("t=10s crash m1\nt=20s start m1", Router(150, "nopreempt"), Router(100)).Traps);

    [Fact]
    public void Unicast_peers_thatDoNotListEachOther()
        => Assert.StartsWith(
            "m1 sends to m2, which does not list m1", Only("one-sided-unicast", Run("for 20s", Unicast(150, "192.0.2.1", "192.0.2.2"), Unicast(100, "192.0.2.2", "192.0.2.9"))),
            StringComparison.Ordinal);

    [Fact]
    public void Role_thatGoesToAndFro()
    {
        Assert.Contains("m2 became MASTER of V1 and lost it again", Only("flapping", Run("for 300s\nt=0s loss 70% m1->m2", Router(150), Router(100))), StringComparison.Ordinal);
        string script = string.Join('\n', Enumerable.Range(1, 8).Select(static number => $"t={number * 20}s script chk fails on m1 for 10s"));
        Assert.Contains("lost it again 8 times", Run(script, Router(150, Track), Router(100)).Traps.First(static trap => trap.Kind == "flapping").Text, StringComparison.Ordinal);
        // Whoever is cut off again and again has reason to.
        string cuts = string.Join('\n', Enumerable.Range(1, 8).Select(static number => $"t={number * 20}s cut m1<->m2 for 10s"));
        Assert.Empty(Run(cuts, Router(150), Router(100)).Traps);
    }

    [Fact]
    public void Group_thatOnlyOneHas_splits()
    {
        const string Group = "vrrp_sync_group G {\n group {\n A\n B\n }\n }";
        // m1 keeps B, so m2 cannot have A.
        Assert.Equal(
            "10.000 s: nobody is MASTER of A: m2 would be, but B is MASTER on m1, and both are in the sync group G of m2; m1 has no group.",
            Only("split-group", Run("for 60s\nt=10s down m1:eth0", Pair(150, 150), Pair(100, 100, Group))));
        Assert.Empty(Run("for 60s\nt=10s down m1:eth0", Pair(150, 150, Group), Pair(100, 100, Group)).Traps);
    }

    [Fact]
    public void Network_thatHasTwoNames_isSaid_untilAScenarioJoinsThem()
    {
        string other = Router(100).Replace("eth0", "ens3", StringComparison.Ordinal);
        Assert.Contains("segment lan m1:eth0 m2:ens3", Only("apart", Run("for 10s", Router(150), other)), StringComparison.Ordinal);
        SimulationRun joined = Run("for 10s\nsegment lan m1:eth0 m2:ens3", Router(150), other);
        Assert.Empty(joined.Traps);
        Assert.Equal(["m1"], joined.World.Masters());
    }
}
