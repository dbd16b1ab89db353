using System.Globalization;
using System.Net;
using System.Text;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>Many instances fail over at once: how late the last of them is, and how long the network is told where addresses are.</summary>
/// <remarks>
/// The other router is one of ours, which is killed; the deadline of an instance is Active_Down_Interval after the last advert that the kernel
/// of the router under test received for it. Gratuitous ARPs are those of the first burst: the first to the last in the three seconds after.
/// </remarks>
internal static class MassTakeoverBenchmark
{
    private const int InstancesPerCable = 255;
    private const double Interval = 0.1;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_burst = TimeSpan.FromSeconds(3);

    private sealed class Figures
    {
        public Sample Latest { get; } = new();

        public Sample Announcing { get; } = new();

        public Sample Announced { get; } = new();
    }

    public static void Run(Table table, int trials)
    {
        Compare(table, 255, 1, trials, "<= 8 ms", "");
        Compare(table, 255, 20, trials, "<= 8 ms", "<= 250 ms");
        Compare(table, 1000, 1, trials, "<= 15 ms", "");
    }

    private static void Compare(Table table, int instances, int addresses, int trials, string latestGoal, string announcingGoal)
    {
        Figures stock = Measure(Implementation.Stock, instances, addresses, trials);
        Figures ours = Measure(Implementation.Ours, instances, addresses, trials);
        string label = string.Create(CultureInfo.InvariantCulture, $"{instances} instances of {addresses} addresses fail over");
        table.AddSample($"{label}: latest advert past its deadline", stock.Latest, ours.Latest, "0.0", latestGoal, "");
        table.AddSample($"{label}: first to last gratuitous ARP", stock.Announcing, ours.Announcing, "0", announcingGoal, "");
        Console.Error.WriteLine($"{label}: {stock.Announced.Median} and {ours.Announced.Median} gratuitous ARPs seen of {instances * addresses * 5}");
    }

    private static Figures Measure(Implementation implementation, int instances, int addresses, int trials)
    {
        using Lab lab = new(routers: 2, connected: false);
        int cables = (instances + InstancesPerCable - 1) / InstancesPerCable;
        StringBuilder script = new();
        for (int cable = 0; cable < cables; cable++)
        {
            script.AppendLine($"ip link add eth{cable} netns {lab.A.Namespace} type veth peer name eth{cable} netns {lab.B.Namespace}");
            foreach (Router router in lab.Routers)
            {
                script.AppendLine($"ip -n {router.Namespace} address add 10.9.{cable}.{router.Number}/24 dev eth{cable}");
                script.AppendLine($"ip -n {router.Namespace} link set eth{cable} up");
            }
        }
        Shell.Script(script.ToString());
        File.WriteAllText(lab.A.ConfigurationFile, Configuration(instances, addresses, 100));
        File.WriteAllText(lab.B.ConfigurationFile, Configuration(instances, 1, 150));
        lab.A.StartAs(Binaries.PathOf(implementation), "-n", "-l", "-f", lab.A.ConfigurationFile);
        Figures figures = new();
        for (int trial = 0; trial < trials; trial++)
        {
            lab.B.StartAs(Binaries.PathOf(Implementation.Ours), "-n", "-l", "-f", lab.B.ConfigurationFile);
            WaitForBackup(lab, instances);
            Measure(lab, instances, cables, figures);
        }
        return figures;
    }

    private static void Measure(Lab lab, int instances, int cables, Figures figures)
    {
        Observer[] watches = [.. Enumerable.Range(0, cables).Select(cable => new Observer(lab.A.Namespace, $"eth{cable}", lab.Describe, bothDirections: true))];
        Thread.Sleep(TimeSpan.FromSeconds(Interval * 5));
        lab.B.Crash();
        Thread.Sleep(s_burst + TimeSpan.FromSeconds(1));
        TimeSpan latest = TimeSpan.MinValue;
        int seen = 0;
        List<TimeSpan> announced = [];
        for (int cable = 0; cable < cables; cable++)
        {
            IPAddress own = IPAddress.Parse($"10.9.{cable}.{lab.A.Number}");
            TimeSpan down = TimeSpan.FromSeconds(Interval) * 3 + TimeSpan.FromSeconds(Interval) * (256 - 100) / 256;
            foreach (IGrouping<byte, Advert> adverts in watches[cable].Adverts.Snapshot().GroupBy(static advert => advert.Vrid))
            {
                Advert? last = adverts.LastOrDefault(advert => !advert.Source.Equals(own));
                Advert first = adverts.FirstOrDefault(advert => last is not null && advert.Source.Equals(own) && advert.At > last.At)
                    ?? throw new LabException($"instance {adverts.Key} did not change over: the machine is too busy");
                TimeSpan late = first.At - last!.At - down;
                latest = late > latest ? late : latest;
                seen++;
            }
            announced.AddRange(watches[cable].Announcements.Snapshot().Select(static announcement => announcement.At));
        }
        foreach (Observer watch in watches)
            watch.Dispose();
        if (seen != instances)
            throw new LabException($"{seen} of {instances} instances were seen");
        figures.Latest.Add(latest);
        figures.Announced.Add(announced.Count);
        figures.Announcing.Add(announced.Max() - announced.Min());
    }

    // All of B are MASTER, and A has given everything up.
    private static void WaitForBackup(Lab lab, int instances)
    {
        TimeSpan limit = MonotonicClock.Now + s_limit;
        while (Held(lab.B) < instances || Held(lab.A) > 0)
        {
            if (MonotonicClock.Now > limit || lab.A.Daemon.HasExited)
                throw new LabException($"{Held(lab.B)} of {instances} instances became MASTER, {Held(lab.A)} addresses stayed");
            Thread.Sleep(250);
        }
        // Second bursts of announcements come after five seconds.
        Thread.Sleep(TimeSpan.FromSeconds(6));
    }

    private static int Held(Router router)
        => router.Ip("-o", "-4", "address", "show").Split('\n').Count(static line => line.Contains(" 10.1", StringComparison.Ordinal));

    private static string Configuration(int instances, int addresses, int priority)
    {
        StringBuilder text = new("global_defs {\n    vrrp_version 3\n}\n");
        for (int i = 0; i < instances; i++)
        {
            int cable = i / InstancesPerCable;
            int vrid = i % InstancesPerCable + 1;
            text.Append(string.Create(CultureInfo.InvariantCulture, $$"""
                vrrp_instance I{{i}} {
                    interface eth{{cable}}
                    virtual_router_id {{vrid}}
                    priority {{priority}}
                    advert_int {{Interval}}
                    {{(addresses == 1 ? "" : "skip_check_adv_addr")}}
                    virtual_ipaddress {
                        10.{{10 + cable}}.0.{{vrid}}
                    }
                    virtual_ipaddress_excluded {

                """));
            for (int extra = 1; extra < addresses; extra++)
                text.Append(CultureInfo.InvariantCulture, $"        10.{10 + cable}.{extra}.{vrid}\n");
            text.Append("    }\n}\n");
        }
        return text.ToString().Replace("    virtual_ipaddress_excluded {\n    }\n", "", StringComparison.Ordinal);
    }
}
