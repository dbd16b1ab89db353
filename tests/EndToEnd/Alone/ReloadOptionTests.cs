using System.Globalization;
using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary><c>reload_time_file</c>, <c>reload_repeat</c>, <c>reload_file</c>, and a reload that is asked for during another one.</summary>
public sealed class ReloadOptionTests
{
    private const int SIGHUP = 1;
    private static readonly VrrpConfiguration s_plain = new() { Priority = 150 };

    // By something longer, in one step: whoever looks between truncating and writing finds an empty file.
    private static void Overwrite(string file, string text)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Write);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(text));
    }

    private static string At(int seconds, string format = "HH:mm:ss") => DateTime.Now.AddSeconds(seconds).ToString(format, CultureInfo.InvariantCulture);

    private static string TimeFile(Router router)
    {
        string directory = Path.Combine(router.Scratch, "time");
        Directory.CreateDirectory(directory);
        return Path.Combine(directory, "reload");
    }

    [Theory, BesideStock]
    [InlineData(Implementation.Stock)]
    [InlineData(Implementation.Ours)]
    public void TimeFile_isFollowedAndRemoved(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        string file = TimeFile(lab.A);
        DaemonProcess daemon = lab.A.Start(implementation, s_plain with { Globals = $"reload_time_file {file}" });
        daemon.WaitForLog("Startup complete", Expect.Soon);
        Thread.Sleep(200);
        File.WriteAllText(file, At(100));
        daemon.WaitForLog(@"Scheduling reload for \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$", Expect.Soon);
        Overwrite(file, At(200, "yyyy-MM-dd HH:mm:ss"));
        daemon.WaitForLog("Reload time updated from .* to .*", Expect.Soon);
        File.WriteAllText(file, At(-200, "yyyy-MM-dd HH:mm:ss"));
        daemon.WaitForLog("Reload time .* is in the past - ignoring", Expect.Soon);
        daemon.WaitForLog("Cancelling reload scheduled for", Expect.Soon);
        File.WriteAllText(file, "nonsense");
        daemon.WaitForLog("Invalid reload time", Expect.Soon);
        Assert.Empty(daemon.LogMatches(@"Reloading \.\.\."));
        File.WriteAllText(file, At(2));
        daemon.WaitForLog("Reload complete", Expect.Soon);
        Assert.False(File.Exists(file));
        Assert.Equal(2, daemon.LogMatches("Scheduling reload for").Length);
    }

    [Fact]
    public void TimeFile_withRepeat_staysAndIsForTheNextDay()
    {
        using Lab lab = new(routers: 1);
        string file = TimeFile(lab.A);
        DaemonProcess daemon = lab.A.Start(Implementation.Ours, s_plain with { Globals = $"reload_time_file {file}\nreload_repeat" });
        daemon.WaitForLog("Startup complete", Expect.Soon);
        string time = At(2);
        File.WriteAllText(file, time);
        daemon.WaitForLog("Scheduling reload for", Expect.Soon);
        int from = daemon.Log.Count;
        daemon.WaitForLog("Reload complete", Expect.Soon, from);
        Assert.Contains(time, daemon.WaitForLog("Scheduling reload for", Expect.Soon, from).Text);
        Assert.Equal(time, File.ReadAllText(file));
        Thread.Sleep(1500);
        Assert.Single(daemon.LogMatches("Reload complete"));
    }

    // The directory comes with the file, later than the daemon.
    [Fact]
    public void TimeFile_inADirectoryThatComesLater_isFound()
    {
        using Lab lab = new(routers: 1);
        string file = Path.Combine(lab.A.Scratch, "later", "reload");
        DaemonProcess daemon = lab.A.Start(Implementation.Ours, s_plain with { Globals = $"reload_time_file {file}" });
        daemon.WaitForLog("Unable to monitor the directory of reload_time_file.*ENOENT|Unable to monitor the directory of reload_time_file.*No such", Expect.Soon);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, At(100));
        daemon.WaitForLog("Scheduling reload for", TimeSpan.FromSeconds(15));
    }

    [Fact]
    public void ReloadFile_isThereWhileFilesAreRead()
    {
        using Lab lab = new(routers: 1);
        string directory = Path.Combine(lab.A.Scratch, "mark");
        Directory.CreateDirectory(directory);
        string configuration = s_plain with { Globals = $"reload_file {directory}/reloading" };
        DaemonProcess daemon = lab.A.Start(Implementation.Ours, configuration);
        daemon.WaitForLog("Startup complete", Expect.Soon);
        List<string> seen = [];
        using FileSystemWatcher watcher = new(directory) { EnableRaisingEvents = true };
        watcher.Created += (_, e) => Note($"+{e.Name}");
        watcher.Deleted += (_, e) => Note($"-{e.Name}");
        daemon.Signal(SIGHUP);
        daemon.WaitForLog("Reload complete", Expect.Soon);
        Thread.Sleep(200);
        lock (seen)
            Assert.Equal(["+reloading", "-reloading"], seen);
        Assert.Empty(Directory.GetFiles(directory));

        void Note(string what)
        {
            lock (seen)
                seen.Add(what);
        }
    }

    // Three at once come to two: one that is under way, and one that sees the last state of the file.
    [Fact]
    public void Reload_duringAReload_followsIt()
    {
        using Lab lab = new(routers: 1);
        System.Text.StringBuilder large = new(s_plain.ToString());
        for (int i = 0; i < 200; i++)
            large.Append($"vrrp_instance VI_{i + 2} {{\n interface eth0\n virtual_router_id {(i < 49 ? i + 1 : i + 3)}\n virtual_ipaddress {{\n  10.8.0.{i + 1}\n }}\n}}\n");
        DaemonProcess daemon = lab.A.Start(Implementation.Ours, large.ToString());
        daemon.WaitForLog("Startup complete", Expect.Soon);
        daemon.Signal(SIGHUP);
        daemon.WaitForLog(@"Reloading \.\.\.", Expect.Soon);
        daemon.Signal(SIGHUP);
        daemon.Signal(SIGHUP);
        daemon.WaitForLog("Reload complete", Expect.Soon);
        Thread.Sleep(1000);
        if (daemon.LogMatches("Reload already in progress, request queued").Length == 0)
            Assert.Skip("the first reload was over before the second signal came");
        Assert.Equal(2, daemon.LogMatches("Reload complete").Length);
        Assert.Equal(2, daemon.LogMatches("Reload plan: 201 kept|Reload plan: 202 kept").Length);
    }
}
