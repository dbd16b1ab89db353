using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary><c>--record</c> and <c>replay</c>: what has happened happens again, the same for the same reasons, whatever happened.</summary>
public sealed class RecordingTests
{
    private const int SIGHUP = 1;
    private const int SIGKILL = 9;
    private const string Password = "sehr/geh";

    private static readonly VrrpConfiguration s_configuration = new() { AdvertSeconds = 0.1, Extra = "track_script {\n        chk\n    }" };

    private static string RecordOf(Router router) => Path.Combine(router.Scratch, "a.rec");

    private static string WithScript(Router router, VrrpConfiguration configuration) => $$"""
        vrrp_script chk {
            script "/usr/bin/test -e {{router.Scratch}}/good"
            interval 1
            weight -50
            user root
        }
        {{configuration}}
        """;

    private static CommandResult Replay(Router router, params string[] words) => router.Run(Implementation.Ours, ["replay", .. words]);

    private static string Replayed(Router router, string record)
    {
        CommandResult result = Replay(router, "--json", record);
        Assert.True(result.ExitCode == 0, $"{result.ExitCode}: {result.Error}\n{string.Join('\n', File.ReadLines(record).TakeLast(60))}\n{result.Output}");
        return result.Output;
    }

    [Fact]
    public void HostileEvents_areReplayedAsTheJournalHasThem()
    {
        using Lab lab = new(routers: 1);
        string good = Path.Combine(lab.A.Scratch, "good");
        File.WriteAllText(good, "");
        lab.A.AddInterface("eth1");
        lab.A.Start(Implementation.Ours, WithScript(lab.A, s_configuration), "--record", RecordOf(lab.A));
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        Random random = new(1);
        for (int round = 0; round < 3; round++)
        {
            lab.Sender.Repeat(new CraftedAdvert { Priority = 200, Interval = 10 }, 8, TimeSpan.FromMilliseconds(50));
            lab.Sender.Flood([.. HostileAdverts.Malformed], 400, TimeSpan.FromSeconds(0.5));
            File.Delete(good);
            Thread.Sleep(random.Next(200, 700));
            lab.A.LoseCarrier();
            Thread.Sleep(random.Next(100, 300));
            lab.A.RegainCarrier();
            lab.A.Ip("address", "add", $"10.9.0.{200 + round}/24", "dev", "eth0");
            File.WriteAllText(good, "");
            int log = lab.A.Daemon.Log.Count;
            File.WriteAllText(lab.A.ConfigurationFile, WithScript(lab.A, s_configuration with { Priority = 100 + 40 * round, Addresses = ["10.9.0.100", $"10.9.0.{110 + round}"] }));
            lab.A.Daemon.Signal(SIGHUP);
            lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon, log);
            Thread.Sleep(600);
            lab.A.Run(Implementation.Ours, "maintenance", "on", "--reason", "a new fan");
            Thread.Sleep(150);
            lab.A.Run(Implementation.Ours, "maintenance", "off");
            Thread.Sleep(700);
            lab.A.Run(Implementation.Ours, "priority", "VI_1", "+7");
            // Whether it is there just now is a matter of milliseconds, and does not matter.
            lab.A.RunCommand("ip", "address", "delete", "10.9.0.100/32", "dev", "eth0");
            Thread.Sleep(50);
            lab.A.Run(Implementation.Ours, "failover", "VI_1");
            Thread.Sleep(300);
        }
        string journal = lab.A.Run(Implementation.Ours, "events", "--json", "--lines", "100000").Output;
        Assert.Equal(0, lab.A.Stop());
        string replayed = Replayed(lab.A, RecordOf(lab.A));
        string[] then = [.. journal.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        Assert.InRange(then.Length, 20, int.MaxValue);
        // The stop came behind what was asked for.
        Assert.Equal(then, replayed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(then.Length));
        Assert.EndsWith("\nend\n", File.ReadAllText(RecordOf(lab.A)), StringComparison.Ordinal);
    }

    [Fact]
    public void KilledDaemon_leavesARecordThatIsReplayed_andTheNextOneKeepsIt()
    {
        using Lab lab = new(routers: 1);
        string configuration = s_configuration with { Extra = "" };
        lab.A.Start(Implementation.Ours, configuration, "--record", RecordOf(lab.A));
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        lab.Sender.Repeat(new CraftedAdvert { Priority = 200, Interval = 10 }, 5, TimeSpan.FromMilliseconds(50));
        lab.A.Daemon.Signal(SIGKILL);
        lab.A.Daemon.WaitForExit(Expect.Soon);
        Assert.Contains("\"to\":\"MASTER\"", Replayed(lab.A, RecordOf(lab.A)), StringComparison.Ordinal);

        // It ends wherever the disk was full, too.
        byte[] whole = File.ReadAllBytes(RecordOf(lab.A));
        string cut = Path.Combine(lab.A.Scratch, "cut.rec");
        for (int part = 1; part < 8; part++)
        {
            File.WriteAllBytes(cut, whole[..(whole.Length - 1 - whole.Length * part / 9)]);
            Replayed(lab.A, cut);
        }

        lab.A.Start(Implementation.Ours, configuration, "--record", RecordOf(lab.A));
        lab.A.Daemon.WaitForLog("Startup complete", Expect.Soon);
        Assert.Equal(0, lab.A.Stop());
        Assert.Equal(whole, File.ReadAllBytes(RecordOf(lab.A) + ".1"));
        Replayed(lab.A, RecordOf(lab.A));
    }

