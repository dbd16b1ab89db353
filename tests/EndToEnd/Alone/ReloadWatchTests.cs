using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary><c>reload.watch</c>: files that change bring a reload about. And <c>health</c>, which probes ask.</summary>
public sealed class ReloadWatchTests
{
    private const string Changed = "Configuration files have changed";
    private static readonly VrrpConfiguration s_plain = new() { Priority = 150 };

    // The router's own /etc/keepalived.
    private static string Start(Lab lab, string configuration, string settings = "[reload]\nwatch = true\n")
    {
        string folder = Path.Combine(lab.A.Scratch, "etc");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "keepalived-aot.toml"), settings);
        File.WriteAllText(Path.Combine(folder, "keepalived.conf"), configuration);
        Run(lab, folder);
        return folder;
    }

    private static void Run(Lab lab, string folder)
    {
        lab.A.StartAs(
            "bash", "-euc", """mkdir -p /etc/keepalived; mount --bind "$1" /etc/keepalived; exec "$2" -n -l -D""", "watch", folder, Binaries.Ours);
        lab.A.Daemon.WaitForLog("Startup complete", Expect.Soon);
    }

    [Fact]
    public void File_thatIsWritten_isReadOnceItIsQuiet()
    {
        using Lab lab = new(routers: 1);
        string folder = Start(lab, s_plain);
        for (int priority = 100; priority < 105; priority++)
        {
            File.WriteAllText(Path.Combine(folder, "keepalived.conf"), s_plain with { Priority = priority });
            Thread.Sleep(100);
        }
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon);
        Assert.Single(lab.A.Daemon.LogMatches(Changed));
        Assert.Single(lab.A.Daemon.LogMatches(@"Reloading \.\.\."));
    }

    [Fact]
    public void Without_the_setting_nothingIsWatched_untilAReloadBringsIt_andNoMoreWhenItIsGone()
    {
        using Lab lab = new(routers: 1);
        string folder = Start(lab, s_plain, "[reload]\nwatch = false\n");
        File.WriteAllText(Path.Combine(folder, "keepalived.conf"), s_plain with { Priority = 100 });
        Thread.Sleep(2500);
        Assert.Empty(lab.A.Daemon.LogMatches(@"Reloading \.\.\."));
        File.WriteAllText(Path.Combine(folder, "keepalived-aot.toml"), "[reload]\nwatch = true\n");
        lab.A.Daemon.Signal(1);
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon);
        int from = lab.A.Daemon.Log.Count;
        File.WriteAllText(Path.Combine(folder, "keepalived-aot.toml"), "[reload]\nwatch = false\n");
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon, from);
        File.WriteAllText(Path.Combine(folder, "keepalived.conf"), s_plain with { Priority = 110 });
        Thread.Sleep(2500);
        Assert.Single(lab.A.Daemon.LogMatches(Changed));
    }

    // What editors and others leave beside it, and a file that is written as it was.
    [Fact]
    public void Other_files_bringNoReload()
    {
        using Lab lab = new(routers: 1);
        string folder = Start(lab, s_plain);
        File.WriteAllText(Path.Combine(folder, ".keepalived.conf.swp"), "x");
        File.WriteAllText(Path.Combine(folder, "keepalived.conf.orig"), "x");
        File.Delete(Path.Combine(folder, "keepalived.conf.orig"));
        Thread.Sleep(2500);
        Assert.Empty(lab.A.Daemon.LogMatches(Changed));
        File.WriteAllText(Path.Combine(folder, "keepalived.conf"), s_plain with { Priority = 100 });
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon);
    }

    // As a container runtime swaps a mounted directory.
    [Fact]
    public void Link_thatIsSwapped_isNoticed_againAndAgain()
    {
        using Lab lab = new(routers: 1);
        string folder = Path.Combine(lab.A.Scratch, "etc");
        Directory.CreateDirectory(folder);
        Swap(1, s_plain);
        File.CreateSymbolicLink(Path.Combine(folder, "keepalived.conf"), "..data/keepalived.conf");
        File.CreateSymbolicLink(Path.Combine(folder, "keepalived-aot.toml"), "..data/keepalived-aot.toml");
        Run(lab, folder);
        for (int generation = 2; generation < 5; generation++)
        {
            int from = lab.A.Daemon.Log.Count;
            Swap(generation, s_plain with { Priority = 100 + generation });
            lab.A.Daemon.WaitForLog(Changed, Expect.Soon, from);
            lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon, from);
        }

        void Swap(int generation, VrrpConfiguration configuration)
        {
            string data = Path.Combine(folder, $"..{generation}");
            Directory.CreateDirectory(data);
            File.WriteAllText(Path.Combine(data, "keepalived.conf"), configuration);
            File.WriteAllText(Path.Combine(data, "keepalived-aot.toml"), "[reload]\nwatch = true\n");
            File.CreateSymbolicLink(Path.Combine(folder, "..tmp"), $"..{generation}");
            Assert.Equal(0, Shell.Try("mv", "-T", Path.Combine(folder, "..tmp"), Path.Combine(folder, "..data")).ExitCode);
            if (generation > 1)
                Directory.Delete(Path.Combine(folder, $"..{generation - 1}"), recursive: true);
        }
    }

    // A link that is made is no event, as nobody closes it.
    [Fact]
    public void File_thatVanishes_andComesAsALink_isNoticed()
    {
        using Lab lab = new(routers: 1);
        string folder = Start(lab, s_plain);
        string file = Path.Combine(folder, "keepalived.conf");
        File.Delete(file);
        lab.A.Daemon.WaitForLog("Reload refused", Expect.Soon);
        int from = lab.A.Daemon.Log.Count;
        File.WriteAllText(Path.Combine(lab.A.Scratch, "elsewhere.conf"), s_plain with { Priority = 100 });
        File.CreateSymbolicLink(file, Path.Combine(lab.A.Scratch, "elsewhere.conf"));
        lab.A.Daemon.WaitForLog("Reload complete", TimeSpan.FromSeconds(15), from);
    }

    // As a deployment swaps `current` between releases.
    [Fact]
    public void Link_onTheWay_thatIsSwapped_isNoticed()
    {
        using Lab lab = new(routers: 1);
        string folder = Path.Combine(lab.A.Scratch, "etc");
        string current = Path.Combine(lab.A.Scratch, "current");
        foreach (int release in (int[])[1, 2])
        {
            Directory.CreateDirectory(Path.Combine(lab.A.Scratch, $"release{release}"));
            File.WriteAllText(Path.Combine(lab.A.Scratch, $"release{release}", "keepalived.conf"), s_plain with { Priority = 100 + release });
        }
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "keepalived-aot.toml"), "[reload]\nwatch = true\n");
        File.CreateSymbolicLink(current, "release1");
        File.CreateSymbolicLink(Path.Combine(folder, "keepalived.conf"), Path.Combine(current, "keepalived.conf"));
        Run(lab, folder);
        File.CreateSymbolicLink(current + ".new", "release2");
        Assert.Equal(0, Shell.Try("mv", "-T", current + ".new", current).ExitCode);
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon);
    }

    // Another file makes it look while the configuration is being written, half of which would be a router without instances.
    [Fact]
    public void File_thatIsBeingWritten_isWaitedFor()
    {
        using Lab lab = new(routers: 1);
        string folder = Start(lab, s_plain);
        using (StreamWriter writer = new(Path.Combine(folder, "keepalived.conf"), append: false))
        {
            for (int line = 0; line < 15; line++)
            {
                writer.Write("global_defs {\n}\n");
                writer.Flush();
                if (line == 1)
                    File.WriteAllText(Path.Combine(folder, "another"), "x");
                Thread.Sleep(200);
            }
            writer.Write((string)(s_plain with { Priority = 100 }));
        }
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon);
        Assert.Single(lab.A.Daemon.LogMatches(Changed));
        Assert.Empty(lab.A.Daemon.LogMatches("1 removed"));
    }

    [Fact]
    public void Included_file_thatComes_isNoticed()
    {
        using Lab lab = new(routers: 1);
        string included = Path.Combine(lab.A.Scratch, "etc", "conf.d");
        Directory.CreateDirectory(included);
        Start(lab, $"{s_plain}\ninclude /etc/keepalived/conf.d/*.conf\n");
        File.WriteAllText(Path.Combine(included, "a.conf"), "global_defs {\nrouter_id new\n}\n");
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon);
        int from = lab.A.Daemon.Log.Count;
        File.Delete(Path.Combine(included, "a.conf"));
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon, from);
    }

    [Fact]
    public void Wrong_file_isRefused_andTheNextOneTaken()
    {
        using Lab lab = new(routers: 1);
        string folder = Start(lab, s_plain);
        string file = Path.Combine(folder, "keepalived.conf");
        File.WriteAllText(file, "vrrp_instance VI_1 {\nnonsense\n}\n");
        lab.A.Daemon.WaitForLog("Reload refused", Expect.Soon);
        Thread.Sleep(2500);
        Assert.Single(lab.A.Daemon.LogMatches(Changed));
        int from = lab.A.Daemon.Log.Count;
        File.WriteAllText(file, s_plain with { Priority = 100 });
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon, from);
    }

    [Fact]
    public void Health_isGoodAsMasterAndAsBackup_andNotInAFault()
    {
        using Lab lab = new(routers: 1);
        Start(lab, s_plain);
        Assert.Equal(0, Health().ExitCode);
        lab.A.Daemon.WaitForLog("Entering MASTER STATE", Expect.Soon);
        Assert.Equal("ok\n", Health().Output);
        Assert.Equal(0, Ask("maintenance", "on", "--reason", "patch day").ExitCode);
        CommandResult bad = Health();
        Assert.Equal(1, bad.ExitCode);
        Assert.Contains("VI_1 is in FAULT: ", bad.Error, StringComparison.Ordinal);
        Assert.Contains("maintenance", bad.Error, StringComparison.Ordinal);
        Assert.Equal(1, Ask("health", "VI_2").ExitCode);
        lab.A.Stop();
        Assert.Equal(3, Health().ExitCode);

        CommandResult Health() => Ask("health");
        CommandResult Ask(params string[] words) => Shell.Try(Binaries.Ours, [.. words, "--socket", Path.Combine(lab.A.Scratch, "run", "keepalived", "control.sock")]);
    }
}
