using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Observers;
using KeepalivedAot.Simulation.Worlds;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using static KeepalivedAot.Tests.Unit.Simulation.SimulatedRouters;

namespace KeepalivedAot.Tests.Unit.Simulation.Observers;

/// <summary>Each promise's observer finds what breaks it, here by a lie that the world is told, and is silent as long as everything is right.</summary>
/// <remarks>That it finds rules which are really broken is shown by the mutants (<c>tests/Simulation</c>).</remarks>
public sealed class PromiseTests
{
    private static readonly IpAddress s_address = IpAddress.Parse("10.0.0.100");

    private static readonly Dictionary<string, (string Promise, string Part, Action<SimulatedWorld> Lie)> s_lies = new()
    {
        ["two MASTERs"] = (nameof(SingleMaster), "m1 and m2 are MASTER at once", static world => Claim(world, "m2", VrrpState.Backup, VrrpState.Active)),
        ["no MASTER"] = (nameof(SomeMaster), "nobody is MASTER of", static world => Claim(world, "m1", VrrpState.Active, VrrpState.Backup)),
        ["the lower priority"] = (nameof(HighestPriorityLeads), "m1 is BACKUP of m2", static world =>
        {
            Claim(world, "m1", VrrpState.Active, VrrpState.Backup);
            Claim(world, "m2", VrrpState.Backup, VrrpState.Active);
        }
        ),
        ["too early"] = (nameof(TakeoverTimes), "too early", static world => Claim(world, "m2", VrrpState.Backup, VrrpState.Active)),
        ["too late"] = (nameof(TakeoverTimes), "has run out", static world =>
        {
            // Of its whole group, else it would wait for the others.
            ((ISimulationObserver)world).OnPriority(world.FindHost("m2")!, "V1", new Priority(254), because: null);
            ((ISimulationObserver)world).OnPriority(world.FindHost("m2")!, "V2", new Priority(254), because: null);
        }
        ),
        ["a change out of nothing"] = (nameof(QuietNetwork), "after anything happened", static world => Claim(world, "m2", VrrpState.Backup, VrrpState.Active)),
        ["a silent MASTER"] = (nameof(Advertisements), "without an advertisement", static world => Claim(world, "m2", VrrpState.Backup, VrrpState.Active)),
        ["a Backup that speaks"] = (nameof(Advertisements), "without being MASTER", static world => Claim(world, "m1", VrrpState.Active, VrrpState.Backup)),
        ["no priority 0"] = (nameof(Advertisements), "without priority 0", static world => Claim(world, "m1", VrrpState.Active, VrrpState.Fault)),
        ["no address"] = (nameof(KernelAddresses), "MASTER without 10.0.0.100", static world => Claim(world, "m2", VrrpState.Backup, VrrpState.Active)),
        ["an address that stays"] = (nameof(KernelAddresses), "10.0.0.100 is in the kernel", static world => Claim(world, "m1", VrrpState.Active, VrrpState.Backup)),
        ["a setting that stays"] = (nameof(KernelRestored), "arp_ignore", static world =>
        {
            world.FindHost("m1")!.Kernel.WriteSetting("net/ipv4/conf/eth0/arp_ignore", 1);
            world.FindHost("m1")!.Stop();
        }
        ),
        ["an announcement of a Backup"] = (nameof(Announcements), "announces 10.0.0.100 without being MASTER", static world =>
        {
            world.FindHost("m1")!.Crash();
            world.RunFor(Duration.FromSeconds(10));
            world.FindHost("m1")!.Start();
            world.RunFor(Duration.FromSeconds(10));
            ((ISimulationObserver)world).OnAnnounced(world.FindHost("m2")!, "eth0", s_address);
        }
        ),
        ["another priority"] = (nameof(PriorityDefinition), "has priority 77; base and trackers make 150", static world => ((ISimulationObserver)world).OnPriority(world.FindHost("m1")!, "V1", new Priority(77), because: null)),
        ["nobody is told"] = (nameof(Notifications), "nobody is told that V1 is Active", static world => Claim(world, "m2", VrrpState.Backup, VrrpState.Active)),
        ["told for nothing"] = (nameof(Notifications), "and nothing has changed", static world => ((ISimulationObserver)world).OnNotified(world.FindHost("m1")!, "V1", isGroup: false, VrrpState.Backup)),
        ["told twice"] = (nameof(Notifications), "for the second time", static world => ((ISimulationObserver)world).OnNotified(world.FindHost("m1")!, "V1", isGroup: false, VrrpState.Active)),
        ["half a group"] = (nameof(GroupsTogether), "members of G are V1 Backup, V2 Master", static world => Claim(world, "m1", VrrpState.Active, VrrpState.Backup)),
    };

    public static TheoryData<string> Lies => [.. s_lies.Keys];

