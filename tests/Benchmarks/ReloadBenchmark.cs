using System.Globalization;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>A reload of a MASTER that advertises every ten milliseconds: how long, at which cost, and how late its advertisements come.</summary>
internal static class ReloadBenchmark
{
    private const int SIGHUP = 1;
    private const int Reloads = 9;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_around = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_settling = TimeSpan.FromMilliseconds(30);

    /// <param name="Times">From the first line of the log to the last.</param>
    /// <param name="Costs">CPU time beyond what it uses anyway.</param>
    /// <param name="Gaps">The longest time between two advertisements of one router, while it reloads.</param>
    /// <param name="GapsBefore">The same, while it does nothing but advertise: what this machine adds.</param>
    private sealed record Figures(Sample Times, Sample Costs, Sample Gaps, Sample GapsBefore)
    {
        public Figures()
            : this(new Sample(), new Sample(), new Sample(), new Sample())
        {
        }
    }

    public static void Run(Table table)
    {
        Compare(table, 1, 10.5, 12.4);
        Compare(table, 255, 11, 18.1);
    }

    private static void Compare(Table table, int instances, double gapGoal, double gapReference)
    {
        (Figures stock, Figures stockChanged) = Measure(Implementation.Stock, instances);
        (Figures ours, Figures oursChanged) = Measure(Implementation.Ours, instances);
        string label = $"reload, {instances} at 0.01 s, nothing changed";
        if (instances > 1)
        {
            table.Add($"{label}: time", Measured.MedianOf(stock.Times), Measured.MedianOf(ours.Times), "ms", "0.0", 4, 9);
            table.Add($"{label}: CPU", Measured.MedianOf(stock.Costs), Measured.MedianOf(ours.Costs), "ms", "0.0", 15, 59);
        }
        table.AddSample($"{label}: longest interval", stock.Gaps, ours.Gaps, "0.00", gapGoal, reference: gapReference);
        table.Add(
            $"{label}: longest interval before, on this machine, median", Measured.MedianOf(stock.GapsBefore), Measured.MedianOf(ours.GapsBefore), "ms", "0.00",
            better: Better.Neither);
        if (instances > 1)
            table.AddSample($"reload, one of {instances} changed: longest interval of the others", stockChanged.Gaps, oursChanged.Gaps, "0.00");
    }

    private static (Figures Unchanged, Figures Changed) Measure(Implementation implementation, int instances)
    {
        using Lab lab = new(routers: 2, connected: false);
        ManyInstances.Join(lab, instances);
        string configuration = ManyInstances.Configuration(instances, 150, 0.01, globals: "vrrp_garp_master_repeat 1\nvrrp_garp_master_delay 0");
        ManyInstances.Start(lab.A, implementation, configuration);
        ManyInstances.WaitUntilHolding(lab.A, instances);
        using Observer watch = new(lab.B.Namespace, "eth0", lab.Describe, bothDirections: true);
        // Ours collects the garbage of its start after twelve seconds.
        Thread.Sleep(TimeSpan.FromSeconds(13));
        int[] processes = lab.A.Processes();
        Figures unchanged = new();
        for (int i = 0; i < Reloads; i++)
            Reload(lab, watch, processes, unchanged, static _ => true);
        Figures changed = new();
        for (int i = 0; i < Reloads && instances > 1; i++)
        {
            File.WriteAllText(lab.A.ConfigurationFile, Change(configuration, 151 + i));
            // The first one is what changes.
            Reload(lab, watch, processes, changed, static vrid => vrid != 1);
        }
        return (unchanged, changed);
    }

    private static void Reload(Lab lab, Observer watch, int[] processes, Figures figures, Predicate<byte> counts)
    {
        int from = watch.Adverts.Count;
        int line = lab.A.Daemon.Log.Count;
        double idle = Cpu(processes, s_around);
        figures.GapsBefore.Add(LongestGap(watch, from, counts));
        from = watch.Adverts.Count;
        // What it does anyway differs from moment to moment: the less of it there is around the reload, the better.
        Thread.Sleep(s_settling);
        double before = ProcessFigures.CpuNanoseconds(processes);
        TimeSpan begun = MonotonicClock.Now;
        LogEntry complete = Reload(lab.A, line);
        Thread.Sleep(s_settling);
        double used = (ProcessFigures.CpuNanoseconds(processes) - before) / 1e6 - idle * (MonotonicClock.Now - begun).TotalMilliseconds;
        figures.Costs.Add(Math.Max(0, used));
        LogEntry start = lab.A.Daemon.LogMatches("Reloading \\.\\.\\.", line)[0];
        figures.Times.Add(complete.At - start.At);
        Thread.Sleep(s_around);
        figures.Gaps.Add(LongestGap(watch, from, counts));
    }

    private static double LongestGap(Observer watch, int from, Predicate<byte> counts)
    {
        double longest = 0;
        foreach (IGrouping<byte, Advert> router in watch.Adverts.Snapshot(from).Where(advert => counts(advert.Vrid)).GroupBy(static advert => advert.Vrid))
        {
            Advert[] adverts = [.. router];
            for (int i = 1; i < adverts.Length; i++)
                longest = Math.Max(longest, (adverts[i].At - adverts[i - 1].At).TotalMilliseconds);
        }
        return longest;
    }

    // The first priority in the file is that of VRID 1.
    private static string Change(string configuration, int priority)
    {
        int at = configuration.IndexOf("priority 150", StringComparison.Ordinal);
        return $"{configuration[..at]}priority {priority}{configuration[(at + "priority 150".Length)..]}";
    }

    private static LogEntry Reload(Router router, int from)
    {
        router.Daemon.Signal(SIGHUP);
        return router.Daemon.WaitForLog("Reload complete", s_limit, from);
    }

    // Of each millisecond, in milliseconds.
    private static double Cpu(int[] processes, TimeSpan time)
    {
        double before = ProcessFigures.CpuNanoseconds(processes);
        TimeSpan begin = MonotonicClock.Now;
        Thread.Sleep(time);
        return (ProcessFigures.CpuNanoseconds(processes) - before) / 1e6 / (MonotonicClock.Now - begin).TotalMilliseconds;
    }
}
