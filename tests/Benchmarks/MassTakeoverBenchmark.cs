using System.Globalization;
using System.Net;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>Many instances fail over at once: how late the last of them is, and how long the network is told where addresses are.</summary>
/// <remarks>
/// The other router is one of ours, which is killed; the deadline of an instance is Active_Down_Interval after the last advert that the kernel
/// of the router under test received for it. Gratuitous ARPs are those of the first burst: the first to the last in the three seconds after.
/// </remarks>
internal static class MassTakeoverBenchmark
{
    private const double Interval = 0.1;
    private static readonly TimeSpan s_burst = TimeSpan.FromSeconds(3);

    private sealed class Figures
    {
        public Sample Latest { get; } = new();

        public Sample Announcing { get; } = new();

        /// <summary>From the first deadline to the last gratuitous ARP: when the network knows all addresses again.</summary>
        public Sample Done { get; } = new();

        public Sample Announced { get; } = new();
    }

    public static void Run(Table table, int trials)
    {
        Compare(table, 255, 1, trials, latestGoal: 8, reference: 76);
        Compare(table, 255, 20, trials, latestGoal: 8, announcingGoal: 250, announcingReference: 1444);
        // A trial of these takes longest.
        Compare(table, 1000, 1, Math.Max(trials - 1, 1), latestGoal: 15, reference: 43);
        table.AddNoise("the kernel's own: 5,100 addresses added to one interface by `ip -batch`", AddByBatch(5100), "ms", "0");
    }

    // It looks through all addresses of an interface for each that is added: nobody announces more of them sooner.
    private static double AddByBatch(int count)
    {
        using Lab lab = new(routers: 2, connected: false);
        ManyInstances.Join(lab, instances: 1);
        string batch = Path.Combine(lab.A.Scratch, "addresses");
        File.WriteAllLines(batch, Enumerable.Range(0, count).Select(static i => $"address add 10.{10 + i / 62500}.{i / 250 % 250}.{i % 250 + 1}/32 dev eth0"));
        TimeSpan began = MonotonicClock.Now;
        lab.A.Ip("-batch", batch);
        return (MonotonicClock.Now - began).TotalMilliseconds;
    }

    private static void Compare(
        Table table, int instances, int addresses, int trials, double latestGoal, double? announcingGoal = null, double? reference = null, double? announcingReference = null)
    {
        Figures stock = Measure(Implementation.Stock, instances, addresses, trials);
        Figures ours = Measure(Implementation.Ours, instances, addresses, trials);
        string label = string.Create(CultureInfo.InvariantCulture, $"{instances:N0} instances of {(addresses == 1 ? "one address" : $"{addresses} addresses")} fail over");
        table.AddSample($"{label}: latest advert past its deadline", stock.Latest, ours.Latest, "0.0", latestGoal, reference: reference);
        table.AddSample($"{label}: first to last gratuitous ARP", stock.Announcing, ours.Announcing, "0", announcingGoal, reference: announcingReference);
        table.AddSample($"{label}: first deadline to last gratuitous ARP", stock.Done, ours.Done, "0");
        Console.Error.WriteLine($"{label}: {stock.Announced.Median} and {ours.Announced.Median} gratuitous ARPs seen of {instances * addresses * 5}");
    }

    private static Figures Measure(Implementation implementation, int instances, int addresses, int trials)
    {
        using Lab lab = new(routers: 2, connected: false);
        ManyInstances.Join(lab, instances);
        string higher = ManyInstances.Configuration(instances, 150, Interval);
        ManyInstances.Start(lab.A, implementation, ManyInstances.Configuration(instances, 100, Interval, addresses));
        Figures figures = new();
        for (int trial = 0; trial < trials; trial++)
        {
            ManyInstances.Start(lab.B, Implementation.Ours, higher);
            ManyInstances.WaitUntilHolding(lab.B, instances);
            ManyInstances.WaitUntilHolding(lab.A, 0, 0);
            // Second bursts of announcements come after five seconds.
            Thread.Sleep(TimeSpan.FromSeconds(6));
            Measure(lab, instances, figures);
        }
        return figures;
    }

    private static void Measure(Lab lab, int instances, Figures figures)
    {
        int cables = ManyInstances.CablesOf(instances);
        Observer[] watches = [.. Enumerable.Range(0, cables).Select(cable => new Observer(lab.A.Namespace, $"eth{cable}", lab.Describe, bothDirections: true))];
        Thread.Sleep(TimeSpan.FromSeconds(Interval * 5));
        lab.B.Crash();
        Thread.Sleep(s_burst + TimeSpan.FromSeconds(1));
        TimeSpan latest = TimeSpan.MinValue;
        TimeSpan deadline = TimeSpan.MaxValue;
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
                TimeSpan due = last!.At + down;
                deadline = due < deadline ? due : deadline;
                TimeSpan late = first.At - due;
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
        figures.Done.Add(announced.Max() - deadline);
    }
}
