using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Scripts;

/// <summary><c>vrrp_script</c> (vrrp.md, "Script"): results, limits, and what becomes of the instance. Stock keepalived is the yardstick.</summary>
public sealed class TrackedScriptTests
{
    private const int SIGHUP = 1;

    private static readonly VrrpConfiguration s_plain = new() { Priority = 100, Globals = "enable_script_security\nscript_user root" };

    /// <param name="block">Lines of the vrrp_script.</param>
    /// <param name="line">Of track_script, behind the name.</param>
    private static string With(string script, string block, string line = "", string more = "")
    {
        string text = s_plain with { Extra = $"track_script {{\nchk {line}\n}}\n{more}" };
        int at = text.IndexOf("vrrp_instance", StringComparison.Ordinal);
        return $"{text[..at]}vrrp_script chk {{\nscript \"{script}\"\n{block}\n}}\n{text[at..]}";
    }

    private static string Flag(Router router) => Path.Combine(router.Scratch, "good");

    [Theory, BesideStock]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void Weight_followsTheResultWithRiseAndFall(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string check = scripts.AddRaw("check", $"echo run >> {scripts.Record}\n[ -e {Flag(lab.A)} ] || exit 3");
        lab.A.Start(implementation, With(check, "interval 1\nrise 3\nfall 2\nweight 20"));
        // The first result decides, whatever rise and fall.
        lab.A.Daemon.WaitForLog($"Script `chk` now returning 3", Expect.Soon);
        lab.A.Daemon.WaitForLog(@"VRRP_Script\(chk\) failed \(exited with status 3\)", Expect.Soon);
        Assert.Single(scripts.Lines());
        Expect.Master(lab.A, s_plain.ActiveDownInterval);

        int before = scripts.Lines().Length;
        File.WriteAllText(Flag(lab.A), "");
        lab.A.Daemon.WaitForLog(@"VRRP_Script\(chk\) succeeded", Expect.Soon);
        Assert.InRange(scripts.Lines().Length - before, 3, 4);
        lab.A.Daemon.WaitForLog(@"\(VI_1\) Changing effective priority from 100 to 120", Expect.Soon);
        lab.Observer.Adverts.WaitFor("priority 120", advert => advert.Priority == 120, Expect.Soon);

        int from = lab.A.Daemon.Log.Count;
        before = scripts.Lines().Length;
        File.Delete(Flag(lab.A));
        lab.A.Daemon.WaitForLog(@"VRRP_Script\(chk\) failed \(exited with status 3\)", Expect.Soon, from);
        Assert.InRange(scripts.Lines().Length - before, 2, 3);
        lab.A.Daemon.WaitForLog(@"\(VI_1\) Changing effective priority from 120 to 100", Expect.Soon);
    }

