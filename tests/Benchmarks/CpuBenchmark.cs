using System.Globalization;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>What a MASTER and a BACKUP of many instances cost: CPU time as the kernel accounts it, in percent of one processor.</summary>
internal static class CpuBenchmark
{
    public const int Windows = 5;

    private sealed record Load(Sample Master, Sample Backup);

    /// <param name="table">Where the figures go.</param>
    /// <param name="seconds">Of each of <see cref="Windows"/> windows.</param>
    public static void Run(Table table, int seconds)
    {
        Compare(table, 255, 0.1, seconds, (7, 11.6), (2, 3.1));
        Compare(table, 255, 0.01, seconds, (35, 61), (13, 22));
        Compare(table, 1000, 1, seconds * 2, (1.6, 2.6), (0.6, 1.0));
    }

    private static void Compare(Table table, int instances, double interval, int seconds, (double Goal, double Reference) master, (double Goal, double Reference) backup)
    {
        // One after the other: two processors are few for four daemons, and CPU time does not tell who had to wait.
        Load stock = Measure(Implementation.Stock, instances, interval, seconds);
        Load ours = Measure(Implementation.Ours, instances, interval, seconds);
        string label = string.Create(CultureInfo.InvariantCulture, $"CPU, {instances:N0} instances at {interval} s");
        table.Add($"{label}: MASTER", Measured.MedianOf(stock.Master), Measured.MedianOf(ours.Master), "%", "0.00", master.Goal, master.Reference);
        table.Add($"{label}: BACKUP", Measured.MedianOf(stock.Backup), Measured.MedianOf(ours.Backup), "%", "0.00", backup.Goal, backup.Reference);
    }

    private static Load Measure(Implementation implementation, int instances, double interval, int seconds)
    {
        using Lab lab = new(routers: 2, connected: false);
        ManyInstances.Join(lab, instances);
        ManyInstances.Start(lab.A, implementation, Configuration(instances, interval, 150));
        ManyInstances.WaitUntilHolding(lab.A, instances);
        ManyInstances.Start(lab.B, implementation, Configuration(instances, interval, 100));
        // Second bursts of gratuitous ARP come after five seconds, and ours collects the garbage of its start after twelve.
        Thread.Sleep(TimeSpan.FromSeconds(13));
        int[] masters = lab.A.Processes();
        int[] backups = lab.B.Processes();
        Load load = new(new Sample(), new Sample());
        for (int window = 0; window < Windows; window++)
        {
            (double master, double backup) = (ProcessFigures.CpuNanoseconds(masters), ProcessFigures.CpuNanoseconds(backups));
            TimeSpan begin = MonotonicClock.Now;
            Thread.Sleep(TimeSpan.FromSeconds(seconds));
            double elapsed = (MonotonicClock.Now - begin).TotalNanoseconds;
            load.Master.Add((ProcessFigures.CpuNanoseconds(masters) - master) / elapsed * 100);
            load.Backup.Add((ProcessFigures.CpuNanoseconds(backups) - backup) / elapsed * 100);
        }
        int takeovers = ManyInstances.Held(lab.B);
        if (takeovers > 0)
            throw new LabException($"{implementation}: {takeovers} of {instances} were taken over, the machine is too busy");
        return load;
    }

    private static string Configuration(int instances, double interval, int priority)
        => ManyInstances.Configuration(instances, priority, interval, globals: "vrrp_garp_master_repeat 1");
}
