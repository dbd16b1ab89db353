using System.Globalization;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>What a MASTER and a BACKUP of many instances cost: CPU time as the kernel accounts it, in percent of one processor.</summary>
internal static class CpuBenchmark
{
    private sealed record Load(double Master, double Backup);

    public static void Run(Table table, int seconds)
    {
        Compare(table, 255, 0.1, seconds, "<= 7 %", "<= 2 %");
        Compare(table, 255, 0.01, seconds, "<= 35 %", "<= 13 %");
        Compare(table, 1000, 1, seconds * 2, "<= 1.6 %", "<= 0.6 %");
    }

    private static void Compare(Table table, int instances, double interval, int seconds, string masterGoal, string backupGoal)
    {
        // One after the other: two processors are few for four daemons, and CPU time does not tell who had to wait.
        Load stock = Measure(Implementation.Stock, instances, interval, seconds);
        Load ours = Measure(Implementation.Ours, instances, interval, seconds);
        string label = string.Create(CultureInfo.InvariantCulture, $"CPU, {instances} instances at {interval} s");
        table.Add($"{label}: MASTER", stock.Master, ours.Master, "%", "0.00", masterGoal);
        table.Add($"{label}: BACKUP", stock.Backup, ours.Backup, "%", "0.00", backupGoal);
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
        (double master, double backup) = (Cpu(masters), Cpu(backups));
        TimeSpan begin = MonotonicClock.Now;
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        double elapsed = (MonotonicClock.Now - begin).TotalNanoseconds;
        Load load = new((Cpu(masters) - master) / elapsed * 100, (Cpu(backups) - backup) / elapsed * 100);
        int takeovers = ManyInstances.Held(lab.B);
        if (takeovers > 0)
            Console.Error.WriteLine($"{implementation}: {takeovers} of {instances} were taken over, the figures are not to be trusted");
        return load;
    }

    private static string Configuration(int instances, double interval, int priority)
        => ManyInstances.Configuration(instances, priority, interval, globals: "vrrp_garp_master_repeat 1");

    private static double Cpu(int[] processes)
        => processes.SelectMany(process => Directory.GetDirectories($"/proc/{process}/task"))
            .Sum(task => double.Parse(File.ReadAllText($"{task}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture));
}
