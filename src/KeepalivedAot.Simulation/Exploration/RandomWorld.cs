using System.Globalization;
using KeepalivedAot.Simulation.Faults;
using KeepalivedAot.Simulation.Time;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Exploration;

/// <summary>Makes a world of a seed: who there is, how each is configured, and what is done to them.</summary>
/// <remarks>Nothing is made that is wrong by itself (two passwords, two intervals of VRRPv2), so that every promise is due.</remarks>
internal sealed class RandomWorld
{
    private static readonly int[] s_intervals = [10, 20, 50, 100, 250, 500, 1000, 1000, 1000, 1000, 1000, 2000, 3000, 5000, 10_000];

    private readonly ulong _seed;
    private readonly Chance _chance;

    private RandomWorld(ulong seed)
    {
        _seed = seed;
        _chance = Chance.For(seed, "world");
    }

    public static WorldPlan Of(ulong seed) => new RandomWorld(seed).Make();

    private WorldPlan Make()
    {
        int hosts = HostCount();
        Draft[] drafts = [.. Enumerable.Range(1, hosts).Select(number => new Draft($"m{number}"))];
        int routers = 1 + (Happens(40) ? 1 + _chance.Below(3) : 0);
        bool isGrouped = routers > 1 && Happens(35);
        int[] groupPriorities = Priorities(hosts);
        int longest = 0;
        for (int router = 0; router < routers; router++)
            longest = Math.Max(longest, AddRouter(router, drafts, isGrouped && router < 2, groupPriorities));
        foreach (Draft draft in drafts)
        {
            if (Happens(8))
                draft.Options.Add(string.Create(CultureInfo.InvariantCulture, $"vrrp_startup_delay {1 + _chance.Below(8)}"));
            if (isGrouped && Happens(20))
                draft.GroupOptions.Add("track_script { chk weight 0 }");
        }
        WorldPlan plan = new()
        {
            Seed = _seed,
            Hosts =
            [
                .. drafts.Where(static draft => draft.Instances.Count > 0).Select(draft => new HostPlan(
                    draft.Name, draft.Options, draft.Instances, _chance.Below(400) - 200, Happens(15) ? _chance.Below(10_000) : 0)
                {
                    Group = isGrouped ? "G" : null, GroupOptions = isGrouped ? draft.GroupOptions : [],
                }),
            ],
            Faults = [],
            Seconds = 0,
        };
        int faultsBegin = Math.Clamp(longest * 30 / 1000, 5, 60);
        // Faults last 15 s at most, and behind the last of them each promise is to come due.
        return plan with { Seconds = faultsBegin + 20 + Math.Clamp(longest * 12 / 1000, 10, 120), Faults = Faults(plan, faultsBegin) };
    }

    private int HostCount() => _chance.Below(100) switch
    {
        < 40 => 2,
        < 65 => 3,
        < 80 => 4,
        < 92 => 5 + _chance.Below(4),
        _ => 9 + _chance.Below(8),
    };

