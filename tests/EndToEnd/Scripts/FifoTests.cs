using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Scripts;

/// <summary>The FIFOs that states are written to: lines, order, files, and readers of all kinds (vrrp.md, section 17).</summary>
public sealed class FifoTests
{
    private const int SIGHUP = 1;

    private static readonly VrrpConfiguration s_plain = new() { Priority = 150 };

    private static string FifoOf(Router router, string name = "fifo") => Path.Combine(router.Scratch, name);

    private static VrrpConfiguration With(Router router, string more = "")
        => s_plain with { Globals = $"enable_script_security\nscript_user root\nvrrp_notify_fifo {FifoOf(router)}\n{more}" };

    /// <summary>A reader: an external process that is started when the FIFO is there, and writes down what it gets.</summary>
    private static string StartReader(Router router, ScriptFolder scripts, string fifo)
    {
        string copy = $"{fifo}.copy";
        File.WriteAllText(copy, "");
        scripts.Wait("the FIFO", () => File.Exists(fifo));
        Thread reader = new(() => Shell.Try("bash", ["-c", $"exec cat {fifo} > {copy}"], TimeSpan.FromSeconds(60))) { IsBackground = true };
        reader.Start();
        return copy;
    }

    [Theory, BesideStock]
    [InlineData(false)]
    [InlineData(true)]
    public void Lines_ofAWholeLife_areStocksByteForByte(bool isGroup)
    {
        byte[] ours = LinesOfALife(Implementation.Ours, isGroup);
        byte[] stock = LinesOfALife(Implementation.Stock, isGroup);
        Assert.Equal(System.Text.Encoding.UTF8.GetString(stock), System.Text.Encoding.UTF8.GetString(ours));
        Assert.Equal(stock, ours);
    }

