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
        double stock = Measure(Implementation.Stock, adverts, seconds, out double stockGap);
        double ours = Measure(Implementation.Ours, adverts, seconds, out double oursGap);
        table.Add($"{PerSecond.ToString("N0", CultureInfo.InvariantCulture)}/s, CPU time for each {what}", stock, ours, "us");
        table.Add($"meanwhile, the longest between two adverts (interval 200 ms), {what}", stockGap, oursGap, "ms", "0");
    }

    /// <param name="gap">Milliseconds between two adverts, at the worst.</param>
    /// <returns>Microseconds for each packet.</returns>
    private static double Measure(Implementation implementation, IReadOnlyList<CraftedAdvert> adverts, int seconds, out double gap)
    {
        VrrpConfiguration configuration = new() { Priority = 150 };
        using Lab lab = new(routers: 1);
        File.WriteAllText(lab.A.ConfigurationFile, configuration);
        lab.A.StartAs(Binaries.PathOf(implementation), "-n", "-l", "-f", lab.A.ConfigurationFile);
        Advert first = lab.Observer.WaitForAdvert(lab.A.Address, TimeSpan.FromSeconds(10));
        // Its second burst of gratuitous ARP, and what is collected after a start.
        Thread.Sleep(TimeSpan.FromSeconds(13));
        int[] processes = lab.A.Processes();
        double before = Cpu(processes);
        TimeSpan begun = MonotonicClock.Now;
        long sent = lab.Sender.Flood(adverts, PerSecond, TimeSpan.FromSeconds(seconds));
        double used = Cpu(processes) - before;
        TimeSpan[] sentAt = [begun, .. lab.Observer.Adverts.Snapshot()
            .Where(advert => advert.Source.Equals(first.Source) && advert.At > begun).Select(static advert => advert.At), MonotonicClock.Now];
        gap = sentAt.Zip(sentAt.Skip(1), static (earlier, later) => later - earlier).Max().TotalMilliseconds;
        return used / sent / 1000;
    }

    private static double Cpu(int[] processes)
        => processes.SelectMany(process => Directory.GetDirectories($"/proc/{process}/task"))
            .Sum(task => double.Parse(File.ReadAllText($"{task}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture));
}
