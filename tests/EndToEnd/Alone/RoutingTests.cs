using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>Virtual and static routes and rules in the kernel, as iproute2 shows them, beside keepalived with the same file.</summary>
public sealed class RoutingTests
{
    private static readonly VrrpConfiguration s_configuration = new()
    {
        Version = 2,
        AdvertSeconds = 1,
        Priority = 200,
        Extra = """
            virtual_routes {
                10.70.0.0/16 via 10.9.0.254
                10.71.0.0/16 dev eth0
                10.72.0.0/16 via 10.9.0.254 dev eth0 metric 30 table 100 src 10.9.0.100
                10.73.0.0/16 nexthop via 10.9.0.253 dev eth0 weight 2 nexthop via 10.9.0.252 dev eth0 weight 3
                unreachable 10.74.0.0/16
                10.75.0.0/16 dev more scope link mtu 1400 advmss 1300 initcwnd 20
                2001:db8:7::/48 dev eth0 metric 7
                prohibit 10.77.0.0/16 metric 5
                default via 10.9.0.254 dev eth0 table 300
            }
            virtual_rules {
                from 10.80.0.0/16 lookup 80 priority 800
                to 10.81.0.0/16 table 81 priority 801 fwmark 0x10/0xff
                iif eth0 blackhole priority 802
                from 10.82.0.0/16 unreachable priority 803
                from 2001:db8:8::/48 table 88 priority 804
            }
            """,
    };

    private const string Static = """
        static_ipaddress {
            10.8.0.77/24 dev more
        }
        static_routes {
            10.50.0.0/16 via 10.9.0.254 dev eth0
            10.51.0.0/16 dev more
            blackhole 10.52.0.0/16
        }
        static_rules {
            from 10.60.0.0/16 table 60 priority 600
        }

        """;

    private static readonly string s_file = Static + s_configuration;

    private static Lab MakeLab()
    {
        Lab lab = new(routers: 1);
        lab.A.AddInterface("more");
        return lab;
    }

    /// <summary>All routes and rules but those that the kernel makes by itself.</summary>
    private static string Snapshot(Router router)
        => router.Ip("-d", "-4", "route", "show", "table", "all", "proto", "keepalived") + router.Ip("-d", "-6", "route", "show", "table", "all", "proto", "keepalived")
            + router.Ip("-4", "rule", "show") + router.Ip("-6", "rule", "show");

    private static void AwaitMaster(Router router, int from = 0)
    {
        router.Daemon.WaitForLog(Expect.EnteringMaster, TimeSpan.FromSeconds(10), from);
        Await(router, static snapshot => snapshot.Contains("from 10.82.0.0/16 unreachable", StringComparison.Ordinal));
    }

    private static void Await(Router router, Predicate<string> condition)
        => Assert.True(SpinWait.SpinUntil(() => condition(Snapshot(router)), Expect.Soon), Snapshot(router));

    // What each has in the kernel: before, as backup, as master, after.
    private static string[] Story(Implementation implementation)
    {
        using Lab lab = MakeLab();
        List<string> story = [Snapshot(lab.A)];
        lab.A.Start(implementation, s_file);
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        Await(lab.A, static snapshot => snapshot.Contains("from 10.60.0.0/16 lookup 60", StringComparison.Ordinal));
        story.Add(Snapshot(lab.A));
        AwaitMaster(lab.A);
        story.Add(Snapshot(lab.A));
        lab.A.Stop();
        story.Add(Snapshot(lab.A));
        return [.. story];
    }

    [Fact, BesideStock]
    public void Story_isThatOfKeepalived()
    {
        string[] ours = Story(Implementation.Ours);
        Assert.Equal(Story(Implementation.Stock), ours);
        Assert.Equal(ours[0], ours[3]);
        Assert.Contains("10.50.0.0/16 via 10.9.0.254 dev eth0", ours[1]);
        Assert.DoesNotContain("10.70.0.0/16", ours[1]);
        Assert.Contains("unicast 10.70.0.0/16 via 10.9.0.254 dev eth0", ours[2]);
    }

