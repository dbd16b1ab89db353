using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>What global_defs says of the process and its sockets: looked up where the kernel shows it.</summary>
public sealed class ProcessOptionTests
{
    private const int SIGHUP = 1;
    private const int SIGKILL = 9;
    private const int SIGXCPU = 24;
    private const int SIGSTOP = 19;
    private const int SIGCONT = 18;
    private const int Vrrp = 112;
    private static readonly VrrpConfiguration s_plain = new();

    [Fact]
    public void Process_nameNiceProcessorsMemoryUmask_areInForceAndPutBackByAReload()
    {
        VrrpConfiguration tuned = s_plain with
        {
            Globals = """
                process_name quiet_router
                    vrrp_priority -5
                    vrrp_cpu_affinity 0
                    vrrp_no_swap
                    umask IRWXO|IWGRP
                """,
        };
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, tuned);
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        int id = lab.A.Daemon.Id;
        Assert.Empty(lab.A.Daemon.LogMatches("Cannot set"));
        Assert.Equal("quiet_router", File.ReadAllText($"/proc/{id}/comm").Trim());
        Assert.Equal("-5", Statistic(id, NiceField));
        Assert.Equal("0", Status(id, "Cpus_allowed_list"));
        Assert.Equal("0027", Status(id, "Umask"));
        Assert.NotEqual("0 kB", Status(id, "VmLck"));

