using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>How evenly a MASTER advertises every ten milliseconds.</summary>
internal static class CadenceBenchmark
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    private sealed record Cadence(double MedianMilliseconds, double PerSecond, double WorstMilliseconds);

    public static void Run(Table table, int seconds)
    {
        (Cadence stock, Cadence ours) = SideBySide.Run(
            () => Measure(Implementation.Stock, seconds), () => Measure(Implementation.Ours, seconds));
        string label = $"adverts of 0.01 s over {seconds} s";
        table.Add($"{label}: median interval", stock.MedianMilliseconds, ours.MedianMilliseconds, "ms", "0.000", "10.00 ms");
        table.Add($"{label}: longest interval", stock.WorstMilliseconds, ours.WorstMilliseconds, "ms", "0.000");
        table.Add($"{label}: adverts per second", stock.PerSecond, ours.PerSecond, "", "0.00", "100.0");
    }

    private static Cadence Measure(Implementation implementation, int seconds)
    {
        using Lab lab = new(routers: 1);
        using Observer watch = lab.A.Watch();
        lab.A.Start(implementation, new VrrpConfiguration { Priority = 255, AdvertSeconds = 0.01 });
        watch.WaitForAdvert(lab.A.Address, s_limit);
        Thread.Sleep(TimeSpan.FromSeconds(1));
        int from = watch.Adverts.Count;
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        TimeSpan[] times = [.. watch.Adverts.Snapshot(from).Select(advert => advert.At)];
        Sample intervals = new();
        for (int i = 1; i < times.Length; i++)
            intervals.Add(times[i] - times[i - 1]);
        return new Cadence(intervals.Median, (times.Length - 1) / (times[^1] - times[0]).TotalSeconds, intervals.Worst);
    }
}