    [Theory]
    [InlineData("route del 10.71.0.0/16 dev eth0", "10.71.0.0/16 dev eth0")]
    [InlineData("rule del priority 800", "from 10.80.0.0/16 lookup 80")]
    public void LossOfAVirtualOne_givesUpTheRoleAndTakesItBack(string removal, string lost)
    {
        using Lab lab = MakeLab();
        lab.A.Start(Implementation.Ours, s_file);
        AwaitMaster(lab.A);
        int from = lab.A.Daemon.Log.Count;
        lab.A.Ip(removal.Split(' '));
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, from);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon, from);
        Await(lab.A, snapshot => snapshot.Contains(lost, StringComparison.Ordinal));
    }

    [Fact]
    public void LossOfAStaticOne_isMadeGoodAtOnce()
    {
        using Lab lab = MakeLab();
        lab.A.Start(Implementation.Ours, s_file);
        AwaitMaster(lab.A);
        int from = lab.A.Daemon.Log.Count;
        string before = Snapshot(lab.A);
        lab.A.Ip("route", "del", "10.51.0.0/16", "dev", "more");
        lab.A.Ip("rule", "del", "priority", "600");
        lab.A.Ip("address", "del", "10.8.0.77/24", "dev", "more");
        lab.A.Daemon.WaitForLog("Restoring deleted static route 10.51.0.0/16 dev more", Expect.Soon, from);
        lab.A.Daemon.WaitForLog("Restoring deleted static rule from 10.60.0.0/16", Expect.Soon, from);
        lab.A.Daemon.WaitForLog("Restoring deleted static address 10.8.0.77/24 dev more", Expect.Soon, from);
        Await(lab.A, snapshot => snapshot.Split('\n').Order().SequenceEqual(before.Split('\n').Order()));
        Assert.Empty(lab.A.Daemon.LogMatches(Expect.EnteringBackup, from));
    }

    [Fact]
    public void InterfaceThatComesBack_hasItsRoutesAgain()
    {
        using Lab lab = MakeLab();
        lab.A.Start(Implementation.Ours, s_file);
        AwaitMaster(lab.A);
        int from = lab.A.Daemon.Log.Count;
        lab.A.Ip("link", "set", "more", "down");
        Await(lab.A, static snapshot => !snapshot.Contains("dev more", StringComparison.Ordinal));
        lab.A.Ip("link", "set", "more", "up");
        Await(lab.A, static snapshot => snapshot.Contains("10.75.0.0/16 dev more", StringComparison.Ordinal) && snapshot.Contains("10.51.0.0/16 dev more", StringComparison.Ordinal));
        // keepalived is in FAULT meanwhile, too, as the route is tracked.
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon, from);
        Assert.Single(lab.A.Daemon.LogMatches("reason: interface more is down", from));
    }

    [Fact]
    public void Reload_changesOnlyWhatChanged()
    {
        using Lab lab = MakeLab();
        lab.A.Start(Implementation.Ours, s_file);
        AwaitMaster(lab.A);
        int from = lab.A.Daemon.Log.Count;
        string before = Snapshot(lab.A);
        File.WriteAllText(lab.A.ConfigurationFile, s_file.Replace("10.71.0.0/16 dev eth0", "10.171.0.0/16 dev eth0", StringComparison.Ordinal));
        lab.A.Daemon.Signal(1);
        Await(lab.A, static snapshot => snapshot.Contains("10.171.0.0/16", StringComparison.Ordinal));
        string[] lines = Snapshot(lab.A).Replace("10.171.", "10.71.", StringComparison.Ordinal).Split('\n');
        Assert.Equal(before.Split('\n').Order(), lines.Order());
        Assert.Empty(lab.A.Daemon.LogMatches(Expect.EnteringBackup, from));
    }

    [Fact]
    public void Kill_andRestart_leavesNothingBehind()
    {
        using Lab lab = MakeLab();
        string before = Snapshot(lab.A);
        lab.A.Ip("route", "add", "10.90.0.0/16", "dev", "eth0");
        lab.A.Start(Implementation.Ours, s_file);
        AwaitMaster(lab.A);
        lab.A.Crash();
        Assert.NotEqual(before, Snapshot(lab.A));

        // Of another configuration, and as a backup for good.
        lab.A.Start(Implementation.Ours, new VrrpConfiguration { Version = 2, AdvertSeconds = 100, Priority = 1 });
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        Await(lab.A, snapshot => snapshot == before);
        Assert.Contains("10.90.0.0/16 dev eth0", lab.A.Ip("route"));
        lab.A.Stop();
    }
}
