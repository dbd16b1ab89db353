using System.Globalization;
using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>A real kernel that refuses: what is said, what becomes of the role, and what happens when the reason has passed.</summary>
public sealed class RefusalTests
{
    private const int MissingPermission = 4;
    private static readonly VrrpConfiguration s_plain = new() { Priority = 200 };

    private static void Start(Router router, Implementation implementation, string configuration, params string[] around)
    {
        File.WriteAllText(router.ConfigurationFile, configuration);
        router.StartAs([.. around, Binaries.PathOf(implementation), "-n", "-l", "-D", "-f", router.ConfigurationFile]);
    }

    // keepalived takes part, and those who could have the address see a MASTER that has not got it (differences.md). PrivilegeTests has what we say.
    [Theory, BesideStock]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void WithoutNetAdmin_nobodyIsKeptFromTheAddressByUs(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        Start(lab.A, implementation, s_plain, "setpriv", "--bounding-set=-net_admin");
        if (implementation == Implementation.Ours)
        {
            Assert.Equal(MissingPermission, lab.A.Daemon.WaitForExit(Expect.Soon));
            Assert.Empty(lab.Observer.Adverts.Snapshot());
            return;
        }
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon + s_plain.ActiveDownInterval);
        lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        Assert.False(lab.A.Has(VrrpConfiguration.DefaultAddress));
    }

    [Fact]
    public void GroupThatCannotBeJoined_isAFaultUntilItCan()
    {
        using Lab lab = new(routers: 1);
        lab.A.Sysctl("net/ipv4/igmp_max_memberships", "0");
        lab.A.Start(Implementation.Ours, s_plain);
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon);
        Thread.Sleep(2500);
        Assert.Single(lab.A.Daemon.LogMatches(@"\(VI_1\) cannot open its sockets: setsockopt\(IP_ADD_MEMBERSHIP\): No buffer space available"));
        lab.A.Sysctl("net/ipv4/igmp_max_memberships", "20");
        Expect.Master(lab.A, s_plain.ActiveDownInterval);
    }

    [Fact]
    public void DescriptorsThatRanOut_areAFaultUntilThereAreSome()
    {
        using Lab lab = new(routers: 1);
        VrrpConfiguration configuration = s_plain with { Globals = "dynamic_interfaces" };
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        string id = lab.A.Daemon.Id.ToString(CultureInfo.InvariantCulture);
        int from = lab.A.Daemon.Log.Count;
        lab.A.DeleteInterface();
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon, from);
        Shell.Run("prlimit", "--pid", id, "--nofile=3:4096");
        lab.A.CreateInterface();
        lab.A.Daemon.WaitForLog(@"\(VI_1\) cannot open its sockets: .*Too many open files", Expect.Soon, from);
        Thread.Sleep(2500);
        Assert.Single(lab.A.Daemon.LogMatches("Too many open files", from));
        Assert.Empty(lab.A.Daemon.LogMatches(Expect.EnteringMaster, from));
        Shell.Run("prlimit", "--pid", id, "--nofile=1024:4096");
        Expect.Master(lab.A, configuration.ActiveDownInterval, from);
        Assert.Equal(0, lab.A.Stop());
    }

    [Fact]
    public void IPv6ThatIsSwitchedOff_isWaitedFor()
    {
        VrrpConfiguration configuration = s_plain with { Extra = "virtual_ipaddress_excluded {\n        2001:db8::8/64\n    }" };
        using Lab lab = new(routers: 1);
        lab.A.Sysctl("net/ipv6/conf/eth0/disable_ipv6", "1");
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        lab.A.Daemon.WaitForLog("Netlink: cannot add 2001:db8::8/64 on eth0 - Permission denied", Expect.Soon);
        Thread.Sleep(7000);
        Assert.Single(lab.A.Daemon.LogMatches("cannot add 2001:db8::8/64"));
        int seen = lab.Observer.Announcements.Count;
        lab.A.Sysctl("net/ipv6/conf/eth0/disable_ipv6", "0");
        lab.A.Addresses.WaitFor(System.Net.IPAddress.Parse("2001:db8::8"), present: true, Expect.Soon);
        lab.Observer.Announcements.WaitFor("its announcement", static item => item.Address.ToString() == "2001:db8::8", Expect.Soon, seen);
        Assert.Single(lab.A.Daemon.LogMatches(Expect.EnteringMaster));
        Assert.Equal(0, lab.A.Stop());
        Assert.False(lab.A.Has("2001:db8::8"));
    }

    [Fact]
    public void RouteOfAnInterfaceThatIsDown_isWaitedFor()
    {
        VrrpConfiguration configuration = s_plain with { Extra = "virtual_routes {\n        10.70.0.0/16 dev more no_track\n    }" };
        using Lab lab = new(routers: 1);
        lab.A.AddInterface("more");
        lab.A.Ip("link", "set", "more", "down");
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        lab.A.Daemon.WaitForLog("Netlink: cannot add route 10.70.0.0/16 dev more no_track - Network is down", Expect.Soon);
        Thread.Sleep(2500);
        Assert.Single(lab.A.Daemon.LogMatches("cannot add route"));
        lab.A.Ip("link", "set", "more", "up");
        Assert.True(SpinWait.SpinUntil(() => lab.A.Ip("route").Contains("10.70.0.0/16 dev more", StringComparison.Ordinal), Expect.Soon));
    }

    [Fact]
    public void RouteThatSomebodyElseHasAlready_isTold_andStays()
    {
        VrrpConfiguration configuration = s_plain with { Extra = "virtual_routes {\n        10.70.0.0/16 via 10.9.0.254 dev eth0 add\n    }" };
        using Lab lab = new(routers: 1);
        lab.A.Ip("route", "add", "10.70.0.0/16", "via", "10.9.0.253", "dev", "eth0");
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        lab.A.Daemon.WaitForLog("route .*10.70.0.0/16 via 10.9.0.254 dev eth0.*: there is one already", Expect.Soon);
        Assert.Equal(0, lab.A.Stop());
        Assert.Contains("10.70.0.0/16 via 10.9.0.253 dev eth0", lab.A.Ip("route"));
    }

    [Theory, BesideStock]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void AdvertisementsThatAreRefused_areToldAndGoOnWhenTheyMay(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(implementation, s_plain);
        Expect.Master(lab.A, s_plain.ActiveDownInterval);
        Nft(lab.A, "add table ip fw; add chain ip fw out { type filter hook output priority 0; }; add rule ip fw out ip protocol vrrp drop");
        lab.A.Daemon.WaitForLog(@"send advert error 1 \(Operation not permitted\)", Expect.Soon);
        Thread.Sleep(s_plain.AdvertInterval * 10);
        if (implementation == Implementation.Ours)
            Assert.Single(lab.A.Daemon.LogMatches("send advert error"));
        int seen = lab.Observer.Adverts.Count;
        Nft(lab.A, "delete table ip fw");
        lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon, seen);
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));
    }

    // The interface is deleted in the same moment as the daemon wants to put something there.
    [Fact]
    public void InterfaceThatGoesInBetween_isNoError()
    {
        VrrpConfiguration configuration = s_plain with { Globals = "dynamic_interfaces" };
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        for (int i = 0; i < 5; i++)
        {
            int from = lab.A.Daemon.Log.Count;
            lab.A.DeleteInterface();
            lab.A.CreateInterface();
            lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon + configuration.ActiveDownInterval, from);
        }
        lab.A.Addresses.WaitFor(Expect.Vip, present: true, Expect.Soon);
        Assert.Empty(lab.A.Daemon.LogMatches("cannot|error"));
        Assert.Equal(0, lab.A.Stop());
        Assert.False(lab.A.Has(VrrpConfiguration.DefaultAddress));
    }

    private static void Nft(Router router, string commands) => Shell.Run("ip", "netns", "exec", router.Namespace, "nft", commands);
}
