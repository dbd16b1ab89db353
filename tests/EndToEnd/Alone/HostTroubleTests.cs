using System.Text.Json;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>A host in trouble: directories that are full or cannot be written, a daemon that gets no time. The protocol goes on, and the log says it once.</summary>
/// <remarks>Logs that nobody takes: <see cref="LogTests"/>. Clocks that are set: <c>Uml</c>, scenario <c>clock</c>.</remarks>
public sealed class HostTroubleTests
{
    private const int SIGHUP = 1;
    private const int SIGSTOP = 19;
    private const int SIGCONT = 18;
    private const string RecordFails = "No record of kernel objects";

    private static readonly VrrpConfiguration s_high = new() { Priority = 150, AdvertSeconds = 0.1 };
    private static readonly VrrpConfiguration s_low = new() { Priority = 100, AdvertSeconds = 0.1 };

    // In the daemon's own mounts, so that the machine knows nothing of it.
    private static void StartAfter(Router router, string prepare, string configuration, params string[] moreOptions)
    {
        File.WriteAllText(router.ConfigurationFile, configuration);
        router.StartAs(["bash", "-euc", prepare + "\nprogram=$1; shift; exec \"$program\" -n -l -D -f \"$@\"", "trouble", Binaries.PathOf(Implementation.Ours), router.ConfigurationFile, .. moreOptions]);
    }

    // A path as the daemon sees it.
    private static string At(Router router, string path) => $"/proc/{router.Daemon.Id}/root{path}";

    private static string Told(Router router, params string[] words)
    {
        CommandResult result = Ask(router, words);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', words)}: {result.ExitCode}\n{result.Output}{result.Error}");
        return result.Output;
    }

    // Where the daemon's own /run is.
    private static CommandResult Ask(Router router, params string[] words)
        => Shell.Try("nsenter", ["-t", $"{router.Daemon.Id}", "-m", "-n", Binaries.PathOf(Implementation.Ours), .. words], Expect.Soon);

    private static void AssertOnTime(Lab lab, Router router, int from)
    {
        TimeSpan[] times = [.. lab.Observer.Adverts.Snapshot(from).Where(advert => advert.Source.Equals(router.Address)).Select(static advert => advert.At)];
        Assert.InRange(times.Length, 5, int.MaxValue);
        Assert.All(times.Zip(times.Skip(1), static (a, b) => b - a), static gap => Assert.InRange(gap, TimeSpan.Zero, s_high.AdvertInterval + Expect.Slack));
    }

    private static void Reload(Router router, string end = "Reload complete")
    {
        int from = router.Daemon.Log.Count;
        router.Daemon.Signal(SIGHUP);
        router.Daemon.WaitForLog(end, Expect.Soon, from);
    }

    // Bytes, or room for names.
    [Theory]
    [InlineData("mount -t tmpfs -o size=8k none /run; dd if=/dev/zero of=/run/filler bs=1k 2>/dev/null || true")]
    [InlineData("mount -t tmpfs -o nr_inodes=4 none /run; touch /run/filler /run/filler2 /run/filler3 2>/dev/null || true")]
    public void Run_thatIsFull_isSaid_andUsedWhenThereIsRoomAgain(string prepare)
    {
        using Lab lab = new(routers: 1);
        StartAfter(lab.A, prepare, s_high);
        lab.A.Daemon.WaitForLog("Cannot write pid file: .*No space left on device - going on without", Expect.Soon);
        lab.A.Daemon.WaitForLog(RecordFails, Expect.Soon);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        int from = lab.Observer.Adverts.Count;
        for (int i = 0; i < 3; i++)
        {
            // Something has to change.
            File.WriteAllText(lab.A.ConfigurationFile, s_high with { Addresses = [VrrpConfiguration.DefaultAddress, $"10.9.0.{110 + i}"] });
            Reload(lab.A);
            lab.A.Addresses.WaitFor(System.Net.IPAddress.Parse($"10.9.0.{110 + i}"), present: true, Expect.Soon);
            Thread.Sleep(s_high.AdvertInterval * 2);
        }
        AssertOnTime(lab, lab.A, from);
        Assert.Single(lab.A.Daemon.LogMatches(RecordFails));

        foreach (string filler in (string[])["filler", "filler2", "filler3"])
            File.Delete(At(lab.A, $"/run/{filler}"));
        File.WriteAllText(lab.A.ConfigurationFile, s_high with { Addresses = [VrrpConfiguration.DefaultAddress, "10.9.0.120"] });
        Reload(lab.A);
        lab.A.Daemon.WaitForLog("The record of kernel objects is written again", Expect.Soon);
        string[] files = [.. Directory.GetFiles(At(lab.A, "/run/keepalived")).Where(static file => !file.EndsWith(".sock", StringComparison.Ordinal))];
        Assert.Contains(files, static file => File.ReadAllText(file).Contains("10.9.0.120", StringComparison.Ordinal));
        // The socket is tried again by itself.
        Assert.True(SpinWait.SpinUntil(() => Ask(lab.A, "status").ExitCode == 0, Expect.Soon * 3), Ask(lab.A, "status").Error);
        Assert.Equal(0, lab.A.Stop());
        Assert.False(lab.A.Has("10.9.0.120"));
    }

