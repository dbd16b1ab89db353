using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary><c>keepalived-aot cleanup</c> after a <c>kill -9</c>: everything of the daemon goes, nothing of others does.</summary>
public sealed class CleanupTests
{
    private const int Running = 3;
    private const int MissingPermission = 4;

    // Everything that a daemon puts into the kernel.
    private const string Everything = """
        NAMESPACE
        global_defs {
            disable_local_igmp
        }
        static_ipaddress {
            10.6.0.1/24 dev more
        }
        static_routes {
            10.50.0.0/16 via 10.9.0.254 dev eth0
            2001:db8:50::/48 dev eth0
        }
        static_rules {
            from 10.60.0.0/16 table 60 priority 600
        }
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 51
            priority 200
            version 3
            advert_int 0.1
            use_vmac
            use_vmac_addr
            no_accept
            virtual_ipaddress {
                10.9.0.100/24
                10.8.0.100/24 dev more
            }
            virtual_ipaddress_excluded {
                2001:db8::8/64
            }
            virtual_routes {
                10.70.0.0/16 via 10.9.0.254 dev eth0
                10.73.0.0/16 nexthop via 10.9.0.253 dev eth0 weight 2 nexthop via 10.9.0.252 dev eth0 weight 3
                unreachable 10.74.0.0/16
            }
            virtual_rules {
                from 10.80.0.0/16 lookup 80 priority 800
            }
        }
        vrrp_instance VI_6 {
            interface eth0
            virtual_router_id 52
            priority 200
            version 3
            advert_int 0.1
            no_accept
            virtual_ipaddress {
                fe80::100
                2001:db8:1::100/64
            }
        }

        """;

    private static Lab MakeLab(int routers = 1)
    {
        Lab lab = new(routers);
        foreach (Router router in lab.Routers)
        {
            router.AddInterface("more");
            router.Ip("link", "set", "more", "down");
            router.Ip("link", "set", "more", "addrgenmode", "none", "up");
            router.Ip("address", "add", "fe80::77/64", "dev", "more", "nodad");
            // Of others: in the same subnets, of the same kinds.
            router.Ip("address", "add", "10.8.0.77/24", "dev", "more");
            router.Ip("route", "add", "10.90.0.0/16", "dev", "eth0");
            router.Ip("rule", "add", "from", "10.99.0.0/16", "lookup", "99", "priority", "990");
            router.Ip("link", "add", "link", "more", "name", "theirs", "type", "macvlan", "mode", "private");
            router.Sysctl("net/ipv4/conf/all/rp_filter", "1");
            Shell.Run("ip", "netns", "exec", router.Namespace, "nft", "add", "table", "ip", "theirs");
        }
        return lab;
    }

    // Started in A, at work where the file says; dead as master.
    private static void Kill(Lab lab, Router at, string namespaceLine = "", params string[] options)
    {
        lab.A.Start(Implementation.Ours, Everything.Replace("NAMESPACE", namespaceLine, StringComparison.Ordinal), options);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        lab.A.Daemon.WaitForLog(@"\(VI_6\) Entering MASTER STATE", Expect.Soon);
        at.Addresses.WaitFor(System.Net.IPAddress.Parse("2001:db8:1::100"), present: true, Expect.Soon);
        Assert.True(SpinWait.SpinUntil(() => at.Ip("rule", "show").Contains("800:", StringComparison.Ordinal), Expect.Soon));
        lab.A.Daemon.Signal(Libc.SIGKILL);
        lab.A.Daemon.WaitForExit(Expect.Soon);
    }

    private static CommandResult Cleanup(Router router, params string[] arguments)
        => router.Run(Implementation.Ours, ["cleanup", "-f", router.ConfigurationFile, .. arguments]);

    // The kernel comes to know in its own time that a link that is up is.
    private static string Picture(Router router) => KernelPicture.Of(router).Replace("state UNKNOWN", "state UP", StringComparison.Ordinal);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string[] Files(Router router)
        => [.. Directory.GetFiles(Path.Combine(router.Scratch, "run"), "*", SearchOption.AllDirectories).Where(static path => !path.Contains("netns", StringComparison.Ordinal))];

