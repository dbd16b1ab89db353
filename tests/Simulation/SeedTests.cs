using KeepalivedAot.Simulation.Exploration;
using KeepalivedAot.Simulation.Observers;

namespace KeepalivedAot.Tests.Simulation;

/// <summary>Random worlds keep every promise.</summary>
/// <remarks>KEEPALIVED_AOT_SEEDS says how many there are; <c>make sim</c> runs a thousand.</remarks>
public sealed class SeedTests
{
    // Of a slow and busy machine as well: what is not done by then is not done.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(100);
    private static readonly int s_seeds = Environment.GetEnvironmentVariable("KEEPALIVED_AOT_SEEDS") is { } given ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : 300;

    [Fact]
    public void Random_worlds_keepEveryPromise()
    {
        SeedRuns.Outcome outcome = SeedRuns.Try(1, s_seeds, s_limit);
        TestContext.Current.TestOutputHelper?.WriteLine($"{outcome.Seeds} seeds, {outcome.Events} events, {outcome.Took.TotalSeconds:0} s");
        Assert.True(outcome.Failures.Count == 0, $"{outcome.Failures.Count} of {outcome.Seeds} seeds\n{string.Join('\n', outcome.Failures.Take(2).Select(static failure => SeedRuns.Explain(failure.Seed, failure.First)))}");
        // Otherwise it says nothing.
        Assert.True(outcome.Seeds >= Math.Min(s_seeds, 50), $"only {outcome.Seeds} of {s_seeds} seeds in {s_limit.TotalSeconds:0} s");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Seed_isOneWorld_andOneRun(int seed)
    {
        WorldPlan plan = RandomWorld.Of((ulong)seed);
        Assert.Equal(plan.ToString(), RandomWorld.Of((ulong)seed).ToString());
        Assert.Equal(Trial.Run(plan).Fingerprint, Trial.Run(plan).Fingerprint);
    }

    [Fact]
    public void Seeds_coverWhatThereIs()
    {
        string all = string.Concat(Enumerable.Range(1, 300).Select(static seed => RandomWorld.Of((ulong)seed).ToString()));
        Assert.All<string>(
            [
                "version 2", "version 3", "fe80::", "unicast_peer", "use_vmac", "nopreempt", "preempt_delay", "vrrp_sync_group", "track_script", "track_interface", "track_process",
                "track_file", "no_accept", "priority 255", "advert_int 0.01", "advert_int 10", "vrrp_startup_delay", "down_timer_adverts", "m16", "crash", "kill", "stop", "stall", "sleep", "cut", "loss", "delay",
                "jitter", "duplicate", "reorder", "slow", "remove", "fails on", "down m1:",
            ],
            word => Assert.Contains(word, all, StringComparison.Ordinal));
    }

    [Fact]
    public void Failing_world_isShrunk_toWhatBreaksThePromise()
    {
        // Two passwords: each is MASTER for itself. Nothing else of the world matters.
        WorldPlan plan = new()
        {
            Seed = 1,
            Hosts = [Host("m1", 150, "one"), Host("m2", 100, "two"), Host("m3", 50, "two")],
            Faults = ["t=3s stall m3 for 2s", "t=12345ms crash m3", "t=20s start m3"],
            Seconds = 40,
        };
        Violation first = Trial.Run(plan).Violations[0];
        Assert.Equal(nameof(SingleMaster), first.Promise);
        WorldPlan smallest = Trial.Shrink(plan, first.Promise);
        Assert.Equal(2, smallest.Hosts.Count);
        Assert.Contains(smallest.Hosts, static host => host.Name == "m1");
        Assert.Empty(smallest.Faults);
        Assert.DoesNotContain("garp", smallest.ToString(), StringComparison.Ordinal);

        static HostPlan Host(string name, int priority, string password) => new(
            name, ["vrrp_startup_delay 1"],
            [new InstancePlan("V1", ["interface eth0", "virtual_router_id 51", "version 2", $"priority {priority}", $"authentication {{ auth_type PASS\n auth_pass {password} }}", "virtual_ipaddress { 10.8.0.100/24 }"], ["garp_master_repeat 2"])],
            Drift: 0, StartsAt: 0);
    }
}