    [Fact]
    public void FileSystems_thatAreReadOnly_costTheRecordTheJournalAndTheDumps_andNothingElse()
    {
        using Lab lab = new(routers: 1);
        StartAfter(lab.A, """
            for directory in /run /var/lib "$TMPDIR"; do mount -t tmpfs none "$directory"; mount -o remount,ro "$directory"; done
            """, s_high, "-p", Path.Combine(lab.A.Scratch, "main.pid"), "-r", Path.Combine(lab.A.Scratch, "vrrp.pid"), "-c", Path.Combine(lab.A.Scratch, "checkers.pid"), "-b", Path.Combine(lab.A.Scratch, "bfd.pid"));
        lab.A.Daemon.WaitForLog(RecordFails, Expect.Soon);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        int from = lab.Observer.Adverts.Count;
        lab.A.Daemon.Signal(Libc.SIGUSR1);
        lab.A.Daemon.WaitForLog("(?i)read-only file system.*|.*keepalived.data.*", Expect.Soon);
        Reload(lab.A);
        Thread.Sleep(500);
        AssertOnTime(lab, lab.A, from);
        Assert.Single(lab.A.Daemon.LogMatches(RecordFails));
        Assert.Equal(0, lab.A.Stop());
        Assert.False(lab.A.Has(VrrpConfiguration.DefaultAddress));
    }

    [Fact]
    public void Var_thatIsFull_costsTheFileOfTheJournalAndNothingElse()
    {
        using Lab lab = new(routers: 1);
        StartAfter(lab.A, "mount -t tmpfs -o size=8k none /var/lib; mkdir -p /var/lib/keepalived-aot/journal; dd if=/dev/zero of=/var/lib/filler bs=1k 2>/dev/null || true", s_high);
        lab.A.Daemon.WaitForLog("The journal is not written: .*No space left on device", Expect.Soon);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        int from = lab.Observer.Adverts.Count;
        for (int i = 0; i < 20; i++)
            Told(lab.A, "garp", "VI_1");
        Assert.Contains("would not survive a restart", Told(lab.A, "maintenance", "on"), StringComparison.Ordinal);
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon);
        int back = lab.A.Daemon.Log.Count;
        Told(lab.A, "maintenance", "off");
        Expect.Master(lab.A, s_high.ActiveDownInterval, back);
        Assert.Contains("MASTER -> FAULT: maintenance", Told(lab.A, "events"), StringComparison.Ordinal);
        Assert.Single(lab.A.Daemon.LogMatches("The journal is not written"));
        Assert.InRange(lab.Observer.Adverts.Count - from, 5, int.MaxValue);
        Assert.Equal(0, lab.A.Stop());
    }

    [Fact]
    public void Master_thatStoodStill_andIsStillTheBest_takesTheRoleBackAndSaysThatItStood()
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Ours, s_high, s_low);
        // Its first turn as MASTER is over: who is stopped in the middle of one tells two parts of it.
        lab.A.Daemon.WaitForLog("Sending gratuitous ARP on ", Expect.Soon);
        Thread.Sleep(s_high.AdvertInterval * 2);
        lab.A.Daemon.Signal(SIGSTOP);
        Expect.Master(lab.B, s_low.ActiveDownInterval);
        Thread.Sleep(1000);
        int from = lab.Observer.Adverts.Count;
        int announced = lab.Observer.Announcements.Count;
        int log = lab.B.Daemon.Log.Count;
        lab.A.Daemon.Signal(SIGCONT);
        lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, log);
        lab.A.Daemon.WaitForLog(@"For 1\.\d+ s this router stood still: others may have taken over meanwhile", Expect.Soon);
        Thread.Sleep(s_high.AdvertInterval * 5);
        // It answers what it heard, and goes on in its cadence: no burst.
        Assert.InRange(lab.Observer.Adverts.Snapshot(from).Count(advert => advert.Source.Equals(lab.A.Address)), 3, 9);
        // Neighbours had learned the other's MAC address.
        Assert.Contains(lab.Observer.Announcements.Snapshot(announced), announcement => announcement.ToString()!.Contains(lab.A.Mac, StringComparison.OrdinalIgnoreCase));
        Assert.Matches(@"(?m)^  At [^ ]+ this router stood still for 1\.\d+ s until then, so that others may have taken over for a while\.$", Told(lab.A, "why"));
        Assert.Contains(@"advertised priority 150, higher than ours, 100.", Told(lab.B, "why"), StringComparison.Ordinal);
        Assert.Single(lab.A.Daemon.LogMatches(Expect.EnteringMaster));
    }

    [Fact]
    public void Master_thatStoodStill_andIsNotTheBestAnyMore_yieldsWithoutAWordAndSaysWhy()
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Ours, s_high, s_low);
        Thread.Sleep(s_high.AdvertInterval * 3);
        lab.A.Daemon.Signal(SIGSTOP);
        Expect.Master(lab.B, s_low.ActiveDownInterval);
        Told(lab.B, "priority", "VI_1", "+100");
        Thread.Sleep(500);
        int from = lab.Observer.Adverts.Count;
        int log = lab.A.Daemon.Log.Count;
        lab.A.Daemon.Signal(SIGCONT);
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, log);
        Thread.Sleep(s_high.AdvertInterval * 4);
        // One may have been on its way when it was stopped.
        Assert.InRange(lab.Observer.Adverts.Snapshot(from).Count(advert => advert.Source.Equals(lab.A.Address)), 0, 1);
        Assert.False(lab.A.Has(VrrpConfiguration.DefaultAddress));
        // What it heard first may still have had the old priority.
        Assert.Matches(@"10\.9\.0\.2 advertised priority 200, higher than ours, 150(, after this router could not advertise for \d\.\d+ s)?\.", Told(lab.A, "why"));
        JsonElement[] events = [.. Told(lab.A, "events", "--json").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement)];
        Assert.Contains(events, static e => e.GetProperty("event").GetString() == "standstill" && e.GetProperty("elapsed_us").GetInt64() > 500_000);
        Assert.Single(lab.B.Daemon.LogMatches(Expect.EnteringMaster));
    }
}
