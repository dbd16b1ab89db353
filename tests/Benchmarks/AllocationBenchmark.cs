using System.Globalization;
using System.Text.RegularExpressions;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>Managed memory that ours takes for each advertisement: sent as MASTER, received as BACKUP.</summary>
/// <remarks>With KEEPALIVED_AOT_ALLOCATIONS=1 the daemon logs on SIGUSR2 what its thread has ever allocated; what that line costs is known from asking twice.</remarks>
internal static partial class AllocationBenchmark
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(8);

    public static void Run(Table table, int adverts)
    {
        VrrpConfiguration configuration = new() { Priority = 150, AdvertSeconds = 0.01 };
        using Lab lab = new();
        Start(lab.A, configuration);
        lab.A.Daemon.WaitForLog("Entering MASTER STATE", s_limit);
        // The other one has patience for 100 ms, so that a busy machine does not decide the election.
        Start(lab.B, configuration with { Priority = 100, Extra = "down_timer_adverts 10" });
        lab.B.Daemon.WaitForLog("Entering BACKUP STATE", s_limit);
        // What is collected after a start.
        Thread.Sleep(TimeSpan.FromSeconds(13));
        long master = Cost(lab.A);
        long backup = Cost(lab.B);
        (long masterBefore, long backupBefore) = (Allocated(lab.A), Allocated(lab.B));
        int from = lab.Observer.Adverts.Count;
        TimeSpan limit = MonotonicClock.Now + TimeSpan.FromSeconds(adverts * 0.02 + 10);
        while (lab.Observer.Adverts.Count - from < adverts)
        {
            if (MonotonicClock.Now > limit)
                throw new LabException($"{lab.Observer.Adverts.Count - from} of {adverts} advertisements were seen");
            Thread.Sleep(20);
        }
        int seen = lab.Observer.Adverts.Count - from;
        double sent = (Allocated(lab.A) - masterBefore - master) / (double)seen;
        double received = (Allocated(lab.B) - backupBefore - backup) / (double)seen;
        table.AddOurs($"allocated for each advertisement sent, {seen.ToString("N0", CultureInfo.InvariantCulture)} of them", sent, "bytes", "0.00", 0);
        table.AddOurs($"allocated for each advertisement received, {seen.ToString("N0", CultureInfo.InvariantCulture)} of them", received, "bytes", "0.00", 0);
    }

    private static void Start(Router router, VrrpConfiguration configuration)
    {
        File.WriteAllText(router.ConfigurationFile, configuration);
        router.StartAs("env", "KEEPALIVED_AOT_ALLOCATIONS=1", Binaries.PathOf(Implementation.Ours), "-n", "-l", "-D", "-f", router.ConfigurationFile);
    }

    // Of asking once. The first time costs more.
    private static long Cost(Router router)
    {
        _ = Allocated(router);
        long first = Allocated(router);
        return Allocated(router) - first;
    }

    private static long Allocated(Router router)
    {
        int seen = router.Daemon.Log.Count;
        router.Daemon.Signal(Libc.SIGUSR2);
        LogEntry entry = router.Daemon.WaitForLog("allocated bytes: ", s_limit, seen);
        return long.Parse(Number().Match(entry.Text).Groups["bytes"].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"allocated bytes: (?<bytes>\d+)")]
    private static partial Regex Number();
}
