using System.Globalization;
using System.Text.RegularExpressions;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>Somebody on the segment sends 50,000 packets a second: the router counts them, and is otherwise what it was.</summary>
public sealed class HostileTests
{
    private const int PerSecond = 50_000;
    private const int SIGUSR2 = 12;
    private const int MostLines = 60;
    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(4);
    private static readonly VrrpConfiguration s_master = new() { Priority = 150 };
    private static readonly CraftedAdvert s_strong = new() { Priority = 255 };

    private static readonly CraftedAdvert[] s_malformed =
    [
        s_strong with { ChecksumDamage = 0x0100 },
        s_strong with { TimeToLive = 254 },
        s_strong with { Version = 1 },
        s_strong with { Version = 15 },
        s_strong with { Version = 2, Interval = 1 },
        s_strong with { Type = 0 },
        s_strong with { Type = 9 },
        s_strong with { CutTo = 0 },
        s_strong with { CutTo = 1 },
        s_strong with { CutTo = 2 },
        s_strong with { CutTo = 7 },
        s_strong with { CutTo = 11 },
        s_strong with { Garbage = 50 },
        s_strong with { Garbage = 1400 },
        s_strong with { FragmentField = 0x2000 },
        s_strong with { FragmentField = 0x2001 },
        s_strong with { FragmentField = 1 },
        s_strong with { CutTo = 4, TimeToLive = 0 },
        s_strong with { Addresses = [], ChecksumDamage = 0xFFFE },
    ];

