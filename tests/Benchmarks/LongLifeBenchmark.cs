using System.Globalization;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>Whether memory and descriptors grow: after what happens to a router in a day, and after thousands of reloads.</summary>
/// <remarks>
/// The day is compressed. A router of 1 s adverts sends 86,400 in 24 hours; here twenty instances send every ten milliseconds until they have
/// sent as many, the link is lost and comes back 24 times meanwhile (all instances give up their addresses and take them again), and each
/// time the configuration is read again.
/// </remarks>
internal static class LongLifeBenchmark
{
    private const int Instances = 20;
    private const double Interval = 0.01;
    private const int Hours = 24;
    private const int AdvertsOfDay = 86_400;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(14);

    private sealed record Memory(double Anonymous, double Rss, int Descriptors);

    private sealed record Life(Memory Start, Memory Day, Memory Reloads, int Done, double MillisecondsOfReload);

    /// <param name="table">Where the figures go.</param>
    /// <param name="part">How much of a day: 1 is all of it.</param>
    /// <param name="reloads">How many, at most.</param>
    /// <param name="limit">Of the time that they may take; the figures say how many there were.</param>
    public static void Run(Table table, double part, int reloads, TimeSpan limit)
    {
        // Both at once, on segments of their own: memory is measured, and nothing else.
        (Life stock, Life ours) = SideBySide.Run(
            () => Live(Implementation.Stock, part, reloads, limit), () => Live(Implementation.Ours, part, reloads, limit));
        string day = part < 1 ? string.Create(CultureInfo.InvariantCulture, $"{Hours * part:0.#} hours") : "24 hours";
        Add(table, "after the start", stock.Start, ours.Start);
        Add(table, $"after {day} (compressed)", stock.Day, ours.Day);
        string done = stock.Done == ours.Done ? Count(ours.Done) : $"{Count(stock.Done)} and {Count(ours.Done)}";
        Add(table, $"after {done} more reloads", stock.Reloads, ours.Reloads);
        table.Add("long life: grown in all, anonymous memory", Math.Max(0, stock.Reloads.Anonymous - stock.Start.Anonymous), Math.Max(0, ours.Reloads.Anonymous - ours.Start.Anonymous), "MB", isDetail: true);
        table.Add("long life: grown in all, descriptors", stock.Reloads.Descriptors - stock.Start.Descriptors, ours.Reloads.Descriptors - ours.Start.Descriptors, "", "0", 0);
        table.Add("long life: one reload after the other, each took", stock.MillisecondsOfReload, ours.MillisecondsOfReload, "ms", "0.0");
    }

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static void Add(Table table, string when, Memory stock, Memory ours)
    {
        table.Add($"long life, {when}: anonymous memory", stock.Anonymous, ours.Anonymous, "MB");
        table.Add($"long life, {when}: RSS", stock.Rss, ours.Rss, "MB", isDetail: true);
    }

    private static Life Live(Implementation implementation, double part, int reloads, TimeSpan limit)
    {
        using Lab lab = new(routers: 2, connected: false);
        ManyInstances.Join(lab, Instances);
        string configuration = ManyInstances.Configuration(Instances, 150, Interval, globals: "vrrp_garp_master_repeat 1\nvrrp_garp_master_delay 0");
        ManyInstances.Start(lab.A, implementation, configuration);
        ManyInstances.WaitUntilHolding(lab.A, Instances);
        Memory start = Look(lab.A);
        using (Observer watch = new(lab.B.Namespace, "eth0", lab.Describe))
            LiveDay(lab, watch, (int)(AdvertsOfDay * part), Math.Max(1, (int)(Hours * part)));
        Memory day = Look(lab.A);
        TimeSpan begun = MonotonicClock.Now;
        int done = 0;
        for (; done < reloads && MonotonicClock.Now - begun < limit; done++)
            Reload(lab.A);
        double each = (MonotonicClock.Now - begun).TotalMilliseconds / done;
        Memory after = Look(lab.A);
        ManyInstances.WaitUntilHolding(lab.A, Instances);
        return new Life(start, day, after, done, each);
    }

    private static void LiveDay(Lab lab, Observer watch, int adverts, int hours)
    {
        for (int hour = 1; hour <= hours; hour++)
        {
            lab.B.Ip("link", "set", "eth0", "down");
            ManyInstances.WaitUntilHolding(lab.A, 0, 0);
            lab.B.Ip("link", "set", "eth0", "up");
            ManyInstances.WaitUntilHolding(lab.A, Instances);
            Reload(lab.A);
            TimeSpan limit = MonotonicClock.Now + s_limit;
            while (watch.Adverts.Count < (long)adverts * hour / hours)
            {
                if (MonotonicClock.Now > limit)
                    throw new LabException($"{watch.Adverts.Count} of {adverts} advertisements were seen");
                Thread.Sleep(50);
            }
        }
    }

    private static void Reload(Router router)
    {
        int from = router.Daemon.Log.Count;
        router.Daemon.Signal(Libc.SIGHUP);
        router.Daemon.WaitForLog("Reload complete", s_limit, from);
    }

    private static Memory Look(Router router)
    {
        Thread.Sleep(s_settling);
        int[] processes = router.Processes();
        return new Memory(ProcessFigures.AnonymousMegabytes(processes), ProcessFigures.RssMegabytes(processes), ProcessFigures.Descriptors(processes));
    }
}