        File.WriteAllText(lab.A.ConfigurationFile, s_plain);
        lab.A.Daemon.Signal(SIGHUP);
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon);
        Assert.NotEqual("quiet_router", File.ReadAllText($"/proc/{id}/comm").Trim());
        Assert.Equal("0", Statistic(id, NiceField));
        Assert.Equal(Status(Environment.ProcessId, "Cpus_allowed_list"), Status(id, "Cpus_allowed_list"));
        Assert.Equal("0177", Status(id, "Umask"));
        Assert.Equal("0 kB", Status(id, "VmLck"));
        Expect.Master(lab.A, s_plain.ActiveDownInterval);
    }

    [Fact]
    public void Umask_onTheCommandLine_beatsTheConfiguration()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_plain with { Globals = "umask 0027" }, "-u", "0072");
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        Assert.Equal("0072", Status(lab.A.Daemon.Id, "Umask"));
    }

    [Fact]
    public void RealTime_priorityAndLimit_areInForceOrRefusedWithAWarning()
    {
        VrrpConfiguration configuration = s_plain with { Globals = "vrrp_rt_priority 30\n    vrrp_rlimit_rttime 200000" };
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration);
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        int id = lab.A.Daemon.Id;
        bool wasRefused = lab.A.Daemon.LogMatches("Cannot set real-time priority 30 - Operation not permitted").Length == 1;
        Assert.Equal(wasRefused ? ("0", "0") : ("30", "2"), (Statistic(id, RealTimePriorityField), Statistic(id, PolicyField)));
        Assert.Matches(@"Max realtime timeout\s+100000\s+200000\s+us", File.ReadAllText($"/proc/{id}/limits"));
        // A reload reads with normal priority, and has the other one again afterwards.
        lab.A.Daemon.Signal(SIGHUP);
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon);
        Assert.Equal(wasRefused ? "0" : "30", Statistic(id, RealTimePriorityField));
        Expect.Master(lab.A, s_plain.ActiveDownInterval);
    }

    // Nobody raises a hard limit without CAP_SYS_RESOURCE, as in most containers.
    [Fact]
    public void RealTimeLimit_thatIsRefused_isAWarningAndTheDaemonRuns()
    {
        using Lab lab = new(routers: 1);
        File.WriteAllText(lab.A.ConfigurationFile, s_plain with { Globals = "vrrp_rlimit_rttime 200000" });
        lab.A.StartAs(
            "setpriv", "--bounding-set=-sys_resource", "prlimit", "--rttime=20000:40000",
            Binaries.PathOf(Implementation.Ours), "-n", "-l", "-D", "-f", lab.A.ConfigurationFile);
        lab.A.Daemon.WaitForLog("Cannot set vrrp_rlimit_rttime - Operation not permitted$", Expect.Soon);
        Assert.Matches(@"Max realtime timeout\s+20000\s+40000\s+us", File.ReadAllText($"/proc/{lab.A.Daemon.Id}/limits"));
        Expect.Master(lab.A, s_plain.ActiveDownInterval);
        // What it may set, it sets; and then the limit may not be taken away again.
        Reload(lab, s_plain with { Globals = "vrrp_rlimit_rttime 30000" });
        Assert.Matches(@"Max realtime timeout\s+15000\s+30000\s+us", File.ReadAllText($"/proc/{lab.A.Daemon.Id}/limits"));
        Assert.Single(lab.A.Daemon.LogMatches("Cannot set"));
        Reload(lab, s_plain);
        Assert.Matches(@"Max realtime timeout\s+15000\s+30000\s+us", File.ReadAllText($"/proc/{lab.A.Daemon.Id}/limits"));
        Assert.Equal(2, lab.A.Daemon.LogMatches("Cannot set vrrp_rlimit_rttime - Operation not permitted$").Length);
    }

    // The kernel's signal at half of the limit; at the whole of it comes SIGKILL.
    [Fact]
    public void RealTimeLimit_halfOfWhichIsUsed_isALineAndTheDaemonRuns()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_plain with { Globals = "vrrp_rlimit_rttime 200000" });
        lab.A.Daemon.WaitForLog("Startup complete", Expect.Soon);
        lab.A.Daemon.Signal(SIGXCPU);
        lab.A.Daemon.WaitForLog("More than half of vrrp_rlimit_rttime was used without a pause", Expect.Soon);
        Expect.Master(lab.A, s_plain.ActiveDownInterval);
    }

    // A start with thousands of addresses takes longer than two ticks of the kernel, which is the shortest limit there is. Stock's parent
    // says it of its child and starts another one; ours is one process, and starting it again is the business of whoever started it.
    [Theory, BesideStock]
    [InlineData(Implementation.Stock)]
    [InlineData(Implementation.Ours)]
    public void RealTimeLimit_allOfWhichIsUsed_endsTheProcess(Implementation implementation)
    {
        StringBuilder text = new("global_defs {\nvrrp_rt_priority 10\nvrrp_rlimit_rttime 1000\nvrrp_garp_master_repeat 1\n}\n");
        for (int i = 1; i <= 200; i++)
        {
            IEnumerable<string> addresses = Enumerable.Range(1, 30).Select(number => $"10.100.{i}.{number}");
            text.Append($"vrrp_instance V{i} {{\ninterface eth0\nvirtual_router_id {i}\nversion 3\nvirtual_ipaddress {{\n{string.Join('\n', addresses)}\n}}\n}}\n");
        }
        using Lab lab = new(routers: 1);
        lab.A.Start(implementation, text.ToString());
        if (implementation == Implementation.Stock)
        {
            lab.A.Daemon.WaitForLog(@"exited due to signal 9 \(Killed\) - has rlimit_rttime been exceeded\?", Expect.Soon);
            return;
        }
        Assert.Equal(128 + SIGKILL, lab.A.Daemon.WaitForExit(Expect.Soon));
        lab.A.Start(Implementation.Ours, s_plain);
        Expect.Master(lab.A, s_plain.ActiveDownInterval);
    }

    private static void Reload(Lab lab, string configuration)
    {
        int seen = lab.A.Daemon.Log.Count;
        File.WriteAllText(lab.A.ConfigurationFile, configuration);
        lab.A.Daemon.Signal(SIGHUP);
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon, seen);
    }

    [Fact]
    public void AutoPriority_timerThatIsLate_raisesThePriorityByOne()
    {
        VrrpConfiguration configuration = s_plain with { Globals = "max_auto_priority 2\n    min_auto_priority_delay 100000" };
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, s_plain.ActiveDownInterval);
        Assert.Empty(lab.A.Daemon.LogMatches("NOTICE: setting config option max_auto_priority"));
        for (int priority = 1; priority <= 2; priority++)
        {
            int seen = lab.A.Daemon.Log.Count;
            lab.A.Daemon.Signal(SIGSTOP);
            Thread.Sleep(s_plain.AdvertInterval * 3);
            lab.A.Daemon.Signal(SIGCONT);
            LogEntry line = lab.A.Daemon.WaitForLog(
                $"Set realtime priority {priority}$|Cannot set real-time priority 1 - Operation not permitted", Expect.Soon, seen);
            // In a container that forbids it there is one warning, and it is not tried again.
            if (line.Text.Contains("Cannot", StringComparison.Ordinal))
                return;
            Assert.Equal(priority.ToString(CultureInfo.InvariantCulture), Statistic(lab.A.Daemon.Id, RealTimePriorityField));
        }
    }

    [Fact]
    public void AutoPriority_unset_isRecommendedAsKeepalivedDoes()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_plain);
        lab.A.Daemon.WaitForLog(
            "NOTICE: setting config option max_auto_priority should result in better keepalived performance", Expect.Soon);
    }

    [Theory]
    [InlineData("kernel_rx_buf_size 50000", "", 100000)]
    [InlineData("", "vrrp_rx_bufs_policy 60000", 120000)]
    [InlineData("", "vrrp_rx_bufs_policy MTU\n    vrrp_rx_bufs_multiplier 20", 60000)]
    [InlineData("", "vrrp_rx_bufs_policy ADVERT\n    vrrp_rx_bufs_multiplier 1000", 64000)]
    public void ReceiveBuffer_asConfigured_isThatOfTheSocket(string instance, string globals, int expected)
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_plain with { Extra = instance, Globals = globals });
        lab.A.Daemon.WaitForLog("Startup complete", Expect.Soon);
        Assert.Contains(expected, ForeignSockets.ReceiveBuffers(lab.A.Daemon.Id, Vrrp));
    }

    [Fact]
    public void ReceiveBuffer_ofTwoInstances_isTheSumAndFollowsAReload()
    {
        string one = s_plain with { Extra = "kernel_rx_buf_size 40000" };
        string two = (s_plain with { Name = "VI_2", Vrid = 52, Extra = "kernel_rx_buf_size 30000", Addresses = ["10.9.0.101"] }).ToString();
        two = two[two.IndexOf("vrrp_instance", StringComparison.Ordinal)..];
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, one + two);
        lab.A.Daemon.WaitForLog("Startup complete", Expect.Soon);
        Assert.Contains(140000, ForeignSockets.ReceiveBuffers(lab.A.Daemon.Id, Vrrp));
        File.WriteAllText(lab.A.ConfigurationFile, one);
        lab.A.Daemon.Signal(SIGHUP);
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon);
        Assert.Contains(80000, ForeignSockets.ReceiveBuffers(lab.A.Daemon.Id, Vrrp));
    }

    [Fact]
    public void NetlinkBuffers_asConfigured_areThoseOfTheSockets()
    {
        VrrpConfiguration configuration = s_plain with
        {
            Globals = """
                vrrp_netlink_cmd_rcv_bufs 3000000
                    vrrp_netlink_cmd_rcv_bufs_force
                    vrrp_netlink_monitor_rcv_bufs 50000
                """,
        };
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, s_plain.ActiveDownInterval);
        Assert.Empty(lab.A.Daemon.LogMatches("Cannot set"));
        int[] sizes = NetlinkReceiveBuffers(lab);
        Assert.Contains(100000, sizes);
        Assert.Contains(6000000, sizes);
    }

    // The kernel doubles what it is given, for its own overhead.
    private static int[] NetlinkReceiveBuffers(Lab lab)
    {
        string table = Shell.Run("ip", "netns", "exec", lab.A.Namespace, "ss", "--family=netlink", "-a", "-n", "-m", "-O");
        return [.. Regex.Matches(table, @"skmem:\(r\d+,rb(\d+)").Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
    }

    // proc(5), counted from the field behind the name in parentheses, which is the third.
    private const int NiceField = 19;
    private const int RealTimePriorityField = 40;
    private const int PolicyField = 41;

    private static string Statistic(int process, int field)
    {
        string text = File.ReadAllText($"/proc/{process}/stat");
        return text[(text.LastIndexOf(')') + 2)..].Split(' ')[field - 3];
    }

    private static string Status(int process, string name)
        => File.ReadAllLines($"/proc/{process}/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..].Trim();
}