    // Returns the longest interval, in milliseconds.
    private int AddRouter(int number, Draft[] drafts, bool isGrouped, int[] groupPriorities)
    {
        bool isIPv6 = Happens(25);
        int version = isIPv6 || Happens(60) ? 3 : 2;
        int interval = version == 2 ? 1000 * (1 + _chance.Below(3)) : s_intervals[_chance.Below(s_intervals.Length)];
        // Each of many hears each of many.
        if (drafts.Length > 4)
            interval = Math.Max(interval, 500);
        bool isUneven = version == 3 && Happens(10);
        bool isUnicast = !isIPv6 && Happens(20);
        bool usesVmac = !isUnicast && Happens(15);
        int segment = _chance.Below(3) == 0 ? 1 : 0;
        int vrid = 51 + number;
        int[] priorities = isGrouped ? groupPriorities : Priorities(drafts.Length);
        int owner = !isGrouped && Happens(10) ? _chance.Below(drafts.Length) : -1;
        bool isNoPreempt = Happens(15);
        int downTimerAdverts = Happens(12) ? 2 + _chance.Below(4) : 3;
        int virtualAddresses = Happens(6) ? 80 : 1 + _chance.Below(3);
        int longest = interval;
        for (int place = 0; place < drafts.Length; place++)
        {
            // Some are not everywhere.
            if (drafts.Length > 2 && number > 0 && !isGrouped && Happens(20))
                continue;
            Draft draft = drafts[place];
            int own = isUneven && Happens(50) ? s_intervals[3 + _chance.Below(s_intervals.Length - 3)] : interval;
            longest = Math.Max(longest, own);
            List<string> lines =
            [
                $"interface eth{segment}", $"virtual_router_id {vrid}", $"version {version}",
                string.Create(CultureInfo.InvariantCulture, $"advert_int {own / 1000.0}"),
                place == owner ? "priority 255" : $"priority {Math.Min(priorities[place], 254)}",
                $"virtual_ipaddress {{ {string.Join("\n        ", Addresses(isIPv6, number, virtualAddresses))} }}",
            ];
            if (place == owner)
                lines.Add("state MASTER");
            if (isUnicast)
            {
                lines.Add($"unicast_src_ip 10.{segment}.{number}.{place + 1}");
                lines.Add($"unicast_peer {{ {string.Join("\n        ", Enumerable.Range(0, drafts.Length).Where(other => other != place).Select(other => $"10.{segment}.{number}.{other + 1}"))} }}");
            }
            if (downTimerAdverts != 3)
                lines.Add($"down_timer_adverts {downTimerAdverts}");
            draft.Instances.Add(new InstancePlan($"V{number + 1}", lines, Options(place == owner, isNoPreempt, isGrouped, usesVmac, isIPv6, number), isGrouped));
        }
        return longest;
    }

    private List<string> Options(bool isOwner, bool isNoPreempt, bool isGrouped, bool usesVmac, bool isIPv6, int number)
    {
        List<string> options = [];
        if (!isOwner && !isGrouped && (isNoPreempt || Happens(6)))
            options.Add("nopreempt");
        else if (!isOwner && !isGrouped && Happens(12))
            options.Add($"preempt_delay {1 + _chance.Below(8)}");
        if (usesVmac)
            options.Add("use_vmac");
        if (Happens(15))
            options.Add("no_accept");
        if (Happens(12))
            options.Add($"virtual_ipaddress_excluded {{ {(isIPv6 ? $"fd01:{number + 1}::99/64" : $"10.9.{number}.200/24")} }}");
        if (Happens(10))
            options.Add("lower_prio_no_advert");
        if (Happens(10))
            options.Add("higher_prio_send_advert");
        if (Happens(15))
            options.Add($"garp_master_delay {_chance.Below(4)}");
        if (Happens(15))
            options.Add($"garp_master_repeat {1 + _chance.Below(3)}");
        if (Happens(10))
            options.Add($"garp_master_refresh {1 + _chance.Below(10)}");
        if (isGrouped)
            return options;
        if (Happens(25))
            options.Add($"track_script {{ chk weight {Weight()} }}");
        if (Happens(10))
            options.Add($"track_process {{ web weight {Weight()} }}");
        if (Happens(10))
            options.Add($"track_interface {{ uplink weight {Weight()} }}");
        if (Happens(8))
            options.Add($"track_file {{ load weight {1 + _chance.Below(20)} }}");
        return options;
    }

    private string Weight()
    {
        if (Happens(30))
            return "0";
        int weight = 1 + _chance.Below(120);
        return $"{(Happens(60) ? "-" : "")}{weight.ToString(CultureInfo.InvariantCulture)}{(Happens(15) ? " reverse" : "")}";
    }

