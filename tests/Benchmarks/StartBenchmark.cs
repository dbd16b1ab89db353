using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>From execve to the first advertisement of an address owner.</summary>
internal static class StartBenchmark
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    public static void Run(Table table, int trials)
    {
        Sample stock = new();
        Sample ours = new();
        using Lab lab = new(routers: 1);
        using Observer watch = lab.A.Watch();
        for (int i = 0; i < trials; i++)
        {
            stock.Add(Measure(lab.A, watch, Implementation.Stock));
            ours.Add(Measure(lab.A, watch, Implementation.Ours));
        }
        table.AddSample("exec to first advertisement, priority 255", stock, ours, "0.00", 5, reference: 10);
        CompareMany(table, Math.Max(trials / 4, 1));
    }

    private static void CompareMany(Table table, int trials)
    {
        const int Owners = 255;
        using Lab lab = new(routers: 2, connected: false);
        ManyInstances.Join(lab, Owners);
        string configuration = ManyInstances.Configuration(Owners, priority: 255, interval: 1);
        (Sample First, Sample Last) stock = (new(), new());
        (Sample First, Sample Last) ours = (new(), new());
        for (int i = 0; i < trials; i++)
        {
            MeasureMany(lab.A, Implementation.Stock, configuration, Owners, stock);
            MeasureMany(lab.A, Implementation.Ours, configuration, Owners, ours);
        }
        table.AddSample("255 owners: exec to the first advertisement", stock.First, ours.First, "0.0", 6, reference: 17);
        table.AddSample("255 owners: exec to the last first advertisement", stock.Last, ours.Last, "0.0", 25, reference: 86);
    }

    private static void MeasureMany(Router router, Implementation implementation, string configuration, int owners, (Sample First, Sample Last) figures)
    {
        using Observer watch = new(router.Namespace, "eth0", static () => "", bothDirections: true);
        ManyInstances.Start(router, implementation, configuration);
        Thread.Sleep(TimeSpan.FromSeconds(3));
        TimeSpan[] firsts = [.. watch.Adverts.Snapshot().GroupBy(static advert => advert.Vrid).Select(static adverts => adverts.Min(static advert => advert.At))];
        if (firsts.Length != owners)
            throw new LabException($"{firsts.Length} of {owners} owners have spoken");
        figures.First.Add(firsts.Min() - router.Daemon.ExecutedAt);
        figures.Last.Add(firsts.Max() - router.Daemon.ExecutedAt);
        router.Stop();
        ManyInstances.WaitUntilHolding(router, 0, 0);
    }

    private static TimeSpan Measure(Router router, Observer watch, Implementation implementation)
    {
        int seen = watch.Adverts.Count;
        router.Start(implementation, new VrrpConfiguration { Priority = 255, AdvertSeconds = 1 });
        Advert first = watch.Adverts.WaitFor("the first advert", _ => true, s_limit, seen);
        TimeSpan elapsed = first.At - router.Daemon.ExecutedAt;
        Thread.Sleep(100);
        // Stopped and not killed: a stale pid file would be measured too.
        router.Stop();
        Thread.Sleep(50);
        return elapsed;
    }
}
