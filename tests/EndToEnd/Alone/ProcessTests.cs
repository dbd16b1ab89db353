using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>Pid files, the background, syslog and the end (daemon.md, sections 1, 6, 8 and 11).</summary>
public sealed class ProcessTests
{
    private const int SIGTERM = 15;
    private const int SIGINT = 2;

    private static string RunFile(Router router, string name) => Path.Combine(router.Scratch, "run", name);

    [Fact]
    public void PidFiles_plain_areWrittenAndRemoved()
    {
        VrrpConfiguration configuration = new();
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        Assert.Equal($"{lab.A.Daemon.Id}\n", File.ReadAllText(RunFile(lab.A, "keepalived.pid")));
        string vrrp = RunFile(lab.A, "vrrp.pid");
        Assert.Contains(int.Parse(File.ReadAllText(vrrp)), lab.A.Processes());
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(vrrp));
        lab.A.Stop();
        Assert.Empty(Directory.GetFiles(Path.Combine(lab.A.Scratch, "run"), "*.pid"));
    }

    [Fact]
    public void PidFiles_named_areUsedInstead()
    {
        VrrpConfiguration configuration = new();
        using Lab lab = new(routers: 1);
        lab.A.Start(
            Implementation.Ours, configuration, "-p", "/run/one.pid", "-r", "/run/two.pid", "-c", "/run/three.pid", "-b", "/run/four.pid");
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        Assert.Equal($"{lab.A.Daemon.Id}\n", File.ReadAllText(RunFile(lab.A, "one.pid")));
        Assert.Contains(int.Parse(File.ReadAllText(RunFile(lab.A, "two.pid"))), lab.A.Processes());
        Assert.False(File.Exists(RunFile(lab.A, "keepalived.pid")));
        Assert.False(File.Exists(RunFile(lab.A, "vrrp.pid")));
        lab.A.Stop();
        Assert.Empty(Directory.GetFiles(Path.Combine(lab.A.Scratch, "run"), "*.pid"));
    }

    [Fact]
    public void SecondStart_whileRunning_saysSoAndExitsZero()
    {
        VrrpConfiguration configuration = new();
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        CommandResult second = lab.A.Run(Implementation.Ours, "-n", "-l", "-D", "-f", lab.A.ConfigurationFile);
        Assert.Equal(0, second.ExitCode);
        Assert.Contains("daemon is already running", second.Error);
        Assert.False(lab.A.Daemon.HasExited);
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));
        Assert.Equal($"{lab.A.Daemon.Id}\n", File.ReadAllText(RunFile(lab.A, "keepalived.pid")));
    }

    [Theory]
    [InlineData(SIGTERM)]
    [InlineData(SIGINT)]
    public void Signal_thatStops_exitsZeroAndLeavesNothing(int signal)
    {
        VrrpConfiguration configuration = new();
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        lab.A.Daemon.Signal(signal);
        Assert.Equal(0, lab.A.Daemon.WaitForExit(Expect.Soon));
        Assert.Empty(lab.A.Processes());
        Assert.False(lab.A.Has(VrrpConfiguration.DefaultAddress));
        lab.A.Daemon.WaitForLog("Stopping", Expect.Soon);
        lab.A.Daemon.WaitForLog("Stopped", Expect.Soon);
    }

    [Fact]
    public void Background_detachesAndLogsToSyslog()
    {
        VrrpConfiguration configuration = new();
        using Lab lab = new(routers: 1);
        using SyslogReceiver syslog = new(lab.A);
        File.WriteAllText(lab.A.ConfigurationFile, configuration);
        CommandResult started = lab.A.Run(Implementation.Ours, "-D", "-f", lab.A.ConfigurationFile);
        Assert.Equal(0, started.ExitCode);
        lab.A.Addresses.WaitFor(Expect.Vip, present: true, configuration.ActiveDownInterval + Expect.Soon);
        string line = syslog.Lines.WaitFor("MASTER in syslog", text => text.Contains("(VI_1) Entering MASTER STATE"), Expect.Soon);
        // <facility daemon, some level>Mon dd hh:mm:ss ident[pid]: text
        Assert.Matches(@"^<(2[4-9]|3[01])>\w{3} [ \d]\d \d\d:\d\d:\d\d Keepalived_vrrp\[\d+\]: ", line);

        int process = int.Parse(File.ReadAllText(RunFile(lab.A, "keepalived.pid")));
        string[] status = File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // state, parent, process group, session
        Assert.Equal(process, int.Parse(status[3]));
        Assert.Equal("/", Directory.ResolveLinkTarget($"/proc/{process}/cwd", false)!.FullName);
        for (int descriptor = 0; descriptor <= 2; descriptor++)
            Assert.Equal("/dev/null", File.ResolveLinkTarget($"/proc/{process}/fd/{descriptor}", false)!.FullName);

        Assert.Equal(0, Shell.Try("kill", process.ToString()).ExitCode);
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
        Assert.True(SpinWait.SpinUntil(() => lab.A.Processes().Length == 0, Expect.Soon));
        Assert.Empty(Directory.GetFiles(Path.Combine(lab.A.Scratch, "run"), "*.pid"));
        syslog.Lines.WaitFor("Stopped in syslog", text => text.Contains("Stopped"), Expect.Soon);
    }
}
