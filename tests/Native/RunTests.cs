using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.Native;

/// <summary>The running program needs nothing of its host and starts nothing it was not asked for.</summary>
public sealed class RunTests
{
    private const string Master = @"\(VI_1\) Entering MASTER STATE";
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(8);
    private static readonly VrrpConfiguration s_owner = new() { Priority = 255, AdvertSeconds = 0.1 };

    private static string Program => Binaries.PathOf(Implementation.Ours);

    private static Lab WithChroot(out string root)
    {
        Lab lab = new(routers: 1);
        root = Path.Combine(lab.Scratch, "root");
        Directory.CreateDirectory(root);
        File.Copy(Program, Path.Combine(root, "keepalived-aot"));
        File.WriteAllText(Path.Combine(root, "keepalived.conf"), s_owner);
        return lab;
    }

    [Fact]
    public void Chroot_empty_commandsWork()
    {
        using Lab lab = WithChroot(out string root);
        Assert.Equal(0, Shell.Try("chroot", root, "/keepalived-aot", "-v").ExitCode);
        CommandResult test = Shell.Try("ip", "netns", "exec", lab.A.Namespace, "chroot", root, "/keepalived-aot", "-t", "-f", "/keepalived.conf");
        Assert.True(test.ExitCode == 0, test.Error);
    }

    [Fact]
    public void Chroot_empty_daemonBecomesMasterAndStops()
    {
        using Lab lab = WithChroot(out string root);
        lab.A.StartAs(
            "chroot", root, "/keepalived-aot", "-n", "-l", "-D", "-f", "/keepalived.conf",
            "-p", "/parent.pid", "-r", "/vrrp.pid", "-c", "/checkers.pid", "-b", "/bfd.pid");
        lab.A.Daemon.WaitForLog(Master, s_soon);
        lab.Observer.WaitForAdvert(lab.A.Address, s_soon);
        Assert.True(lab.A.Addresses.WaitFor(System.Net.IPAddress.Parse(VrrpConfiguration.DefaultAddress), true, s_soon) > TimeSpan.Zero);
        Assert.Equal(0, lab.A.Stop());
    }