    [Fact(DisableParallelization = true)]
    public void Master_malformedPackets_areCountedPerKindAndChangeNothing()
    {
        using Lab lab = new(routers: 1);
        StartMeasured(lab, s_master);
        Expect.Master(lab.A, s_master.ActiveDownInterval);
        int seen = lab.A.Daemon.Log.Count;
        TimeSpan before = Cpu(lab);
        long sent = lab.Sender.Flood(s_malformed, PerSecond, s_duration);
        TimeSpan used = Cpu(lab) - before;
        Thread.Sleep(s_master.AdvertInterval * 2);
        LogEntry[] lines = lab.A.Daemon.Log.Snapshot(seen);
        Assert.InRange(lines.Length, 5, MostLines);
        Assert.Empty(lab.A.Daemon.LogMatches("Entering (BACKUP|FAULT)", seen));
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));
        AssertSteady(lab, s_master);
        AssertCheap(used, sent, microseconds: 10);

        lab.A.Daemon.Signal(SIGUSR2);
        string counters = lab.A.Daemon.WaitForLog(@"\(VI_1\) received \d+", Expect.Soon).Text;
        long kinds = 0;
        foreach (string kind in (string[])["length", "ttl", "version", "type", "checksum"])
        {
            long count = long.Parse(Regex.Match(counters, $@"{kind} (\d+)").Groups[1].Value, CultureInfo.InvariantCulture);
            Assert.True(count > sent / s_malformed.Length / 4, counters);
            kinds += count;
        }
        Assert.Contains("received 0,", counters);
        Assert.InRange(kinds, 0, sent);
    }

    [Fact(DisableParallelization = true)]
    public void Backup_malformedPackets_neitherKeepItFromTakingOverNorMakeItDoSo()
    {
        VrrpConfiguration backup = s_master with { Priority = 100 };
        using Lab lab = new();
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Ours, s_master, backup);
        lab.Sender.Flood(s_malformed, PerSecond, s_duration / 2);
        Assert.Empty(lab.B.Daemon.LogMatches(Expect.EnteringMaster));
        int seen = lab.Observer.Adverts.Count;
        Thread attack = new(() => lab.Sender.Flood(s_malformed, PerSecond, s_duration / 2));
        attack.Start();
        lab.A.Crash();
        Expect.Master(lab.B, backup.ActiveDownInterval);
        attack.Join();
        Advert last = lab.Observer.Adverts.Snapshot().Last(advert => advert.Source.Equals(lab.A.Address) && advert.Priority == 150);
        Advert first = lab.Observer.Adverts.Snapshot(seen).First(advert => advert.Source.Equals(lab.B.Address));
        Assert.InRange(
            first.At - last.At, backup.ActiveDownInterval - TimeSpan.FromMilliseconds(5), backup.ActiveDownInterval + Expect.Slack);
    }

    [Fact(DisableParallelization = true)]
    public void Master_packetsOfOtherRouters_doNotEvenWakeItUp()
    {
        using Lab lab = new(routers: 1);
        // Garbage of its start is collected a while after it: that is not what is measured here.
        StartMeasured(lab, s_master with { Extra = "garp_master_delay 0" });
        Expect.Master(lab.A, s_master.ActiveDownInterval);
        Thread.Sleep(500);
        int seen = lab.A.Daemon.Log.Count;
        TimeSpan before = Cpu(lab);
        CraftedAdvert[] foreign = [.. Enumerable.Range(1, 255).Where(vrid => vrid != 51).Select(vrid => s_strong with { Vrid = (byte)vrid })];
        long sent = lab.Sender.Flood(foreign, PerSecond, s_duration);
        TimeSpan used = Cpu(lab) - before;
        Assert.Empty(lab.A.Daemon.Log.Snapshot(seen));
        AssertSteady(lab, s_master);
        AssertCheap(used, sent, microseconds: 0.5);
    }

    [Fact(DisableParallelization = true)]
    public void Master_packetsOfOtherRoutersThatAreToBeLogged_areLoggedOnceEach()
    {
        VrrpConfiguration configuration = s_master with { Globals = "log_unknown_vrids" };
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, s_master.ActiveDownInterval);
        lab.Sender.Flood([s_strong with { Vrid = 7 }, s_strong with { Vrid = 8 }], PerSecond, TimeSpan.FromSeconds(1));
        lab.A.Daemon.WaitForLog(@"Unknown VRID\(7\) received on interface\(eth0\)\. ignoring\.\.\.", Expect.Soon);
        Thread.Sleep(s_master.AdvertInterval);
        Assert.Equal(2, lab.A.Daemon.LogMatches("Unknown VRID").Length);
        AssertSteady(lab, configuration);
    }

    [Fact(DisableParallelization = true)]
    public void Master_weakerRouterThatShouts_isAnsweredButDoesNotFillTheLog()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_master with { Extra = "garp_lower_prio_repeat 0" });
        Expect.Master(lab.A, s_master.ActiveDownInterval);
        int seen = lab.A.Daemon.Log.Count;
        lab.Sender.Flood([s_strong with { Priority = 1, Interval = 40 }], 5_000, s_duration / 2);
        Assert.InRange(lab.A.Daemon.Log.Count - seen, 10, MostLines);
        AssertSteady(lab, s_master);
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));
    }

    private static void StartMeasured(Lab lab, string configuration)
    {
        File.WriteAllText(lab.A.ConfigurationFile, configuration);
        lab.A.StartAs("env", "KEEPALIVED_AOT_ALLOCATIONS=1", Binaries.PathOf(Implementation.Ours), "-n", "-l", "-D", "-f", lab.A.ConfigurationFile);
    }

    private static TimeSpan Cpu(Lab lab)
        => TimeSpan.FromMicroseconds(Directory.GetDirectories($"/proc/{lab.A.Daemon.Id}/task")
            .Sum(task => double.Parse(File.ReadAllText($"{task}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture)) / 1000);

    // Bounded per packet, so that a slow machine, on which fewer are sent, decides nothing.
    private static void AssertCheap(TimeSpan used, long packets, double microseconds)
        => Assert.True(used.TotalMicroseconds < packets * microseconds + 100_000, $"{used.TotalMilliseconds} ms for {packets} packets");

    private static void AssertSteady(Lab lab, VrrpConfiguration configuration)
    {
        Advert[] adverts = [.. lab.Observer.Adverts.Snapshot().Where(advert => advert.Source.Equals(lab.A.Address))];
        Assert.All(
            adverts.Zip(adverts.Skip(1), (earlier, later) => later.At - earlier.At),
            gap => Assert.InRange(gap, TimeSpan.Zero, configuration.AdvertInterval + TimeSpan.FromSeconds(0.2)));
    }
}