    private static void Claim(SimulatedWorld world, string host, VrrpState from, VrrpState to)
    {
        Transition transition = new(from, to, new TransitionReason(to == VrrpState.Active ? TransitionCause.NobodyHeard : TransitionCause.HigherPriorityHeard));
        ((ISimulationObserver)world).OnTransition(world.FindHost(host)!, "V1", transition, new Priority(host == "m1" ? (byte)150 : (byte)100));
    }

    private static string Grouped(int priority) => $$"""
        vrrp_sync_group G {
            group {
                V1
                V2
            }
        }
        {{Router(priority)}}
        vrrp_instance V2 {
            interface eth1
            virtual_router_id 52
            version 3
            priority {{priority}}
            advert_int 1
            virtual_ipaddress {
                10.0.1.100/24
            }
        }
        """;

    private static Promises Watched(out SimulatedWorld world, params string[] routers)
    {
        world = World(1, routers);
        Promises promises = Promises.WatchAll(world);
        foreach (SimulatedHost host in world.Hosts)
            host.Start();
        return promises;
    }

    [Theory, MemberData(nameof(Lies))]
    public void Lie_isFound_byItsPromise(string lie)
    {
        (string promise, string part, Action<SimulatedWorld> tell) = s_lies[lie];
        Promises promises = Watched(out SimulatedWorld world, Grouped(150), Grouped(100));
        world.RunFor(Duration.FromSeconds(60));
        Assert.Empty(promises.Violations);
        tell(world);
        world.RunFor(Duration.FromSeconds(20));
        promises.End();
        Assert.Contains(promises.Violations, violation => violation.Promise == promise && violation.What.Contains(part, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_promise_hasALie()
        => Assert.Empty(Promises.WatchAll(World(1, Router(150), Router(100))).All.Select(static promise => promise.GetType().Name).Except(s_lies.Values.Select(static it => it.Promise)));

    [Theory]
    [InlineData("")]
    [InlineData("t=10s crash m1", "t=20s start m1", "t=50s kill m1", "t=51s start m1", "t=80s stop m2", "t=90s start m2")]
    [InlineData("t=10s stall m1 for 10s", "t=40s sleep m1 for 10s", "t=70s stall m2 for 1s", "t=80s slow m1 300ms for 10s")]
    [InlineData("t=10s cut m1->m2 for 10s", "t=40s cut m2->m1 for 10s", "t=70s cut m1<->m2 for 10s")]
    [InlineData("t=10s loss 70% *->m2 for 30s", "t=50s duplicate 100% m1<->m2 for 10s", "t=70s reorder 50% m1<->m2 for 10s", "t=90s delay 300ms m1->m2 for 5s")]
    [InlineData("t=10s down m1:eth0 for 10s", "t=40s remove 10.0.0.100 on m1", "t=60s script chk fails on m1", "t=80s script chk succeeds on m1")]
    [InlineData("t=10s jitter 200ms m1<->m2 for 10s", "t=30s kill m1", "t=30010ms start m1", "t=60s kill m1", "t=62900ms start m1")]
    public void Promises_areSilent_whileTheyAreKept(params string[] faults)
    {
        foreach (string more in (string[])["track_script {\n chk\n }", "nopreempt\n track_script {\n chk\n }", "preempt_delay 5\n use_vmac\n track_script {\n chk\n }"])
        {
            Promises promises = Watched(out SimulatedWorld world, Router(150, more), Router(100, more), Router(50, more));
            foreach (string fault in faults.Where(static fault => fault.Length > 0))
                world.Plan(fault);
            world.RunFor(Duration.FromSeconds(130));
            promises.End();
            foreach (SimulatedHost host in world.Hosts)
                host.Stop();
            Assert.Empty(promises.Violations.Select(static violation => $"{violation.Promise}: {violation}"));
        }
    }

    [Fact]
    public void Look_isForWhatWasTouched_andForNothingElse()
    {
        // Of a hundred virtual routers one changes.
        string routers = string.Concat(Enumerable.Range(1, 100).Select(static vrid => Router(150).Replace("virtual_router_id 51", $"virtual_router_id {vrid}", StringComparison.Ordinal)
            .Replace("vrrp_instance V1", $"vrrp_instance V{vrid}", StringComparison.Ordinal).Replace("10.0.0.100", $"10.0.0.{vrid}", StringComparison.Ordinal)
            .Replace("vrrp_script chk", $"vrrp_script chk{vrid}", StringComparison.Ordinal) + "\n"));
        Promises promises = Watched(out SimulatedWorld world, routers, routers.Replace("priority 150", "priority 100", StringComparison.Ordinal));
        world.RunFor(Duration.FromSeconds(10));
        Dictionary<string, long> before = promises.All.ToDictionary(static promise => promise.GetType().Name, static promise => promise.Looks);
        ((ISimulationObserver)world).OnPriority(world.Hosts[0], "V51", new Priority(150), because: null);
        Assert.All(promises.All, promise => Assert.InRange(promise.Looks - before[promise.GetType().Name], 0, 2));
    }
}
