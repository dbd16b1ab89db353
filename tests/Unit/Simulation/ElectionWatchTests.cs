using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Faults;
using KeepalivedAot.Simulation.Observers;
using KeepalivedAot.Simulation.Time;
using KeepalivedAot.Simulation.Worlds;
using static KeepalivedAot.Tests.Unit.Simulation.SimulatedRouters;

namespace KeepalivedAot.Tests.Unit.Simulation;

/// <summary>What VRRP promises of elections: kept in hostile worlds, and told when it is not.</summary>
/// <remarks>KEEPALIVED_AOT_SEEDS says how many worlds there are; KEEPALIVED_AOT_SEED gives one to look at.</remarks>
public sealed class ElectionWatchTests
{
    private static readonly int s_seeds = Environment.GetEnvironmentVariable("KEEPALIVED_AOT_SEEDS") is { } given ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : 60;

    private static Violation[] Run(SimulatedWorld world, params string[] faults)
    {
        ElectionWatch watch = new(world);
        foreach (string fault in faults)
            world.Plan(fault);
        world.RunFor(Duration.FromSeconds(90));
        watch.End();
        return [.. watch.Violations];
    }

    [Fact]
    public void Quiet_world_keepsItsPromise() => Assert.Empty(Run(Started(1, Router(150), Router(100), Router(50))));

    [Fact]
    public void Faults_ofOtherwiseRightRouters_breakNothing()
        => Assert.Empty(Run(Started(1, Router(150), Router(100)), "t=10s crash m1", "t=20s start m1", "t=40s cut m1<->m2 for 10s", "t=60s down m1:eth0 for 10s"));

    [Fact]
    public void Routers_thatRefuseEachOthersAdvertisements_areTwoMasters()
    {
        Violation violation = Assert.Single(Run(Started(1, WithPassword(150, "one"), WithPassword(100, "two"))));
        Assert.Contains("m1 and m2 are MASTER at once", violation.What, StringComparison.Ordinal);
    }

    private static string WithPassword(int priority, string password)
        => Router(priority, $"authentication {{\n auth_type PASS\n auth_pass {password}\n }}").Replace("version 3", "version 2", StringComparison.Ordinal);

    [Fact]
    public void Unicast_peer_thatOneOfThemDoesNotName_makesTwoMasters()
    {
        Violation violation = Assert.Single(Run(Started(
            1, Router(150, "unicast_src_ip 192.0.2.1\n unicast_peer {\n 192.0.2.9\n }"), Router(100, "unicast_src_ip 192.0.2.2\n unicast_peer {\n 192.0.2.1\n }"))));
        Assert.Contains("m1 and m2 are MASTER at once", violation.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_worlds_of_many_seeds_keepTheirPromise()
    {
        List<string> broken = [];
        for (int seed = 1; seed <= s_seeds; seed++)
        {
            Violation[] violations = RunSeed((ulong)seed, out string[] plan);
            if (violations.Length > 0)
                broken.Add($"seed {seed}: {violations[0]}\n  {string.Join("\n  ", plan)}");
        }
        Assert.True(broken.Count == 0, $"{broken.Count} of {s_seeds}\n{string.Join('\n', broken.Take(3))}");
    }

    private static Violation[] RunSeed(ulong seed, out string[] plan)
    {
        Chance chance = Chance.For(seed, "world");
        string[] routers = new string[2 + chance.Below(3)];
        for (int i = 0; i < routers.Length; i++)
        {
            string more = chance.Below(4) == 0 ? "nopreempt" : "";
            routers[i] = Router(50 + chance.Below(200), chance.Below(3) == 0 ? $"track_script {{\n chk\n }}\n{more}" : more);
        }
        SimulatedWorld world = Started(seed, routers);
        foreach (KeepalivedAot.Simulation.Hosts.SimulatedHost host in world.Hosts)
            host.Clock.Drift = chance.Below(400) - 200;
        plan = [.. new FaultPlans(world, chance).Make(1 + chance.Below(8), 60)];
        return Run(world, plan);
    }
}
