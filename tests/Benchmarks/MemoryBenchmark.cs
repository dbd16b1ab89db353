using System.Globalization;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>What an idle MASTER costs: all its processes, after the second burst of gratuitous ARP.</summary>
internal static class MemoryBenchmark
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    // Second bursts of gratuitous ARP come after five seconds, and ours collects the garbage of its start after twelve.
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(14);

    private sealed record Footprint(double Rss, double Pss, int Processes, int Threads, double CpuMillisecondsPerMinute);

    public static void Run(Table table)
    {
        // One after the other: pages that a second process of the same kind shares would be counted half.
        Footprint stock = Measure(Implementation.Stock);
        Footprint ours = Measure(Implementation.Ours);
        table.Add("idle MASTER: RSS", stock.Rss, ours.Rss, "MB");
        table.Add("idle MASTER: PSS", stock.Pss, ours.Pss, "MB", goal: "<= 3.0 MB");
        table.Add("idle MASTER: processes", stock.Processes, ours.Processes, "", "0", "1");
        table.Add("idle MASTER: threads", stock.Threads, ours.Threads, "", "0", "2");
        table.Add("idle MASTER: CPU time per minute", stock.CpuMillisecondsPerMinute, ours.CpuMillisecondsPerMinute, "ms", "0");
        table.Add("idle MASTER of 255 instances: PSS", MeasureMany(Implementation.Stock, 255), MeasureMany(Implementation.Ours, 255), "MB", goal: "<= 4.5 MB");
        table.Add("idle MASTER of 1,000 instances: PSS", MeasureMany(Implementation.Stock, 1000), MeasureMany(Implementation.Ours, 1000), "MB", goal: "<= 7 MB");
    }

    private static double MeasureMany(Implementation implementation, int instances)
    {
        using Lab lab = new(routers: 2, connected: false);
        ManyInstances.Join(lab, instances);
        ManyInstances.Start(lab.A, implementation, ManyInstances.Configuration(instances, 200, interval: 1));
        ManyInstances.WaitUntilHolding(lab.A, instances);
        Thread.Sleep(s_settling);
        return lab.A.Processes().Sum(process => Field(process, "Pss:")) / 1000;
    }

    private static Footprint Measure(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(implementation, new VrrpConfiguration { Priority = 255, AdvertSeconds = 1 });
        lab.Observer.WaitForAdvert(lab.A.Address, s_limit);
        Thread.Sleep(s_settling);
        int[] processes = lab.A.Processes();
        double cpu = processes.Sum(CpuNanoseconds);
        TimeSpan window = TimeSpan.FromSeconds(10);
        Thread.Sleep(window);
        cpu = processes.Sum(CpuNanoseconds) - cpu;
        return new Footprint(
            processes.Sum(process => Field(process, "Rss:")) / 1000,
            processes.Sum(process => Field(process, "Pss:")) / 1000,
            processes.Length,
            processes.Sum(process => Directory.GetDirectories($"/proc/{process}/task").Length),
            cpu / 1e6 * (60 / window.TotalSeconds));
    }

    /// <summary>In kB as the kernel counts them: 1024 bytes.</summary>
    private static double Field(int process, string name)
        => File.ReadLines($"/proc/{process}/smaps_rollup").Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1.024).Sum();

    private static double CpuNanoseconds(int process)
        => Directory.GetDirectories($"/proc/{process}/task")
            .Sum(task => double.Parse(File.ReadAllText($"{task}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture));
}