    [Fact]
    public void Limit_endsTheRecord_andNotTheDaemon()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_configuration with { Extra = "" }, "--record", RecordOf(lab.A), "--record-limit", "1");
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        // A packet in hex is some 150 bytes.
        lab.Sender.Flood([new CraftedAdvert { Priority = 50, Interval = 10 }], 4000, TimeSpan.FromSeconds(3));
        lab.A.Daemon.WaitForLog(@"The record .* ends: it has \d+ bytes, and its limit is 1048576", Expect.Soon);
        Assert.InRange(new FileInfo(RecordOf(lab.A)).Length, 1_000_000, 1 << 20);
        int from = lab.Observer.Adverts.Count;
        Thread.Sleep(500);
        Assert.InRange(lab.Observer.Adverts.Count, from + 3, int.MaxValue);
        Assert.Equal(0, lab.A.Stop());
        Replayed(lab.A, RecordOf(lab.A));
    }

    [Fact]
    public void DiskThatIsFull_endsTheRecord_andNotTheDaemon()
    {
        using Lab lab = new(routers: 1);
        File.WriteAllText(lab.A.ConfigurationFile, s_configuration with { Extra = "" });
        const string Prepare = "mkdir -p /run/small; mount -t tmpfs -o size=64k none /run/small; program=$1; shift; exec \"$program\" -n -l -D -f \"$@\"";
        lab.A.StartAs(["bash", "-euc", Prepare, "full", Binaries.PathOf(Implementation.Ours), lab.A.ConfigurationFile, "--record", "/run/small/a.rec"]);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        lab.Sender.Flood([new CraftedAdvert { Priority = 50, Interval = 10 }], 1000, TimeSpan.FromSeconds(1));
        lab.A.Daemon.WaitForLog("The record /run/small/a.rec ends after .*No space left on device", Expect.Soon);
        string copy = RecordOf(lab.A);
        File.Copy($"/proc/{lab.A.Daemon.Id}/root/run/small/a.rec", copy);
        int from = lab.Observer.Adverts.Count;
        Thread.Sleep(500);
        Assert.InRange(lab.Observer.Adverts.Count, from + 3, int.MaxValue);
        Assert.Equal(0, lab.A.Stop());
        Assert.Contains("\"to\":\"MASTER\"", Replayed(lab.A, copy), StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_areNotInIt()
    {
        using Lab lab = new(routers: 1);
        VrrpConfiguration secret = new() { Version = 2, AdvertSeconds = 1, Extra = $"authentication {{\n auth_type PASS\n auth_pass {Password}\n }}" };
        lab.A.Start(Implementation.Ours, secret, "--record", RecordOf(lab.A));
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        byte[] password = System.Text.Encoding.ASCII.GetBytes(Password);
        lab.Sender.Repeat(new CraftedAdvert { Version = 2, Priority = 200, Interval = 1, AuthenticationType = 1, AuthenticationData = password }, 3, TimeSpan.FromMilliseconds(100));
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, TimeSpan.FromSeconds(10));
        Assert.Equal(0, lab.A.Stop());
        string record = File.ReadAllText(RecordOf(lab.A));
        Assert.Contains("\npacket ", record, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, record, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(password), record, StringComparison.OrdinalIgnoreCase);
        Replayed(lab.A, RecordOf(lab.A));
    }

    [Fact]
    public void OtherFiles_areLeftAlone_andSaid()
    {
        using Lab lab = new(routers: 1);
        string other = Path.Combine(lab.A.Scratch, "precious");
        File.WriteAllText(other, "precious\n");
        lab.A.Start(Implementation.Ours, s_configuration with { Extra = "" }, "--record", other);
        lab.A.Daemon.WaitForLog("There is no record: .*File exists", Expect.Soon);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        Assert.Equal("precious\n", File.ReadAllText(other));

        CommandResult none = Replay(lab.A, other);
        Assert.Equal(2, none.ExitCode);
        Assert.Contains("precious:1: this is no record", none.Error, StringComparison.Ordinal);
        Assert.Equal(2, Replay(lab.A, "/nowhere.rec").ExitCode);
    }

    [Fact]
    public void Departure_isLocated()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_configuration with { Extra = "" }, "--record", RecordOf(lab.A));
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        Assert.Equal(0, lab.A.Stop());
        string[] lines = File.ReadAllLines(RecordOf(lab.A));
        int at = Array.FindIndex(lines, static line => line.Contains("\"to\":\"MASTER\"", StringComparison.Ordinal));
        lines[at] = lines[at].Replace("MASTER", "BACKUP", StringComparison.Ordinal);
        File.WriteAllLines(RecordOf(lab.A), lines);
        CommandResult departed = Replay(lab.A, RecordOf(lab.A));
        Assert.Equal(3, departed.ExitCode);
        Assert.Contains($"a.rec:{at + 1}: the run departs from the record", departed.Error, StringComparison.Ordinal);
        // What came before is told.
        Assert.Contains("VI_1: INIT -> BACKUP", departed.Output, StringComparison.Ordinal);
    }
}
