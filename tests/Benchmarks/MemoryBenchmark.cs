using System.Globalization;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>What an idle MASTER with one instance costs: all its processes, after the second GARP burst.</summary>
internal static class MemoryBenchmark
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

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
    }

    private static Footprint Measure(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(implementation, new VrrpConfiguration { Priority = 255, AdvertSeconds = 1 });
        lab.Observer.WaitForAdvert(lab.A.Address, s_limit);
        Thread.Sleep(TimeSpan.FromSeconds(7));
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
