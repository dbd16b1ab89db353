using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Scripts;

/// <summary>Who scripts run as, in what surroundings, and which are not run at all (daemon.md, section 9).</summary>
public sealed class ScriptSecurityTests
{
    private static VrrpConfiguration With(string globals, string extra) => new() { Globals = globals, Extra = extra };

    [Theory, BesideStock]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void User_ofTheScript_isBecomeWithItsGroup(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string who = scripts.AddRaw("who", $"echo \"$1 $(id -u) $(id -g)\" >> {scripts.Record}");
        lab.A.Start(
            implementation, With("enable_script_security\nscript_user nobody", $"notify_backup \"{who} default\"\nnotify_master \"{who} own\" daemon mail"));
        scripts.WaitForLines(2);
        Assert.Equal(
            [$"default {Number("passwd", "nobody")} {Number("group", "nogroup")}", $"own {Number("passwd", "daemon")} {Number("group", "mail")}"],
            scripts.Lines());

        static string Number(string file, string name)
            => File.ReadLines($"/etc/{file}").Select(line => line.Split(':')).First(entry => entry[0] == name)[2];
    }

    // Priorities are the daemon's. What lets its children start before everybody else is taken from them, and never given to theirs.
    [Theory, BesideStock]
    [InlineData(Implementation.Ours, "", "0")]
    [InlineData(Implementation.Stock, "", "0")]
    [InlineData(Implementation.Ours, "vrrp_rt_priority 30", "2")]
    [InlineData(Implementation.Stock, "vrrp_rt_priority 30", "2")]
    public void Priority_ofTheScript_isThatOfTheDaemonsStart(Implementation implementation, string realTime, string policy)
    {
        const int PolicyField = 38;
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string look = scripts.AddRaw("look", $"sleep 0.2; echo \"$(nice) $(cut -d' ' -f41 /proc/$$/stat) $(cut -d' ' -f41 /proc/self/stat)\" >> {scripts.Record}");
        lab.A.Start(
            implementation, With($"enable_script_security\nscript_user nobody\nvrrp_priority -5\n{realTime}", $"notify_backup {look}\nnotify_master {look}"));
        Assert.Equal(["0 0 0", "0 0 0"], scripts.WaitForLines(2));
        int id = lab.A.Processes().Last(static process => File.ReadAllText($"/proc/{process}/comm").StartsWith("keepalived", StringComparison.Ordinal));
        string[] daemon = File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ');
        Assert.Equal(policy, daemon[PolicyField]);
    }

    [Theory, BesideStock]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void Surroundings_areNullStreamsNoDescriptorNoSignalAndACleanEnvironment(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string look = scripts.AddRaw("look", $$"""
            {
                for f in 0 1 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do readlink /proc/$$/fd/$f; done | grep -v '{{lab.A.Scratch}}'
                echo "path=$LD_LIBRARY_PATH"
                grep -E '^Sig(Blk|Ign)' /proc/self/status
                [ "$(cut -d' ' -f5 /proc/$$/stat)" = $$ ] && echo leader
                echo end
            } >> {{scripts.Record}}
            """);
        File.WriteAllText(lab.A.ConfigurationFile, With("enable_script_security\nscript_user root", $"notify_backup {look}"));
        lab.A.StartAs(
            "env", "LD_LIBRARY_PATH=/nowhere", Binaries.PathOf(implementation), "-n", "-l", "-D", "-f", lab.A.ConfigurationFile);
        scripts.WaitForLine("end");
        // What whoever started the tests ignores, stock's scripts ignore too. And 2.2.7 does not take the variable out yet.
        string[] lines = [.. scripts.Lines().Where(line => implementation == Implementation.Ours || !line.StartsWith("SigIgn", StringComparison.Ordinal))];
        string path = implementation == Implementation.Ours ? "" : "/nowhere";
        string[] expected = ["/dev/null", $"path={path}", "SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000", "leader", "end"];
        if (implementation == Implementation.Stock)
            expected = [.. expected.Where(line => !line.StartsWith("SigIgn", StringComparison.Ordinal))];
        // The braces' own output takes the place of descriptor 1, and the shell keeps its script open.
        Assert.Equal(expected, lines.Where(line => !line.StartsWith("pipe:", StringComparison.Ordinal)).Distinct());
    }

    [Theory]
    [InlineData("directory")]
    [InlineData("script")]
    public void UnsafeElement_withSecurity_isNamedAndTheScriptNotRun(string what)
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string backup = scripts.Add("backup");
        string bad = what == "directory" ? Path.GetDirectoryName(backup)! : backup;
        Shell.Run("chmod", "o+w", bad);
        lab.A.Start(Implementation.Ours, With("enable_script_security\nscript_user root", $"notify_backup {backup}"));
        lab.A.Daemon.WaitForLog($"Unsafe permissions found for script '{backup}' - disabling.", Expect.Soon);
        lab.A.Daemon.WaitForLog($"  {bad} can be written by everybody, mode 07[57]7", Expect.Soon);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        Assert.Empty(scripts.Lines());
    }

    [Theory, BesideStock]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void UnsafeScript_withoutSecurity_isSaidAndRun(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string backup = scripts.Add("backup");
        Shell.Run("chmod", "o+w", backup);
        lab.A.Start(implementation, With("script_user root", $"notify_backup {backup}"));
        lab.A.Daemon.WaitForLog($"Unsafe permissions found for script '{backup}'.", Expect.Soon);
        lab.A.Daemon.WaitForLog("SECURITY VIOLATION - scripts are being executed but script_security not enabled. There are insecure scripts.", Expect.Soon);
        scripts.WaitForLine("backup");
    }

    [Fact]
    public void Link_byDefaultItsTargetIsRunAndWithUseSymlinkPathsItself()
    {
        foreach ((string word, string expected) in new[] { ("", "real"), ("use_symlink_paths", "link") })
        {
            using Lab lab = new(routers: 1);
            ScriptFolder scripts = new(lab.A);
            scripts.AddRaw("real", $"echo \"$0\" >> {scripts.Record}");
            File.CreateSymbolicLink(scripts.PathOf("link"), scripts.PathOf("real"));
            lab.A.Start(Implementation.Ours, With($"enable_script_security\nscript_user root\n{word}", $"notify_backup {scripts.PathOf("link")}"));
            scripts.WaitForLine(scripts.PathOf(expected));
        }
    }

    [Fact]
    public void Name_withoutSlash_isSearchedAndTextWithoutInterpreterGoesToTheShell()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string plain = scripts.PathOf("plain");
        File.WriteAllText(plain, $"echo \"plain $1\" >> {scripts.Record}\n");
        Shell.Run("chmod", "755", plain);
        lab.A.Start(
            Implementation.Ours, With("enable_script_security\nscript_user root", $"notify_backup \"{plain} word\"\nnotify_master \"touch {lab.A.Scratch}/touched\""));
        lab.A.Daemon.WaitForLog("WARNING - script touch resolved by path search to /usr/bin/touch. Please specify full path.", Expect.Soon);
        lab.A.Daemon.WaitForLog($"Please add a #! shebang to script {plain}", Expect.Soon);
        scripts.WaitForLine("plain word");
        scripts.Wait("touch", () => File.Exists($"{lab.A.Scratch}/touched"));
    }
}
