using System.Net;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>A MASTER that is killed and started again at once, as an init system does, before its peer has taken over.</summary>
internal static class RestartBenchmark
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(15);
    private static readonly VrrpConfiguration s_configuration = new() { Priority = 150, AdvertSeconds = 1 };

    public static void Run(Table table, int trials)
    {
        Sample stock = new();
        Sample ours = new();
        for (int i = 0; i < trials; i++)
        {
            stock.Add(Measure(Implementation.Stock));
            ours.Add(Measure(Implementation.Ours));
        }
        table.AddSample("killed, and started again at once: exec to the next advertisement, with the address held", stock, ours, "0.0", 50);
    }

    private static TimeSpan Measure(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        using Observer watch = lab.A.Watch();
        lab.A.Start(implementation, s_configuration);
        watch.WaitForAdvert(lab.A.Address, s_limit);
        // Not in the moment of an advertisement, and not before all that follows a takeover is over.
        Thread.Sleep(TimeSpan.FromSeconds(1.5));
        int seen = watch.Adverts.Count;
        lab.A.Crash();
        lab.A.Start(implementation, s_configuration);
        Advert next = watch.Adverts.WaitFor("an advertisement of the next process", static advert => advert.Priority != 0, s_limit, seen);
        lab.A.Addresses.WaitFor(IPAddress.Parse(VrrpConfiguration.DefaultAddress), present: true, s_limit);
        TimeSpan taken = next.At - lab.A.Daemon.ExecutedAt;
        lab.A.Stop();
        return taken;
    }
}
