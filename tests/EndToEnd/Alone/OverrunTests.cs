using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>
/// More happens to the host while the daemon stands still than its receive buffers hold. Afterwards it knows everything, and touches only what
/// has changed.
/// </summary>
public sealed class OverrunTests
{
    private const int SIGSTOP = 19;
    private const int SIGCONT = 18;

    // More than the buffers hold: 4 KiB of those about addresses, as configured, and 256 KiB of those about routes that are removed.
    private const int Addresses = 200;
    private const int Routes = 2000;

    private const string LinksLost = "notifications were lost .* reading links and addresses anew";
    private const string RoutesLost = "notifications of routes and rules were lost";

    private static readonly VrrpConfiguration s_instance = new()
    {
        Priority = 200,
        Globals = "vrrp_netlink_monitor_rcv_bufs 4096\n    dynamic_interfaces",
        Extra = """
            virtual_routes {
                10.70.0.0/16 via 10.9.0.254 dev eth0
                10.71.0.0/16 dev more no_track
            }
            virtual_rules {
                from 10.80.0.0/16 lookup 80 priority 800
            }
        """,
    };

    private static readonly string s_file = """
        static_ipaddress {
            10.8.0.77/24 dev more
        }
        static_routes {
            10.51.0.0/16 dev more
        }

        """ + s_instance;

