using System.Globalization;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>What an idle MASTER costs: all its processes, after the second burst of gratuitous ARP.</summary>
internal static class MemoryBenchmark
{
    // Second bursts of gratuitous ARP come after five seconds, and ours collects the garbage of its start after twelve.
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(14);

    private sealed record Footprint(double Rss, double Pss, double Private, int Processes, int Threads, Sample CpuMillisecondsPerMinute);

    public static void Run(Table table, int cpuSeconds)
    {
        Compare(table, 1, 3, 6.5, cpuSeconds);
        Compare(table, 10);
        Compare(table, 255, 4.5, 6.6);
        Compare(table, 1000, 7, 7.8);
    }

    private static void Compare(Table table, int instances, double? goal = null, double? reference = null, int cpuSeconds = 0)
    {
        // Both at once: they share no page with each other. Two of one kind would.
        (Footprint stock, Footprint ours) = SideBySide.Run(
            () => Measure(Implementation.Stock, instances, cpuSeconds), () => Measure(Implementation.Ours, instances, cpuSeconds));
        string label = string.Create(CultureInfo.InvariantCulture, $"{instances:N0} {(instances == 1 ? "instance" : "instances")}");
        table.Add($"{label}{MemoryChart.Suffix}", stock.Pss, ours.Pss, "MB", goal: goal, reference: reference);
        table.Add($"{label}: RSS", stock.Rss, ours.Rss, "MB");
        table.Add($"{label}: private memory", stock.Private, ours.Private, "MB");
        if (cpuSeconds == 0)
            return;
        table.Add("idle MASTER: processes", stock.Processes, ours.Processes, "", "0", 1);
        table.Add("idle MASTER: threads", stock.Threads, ours.Threads, "", "0", 2);
        table.Add(
            "idle MASTER: CPU time per minute", Measured.MedianOf(stock.CpuMillisecondsPerMinute), Measured.MedianOf(ours.CpuMillisecondsPerMinute), "ms", "0.0");
    }

    private static Footprint Measure(Implementation implementation, int instances, int cpuSeconds)
    {
        using Lab lab = new(routers: 2, connected: false);
        ManyInstances.Join(lab, instances);
        ManyInstances.Start(lab.A, implementation, ManyInstances.Configuration(instances, 200, interval: 1));
        ManyInstances.WaitUntilHolding(lab.A, instances);
        Thread.Sleep(s_settling);
        int[] processes = lab.A.Processes();
        Sample cpu = new();
        for (int window = 0; window < CpuBenchmark.Windows && cpuSeconds > 0; window++)
        {
            double before = ProcessFigures.CpuNanoseconds(processes);
            Thread.Sleep(TimeSpan.FromSeconds(cpuSeconds));
            cpu.Add((ProcessFigures.CpuNanoseconds(processes) - before) / 1e6 * 60 / cpuSeconds);
        }
        return new Footprint(
            ProcessFigures.RssMegabytes(processes), ProcessFigures.PssMegabytes(processes), ProcessFigures.PrivateMegabytes(processes),
            processes.Length, ProcessFigures.Threads(processes), cpu);
    }
}
