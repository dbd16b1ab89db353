using System.Globalization;
using System.Text.RegularExpressions;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.Native;

/// <summary>A thousand advertisement intervals make no garbage.</summary>
/// <remarks>
/// With KEEPALIVED_AOT_ALLOCATIONS=1 the daemon logs on SIGUSR2 how many bytes its thread has ever allocated. What that report
/// itself allocates is found by asking twice in a row.
/// </remarks>
public sealed partial class AllocationTests
{
    private const int SIGUSR2 = 12;
    private const int Intervals = 1000;
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(8);

    // The down interval is 36 ms: other tests in parallel would be felt.
    [Fact(DisableParallelization = true)]
    public void Master_thousandIntervals_allocatesNothing()
    {
        using Lab lab = new(routers: 1);
        Start(lab, new VrrpConfiguration { Priority = 255, AdvertSeconds = 0.01 });
        lab.A.Daemon.WaitForLog("Entering MASTER STATE", s_soon);
        Verify(lab);
    }

    [Fact(DisableParallelization = true)]
    public void Backup_thousandIntervals_allocatesNothing()
    {
        VrrpConfiguration configuration = new() { Priority = 100, AdvertSeconds = 0.01 };
        using Lab lab = new();
        lab.B.Start(Implementation.Ours, configuration with { Priority = 255 });
        lab.B.Daemon.WaitForLog("Entering MASTER STATE", s_soon);
        Start(lab, configuration);
        lab.A.Daemon.WaitForLog("Entering BACKUP STATE", s_soon);
        Verify(lab);
    }

    private static void Start(Lab lab, VrrpConfiguration configuration)
    {
        File.WriteAllText(lab.A.ConfigurationFile, configuration);
        lab.A.StartAs(
            "/usr/bin/env", "KEEPALIVED_AOT_ALLOCATIONS=1", Binaries.PathOf(Implementation.Ours), "-n", "-l", "-D",
            "-f", lab.A.ConfigurationFile);
    }

    private static void Verify(Lab lab)
    {
        // A machine that stops a router for 36 ms makes it change its state, which is no quiet interval: then once more.
        const string ChangeOfState = @"Entering (MASTER|BACKUP) STATE";
        for (int attempt = 0; attempt < 3; attempt++)
        {
            Thread.Sleep(TimeSpan.FromSeconds(1));
            int seen = lab.A.Daemon.Log.Count;
            (long intervals, long report) = Measure(lab);
            if (lab.A.Daemon.LogMatches(ChangeOfState, seen).Length > 0)
                continue;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"allocated over {Intervals} intervals: {intervals} bytes; by one report: {report}"));
            Assert.Equal(0, intervals);
            return;
        }
        Assert.Fail("the machine is too busy: the router changed its state in each of three attempts");
    }

    private static (long Intervals, long Report) Measure(Lab lab)
    {
        _ = Allocated(lab.A);
        long first = Allocated(lab.A);
        long second = Allocated(lab.A);
        long report = second - first;
        int before = lab.Observer.Adverts.Count;
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                Thread.Sleep(20);
                return lab.Observer.Adverts.Count - before >= Intervals;
            },
            TimeSpan.FromSeconds(30)));
        return (Allocated(lab.A) - second - report, report);
    }

    private static long Allocated(Router router)
    {
        int seen = router.Daemon.Log.Count;
        router.Daemon.Signal(SIGUSR2);
        LogEntry entry = router.Daemon.WaitForLog("allocated bytes: ", s_soon, seen);
        return long.Parse(Number().Match(entry.Text).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"allocated bytes: (\d+)")]
    private static partial Regex Number();
}
