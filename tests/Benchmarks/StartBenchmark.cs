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
        table.AddSample("exec to first advertisement, priority 255", stock, ours, "0.00", "<= 5 ms");
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
