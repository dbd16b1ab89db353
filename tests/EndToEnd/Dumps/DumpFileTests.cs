using KeepalivedAot.Tests.Dumps;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Dumps;

/// <summary>Where dumps go, in directories that are hostile, gone or full; and that they hold up nothing.</summary>
public sealed class DumpFileTests
{
    private const int LastRealTimeSignal = 64;
    private static readonly VrrpConfiguration s_configuration = new() { Priority = 150 };

    private static Lab Start(string? configuration = null)
    {
        Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration ?? s_configuration);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        return lab;
    }

    [Fact]
    public void Links_thatSomebodyPlanted_areReplacedAndNotFollowed()
    {
        using Lab lab = Start();
        string victim = Path.Combine(lab.A.Scratch, "victim");
        File.WriteAllText(victim, "mine");
        foreach (string file in (string[])["keepalived.data", "keepalived.stats", "keepalived.json", "keepalived_parent.data"])
            File.CreateSymbolicLink(lab.A.PathOf(file), victim);
        foreach (int signal in (int[])[Libc.SIGUSR1, Libc.SIGUSR2, DumpedRouter.Json])
            lab.A.Daemon.Signal(signal);
        Assert.True(SpinWait.SpinUntil(
            () => Directory.GetFiles(Path.Combine(lab.A.Scratch, "tmp")).Length == 4
                && Directory.GetFiles(Path.Combine(lab.A.Scratch, "tmp")).All(static file => new FileInfo(file).LinkTarget is null),
            Expect.Soon));
        Assert.Equal("mine", File.ReadAllText(victim));
        Assert.Equal("MASTER", JsonReader.Read(File.ReadAllText(lab.A.PathOf("keepalived.json"))).Single().State);
    }

    [Fact]
    public void Directory_thatIsGone_isToldOnceForEachFile_andTheDaemonGoesOn()
    {
        using Lab lab = Start();
        string directory = Path.Combine(lab.A.Scratch, "tmp");
        Directory.Delete(directory);
        int seen = lab.Observer.Adverts.Count;
        lab.A.Daemon.Signal(Libc.SIGUSR2);
        lab.A.Daemon.WaitForLog($"Cannot write a dump: open {directory}/keepalived.stats: No such file or directory", Expect.Soon);
        lab.Observer.Adverts.WaitFor("another advert", static _ => true, Expect.Soon, seen + 2);
        Assert.Single(lab.A.Daemon.LogMatches("Cannot write a dump"));
        Directory.CreateDirectory(directory);
        Assert.Equal("VI_1", StatisticsReader.Read(lab.A.Dump(Libc.SIGUSR2, "keepalived.stats").TrimEnd('\n').Split('\n'))[0].Instance);
        Assert.Equal(0, lab.A.Stop());
    }

    [Fact]
    public void Disk_thatIsFull_isTold_andTheOldFileStays()
    {
        using Lab lab = new(routers: 1);
        File.WriteAllText(lab.A.ConfigurationFile, s_configuration);
        // Within the mount namespace that the router has for itself: room for one page and its directory.
        lab.A.StartAs(
            "bash", "-euc",
            """mount -t tmpfs -o size=8k none "$TMPDIR"; echo old > "$TMPDIR/keepalived.json"; mkfifo "$TMPDIR/../go"; "$1" -n -l -D -f "$2" & read -r < "$TMPDIR/../go"; ls "$TMPDIR"; cat "$TMPDIR/keepalived.json"; kill $!; wait $!""",
            "full", Binaries.PathOf(Implementation.Ours), lab.A.ConfigurationFile);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        // The router's own process is the shell.
        int daemon = int.Parse(File.ReadAllText(Path.Combine(lab.A.Scratch, "run", "keepalived.pid")), System.Globalization.CultureInfo.InvariantCulture);
        // The state is longer than what is left, the JSON is not.
        _ = Libc.Kill(daemon, Libc.SIGUSR1);
        lab.A.Daemon.WaitForLog("Cannot write a dump: write .*/tmp/keepalived.data: No space left on device", Expect.Soon);
        File.WriteAllText(Path.Combine(lab.A.Scratch, "go"), "\n");
        Assert.Equal(0, lab.A.Daemon.WaitForExit(Expect.Soon));
        // Nothing half is left behind.
        lab.A.Daemon.WaitForLog("^old$", Expect.Soon);
        Assert.Empty(lab.A.Daemon.LogMatches(@"^keepalived\.data"));
    }

    [Fact]
    public void Umask_decidesAboutTheMode()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_configuration, "-u", "022");
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        lab.A.Dump(DumpedRouter.Json, "keepalived.json");
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
            File.GetUnixFileMode(lab.A.PathOf("keepalived.json")));
    }

    [Fact]
    public void LastSignal_doesNothing()
    {
        using Lab lab = Start();
        int from = lab.A.Daemon.Log.Count;
        lab.A.Daemon.Signal(LastRealTimeSignal);
        lab.A.Dump(DumpedRouter.Json, "keepalived.json");
        Assert.Equal([lab.A.PathOf("keepalived.json")], Directory.GetFiles(Path.Combine(lab.A.Scratch, "tmp")));
        Assert.DoesNotContain(lab.A.Daemon.Log.Snapshot(from), static entry => entry.Text.Contains("RTMAX", StringComparison.Ordinal));
    }

    [Fact]
    public void Signals_duringAdvertsOfTenMilliseconds_makeNoneLate()
    {
        using Lab lab = Start(s_configuration with { AdvertSeconds = 0.01 } + Many(200));
        lab.A.Daemon.WaitForLog(@"\(M200\) Entering MASTER STATE", Expect.Soon);
        Thread.Sleep(1000);
        // The best of some rounds, without dumps and with them: what else the machine does is not in every round, and what a dump does is.
        TimeSpan quiet = Enumerable.Range(0, 5).Min(_ => LongestGap(lab, static () => Thread.Sleep(300)));
        TimeSpan dumping = Enumerable.Range(0, 8).Min(_ => LongestGap(lab, () =>
        {
            for (int i = 0; i < 3; i++)
            {
                foreach (int signal in (int[])[Libc.SIGUSR1, Libc.SIGUSR2, DumpedRouter.Json, DumpedRouter.StatisticsThenClear])
                    lab.A.Daemon.Signal(signal);
                Thread.Sleep(100);
            }
        }));
        Assert.Contains("VRRP Instance = M200", File.ReadAllText(lab.A.PathOf("keepalived.data")), StringComparison.Ordinal);
        // A takeover would need three intervals. On a busy machine whoever works waits for a processor, too.
        Assert.True(
            dumping < quiet + TimeSpan.FromMilliseconds(20), $"longest time between two adverts: {quiet.TotalMilliseconds:0.0} ms, with dumps {dumping.TotalMilliseconds:0.0} ms");
    }

    // Its own segment has few enough packets that none is lost by whoever watches.
    private static TimeSpan LongestGap(Lab lab, Action meanwhile)
    {
        int from = lab.Observer.Adverts.Count;
        meanwhile();
        Advert[] adverts = [.. lab.Observer.Adverts.Snapshot(from).Where(static advert => advert.Vrid == 51)];
        Assert.True(adverts.Length > 10, $"{adverts.Length} adverts");
        return adverts.Zip(adverts.Skip(1), static (one, next) => next.At - one.At).Max();
    }

    private static string Many(int count)
    {
        System.Text.StringBuilder text = new();
        for (int i = 1; i <= count; i++)
        {
            int vrid = i < 51 ? i : i + 1;
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $$"""

                vrrp_instance M{{i}} {
                    interface eth0
                    virtual_router_id {{vrid}}
                    priority 150
                    virtual_ipaddress {
                        10.10.{{i}}.1/32
                    }
                }
                """);
        }
        return text.ToString();
    }
}