    [Theory, BesideStock]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void NoWeight_holdsUntilTheFirstResultAndFailureIsAFault(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string check = scripts.AddRaw("check", $"sleep 1.5\n[ -e {Flag(lab.A)} ]");
        string all = scripts.Add("all");
        File.WriteAllText(Flag(lab.A), "");
        lab.A.Start(implementation, With(check, "interval 3", more: $"notify {all}"));
        lab.A.Daemon.WaitForLog("Startup complete", Expect.Soon);
        Thread.Sleep(300);
        Assert.Empty(scripts.Lines());
        Assert.Empty(lab.A.Daemon.LogMatches("STATE"));
        lab.A.Daemon.WaitForLog(@"VRRP_Script\(chk\) succeeded", Expect.Soon);
        Expect.Master(lab.A, s_plain.ActiveDownInterval);
        scripts.WaitForLine("all [INSTANCE] [VI_1] [MASTER] [100]");

        File.Delete(Flag(lab.A));
        lab.A.Daemon.WaitForLog(@"VRRP_Script\(chk\) failed \(exited with status 1\)", Expect.Soon);
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon);
        scripts.WaitForLine("all [INSTANCE] [VI_1] [FAULT] [100]");
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);

        int from = lab.A.Daemon.Log.Count;
        File.WriteAllText(Flag(lab.A), "");
        lab.A.Daemon.WaitForLog(@"\(VI_1\) Entering BACKUP STATE", Expect.Soon, from);
        Expect.Master(lab.A, s_plain.ActiveDownInterval, from);
    }

    [Theory, BesideStock]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void Timeout_endsTheRunAndIsAFailure(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string check = scripts.AddRaw("check", $"[ -e {Flag(lab.A)} ] && exit 0\nsleep 100 & sleep 100");
        File.WriteAllText(Flag(lab.A), "");
        lab.A.Start(implementation, With(check, "interval 1\ntimeout 1", "weight 10"));
        lab.A.Daemon.WaitForLog(@"VRRP_Script\(chk\) succeeded", Expect.Soon);
        File.Delete(Flag(lab.A));
        lab.A.Daemon.WaitForLog(@"VRRP_Script\(chk\) timed_out", Expect.Soon);
        lab.A.Daemon.WaitForLog(@"Changing effective priority from 110 to 100", Expect.Soon);
        File.WriteAllText(Flag(lab.A), "");
        lab.A.Daemon.WaitForLog(@"VRRP_Script\(chk\) succeeded", Expect.Soon, lab.A.Daemon.Log.Count);
        // Its children went with it. 2.2.7 leaves one behind now and then.
        if (implementation == Implementation.Stock)
            return;
        scripts.Wait("nothing but the daemon", () => !Array.Exists(lab.A.Processes(), IsSleep));
        lab.A.Stop();
        Assert.Empty(lab.A.Processes());
    }

    [Fact]
    public void Timeout_scriptThatHeedsNoSignal_isKilledAndRunsAreSkippedMeanwhile()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string check = scripts.AddRaw("check", $"trap '' TERM\necho run >> {scripts.Record}\nsleep 100");
        lab.A.Start(Implementation.Ours, With(check, "interval 1\ntimeout 1", "weight 10"));
        lab.A.Daemon.WaitForLog(@"VRRP_Script\(chk\) timed_out", Expect.Soon);
        lab.A.Daemon.WaitForLog("Track script chk is being timed out, expect idle - skipping run", Expect.Soon);
        scripts.WaitForLines(2);
        Assert.Single(lab.A.Daemon.LogMatches("timed_out"));
        // Each in its own words, once.
        string[] skipped = [.. lab.A.Daemon.LogMatches("skipping run").Select(line => line.Text[line.Text.IndexOf("Track", StringComparison.Ordinal)..])];
        Assert.Equal(skipped.Distinct(), skipped);
    }

    [Fact]
    public void Timeout_ofEachRun_isSaidOnce()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string check = scripts.AddRaw("check", $"echo run >> {scripts.Record}\nsleep 100");
        lab.A.Start(Implementation.Ours, With(check, "interval 0.25", "weight 10"));
        scripts.WaitForLines(7);
        Assert.Single(lab.A.Daemon.LogMatches("timed_out"));
        Assert.InRange(lab.A.Daemon.LogMatches("skipping run").Length, 1, 2);
    }

    [Fact]
    public void Script_thatForksAwayAtEachRun_isReportedOnceAndDoesNotFillTheHost()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string check = scripts.AddRaw("check", $"sleep 300 &\necho run >> {scripts.Record}");
        lab.A.Start(Implementation.Ours, With(check, "interval 0.2", "weight 10"));
        scripts.WaitForLines(20);
        lab.A.Daemon.WaitForLog(@"VRRP_Script\(chk\) leaves processes behind when it ends \(process group \d+\); when there are 8,", Expect.Soon);
        // One more while a run lasts.
        Assert.InRange(lab.A.Processes().Count(IsSleep), 8, 9);
        Assert.Single(lab.A.Daemon.LogMatches("leaves processes behind"));
        Assert.Single(lab.A.Daemon.LogMatches(@"VRRP_Script\(chk\) (succeeded|failed)"));
        Assert.Equal(0, lab.A.Stop());
        Assert.InRange(lab.A.Processes().Count(IsSleep), 1, 8);
    }

    // To standard error, which is read; the other one is what it leaves behind, with that descriptor still open.
    [Theory]
    [InlineData("exec yes this goes on and on >&2", "timed_out", false)]
    [InlineData("(exec yes this goes on and on >&2) & exit 0", "succeeded", true)]
    public void Script_thatPrintsWithoutEnd_isContained(string body, string result, bool isLeft)
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string check = scripts.AddRaw("check", $"echo run >> {scripts.Record}\n{body}");
        lab.A.Start(Implementation.Ours, With(check, "interval 1", "weight 10"));
        lab.A.Daemon.WaitForLog($@"VRRP_Script\(chk\) {result}", Expect.Soon);
        Expect.Master(lab.A, s_plain.ActiveDownInterval);
        int from = lab.Observer.Adverts.Count;
        int seen = lab.A.Daemon.Log.Count;
        TimeSpan before = ProcessMeasures.CpuTime(lab.A.Daemon.Id);
        Thread.Sleep(3000);
        Assert.InRange(ProcessMeasures.CpuTime(lab.A.Daemon.Id) - before, TimeSpan.Zero, TimeSpan.FromSeconds(0.6));
        Assert.InRange(ProcessMeasures.PrivateMemory(lab.A.Daemon.Id), 0, 24 << 20);
        Assert.InRange(lab.Observer.Adverts.Count - from, 11, 19);
        Assert.InRange(lab.A.Daemon.LogMatches(@"\(?chk\)?", seen).Length, 0, 3);
        Assert.True(scripts.Lines().Length >= 2, "it is run again");
        Assert.Equal(0, lab.A.Stop());
        // What had left its script stays, as with keepalived, but waits for a reader that does not come, and uses nothing.
        int[] left = lab.A.Processes();
        Assert.InRange(left.Length, 0, isLeft ? 8 : 0);
        Assert.All(left, static process => Assert.Contains("State:\tS", File.ReadAllText($"/proc/{process}/status"), StringComparison.Ordinal));
    }

    [Fact]
    public void Script_thatVanishes_isReportedOnceAndFailsUntilItIsBack()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string check = scripts.AddRaw("check", "exit 0");
        lab.A.Start(Implementation.Ours, With(check, "interval 0.1", "weight 10"));
        lab.A.Daemon.WaitForLog(@"VRRP_Script\(chk\) succeeded", Expect.Soon);
        File.Move(check, $"{check}.away");
        lab.A.Daemon.WaitForLog($@"\(chk\) script: cannot be run: execve {check}: No such file or directory", Expect.Soon);
        lab.A.Daemon.WaitForLog(@"VRRP_Script\(chk\) failed \(could not be run\)", Expect.Soon);
        Thread.Sleep(1000);
        Assert.Single(lab.A.Daemon.LogMatches("cannot be run"));
        int from = lab.A.Daemon.Log.Count;
        File.Move($"{check}.away", check);
        lab.A.Daemon.WaitForLog(@"VRRP_Script\(chk\) succeeded", Expect.Soon, from);
        File.Move(check, $"{check}.away");
        lab.A.Daemon.WaitForLog("cannot be run", Expect.Soon, from);
        Assert.False(lab.A.Daemon.HasExited);
    }

    [Fact]
    public void Reload_keepsTheResult()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string check = scripts.AddRaw("check", $"[ -e {Flag(lab.A)} ]");
        File.WriteAllText(Flag(lab.A), "");
        lab.A.Start(Implementation.Ours, With(check, "interval 1", more: "accept"));
        Expect.Master(lab.A, s_plain.ActiveDownInterval);
        File.WriteAllText(lab.A.ConfigurationFile, With(check, "interval 1\nrise 2"));
        int from = lab.A.Daemon.Log.Count;
        lab.A.Daemon.Signal(SIGHUP);
        lab.A.Daemon.WaitForLog(@"VRRP_Script\(chk\) considered successful on reload", Expect.Soon, from);
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon, from);
        Thread.Sleep(500);
        Assert.Empty(lab.A.Daemon.LogMatches(@"STATE", from));

        // A script that is tracked no more is run no more, and no fault of anybody.
        File.Delete(Flag(lab.A));
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon, from);
        File.WriteAllText(lab.A.ConfigurationFile, s_plain);
        from = lab.A.Daemon.Log.Count;
        lab.A.Daemon.Signal(SIGHUP);
        Expect.Master(lab.A, s_plain.ActiveDownInterval, from);
    }

    [Theory, BesideStock]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void Reload_anotherCommand_isRunAtOnce(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string wrong = scripts.AddRaw("wrong", "exit 1");
        string right = scripts.AddRaw("right", "exit 0");
        lab.A.Start(implementation, With(wrong, "interval 100"));
        lab.A.Daemon.WaitForLog(@"VRRP_Script\(chk\) failed", Expect.Soon);
        File.WriteAllText(lab.A.ConfigurationFile, With(right, "interval 100"));
        lab.A.Daemon.Signal(SIGHUP);
        Expect.Master(lab.A, s_plain.ActiveDownInterval);
    }

    [Theory, BesideStock]
    [InlineData(Implementation.Ours, "missing", "cannot be accessed - No such file or directory", "since not found/accessible")]
    [InlineData(Implementation.Stock, "missing", "cannot be accessed - No such file or directory", "since not found/accessible")]
    [InlineData(Implementation.Ours, "unsafe", "Unsafe permissions found for script", "due to insecure")]
    [InlineData(Implementation.Stock, "unsafe", "Unsafe permissions found for script", "due to insecure")]
    [InlineData(Implementation.Ours, "directory", "Wrong file type found in script path", "due to insecure")]
    [InlineData(Implementation.Stock, "directory", "Wrong file type found in script path", "due to insecure")]
    public void Script_thatMayNotRun_isNamedAndHoldsNobody(Implementation implementation, string what, string ofFile, string ofScript)
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string check = scripts.PathOf(what);
        if (what == "unsafe")
            Shell.Run("chmod", "o+w", scripts.AddRaw(what, "exit 1"));
        else if (what == "directory")
            Directory.CreateDirectory(check);
        lab.A.Start(implementation, With(check, "interval 1"));
        lab.A.Daemon.WaitForLog(ofFile, Expect.Soon);
        lab.A.Daemon.WaitForLog($"Disabling track script chk {ofScript}$", Expect.Soon);
        Expect.Master(lab.A, s_plain.ActiveDownInterval);
    }

    private static bool IsSleep(int process)
        => File.Exists($"/proc/{process}/comm") && Shell.Try("cat", $"/proc/{process}/comm").Output.Trim() == "sleep";
}
