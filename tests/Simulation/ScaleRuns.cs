using System.Diagnostics;
using System.Globalization;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Exploration;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Observers;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Tests.Simulation;

/// <summary>What networks of any size cost in the model.</summary>
/// <remarks>
/// Sites of hosts that share some segments: pairs mostly, some of three, four and eight, one in fifty of sixteen; the first segment of all has up to 255 virtual routers. A virtual router is
/// a VRID on a segment, whatever the number of its members.
/// </remarks>
internal static class ScaleRuns
{
    private const int SegmentsPerSite = 8;

    // The whole hour of the last takes ten minutes.
    private static readonly (int Routers, int Seconds)[] s_usual = [(100, 3600), (1000, 3600), (10_000, 600)];

    /// <param name="Instances">Members of the virtual routers.</param>
    /// <param name="Events">Of the virtual time, without the building.</param>
    /// <param name="Looks">Of the promises' observers.</param>
    public sealed record Cost(int Routers, int Instances, int Segments, int Hosts, int Seconds, long Events, long Packets, long Looks, TimeSpan Built, TimeSpan Took, TimeSpan Processor, long Bytes, int Violations)
    {
        public double EventsPerSecond => Events / Processor.TotalSeconds;

        // For an hour.
        public double PerHour => Processor.TotalSeconds * 3600 / Seconds;
    }

    public static int Run((int Routers, int Seconds)[] sizes)
    {
        List<Cost> costs = [];
        // The first one pays for the compiler.
        Measure(50, 300);
        Console.WriteLine("routers  instances  segments  hosts  virtual     events  events/s  packets/s  built in   real time  processor  per virtual hour   memory  violations");
        foreach ((int routers, int seconds) in sizes.Length > 0 ? sizes : s_usual)
        {
            Cost cost = Measure(routers, seconds);
            costs.Add(cost);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{cost.Routers,7}  {cost.Instances,9}  {cost.Segments,8}  {cost.Hosts,5}  {cost.Seconds,5} s  {cost.Events,9}  {cost.EventsPerSecond,8:0}  {cost.Packets / cost.Processor.TotalSeconds,9:0}  {cost.Built.TotalSeconds,6:0.0} s  {cost.Took.TotalSeconds,8:0.0} s  {cost.Processor.TotalSeconds,7:0.0} s  {cost.PerHour,14:0.0} s  {cost.Bytes / 1048576.0,3:0} MiB  {cost.Violations,10}"));
        }
        for (int i = 1; i < costs.Count; i++)
        {
            double growth = costs[i].PerHour / costs[i].Instances / (costs[i - 1].PerHour / costs[i - 1].Instances);
            double events = (double)costs[i].Events / costs[i].Seconds / costs[i].Instances / ((double)costs[i - 1].Events / costs[i - 1].Seconds / costs[i - 1].Instances);
            double each = costs[i - 1].EventsPerSecond / costs[i].EventsPerSecond;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{costs[i - 1].Routers} -> {costs[i].Routers}: time per instance and virtual hour x {growth:0.00}, events per instance x {events:0.00}, time per event x {each:0.00} (1.00 is linear)"));
        }
        return costs.Exists(static cost => cost.Violations > 0) ? 1 : 0;
    }

    public static Cost Measure(int routers, int seconds, bool withCrowd = true)
    {
        Stopwatch building = Stopwatch.StartNew();
        WorldPlan plan = Plan(routers, withCrowd);
        SimulatedWorld world = new(plan.Seed, plan.ToFiles());
        foreach (HostPlan host in plan.Hosts)
            world.AddHost(host.Name, host.Path);
        world.Wire();
        Promises promises = Promises.WatchAll(world);
        foreach (SimulatedHost host in world.Hosts)
            host.Start();
        building.Stop();
        Stopwatch watch = Stopwatch.StartNew();
        // Others may want the processor as well.
        TimeSpan before = Environment.CpuUsage.TotalTime;
        world.RunFor(Duration.FromSeconds(seconds));
        watch.Stop();
        TimeSpan processor = Environment.CpuUsage.TotalTime - before;
        promises.End();
        return new Cost(
            world.Routers.Count, world.Members.Count, world.Segments.Count, world.Hosts.Count, seconds, world.Schedule.Done, world.Segments.Sum(static segment => segment.Carried),
            promises.Looks, building.Elapsed, watch.Elapsed, processor, GC.GetTotalMemory(forceFullCollection: false), promises.Violations.Count);
    }

    /// <summary>So many virtual routers, on two fifths as many segments.</summary>
    public static WorldPlan Plan(int routers, bool withCrowd)
    {
        List<HostPlan> hosts = [];
        int segments = 0;
        int left = routers;
        for (int site = 0; left > 0; site++)
        {
            int members = site % 50 == 49 ? 16 : site % 10 == 9 ? 8 : site % 5 == 4 ? 4 : site % 5 == 3 ? 3 : 2;
            List<(int Segment, int Vrid)> here = [];
            if (site == 0 && withCrowd)
            {
                for (int vrid = 1; vrid <= Math.Min(255, left); vrid++)
                    here.Add((segments, vrid));
                segments++;
            }
            else
            {
                for (int segment = 0; segment < SegmentsPerSite && here.Count < left; segment++, segments++)
                {
                    // Five to two segments.
                    for (int vrid = 1; vrid <= 2 + segment % 2 && here.Count < left; vrid++)
                        here.Add((segments, vrid));
                }
            }
            left -= here.Count;
            for (int member = 0; member < members; member++)
            {
                hosts.Add(new HostPlan($"s{site}m{member}", [],
                [
                    .. here.Select(at => new InstancePlan(
                        $"V{at.Segment}_{at.Vrid}",
                        [
                            $"interface e{at.Segment}", $"virtual_router_id {at.Vrid}", "version 3", "advert_int 1", $"priority {250 - (member + at.Vrid) % members * 10}",
                            $"virtual_ipaddress {{ 172.{16 + at.Segment / 256}.{at.Segment % 256}.{at.Vrid}/24 }}",
                        ],
                        [])),
                ], Drift: 0, StartsAt: 0));
            }
        }
        return new WorldPlan { Seed = 1, Hosts = hosts, Faults = [], Seconds = 0 };
    }
}