    private int[] Priorities(int count)
    {
        bool areEqual = Happens(10);
        int same = 1 + _chance.Below(254);
        return [.. Enumerable.Range(0, count).Select(_ => areEqual ? same : 1 + _chance.Below(254))];
    }

    private static IEnumerable<string> Addresses(bool isIPv6, int router, int count)
        => Enumerable.Range(0, count).Select(number => isIPv6
            ? number == 0 ? $"fe80::{router + 1}:100/64" : $"fd00:{router + 1}::{100 + number}/64"
            : $"10.8.{router}.{100 + number}/24");

    private List<string> Faults(WorldPlan plan, int seconds)
    {
        // Only names and interfaces are asked of it.
        SimulatedWorld world = new(_seed, plan.ToFiles());
        foreach (HostPlan host in plan.Hosts)
            world.AddHost(host.Name, host.Path);
        world.Wire();
        List<string> faults = world.Hosts.Count > 1 ? new FaultPlans(world, _chance).Make(_chance.Below(8), seconds) : [];
        int more = _chance.Below(5);
        for (int i = 0; i < more; i++)
        {
            HostPlan host = plan.Hosts[_chance.Below(plan.Hosts.Count)];
            string at = $"t={_chance.Below(seconds * 1000)}ms";
            string text = host.Text;
            switch (_chance.Below(7))
            {
                case 0 when text.Contains("vrrp_script", StringComparison.Ordinal):
                    faults.Add($"{at} script chk fails on {host.Name}");
                    if (Happens(70))
                        faults.Add($"t={(seconds + _chance.Below(10)) * 1000}ms script chk succeeds on {host.Name}");
                    break;
                case 1 when text.Contains("track_process", StringComparison.Ordinal):
                    faults.Add($"{at} process web fails on {host.Name}");
                    if (Happens(70))
                        faults.Add($"t={(seconds + _chance.Below(10)) * 1000}ms process web succeeds on {host.Name}");
                    break;
                case 2 when text.Contains("uplink", StringComparison.Ordinal):
                    faults.Add($"{at} down {host.Name}:uplink for {1 + _chance.Below(20)}s");
                    break;
                case 3 when text.Contains("10.8.0.100", StringComparison.Ordinal):
                    faults.Add($"{at} remove 10.8.0.100 on {host.Name}");
                    break;
                case 4:
                    faults.Add($"{at} slow {host.Name} {1 + _chance.Below(40)}ms for {1 + _chance.Below(15)}s");
                    break;
                case 5 when plan.Hosts.Count > 1:
                    faults.Add($"{at} jitter {1 + _chance.Below(100)}ms *->{host.Name} for {1 + _chance.Below(15)}s");
                    break;
                case 6 when plan.Hosts.Count > 1:
                    faults.Add($"{at} {(Happens(50) ? "duplicate" : "reorder")} {1 + _chance.Below(60)}% *->{host.Name} for {1 + _chance.Below(15)}s");
                    break;
                default:
                    break;
            }
        }
        // Where a script is slow, whoever was killed has to wait for it, and keeps its addresses meanwhile; starts at 0 ms come before this.
        foreach (HostPlan host in plan.Hosts)
        {
            if (!host.Text.Contains("vrrp_script", StringComparison.Ordinal) || !Happens(50))
                continue;
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"t=0ms script chk takes {20 + _chance.Below(Happens(50) ? 1000 : 8000)}ms on {host.Name}"));
            if (Happens(60))
            {
                int at = _chance.Below(seconds * 1000);
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"t={at}ms kill {host.Name}"));
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"t={at + 20 + _chance.Below(2000)}ms start {host.Name}"));
            }
        }
        return faults;
    }

    private bool Happens(int percent) => _chance.Below(100) < percent;

    private sealed class Draft(string name)
    {
        public string Name => name;

        public List<string> Options { get; } = [];

        public List<string> GroupOptions { get; } = [];

        public List<InstancePlan> Instances { get; } = [];
    }
}