    [Fact]
    public void Everything_ofADeadDaemon_goes_andNothingElse()
    {
        using Lab lab = MakeLab();
        string before = Picture(lab.A);
        Kill(lab, lab.A);
        string killed = Picture(lab.A);

        CommandResult dry = Cleanup(lab.A, "--dry-run");
        Assert.Equal(0, dry.ExitCode);
        Assert.Equal(killed, Picture(lab.A));
        CommandResult result = Cleanup(lab.A);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Equal("", result.Error);
        Assert.Equal(before, Picture(lab.A));
        string[] done = Lines(result.Output);
        Assert.Equal(Lines(dry.Output), done.Select(static line => line.StartsWith("removed", StringComparison.Ordinal) ? $"would remove{line["removed".Length..]}" : $"would {line}"));
        foreach (string expected in (string[])[
            "removed rule from 10.60.0.0/16 table 60 preference 600", "removed route 10.50.0.0/16 via 10.9.0.254 dev eth0", "removed address 10.6.0.1/24 on more",
            "removed table ip keepalived", "removed table ip6 keepalived", "removed interface vrrp.51 on eth0", "put back setting net/ipv4/conf/all/rp_filter to 1"])
            Assert.Contains(expected, done);
        Assert.Equal(done.Length, done.Distinct().Count());
        Assert.Empty(Files(lab.A));

        CommandResult again = Cleanup(lab.A);
        Assert.Equal(0, again.ExitCode);
        Assert.Equal("", again.Output);
        Assert.Equal("There is no record of a dead daemon\n", again.Error);
    }

    [Fact]
    public void Backup_thatDied_leavesNothingEither()
    {
        using Lab lab = MakeLab();
        string before = Picture(lab.A);
        lab.A.Start(Implementation.Ours, Everything.Replace("NAMESPACE", "", StringComparison.Ordinal).Replace("priority 200", "priority 1", StringComparison.Ordinal).Replace("advert_int 0.1", "advert_int 40", StringComparison.Ordinal));
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        lab.A.Daemon.WaitForLog("Startup complete", Expect.Soon);
        lab.A.Crash();
        Assert.NotEqual(before, Picture(lab.A));
        CommandResult result = Cleanup(lab.A);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Equal(before, Picture(lab.A));
        Assert.DoesNotContain("10.70.0.0", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Daemon_thatRuns_isLeftAlone()
    {
        using Lab lab = MakeLab();
        lab.A.Start(Implementation.Ours, Everything.Replace("NAMESPACE", "", StringComparison.Ordinal));
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        lab.A.Daemon.WaitForLog(@"\(VI_6\) Entering MASTER STATE", Expect.Soon);
        lab.A.Addresses.WaitFor(System.Net.IPAddress.Parse("2001:db8:1::100"), present: true, Expect.Soon);
        Assert.True(SpinWait.SpinUntil(() => lab.A.Ip("rule", "show").Contains("800:", StringComparison.Ordinal), Expect.Soon));
        string running = Picture(lab.A);
        foreach (string[] arguments in (string[][])[[], ["--dry-run"]])
        {
            CommandResult result = Cleanup(lab.A, arguments);
            Assert.Equal(Running, result.ExitCode);
            Assert.Contains("A daemon with pid file /run/vrrp.pid is running", result.Error, StringComparison.Ordinal);
        }
        Assert.Equal(running, Picture(lab.A));
        Assert.Equal(0, lab.A.Stop());
    }

    [Fact]
    public void Keepalived_thatTookThePlace_isLeftAlone()
    {
        using Lab lab = MakeLab();
        VrrpConfiguration configuration = new() { Priority = 200 };
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        lab.A.Crash();
        lab.A.Start(Implementation.Stock, configuration);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        CommandResult result = Cleanup(lab.A);
        Assert.Equal(Running, result.ExitCode);
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));
        lab.A.Stop();
    }

