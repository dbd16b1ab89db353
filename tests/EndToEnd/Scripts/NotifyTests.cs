using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Scripts;

/// <summary>Which script is run when, and with what (vrrp.md, section 17). Stock keepalived is the yardstick in the same run.</summary>
public sealed class NotifyTests
{
    private const int SIGHUP = 1;

    private static readonly VrrpConfiguration s_plain = new() { Priority = 150, Globals = "enable_script_security\nscript_user root" };

    private static VrrpConfiguration WithAllHooks(ScriptFolder scripts)
    {
        string[] hooks = ["notify_master", "notify_backup", "notify_fault", "notify_stop", "notify_master_rx_lower_pri", "notify"];
        IEnumerable<string> lines = hooks.Select(hook => $"{hook} \"{scripts.Add(hook)} own 'two words'\"");
        return s_plain with { Extra = string.Join('\n', lines) };
    }

    [Theory, BesideStock]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void Hooks_eachChange_runWithKeepalivedsArguments(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        lab.A.Start(implementation, WithAllHooks(scripts));
        string[] expected = [.. Pair("notify_backup", "BACKUP")];
        Verify(scripts, implementation, expected);

        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        expected = [.. expected, .. Pair("notify_master", "MASTER")];
        Verify(scripts, implementation, expected);

        lab.Sender.Send(new CraftedAdvert { Priority = 10 });
        expected = [.. expected, "notify_master_rx_lower_pri [own] [two words]"];
        Verify(scripts, implementation, expected);

        lab.A.LoseCarrier();
        expected = [.. expected, .. Pair("notify_fault", "FAULT")];
        Verify(scripts, implementation, expected);

        lab.A.RegainCarrier();
        expected = [.. expected, .. Pair("notify_backup", "BACKUP"), .. Pair("notify_master", "MASTER")];
        Verify(scripts, implementation, expected);

        Assert.Equal(0, lab.A.Stop());
        expected = [.. expected, .. Pair("notify_stop", "STOP")];
        Verify(scripts, implementation, expected);
        Assert.Empty(lab.A.Processes());

        static string[] Pair(string hook, string state) => [$"{hook} [own] [two words]", $"notify [own] [two words] [INSTANCE] [VI_1] [{state}] [150]"];
    }

    // keepalived starts the scripts of one change together, so there the two of a change may be the other way round.
    private static void Verify(ScriptFolder scripts, Implementation implementation, string[] expected)
    {
        string[] lines = scripts.WaitForLines(expected.Length)[..expected.Length];
        if (implementation == Implementation.Ours)
            Assert.Equal(expected, lines);
        else
            Assert.Equal(expected.Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Scripts_ofOneInstance_neverOverlapAndKeepTheirOrder()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        scripts.Add("all", $"sleep 0.4\nprintf 'end %s\\n' \"$3\" >> {scripts.Record}");
        // So slow an interval that it does not become MASTER in between.
        lab.A.Start(Implementation.Ours, s_plain with { AdvertSeconds = 5, Extra = $"notify {scripts.PathOf("all")}" });
        scripts.WaitForLine("all [INSTANCE] [VI_1] [BACKUP] [150]");
        lab.A.LoseCarrier();
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon);
        lab.A.RegainCarrier();
        lab.A.Daemon.WaitForLog(@"\(VI_1\) Entering BACKUP STATE$", Expect.Soon);
        lab.A.LoseCarrier();
        string[] lines = scripts.WaitForLines(8);
        string[] states = ["BACKUP", "FAULT", "BACKUP", "FAULT"];
        Assert.Equal(states.SelectMany(state => (string[])[$"all [INSTANCE] [VI_1] [{state}] [150]", $"end {state}"]), lines);
    }