    private static Lab Start(string configuration)
    {
        Lab lab = new(routers: 1);
        lab.A.AddInterface("more");
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, s_instance.ActiveDownInterval);
        Await(lab.A, static picture => picture.Contains("from 10.80.0.0/16 lookup 80", StringComparison.Ordinal));
        return lab;
    }

    private static string Picture(Router router) => string.Join('\n', (router.Ip("-4", "route", "show", "proto", "keepalived") + router.Ip("-4", "rule", "show")
        + KernelPicture.Addresses(router)).Split('\n').Select(static line => line.Trim()).Order());

    private static void Await(Router router, Predicate<string> condition)
        => Assert.True(SpinWait.SpinUntil(() => condition(Picture(router)), Expect.Soon), Picture(router));

    // Everything comes and goes again; in the end it is as it was.
    private static void Flood(Router router, bool withRoutes)
    {
        string batch = Path.Combine(router.Scratch, "flood");
        string[] all =
        [
            .. Enumerable.Range(1, Addresses).Select(static number => $"address VERB 10.99.0.{number}/32 dev eth0"),
            .. Enumerable.Range(0, withRoutes ? Routes : 0).Select(static number => $"route VERB blackhole 10.98.{number / 256}.{number % 256}/32 table 99 proto keepalived"),
        ];
        File.WriteAllLines(batch, all.Select(static line => line.Replace("VERB", "add", StringComparison.Ordinal))
            .Concat(all.Select(static line => line.Replace("VERB", "del", StringComparison.Ordinal))));
        Shell.Run("ip", "-n", router.Namespace, "-batch", batch);
    }

    private static int Pause(Lab lab, params string[][] changes) => Pause(lab, withRoutes: true, changes);

    private static int Pause(Lab lab, bool withRoutes, params string[][] changes)
    {
        int from = lab.A.Daemon.Log.Count;
        lab.A.Daemon.Signal(SIGSTOP);
        Flood(lab.A, withRoutes);
        foreach (string[] change in changes)
            lab.A.Ip(change);
        return from;
    }

    [Fact]
    public void What_isAsItWas_isNotTouched()
    {
        using Lab lab = Start(s_file);
        // The second burst of announcements belongs to the takeover.
        Thread.Sleep(TimeSpan.FromSeconds(6));
        string before = Picture(lab.A);
        int from = Pause(lab);
        Assert.Equal(before, Picture(lab.A));
        using KernelMonitor monitor = new(lab.A, lab.Describe);
        int seen = monitor.Events.Count;
        int adverts = lab.Observer.Adverts.Count;
        int announcements = lab.Observer.Announcements.Count;
        TimeSpan resumed = MonotonicClock.Now;
        lab.A.Daemon.Signal(SIGCONT);
        lab.A.Daemon.WaitForLog(LinksLost, Expect.Soon, from);
        lab.A.Daemon.WaitForLog(RoutesLost, Expect.Soon, from);
        Thread.Sleep(s_instance.AdvertInterval * 10);

        // Not one advertisement later than it has to be: at once, and then in the cadence of before.
        TimeSpan[] times = [.. lab.Observer.Adverts.Snapshot(adverts).Select(static advert => advert.At)];
        Assert.InRange(times[0] - resumed, TimeSpan.FromMilliseconds(-5), s_instance.AdvertInterval + Expect.Slack);
        Assert.InRange(times.Length, 8, 12);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, TimeSpan.Zero, s_instance.AdvertInterval * 1.5 + TimeSpan.FromMilliseconds(50)));
        Assert.Equal(announcements, lab.Observer.Announcements.Count);
        Assert.Equal(before, Picture(lab.A));
        Assert.DoesNotContain(monitor.Events.Snapshot(seen), static line => !line.Contains("192.0.2.1", StringComparison.Ordinal));
        Assert.Empty(lab.A.Daemon.LogMatches("Entering|Restoring|cannot|already", from));
        // A row of losses is one line.
        Assert.Single(lab.A.Daemon.LogMatches(LinksLost, from));
        Assert.Equal(0, lab.A.Stop());
        Assert.DoesNotContain("10.9.0.100", Picture(lab.A));
    }

    [Fact]
    public void VirtualAddress_thatSomebodyRemoved_isNoticed()
    {
        using Lab lab = Start(s_file);
        string before = Picture(lab.A);
        int from = Pause(lab, ["address", "del", "10.9.0.100/32", "dev", "eth0"]);
        lab.A.Daemon.Signal(SIGCONT);
        lab.A.Daemon.WaitForLog(LinksLost, Expect.Soon, from);
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, from);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon, from);
        Await(lab.A, picture => picture == before);
    }

    // Both are put back without giving up the role: what else was lost is not known.
    [Theory]
    [InlineData("route del 10.70.0.0/16", "Restoring deleted route 10.70.0.0/16 via 10.9.0.254 dev eth0")]
    [InlineData("rule del priority 800", "Restoring deleted rule from 10.80.0.0/16 table 80 preference 800")]
    [InlineData("route del 10.51.0.0/16 dev more", "Restoring deleted route 10.51.0.0/16 dev more")]
    public void RouteOrRule_thatSomebodyRemoved_isPutBack(string removal, string told)
    {
        using Lab lab = Start(s_file);
        string before = Picture(lab.A);
        int from = Pause(lab, removal.Split(' '));
        Assert.NotEqual(before, Picture(lab.A));
        lab.A.Daemon.Signal(SIGCONT);
        lab.A.Daemon.WaitForLog(told, Expect.Soon, from);
        Await(lab.A, picture => picture == before);
        Assert.Empty(lab.A.Daemon.LogMatches("Entering", from));
        Assert.Single(lab.A.Daemon.LogMatches("Restoring", from));
    }

    // The kernel takes IPv4 routes along with an interface that goes down, and says of none.
    [Fact]
    public void Interface_thatWasDownMeanwhile_hasItsRoutesAgain()
    {
        using Lab lab = Start(s_file);
        string before = Picture(lab.A);
        int from = Pause(lab, withRoutes: false, ["link", "set", "more", "down"], ["link", "set", "more", "up"]);
        Assert.NotEqual(before, Picture(lab.A));
        lab.A.Daemon.Signal(SIGCONT);
        lab.A.Daemon.WaitForLog(LinksLost, Expect.Soon, from);
        Await(lab.A, picture => picture == before);
        Assert.Empty(lab.A.Daemon.LogMatches(RoutesLost, from));
        Assert.Empty(lab.A.Daemon.LogMatches(Expect.EnteringBackup, from));
    }

    [Fact]
    public void Interface_thatWasRenamed_isLeft_andFoundAgain()
    {
        using Lab lab = Start(s_file);
        string before = Picture(lab.A);
        int from = Pause(lab, ["link", "set", "eth0", "down"], ["link", "set", "eth0", "name", "other0"], ["link", "set", "other0", "up"]);
        lab.A.Daemon.Signal(SIGCONT);
        lab.A.Daemon.WaitForLog("Interface name has changed from eth0 to other0", Expect.Soon, from);
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon, from);
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
        from = lab.A.Daemon.Log.Count;
        lab.A.Ip("link", "set", "other0", "down");
        lab.A.Ip("link", "set", "other0", "name", "eth0");
        lab.A.Ip("link", "set", "eth0", "up");
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon + s_instance.ActiveDownInterval, from);
        // IPv6 addresses went with the interface's going down, and the kernel's own comes back in its time.
        Await(lab.A, picture => WithoutIPv6(picture) == WithoutIPv6(before));
    }

    private static string WithoutIPv6(string picture)
        => string.Join('\n', picture.Split('\n').Where(static line => !line.Contains("inet6", StringComparison.Ordinal)));

    [Fact]
    public void Interface_thatWasMadeAnew_isUsedAgain()
    {
        using Lab lab = Start(s_file);
        string before = Picture(lab.A);
        int from = Pause(lab);
        lab.A.DeleteInterface();
        lab.A.CreateInterface();
        lab.A.Daemon.Signal(SIGCONT);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon + s_instance.ActiveDownInterval, from);
        Await(lab.A, picture => WithoutIPv6(picture) == WithoutIPv6(before));
        int seen = lab.Observer.Adverts.Count;
        lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon, seen);
    }
}