    [Theory]
    [InlineData("net_namespace NETNS", "")]
    [InlineData("net_namespace NETNS\ninstance one", "")]
    [InlineData("instance one", "")]
    [InlineData("use_pid_dir", "")]
    [InlineData("", "-s NETNS")]
    [InlineData("", "-r /run/other.pid")]
    public void Identity_isThatOfTheDaemon(string lines, string options)
    {
        using Lab lab = MakeLab(routers: 2);
        bool isElsewhere = (lines + options).Contains("NETNS", StringComparison.Ordinal);
        Router at = isElsewhere ? lab.B : lab.A;
        string[] words = options.Replace("NETNS", lab.B.Namespace, StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string before = Picture(at);
        string beforeHere = Picture(lab.A);
        Kill(lab, at, lines.Replace("NETNS", lab.B.Namespace, StringComparison.Ordinal), words);

        // Another daemon is none of its business.
        string configuration = File.ReadAllText(lab.A.ConfigurationFile);
        File.WriteAllText(lab.A.ConfigurationFile, new VrrpConfiguration());
        Assert.Equal("", Cleanup(lab.A).Output);
        File.WriteAllText(lab.A.ConfigurationFile, configuration);
        Assert.NotEqual(before, Picture(at));

        CommandResult result = Cleanup(lab.A, words);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Equal(before, Picture(at));
        Assert.Equal(beforeHere, Picture(lab.A));
        Assert.Empty(Files(lab.A));
    }

    [Fact]
    public void Namespace_thatIsGone_takesItsRecordAlong()
    {
        using Lab lab = MakeLab();
        string name = $"{lab.Id}-gone";
        Shell.Run("ip", "netns", "add", name);
        try
        {
            Shell.Run("ip", "-n", name, "link", "add", "eth0", "type", "veth", "peer", "name", "other");
            Shell.Run("ip", "-n", name, "address", "add", "10.9.0.1/24", "dev", "eth0");
            Shell.Run("ip", "-n", name, "link", "set", "eth0", "up");
            Shell.Run("ip", "-n", name, "link", "set", "other", "up");
            lab.A.Start(Implementation.Ours, $"net_namespace {name}\n" + new VrrpConfiguration { Priority = 200 });
            lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
            lab.A.Daemon.Signal(Libc.SIGKILL);
            lab.A.Daemon.WaitForExit(Expect.Soon);
        }
        finally
        {
            Shell.Run("ip", "netns", "delete", name);
        }
        CommandResult result = Cleanup(lab.A);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"/run/netns/{name} is gone", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Files(lab.A), static file => file.EndsWith(".record", StringComparison.Ordinal));
    }

    [Fact]
    public void Refusals_areTold_andStayOnRecord()
    {
        using Lab lab = MakeLab();
        string before = Picture(lab.A);
        Kill(lab, lab.A);
        string killed = Picture(lab.A);
        CommandResult refused = lab.A.RunCommand("setpriv", "--bounding-set", "-net_admin", "--inh-caps", "-net_admin", Binaries.PathOf(Implementation.Ours), "cleanup", "-f", lab.A.ConfigurationFile);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("cannot remove address 10.9.0.100/24 on vrrp.51 - Operation not permitted", refused.Error, StringComparison.Ordinal);
        Assert.Contains("cannot remove interface vrrp.51 on eth0 - Operation not permitted", refused.Error, StringComparison.Ordinal);
        Assert.Contains("10.9.0.100", killed, StringComparison.Ordinal);
        CommandResult result = Cleanup(lab.A);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Equal(before, Picture(lab.A));
    }

    [Fact]
    public void Record_ofAnotherVersion_isLeftAlone()
    {
        using Lab lab = MakeLab();
        Kill(lab, lab.A);
        string record = Files(lab.A).Single(static file => file.EndsWith(".record", StringComparison.Ordinal));
        string content = File.ReadAllText(record).Replace("record 1\n", "record 9\n", StringComparison.Ordinal);
        File.WriteAllText(record, content);
        string killed = Picture(lab.A);
        CommandResult result = Cleanup(lab.A);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("none of this version", result.Error, StringComparison.Ordinal);
        Assert.Equal(killed, Picture(lab.A));
        Assert.Equal(content, File.ReadAllText(record));
    }

    [Fact]
    public void Somebody_withoutRights_isToldSo()
    {
        using Lab lab = MakeLab();
        Kill(lab, lab.A);
        CommandResult refused = lab.A.RunCommand("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", Binaries.PathOf(Implementation.Ours), "cleanup");
        Assert.Equal(MissingPermission, refused.ExitCode);
        Assert.Contains("Permission denied", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_thatIsNamedAndMissing_isAnError()
    {
        using Lab lab = new(routers: 1);
        CommandResult result = lab.A.Run(Implementation.Ours, "cleanup", "-f", "/nowhere.conf");
        Assert.Equal(6, result.ExitCode);
        Assert.Contains("/nowhere.conf", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, lab.A.Run(Implementation.Ours, "cleanup", "--dry-rum").ExitCode);
    }
}