    [Fact]
    public void Start_opensNoSharedObject()
    {
        using Lab lab = new(routers: 1);
        string trace = Path.Combine(lab.Scratch, "trace");
        File.WriteAllText(lab.A.ConfigurationFile, s_owner);
        lab.A.StartAs(
            "strace", "-f", "-qq", "-e", "trace=open,openat,openat2,execve", "-o", trace,
            Program, "-n", "-l", "-D", "-f", lab.A.ConfigurationFile);
        lab.A.Daemon.WaitForLog(Master, s_soon);
        Thread.Sleep(300);
        Assert.Equal(0, Shell.Try("kill", [.. lab.A.Processes().Where(IsProgram).Select(id => id.ToString())]).ExitCode);
        lab.A.Daemon.WaitForExit(s_soon);
        string[] calls = File.ReadAllLines(trace);
        Assert.Contains(calls, call => call.Contains("keepalived.conf", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, call => call.Contains(".so", StringComparison.Ordinal));
        Assert.Single(calls, call => call.Contains("execve(", StringComparison.Ordinal));
    }

    // Whoever waits for the word that it is ready may ask it at once, and nothing of that stands before the advertisement.
    [Fact]
    public void Start_advertisesFirst_thenListensAndThenIsReady()
    {
        using Lab lab = new(routers: 1);
        string trace = Path.Combine(lab.Scratch, "trace");
        File.WriteAllText(lab.A.ConfigurationFile, s_owner);
        lab.A.StartAs(
            "strace", "-f", "-qq", "-s", "200", "-e", "trace=sendmmsg,bind,listen,sendto,sendmsg,write", "-o", trace,
            "env", "NOTIFY_SOCKET=@keepalived-aot-nobody", Program, "-n", "-l", "-D", "-f", lab.A.ConfigurationFile);
        lab.A.Daemon.WaitForLog("Startup complete", s_soon);
        Assert.Equal(0, Shell.Try("kill", [.. lab.A.Processes().Where(IsProgram).Select(id => id.ToString())]).ExitCode);
        lab.A.Daemon.WaitForExit(s_soon);
        string[] calls = File.ReadAllLines(trace);
        int[] order =
        [
            Place("sendmmsg("), Place("control.sock"), Place("READY=1"), Place("Startup complete"),
        ];
        Assert.DoesNotContain(-1, order);
        Assert.Equal(order.Order(), order);

        int Place(string what) => Array.FindIndex(calls, call => call.Contains(what, StringComparison.Ordinal));
    }

    // The pages of the program's file that are the daemon's own: 375 KB of them would be OpenSSL's tables, which it does not use.
    [Fact]
    public void Daemon_withoutTls_hasGivenTheMemoryOfOpenSslBack()
    {
        using Lab lab = new(routers: 1);
        string folder = Path.Combine(lab.A.Scratch, "etc");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "keepalived-aot.toml"), "[memory]\ntrim_delay = 1\n");
        File.WriteAllText(lab.A.ConfigurationFile, s_owner);
        lab.A.StartAs(
            "bash", "-euc", """mkdir -p /etc/keepalived; mount --bind "$1" /etc/keepalived; exec "$2" -n -l -D -f "$3" """,
            "settings", folder, Program, lab.A.ConfigurationFile);
        lab.A.Daemon.WaitForLog(Master, s_soon);
        Thread.Sleep(2500);
        int own = 0;
        bool isProgram = false;
        foreach (string line in File.ReadLines($"/proc/{lab.A.Daemon.Id}/smaps"))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!words[0].EndsWith(':'))
                isProgram = words[^1] == Program;
            else if (isProgram && words[0] == "Anonymous:")
                own += int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture);
        }
        Assert.InRange(own, 1, 200);
    }

    private static bool IsProgram(int process)
        => File.ReadAllText($"/proc/{process}/cmdline").StartsWith(Program, StringComparison.Ordinal);

    [Fact]
    public void Master_hasOneProcessAndTwoThreads()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_owner);
        lab.A.Daemon.WaitForLog(Master, s_soon);
        Thread.Sleep(500);
        Assert.Equal([lab.A.Daemon.Id], lab.A.Processes());
        Assert.Equal(2, Directory.GetDirectories($"/proc/{lab.A.Daemon.Id}/task").Length);
    }

    [Fact]
    public void Start_emptyEnvironment_isMaster() => RunWithEnvironment("-i");

    [Fact]
    public void Start_hostileEnvironment_isMaster() => RunWithEnvironment(
        "LC_ALL=tr_TR.UTF-8", "TZ=:/nowhere", "LD_LIBRARY_PATH=/nowhere", "LD_PRELOAD=/nowhere.so", "HOME=/nowhere", "PATH=/nowhere",
        "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0", "DOTNET_EnableDiagnostics=1", "DOTNET_EnableEventPipe=1", "DOTNET_gcServer=1",
        "DOTNET_gcConcurrent=1");

    private static void RunWithEnvironment(params string[] environment)
    {
        using Lab lab = new(routers: 1);
        File.WriteAllText(lab.A.ConfigurationFile, s_owner);
        lab.A.StartAs(["/usr/bin/env", .. environment, Program, "-n", "-l", "-D", "-f", lab.A.ConfigurationFile]);
        lab.A.Daemon.WaitForLog(Master, s_soon);
        lab.Observer.WaitForAdvert(lab.A.Address, s_soon);
        Thread.Sleep(300);
        Assert.Equal(2, Directory.GetDirectories($"/proc/{lab.A.Daemon.Id}/task").Length);
        Assert.Equal(0, lab.A.Stop());
    }
}