    [Fact]
    public void Scripts_ofAGroup_runWhenThoseOfItsMembersHaveRun()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        scripts.Add("member", $"sleep 0.3\necho \"end $2 $3\" >> {scripts.Record}");
        string group = $"vrrp_sync_group G_1 {{\ngroup {{\nVI_1\nVI_2\n}}\nnotify {scripts.Add("group")}\nnotify_master {scripts.Add("group_master")}\n}}\n";
        string extra = $"notify {scripts.PathOf("member")}";
        string second = new VrrpConfiguration { Name = "VI_2", Vrid = 52, Addresses = ["10.9.0.102"], Extra = extra };
        lab.A.Start(
            Implementation.Ours, $"{s_plain with { Extra = extra }}\n{group}{second[second.IndexOf("vrrp_instance", StringComparison.Ordinal)..]}");
        scripts.WaitForLine("group [GROUP] [G_1] [MASTER] [0]");
        string[] lines = scripts.Lines();
        int master = Array.IndexOf(lines, "group_master");
        Assert.InRange(Array.IndexOf(lines, "end VI_1 MASTER"), 0, master);
        Assert.InRange(Array.IndexOf(lines, "end VI_2 MASTER"), 0, master);
        Assert.Equal("group [GROUP] [G_1] [MASTER] [0]", lines[master + 1]);
        // At the start the group is told of first, and so its script runs beside those of the members.
        Assert.Contains("group [GROUP] [G_1] [BACKUP] [0]", lines);
    }

    [Fact]
    public void Reload_removedInstance_isDeletedOrAFault()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string all = scripts.Add("all");
        string second = new VrrpConfiguration { Name = "VI_2", Vrid = 52, Addresses = ["10.9.0.102"], Extra = $"notify {all}\nnotify_deleted {scripts.Add("deleted")}" };
        string third = new VrrpConfiguration { Name = "VI_3", Vrid = 53, Addresses = ["10.9.0.103"], Extra = $"notify {all}" };
        lab.A.Start(Implementation.Ours, $"{s_plain}\n{second}\n{third}");
        scripts.WaitForLine("all [INSTANCE] [VI_2] [MASTER] [100]");
        scripts.WaitForLine("all [INSTANCE] [VI_3] [MASTER] [100]");
        int before = scripts.Lines().Length;
        File.WriteAllText(lab.A.ConfigurationFile, s_plain);
        lab.A.Daemon.Signal(SIGHUP);
        string[] lines = scripts.WaitForLines(before + 3)[before..];
        Assert.Equal(["all [INSTANCE] [VI_2] [DELETED] [100]", "all [INSTANCE] [VI_3] [FAULT] [100]", "deleted"], lines.Order(StringComparer.Ordinal));
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon);
        Assert.Equal(before + 3, scripts.Lines().Length);
    }

    [Fact]
    public void Script_thatForksAway_holdsNothingUpAndLivesOn()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        // It keeps standard error open, prints to it later, and would die of SIGPIPE.
        scripts.Add("all", $"(sleep 3; echo still here >&2; echo \"left $3\" >> {scripts.Record}; exec sleep 300) &\nexit 0");
        lab.A.Start(Implementation.Ours, s_plain with { Extra = $"notify {scripts.PathOf("all")}" });
        scripts.WaitForLine("all [INSTANCE] [VI_1] [BACKUP] [150]");
        scripts.WaitForLine("all [INSTANCE] [VI_1] [MASTER] [150]");
        Assert.DoesNotContain("left BACKUP", scripts.Lines());
        scripts.WaitForLine("left BACKUP");
        scripts.WaitForLine("left MASTER");
        Assert.Empty(Zombies(lab.A));
        Assert.Equal(0, lab.A.Stop());
        // As with keepalived, that is how services are started. They are all that is left.
        Assert.All(lab.A.Processes(), process => Assert.Contains(File.ReadAllText($"/proc/{process}/comm").Trim(), (string[])["sleep", "all"]));
    }

    [Fact]
    public void Script_thatPrintsWithoutEnd_isContained()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        scripts.Add("backup", "exec yes this goes on and on and on and on and on and on and on and on and on >&2");
        lab.A.Start(Implementation.Ours, s_plain with { Extra = $"notify_backup {scripts.PathOf("backup")}" });
        scripts.WaitForLine("backup");
        Expect.Master(lab.A, s_plain.ActiveDownInterval);
        int from = lab.Observer.Adverts.Count;
        TimeSpan before = ProcessMeasures.CpuTime(lab.A.Daemon.Id);
        Thread.Sleep(2000);
        // A pipe's worth ten times a second: a thousandth of what it would take.
        Assert.InRange(ProcessMeasures.CpuTime(lab.A.Daemon.Id) - before, TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
        Assert.InRange(lab.Observer.Adverts.Count - from, 6, 14);
        Assert.InRange(ProcessMeasures.PrivateMemory(lab.A.Daemon.Id), 0, 24 << 20);
        Assert.Equal(0, lab.A.Stop());
        Assert.Empty(lab.A.Processes());
    }

    [Fact]
    public void Script_thatFails_isLoggedWithItsLastWords()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string fails = scripts.Add("fails", "echo first >&2\necho 'no such table: 42' >&2\nexit 3");
        string killed = scripts.Add("killed", "kill -9 $$");
        lab.A.Start(Implementation.Ours, s_plain with { Extra = $"notify_backup {fails}\nnotify_master {killed}" });
        lab.A.Daemon.WaitForLog($@"\(VI_1\) notify_backup: {fails} exited with status 3: no such table: 42$", Expect.Soon);
        lab.A.Daemon.WaitForLog($@"\(VI_1\) notify_master: {killed} exited due to signal 9 \(SIGKILL\)$", Expect.Soon);
    }

    [Fact]
    public void Script_thatHangs_isEndedWhenAnotherHasWaitedForThePatience()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        scripts.Add("backup", "trap '' TERM\nsleep 100 & sleep 100");
        scripts.Add("master");
        string settings = Path.Combine(lab.A.Scratch, "etc");
        Directory.CreateDirectory(settings);
        File.WriteAllText(Path.Combine(settings, "keepalived-aot.toml"), "[scripts]\nnotify_patience = 1\n");
        File.WriteAllText(
            lab.A.ConfigurationFile, s_plain with { Extra = $"notify_backup {scripts.PathOf("backup")}\nnotify_master {scripts.PathOf("master")}" });
        lab.A.StartAs(
            "bash", "-euc", "mkdir -p /etc/keepalived; mount --bind $1 /etc/keepalived; exec $2 -n -l -D -f $3", "start",
            settings, Binaries.PathOf(Implementation.Ours), lab.A.ConfigurationFile);
        lab.A.Daemon.WaitForLog(@"\(VI_1\) notify_backup: .* still runs after 1 seconds while another script waits for it", Expect.Soon);
        scripts.WaitForLine("master");
        lab.A.Daemon.WaitForLog(@"\(VI_1\) notify_backup: .* exited due to signal 9", Expect.Soon);
        // And its children with it.
        scripts.Wait("the end of its children", () => lab.A.Processes().Length == 1);
    }

    [Fact]
    public void Stop_scriptThatHangs_isKilledAfterASecondAndNothingIsLeft()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        scripts.Add("stop", "trap '' TERM\nsleep 100");
        scripts.Add("all", "[ \"$3\" = STOP ] || { trap '' TERM; sleep 100; }");
        lab.A.Start(Implementation.Ours, s_plain with { Extra = $"notify_stop {scripts.PathOf("stop")}\nnotify {scripts.PathOf("all")}" });
        scripts.WaitForLine("all [INSTANCE] [VI_1] [BACKUP] [150]");
        TimeSpan begin = MonotonicClock.Now;
        Assert.Equal(0, lab.A.Stop());
        Assert.InRange(MonotonicClock.Now - begin, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(3));
        Assert.Contains("stop", scripts.Lines());
        Assert.Empty(lab.A.Processes());
        lab.A.Daemon.WaitForLog(@"\(VI_1\) notify_stop: .* was ended because the daemon stops - it exited due to signal 9 \(SIGKILL\)", Expect.Soon);
    }

    [Fact]
    public void Stop_whatWaits_runsBeforeTheScriptsOfTheStop()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string master = scripts.Add("master", "sleep 100");
        lab.A.Start(Implementation.Ours, s_plain with { Extra = $"notify_master {master}\nnotify {scripts.Add("all")}" });
        scripts.WaitForLine("master");
        Assert.Equal(0, lab.A.Stop());
        string[] lines = scripts.Lines();
        Assert.Equal(
            ["all [INSTANCE] [VI_1] [BACKUP] [150]", "master", "all [INSTANCE] [VI_1] [MASTER] [150]", "all [INSTANCE] [VI_1] [STOP] [150]"], lines);
        lab.A.Daemon.WaitForLog($@"\(VI_1\) notify_master: {master} was ended because the daemon stops - it exited due to signal 15 \(SIGTERM\)", Expect.Soon);
        Assert.Empty(lab.A.Daemon.LogMatches("were not run in time"));
    }

    [Fact]
    public void Stop_whatCannotRunInTime_isSaid()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string master = scripts.Add("master", "trap '' TERM\nsleep 100");
        lab.A.Start(Implementation.Ours, s_plain with { Extra = $"notify_master {master}\nnotify {scripts.Add("all")}" });
        scripts.WaitForLine("master");
        Assert.Equal(0, lab.A.Stop());
        lab.A.Daemon.WaitForLog(@"\(VI_1\) 1 notify scripts were not run in time before the stop", Expect.Soon);
        Assert.Equal(["master", "all [INSTANCE] [VI_1] [STOP] [150]"], scripts.Lines()[1..]);
    }

    [Fact]
    public void Scripts_ofAHundredInstances_runAtTheSameTime()
    {
        const int Instances = 100;
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string slow = scripts.AddRaw("slow", $"echo begin >> {scripts.Record}\nsleep 5\necho end >> {scripts.Record}");
        IEnumerable<string> more = Enumerable.Range(1, Instances).Select(number => new VrrpConfiguration
        {
            Name = $"I_{number}", Vrid = (byte)number, Priority = 200, AdvertSeconds = 0.5, Addresses = [$"10.9.1.{number}"], Extra = $"notify_master {slow}",
        }.ToString());
        string globals = s_plain.ToString();
        lab.A.Start(
            Implementation.Ours,
            globals[..globals.IndexOf("vrrp_instance", StringComparison.Ordinal)]
            + string.Concat(more.Select(text => text[text.IndexOf("vrrp_instance", StringComparison.Ordinal)..])));
        string[] lines = scripts.WaitForLines(Instances)[..Instances];
        Assert.All(lines, line => Assert.Equal("begin", line));
    }

    // state, parent
    private static string[] Zombies(Router router)
        => [.. Directory.GetDirectories("/proc", "*").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])).Select(StatusOf)
            .Where(status => status.StartsWith($"Z {router.Daemon.Id} ", StringComparison.Ordinal))];

    private static string StatusOf(string process)
    {
        try
        {
            return File.ReadAllText($"{process}/stat").Split(") ")[^1];
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return "";
        }
    }

    // utime and stime, in ticks of 10 ms.
}
