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

    [Fact]
    public void Master_thousandIntervals_allocatesNothing()
    {
        VrrpConfiguration configuration = new() { Priority = 255, AdvertSeconds = 0.01 };
        using Lab lab = new(routers: 1);
        Start(lab, configuration);
        lab.A.Daemon.WaitForLog("Entering MASTER STATE", s_soon);
        // The second GARP burst, five seconds on, is part of becoming MASTER and not of being it; still it is to allocate nothing.
        Thread.Sleep(TimeSpan.FromSeconds(1));
        int before = lab.Observer.Adverts.Count;
        Measure(lab, () => lab.Observer.Adverts.Count - before >= Intervals);
    }

    [Fact]
    public void Backup_thousandIntervals_allocatesNothing()
    {
        VrrpConfiguration configuration = new() { Priority = 100, AdvertSeconds = 0.01 };
        using Lab lab = new();
        lab.B.Start(Implementation.Ours, configuration with { Priority = 255 });
        lab.B.Daemon.WaitForLog("Entering MASTER STATE", s_soon);
        Start(lab, configuration);
        lab.A.Daemon.WaitForLog("Entering BACKUP STATE", s_soon);
        Thread.Sleep(TimeSpan.FromSeconds(1));
        int before = lab.Observer.Adverts.Count;
        Measure(lab, () => lab.Observer.Adverts.Count - before >= Intervals);
        Assert.Empty(lab.A.Daemon.LogMatches("Entering MASTER STATE"));
    }

    private static void Start(Lab lab, VrrpConfiguration configuration)
    {
        File.WriteAllText(lab.A.ConfigurationFile, configuration);
        lab.A.StartAs(
            "/usr/bin/env", "KEEPALIVED_AOT_ALLOCATIONS=1", Binaries.PathOf(Implementation.Ours), "-n", "-l", "-D",
            "-f", lab.A.ConfigurationFile);
    }

    private static void Measure(Lab lab, Func<bool> finished)
    {
        _ = Allocated(lab.A);
        long first = Allocated(lab.A);
        long second = Allocated(lab.A);
        long report = second - first;
        Assert.True(SpinWait.SpinUntil(Pausing(finished), TimeSpan.FromSeconds(30)), lab.Describe());
        long third = Allocated(lab.A);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"allocated over {Intervals} intervals: {third - second - report} bytes; by one report: {report}"));
        Assert.Equal(report, third - second);
    }

    private static Func<bool> Pausing(Func<bool> condition) => () =>
    {
        Thread.Sleep(20);
        return condition();
    };

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
