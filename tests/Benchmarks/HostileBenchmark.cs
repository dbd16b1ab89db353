using System.Globalization;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>What a MASTER pays for each malformed packet, when 50,000 a second come.</summary>
internal static class HostileBenchmark
{
    private const int PerSecond = 50_000;

    public static void Run(Table table, int seconds)
    {
        // Of its VRID, which are refused, and of all others, which are not for it.
        Compare(table, "malformed packet", HostileAdverts.Malformed, seconds);
        Compare(table, "packet of another router", [.. Enumerable.Range(60, 100).Select(vrid => HostileAdverts.Strong with { Vrid = (byte)vrid })], seconds);
    }

    private static void Compare(Table table, string what, IReadOnlyList<CraftedAdvert> adverts, int seconds)
    {
        Sample stock = Measure(Implementation.Stock, adverts, seconds, out double stockGap);
        Sample ours = Measure(Implementation.Ours, adverts, seconds, out double oursGap);
        table.Add($"{PerSecond.ToString("N0", CultureInfo.InvariantCulture)}/s, CPU time for each {what}", Measured.MedianOf(stock), Measured.MedianOf(ours), "us");
        table.Add($"meanwhile, the longest between two adverts (interval 200 ms), {what}", stockGap, oursGap, "ms", "0", isWorst: true);
    }

    /// <param name="gap">Milliseconds between two adverts, at the worst.</param>
    /// <returns>Microseconds for each packet, of each second.</returns>
    private static Sample Measure(Implementation implementation, IReadOnlyList<CraftedAdvert> adverts, int seconds, out double gap)
    {
        VrrpConfiguration configuration = new() { Priority = 150 };
        using Lab lab = new(routers: 1);
        File.WriteAllText(lab.A.ConfigurationFile, configuration);
        lab.A.StartAs(Binaries.PathOf(implementation), "-n", "-l", "-f", lab.A.ConfigurationFile);
        Advert first = lab.Observer.WaitForAdvert(lab.A.Address, TimeSpan.FromSeconds(10));
        // Its second burst of gratuitous ARP, and what is collected after a start.
        Thread.Sleep(TimeSpan.FromSeconds(13));
        int[] processes = lab.A.Processes();
        TimeSpan begun = MonotonicClock.Now;
        Sample costs = new();
        for (int second = 0; second < seconds; second++)
        {
            double before = ProcessFigures.CpuNanoseconds(processes);
            long sent = lab.Sender.Flood(adverts, PerSecond, TimeSpan.FromSeconds(1));
            costs.Add((ProcessFigures.CpuNanoseconds(processes) - before) / sent / 1000);
        }
        TimeSpan[] sentAt = [begun, .. lab.Observer.Adverts.Snapshot()
            .Where(advert => advert.Source.Equals(first.Source) && advert.At > begun).Select(static advert => advert.At), MonotonicClock.Now];
        gap = sentAt.Zip(sentAt.Skip(1), static (earlier, later) => later - earlier).Max().TotalMilliseconds;
        return costs;
    }
}