    private static byte[] LinesOfALife(Implementation implementation, bool isGroup)
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string second = new VrrpConfiguration { Name = "VI_2", Vrid = 52, Addresses = ["10.9.0.102"] };
        string group = isGroup ? "vrrp_sync_group G_1 {\ngroup {\nVI_1\nVI_2\n}\n}\n" : "";
        lab.A.Start(implementation, $"{With(lab.A)}\n{group}{second[second.IndexOf("vrrp_instance", StringComparison.Ordinal)..]}");
        string copy = StartReader(lab.A, scripts, FifoOf(lab.A));
        lab.A.Daemon.WaitForLog(@"\(VI_1\) Entering MASTER STATE", Expect.Soon);
        lab.A.Daemon.WaitForLog(@"\(VI_2\) Entering MASTER STATE", Expect.Soon);
        lab.Sender.Send(new CraftedAdvert { Priority = 10 });
        lab.A.Daemon.WaitForLog("lower priority 10", Expect.Soon);
        lab.A.Stop();
        int ends = isGroup ? 3 : 2;
        scripts.Wait("all STOP lines", () => File.ReadAllText(copy).Split("STOP").Length == ends + 1);
        return File.ReadAllBytes(copy);
    }

    // Stock's processes each make those that they write to. That of its checkers does not run where the kernel has no IPVS.
    [Theory, BesideStock]
    [InlineData(Implementation.Stock, "-P", true, "all")]
    [InlineData(Implementation.Ours, "-P", true, "all")]
    [InlineData(Implementation.Stock, "-D", false, "all")]
    [InlineData(Implementation.Ours, "-D", false, "all")]
    [InlineData(Implementation.Ours, "-D", true, "all lvs")]
    [InlineData(Implementation.Ours, "-C", true, "all lvs")]
    [InlineData(Implementation.Ours, "-C", false, "")]
    public void File_isMadeForWhatRuns(Implementation implementation, string option, bool hasServers, string expected)
    {
        using Lab lab = new(routers: 1);
        string server = "virtual_server 10.9.0.100 80 {\nlb_algo rr\nlb_kind NAT\nprotocol TCP\nreal_server 10.9.0.5 80 {\nweight 1\n}\n}\n";
        string directory = Path.Combine(lab.A.Scratch, "fifos");
        Directory.CreateDirectory(directory);
        VrrpConfiguration configuration = s_plain with { Globals = $"notify_fifo {directory}/all\nlvs_notify_fifo {directory}/lvs" };
        lab.A.Start(implementation, configuration + (hasServers ? server : ""), option);
        lab.A.Daemon.WaitForLog(option == "-C" ? "Startup complete" : Expect.EnteringMaster, Expect.Soon);
        Assert.Equal(expected, string.Join(' ', Directory.GetFiles(directory).Select(Path.GetFileName).Order()));
        if (implementation == Implementation.Ours)
            Assert.Single(lab.A.Daemon.LogMatches("KA0202.*makes the FIFO of 'lvs_notify_fifo', and does not write to it yet"));
    }

    [Theory, BesideStock]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void File_thatIsMade_isTheUsersWithTheUmaskAndGoesAtTheEnd(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        lab.A.Start(implementation, With(lab.A) with { Globals = $"vrrp_notify_fifo {FifoOf(lab.A)} nobody\nnotify_fifo {FifoOf(lab.A, "all")}" });
        scripts.Wait("the FIFO", () => File.Exists(FifoOf(lab.A)) && File.Exists(FifoOf(lab.A, "all")));
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        Assert.Equal("fifo 600 nobody", Shell.Run("stat", "-c", "%F %a %U", FifoOf(lab.A)).Trim());
        Assert.Equal("fifo 600 root", Shell.Run("stat", "-c", "%F %a %U", FifoOf(lab.A, "all")).Trim());
        lab.A.Stop();
        Assert.False(File.Exists(FifoOf(lab.A)));
    }

    [Fact]
    public void Script_getsTheFifoAsItsLastArgumentAndEndsBeforeTheStopLines()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string script = scripts.Add("reader", $"shift\nexec 3<>\"$1\"\nwhile read line <&3; do echo \"$line\" >> {scripts.Record}; done");
        lab.A.Start(Implementation.Ours, With(lab.A, $"vrrp_notify_fifo_script \"{script} own\""));
        scripts.WaitForLine("INSTANCE \"VI_1\" MASTER 150");
        string[] lines = scripts.Lines();
        Assert.Equal($"reader [own] [{FifoOf(lab.A)}]", lines[0]);
        Assert.Equal(["INSTANCE \"VI_1\" BACKUP 150", "INSTANCE \"VI_1\" MASTER 150"], lines[1..]);
        Assert.Equal(0, lab.A.Stop());
        Assert.Equal(3, scripts.Lines().Length);
        lab.A.Daemon.WaitForLog("vrrp notify fifo script terminated", Expect.Soon);
        Assert.Empty(lab.A.Processes());
    }

    [Fact]
    public void Script_thatHeedsNoSignal_isKilledAtTheStop()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string script = scripts.Add("reader", "trap '' TERM\nsleep 300 & while :; do sleep 300; done");
        lab.A.Start(Implementation.Ours, With(lab.A, $"vrrp_notify_fifo_script {script}"));
        scripts.WaitForLine($"reader [{FifoOf(lab.A)}]");
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        TimeSpan asked = MonotonicClock.Now;
        Assert.Equal(0, lab.A.Stop());
        Assert.InRange(MonotonicClock.Now - asked, TimeSpan.Zero, TimeSpan.FromSeconds(2) + Expect.Slack);
        Assert.Empty(lab.A.Processes());
        Assert.False(File.Exists(FifoOf(lab.A)));
    }

    [Fact]
    public void Script_thatHasVanished_isSaidOnceAndTheFifoIsWrittenTo()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string script = scripts.Add("reader", "exec sleep 300");
        lab.A.Start(Implementation.Ours, With(lab.A, $"vrrp_notify_fifo_script {script}"));
        scripts.WaitForLine($"reader [{FifoOf(lab.A)}]");
        File.Delete(script);
        for (int reload = 0; reload < 2; reload++)
        {
            int seen = lab.A.Daemon.Log.Count;
            lab.A.Daemon.Signal(SIGHUP);
            lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon, seen);
        }
        string copy = StartReader(lab.A, scripts, FifoOf(lab.A));
        lab.A.LoseCarrier();
        scripts.Wait("FAULT", () => File.ReadAllText(copy).Contains("FAULT", StringComparison.Ordinal));
        lab.A.Daemon.WaitForLog("vrrp notify fifo script terminated", Expect.Soon);
        Assert.Single(scripts.Lines());
    }

    [Fact]
    public void Reload_unchangedFifo_readersNoticeNothing()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string script = scripts.Add("script", "exec sleep 1000");
        lab.A.Start(Implementation.Ours, With(lab.A, $"vrrp_notify_fifo_script {script}\nfifo_write_vrrp_states_on_reload"));
        string copy = StartReader(lab.A, scripts, FifoOf(lab.A));
        scripts.Wait("MASTER", () => File.ReadAllText(copy).Contains("MASTER"));
        lab.A.Daemon.Signal(SIGHUP);
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon);
        const string Repeated = "INSTANCE \"VI_1\" BACKUP 150\nINSTANCE \"VI_1\" MASTER 150\nINSTANCE \"VI_1\" MASTER 150\n";
        scripts.Wait("the repeated state", () => File.ReadAllText(copy) == Repeated);
        Assert.Single(scripts.Lines());

        // Without the word nothing is repeated; another name is another FIFO, and another start of the script.
        File.WriteAllText(lab.A.ConfigurationFile, With(lab.A, $"vrrp_notify_fifo_script {script}").ToString().Replace(FifoOf(lab.A), FifoOf(lab.A, "other")));
        lab.A.Daemon.Signal(SIGHUP);
        scripts.WaitForLine($"script [{FifoOf(lab.A, "other")}]");
        Assert.False(File.Exists(FifoOf(lab.A)));
        Assert.Equal(Repeated, File.ReadAllText(copy));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("link")]
    [InlineData("directory")]
    [InlineData("nothing")]
    public void Fifo_thatIsReplaced_isNotWrittenThrough(string by)
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string fifo = FifoOf(lab.A);
        string target = FifoOf(lab.A, "target");
        File.WriteAllText(target, "mine\n");
        lab.A.Start(Implementation.Ours, With(lab.A));
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        File.Move(fifo, FifoOf(lab.A, "away"));
        if (by == "file")
            File.WriteAllText(fifo, "mine\n");
        else if (by == "link")
            File.CreateSymbolicLink(fifo, target);
        else if (by == "directory")
            Directory.CreateDirectory(fifo);
        lab.A.LoseCarrier();
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon);
        if (by == "nothing")
        {
            lab.A.Daemon.WaitForLog($"vrrp notify fifo {fifo} is not what it was: it has been removed - making it again", Expect.Soon);
            string copy = StartReader(lab.A, scripts, fifo);
            scripts.Wait("FAULT", () => File.ReadAllText(copy) == "INSTANCE \"VI_1\" FAULT 150\n");
            lab.A.Stop();
            Assert.False(File.Exists(fifo));
            return;
        }
        lab.A.Daemon.WaitForLog($"Unable to open vrrp notify fifo {fifo} - it is no FIFO; nothing is written to it", Expect.Soon);
        lab.A.RegainCarrier();
        lab.A.Daemon.WaitForLog(@"\(VI_1\) Entering BACKUP STATE$", Expect.Soon);
        // A reload finds the same.
        lab.A.Daemon.Signal(SIGHUP);
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon);
        lab.A.Stop();
        Assert.Single(lab.A.Daemon.LogMatches("it is no FIFO"));
        Assert.Equal("mine\n", File.ReadAllText(by == "file" ? fifo : target));
        if (by == "directory")
            Assert.Empty(Directory.GetFiles(fifo));
    }

    [Theory]
    [InlineData("file", "it is no FIFO")]
    [InlineData("device", "it is no FIFO")]
    [InlineData("another's", "it belongs to another user")]
    public void Fifo_thatIsNone_isRefusedAtTheStartAndVrrpGoesOn(string what, string why)
    {
        using Lab lab = new(routers: 1);
        string fifo = FifoOf(lab.A);
        if (what == "file")
            File.WriteAllText(fifo, "mine\n");
        else if (what == "device")
            Shell.Run("mknod", fifo, "c", "1", "3");
        else
            Shell.Script($"mkfifo {fifo}; chown nobody {fifo}");
        lab.A.Start(Implementation.Ours, With(lab.A));
        lab.A.Daemon.WaitForLog($"Unable to open vrrp notify fifo {fifo} - {why}; nothing is written to it", Expect.Soon);
        Expect.Master(lab.A, s_plain.ActiveDownInterval);
        lab.A.Stop();
        Assert.True(File.Exists(fifo));
        if (what == "file")
            Assert.Equal("mine\n", File.ReadAllText(fifo));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fifo_thatCanBeMadeAtLast_hasItsScript(bool byReload)
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string script = scripts.Add("reader", $"exec 3<>\"$1\"\nwhile read line <&3; do echo \"$line\" >> {scripts.Record}; done");
        string fifo = FifoOf(lab.A);
        File.WriteAllText(fifo, "mine\n");
        lab.A.Start(Implementation.Ours, With(lab.A, $"vrrp_notify_fifo_script {script}"));
        Expect.Master(lab.A, s_plain.ActiveDownInterval);
        Assert.Empty(scripts.Lines());
        File.Delete(fifo);
        if (byReload)
        {
            lab.A.Daemon.Signal(SIGHUP);
            scripts.WaitForLine($"reader [{fifo}]");
        }
        lab.A.LoseCarrier();
        scripts.WaitForLine("INSTANCE \"VI_1\" FAULT 150");
        Assert.Equal([$"reader [{fifo}]", "INSTANCE \"VI_1\" FAULT 150"], scripts.Lines());
    }

    [Fact]
    public void Reader_thatIsSlow_losesLinesAndHoldsNothingUp()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        lab.A.Start(Implementation.Ours, With(lab.A));
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        // 40 bytes each, and 64 KiB go in. One packet a millisecond is acted on; a busy machine may lose some.
        for (int i = 0; i < 10 && lab.A.Daemon.LogMatches("lines are left out").Length == 0; i++)
            lab.Sender.Flood([new CraftedAdvert { Priority = 10 }], perSecond: 3000, TimeSpan.FromSeconds(1));
        lab.A.Daemon.WaitForLog($"Failed to write to vrrp notify fifo {FifoOf(lab.A)} - it is full, because nobody reads it; lines are left out", Expect.Soon);
        int from = lab.Observer.Adverts.Count;
        lab.Observer.Adverts.WaitFor("adverts go on", advert => advert.Source.Equals(lab.A.Address), Expect.Soon, from);
        // It is back: what was kept comes, whole lines, then what happens now.
        string copy = StartReader(lab.A, scripts, FifoOf(lab.A));
        scripts.Wait("what was kept", () => new FileInfo(copy).Length > 60_000);
        lab.A.LoseCarrier();
        scripts.Wait("what happens now", () => File.ReadAllText(copy).EndsWith("INSTANCE \"VI_1\" FAULT 150\n", StringComparison.Ordinal));
        lab.A.Daemon.WaitForLog(@"read again; \d+ lines were left out", Expect.Soon);
        string[] allowed = ["INSTANCE \"VI_1\" BACKUP 150", "INSTANCE \"VI_1\" MASTER 150", "INSTANCE \"VI_1\" MASTER_RX_LOWER_PRI 150", "INSTANCE \"VI_1\" FAULT 150"];
        Assert.Empty(File.ReadAllLines(copy).Except(allowed));
        Assert.Single(lab.A.Daemon.LogMatches("lines are left out"));
    }

    [Fact]
    public void PriorityChanges_whereAsked_areLines()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string check = scripts.AddRaw("check", $"exec test -e {lab.A.Scratch}/good");
        VrrpConfiguration configuration = With(lab.A) with { Extra = "notify_priority_changes\ntrack_script {\nchk\n}" };
        string text = configuration.ToString();
        int at = text.IndexOf("vrrp_instance", StringComparison.Ordinal);
        lab.A.Start(Implementation.Ours, $"{text[..at]}vrrp_script chk {{\nscript {check}\ninterval 0.2\nweight 20\n}}\n{text[at..]}");
        string copy = StartReader(lab.A, scripts, FifoOf(lab.A));
        scripts.Wait("MASTER", () => File.ReadAllText(copy).Contains("MASTER"));
        File.WriteAllText($"{lab.A.Scratch}/good", "");
        scripts.Wait("the priority", () => File.ReadAllText(copy).EndsWith("INSTANCE \"VI_1\" MASTER_PRIORITY 170\n", StringComparison.Ordinal));
    }
}
