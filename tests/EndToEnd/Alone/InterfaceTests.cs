using System.Globalization;
using System.Net;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>Interfaces that are not there, come, go, and change: each with keepalived beside ours where that is the yardstick.</summary>
public sealed class InterfaceTests
{
    private const string OwnInterface = "own";
    private const string Dynamic = "dynamic_interfaces";

    private static readonly TimeSpan s_protocolTime = TimeSpan.FromSeconds(10);

    /// <summary>What names an interface, and where the interface's name goes.</summary>
    private static readonly Dictionary<string, (string Top, string Instance, string Addresses)> s_uses = new()
    {
        [OwnInterface] = ("", "", "10.9.0.100"),
        ["address"] = ("", "", "10.9.0.100 dev IF"),
        ["route"] = ("", "virtual_routes {\n 10.80.0.0/16 dev IF\n}", "10.9.0.100"),
        ["hop"] = ("", "virtual_routes {\n 10.80.0.0/16 no_track nexthop via 10.9.0.254 dev IF nexthop via 10.9.0.253 dev eth0\n}", "10.9.0.100"),
        ["rule"] = ("", "virtual_rules {\n iif IF lookup 100 priority 700\n}", "10.9.0.100"),
        ["static address"] = ("static_ipaddress {\n 10.88.0.1/24 dev IF\n}\n", "", "10.9.0.100"),
        ["static route"] = ("static_routes {\n 10.88.0.0/24 dev IF\n}\n", "", "10.9.0.100"),
        ["static rule"] = ("static_rules {\n iif IF lookup 100 priority 700\n}\n", "", "10.9.0.100"),
        ["tracked"] = ("", "track_interface {\n IF\n}", "10.9.0.100"),
        ["garp group"] = ("garp_group {\n garp_interval 0.001\n interface IF\n}\n", "", "10.9.0.100"),
        ["linkbeat"] = ("linkbeat_interfaces {\n IF\n}\n", "", "10.9.0.100"),
        ["delays"] = ("interface_up_down_delays {\n IF 0.1 0.1\n}\n", "", "10.9.0.100"),
    };

    private static string Configuration(string use, string name, string globals = "")
    {
        (string top, string instance, string addresses) = s_uses[use];
        string text = new VrrpConfiguration { Globals = globals, Extra = instance, Addresses = [addresses], Priority = 250 };
        // What may come later has to be said first.
        int end = text.IndexOf("vrrp_instance", StringComparison.Ordinal);
        text = (text[..end] + top + text[end..]).Replace("IF", name, StringComparison.Ordinal);
        return use == OwnInterface ? text.Replace("interface eth0", $"interface {name}", StringComparison.Ordinal) : text;
    }

    public static TheoryData<string, Implementation> Needed
    {
        get
        {
            TheoryData<string, Implementation> data = [];
            foreach (string use in s_uses.Keys.Except(["linkbeat", "delays"]))
            {
                data.Add(use, Implementation.Ours);
                data.Add(use, Implementation.Stock);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Needed))]
    public void Missing_interface_isAnErrorUnlessItMayComeLater(string use, Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(implementation, Configuration(use, "nowhere"));
        Assert.Equal(2, lab.A.Daemon.WaitForExit(Expect.Soon));
        Assert.Equal(5, lab.A.Run(implementation, "-t", "-f", lab.A.ConfigurationFile).ExitCode);
        lab.A.Start(implementation, Configuration(use, "nowhere", Dynamic));
        lab.A.Daemon.WaitForLog("Startup complete", Expect.Soon);
        Assert.Equal(0, lab.A.Run(implementation, "-t", "-f", lab.A.ConfigurationFile).ExitCode);
        lab.A.Stop();
    }

    [Theory]
    [InlineData("linkbeat", Implementation.Ours)]
    [InlineData("linkbeat", Implementation.Stock)]
    [InlineData("delays", Implementation.Ours)]
    [InlineData("delays", Implementation.Stock)]
    public void Missing_interfaceOfAList_isSaidAndChangesNothing(string use, Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(implementation, Configuration(use, "nowhere"));
        lab.A.Daemon.WaitForLog("Startup complete", Expect.Soon);
        lab.A.Daemon.WaitForLog("interface nowhere", Expect.Soon);
        Assert.Equal(4, lab.A.Run(implementation, "-t", "-f", lab.A.ConfigurationFile).ExitCode);
        lab.A.Stop();
    }

    [Theory]
    [InlineData(Implementation.Ours, "")]
    [InlineData(Implementation.Ours, Dynamic)]
    [InlineData(Implementation.Stock, "")]
    [InlineData(Implementation.Stock, Dynamic)]
    public void Loopback_isNoInterfaceForVrrp(Implementation implementation, string globals)
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(implementation, Configuration(OwnInterface, "lo", globals));
        Assert.Equal(2, lab.A.Daemon.WaitForExit(Expect.Soon));
        Assert.NotEmpty(lab.A.Daemon.LogMatches(@"\(VI_1\) cannot use a loopback interface \(lo\) for vrrp"));
        Assert.Equal(5, lab.A.Run(implementation, "-t", "-f", lab.A.ConfigurationFile).ExitCode);
    }

    [Theory]
    [InlineData(OwnInterface, Implementation.Ours)]
    [InlineData(OwnInterface, Implementation.Stock)]
    [InlineData("address", Implementation.Ours)]
    [InlineData("address", Implementation.Stock)]
    [InlineData("route", Implementation.Ours)]
    [InlineData("route", Implementation.Stock)]
    [InlineData("rule", Implementation.Ours)]
    [InlineData("rule", Implementation.Stock)]
    public void Interface_thatComesGoesAndIsRenamed_takesTheRoleAlong(string use, Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(implementation, Configuration(use, "more", Dynamic));
        lab.A.Daemon.WaitForLog(@"\(VI_1\): entering FAULT state \(interface more down\)", Expect.Soon);
        Create(lab);
        Await(lab.A, Expect.EnteringMaster);
        lab.A.Ip("link", "set", "more", "down");
        Await(lab.A, Expect.EnteringFault);
        lab.A.Ip("link", "set", "more", "up");
        Await(lab.A, Expect.EnteringMaster);
        lab.A.Ip("link", "del", "more");
        Await(lab.A, Expect.EnteringFault);
        // Under the same name, with another index.
        Create(lab);
        Await(lab.A, Expect.EnteringMaster);
        lab.A.Ip("link", "set", "more", "down");
        lab.A.Ip("link", "set", "more", "name", "less");
        lab.A.Ip("link", "set", "less", "up");
        Await(lab.A, Expect.EnteringFault);
        lab.A.Ip("link", "set", "less", "down");
        lab.A.Ip("link", "set", "less", "name", "more");
        lab.A.Ip("link", "set", "more", "up");
        Await(lab.A, Expect.EnteringMaster);
        // To another namespace: gone as if it had been deleted.
        lab.A.Ip("link", "set", "more", "netns", lab.Host.Namespace);
        Await(lab.A, Expect.EnteringFault);
        lab.Host.Ip("link", "del", "more");
        lab.A.Stop();
        Assert.DoesNotContain("proto keepalived", lab.A.Ip("rule", "show"));
        Assert.False(lab.A.Has(VrrpConfiguration.DefaultAddress));
    }

    [Theory]
    [InlineData(Implementation.Ours, "")]
    [InlineData(Implementation.Stock, "")]
    [InlineData(Implementation.Ours, "use_vmac")]
    [InlineData(Implementation.Stock, "use_vmac")]
    public void Multicast_thatTheInterfaceDoesNotDo_disablesTheInstance(Implementation implementation, string lines)
    {
        using Lab lab = new(routers: 1);
        lab.A.Ip("link", "set", "eth0", "multicast", "off");
        VrrpConfiguration configuration = new() { Priority = 250, Extra = lines };
        lab.A.Start(implementation, configuration);
        lab.A.Daemon.WaitForLog(@"\(VI_1\) interface eth0 does not support multicast, specify unicast peers - disabling", Expect.Soon);
        lab.A.Daemon.WaitForLog("Startup complete", Expect.Soon);
        Thread.Sleep(configuration.ActiveDownInterval + Expect.Slack);
        Assert.Empty(lab.A.Daemon.LogMatches("Entering (BACKUP|MASTER) STATE"));
        Assert.Empty(lab.Observer.Adverts.Snapshot());
        Assert.Equal(5, lab.A.Run(implementation, "-t", "-f", lab.A.ConfigurationFile).ExitCode);
        lab.A.Stop();
        // Unicast needs none.
        lab.A.Start(implementation, configuration with { Extra = "unicast_peer {\n 10.9.0.2\n }" });
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        Assert.Equal(0, lab.A.Run(implementation, "-t", "-f", lab.A.ConfigurationFile).ExitCode);
        lab.A.Stop();
    }

    [Fact]
    public void Multicast_thatComesLater_endsTheFault()
    {
        using Lab lab = new(routers: 1);
        lab.A.Ip("link", "set", "eth0", "multicast", "off");
        lab.A.Start(Implementation.Ours, new VrrpConfiguration { Priority = 250 });
        lab.A.Daemon.WaitForLog("Startup complete", Expect.Soon);
        lab.A.Ip("link", "set", "eth0", "multicast", "on");
        Await(lab.A, Expect.EnteringMaster);
        lab.A.Stop();
    }

    [Theory]
    [InlineData(Implementation.Ours, "")]
    [InlineData(Implementation.Stock, "")]
    [InlineData(Implementation.Ours, "use_vmac")]
    [InlineData(Implementation.Stock, "use_vmac")]
    public void Arp_thatIsSwitchedOff_meansNoAnnouncements(Implementation implementation, string lines)
    {
        using Lab lab = new(routers: 1);
        lab.A.Ip("link", "set", "eth0", "arp", "off");
        VrrpConfiguration configuration = new()
        {
            Priority = 250, Extra = $"{lines}\nvirtual_ipaddress_excluded {{\n 2001:db8::8/64\n}}",
        };
        lab.A.Start(implementation, configuration);
        lab.A.Daemon.WaitForLog(@"\(VI_1\) disabling ARP since interface does not support it", Expect.Soon);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        lab.Observer.Adverts.WaitFor("an advert", static _ => true, Expect.Soon);
        // Those of a takeover would have come.
        Thread.Sleep(TimeSpan.FromSeconds(1));
        Assert.Empty(lab.Observer.Announcements.Snapshot());
        Assert.Empty(lab.A.Daemon.LogMatches("Sending (gratuitous ARP|unsolicited Neighbour Advert) on"));
        lab.A.Stop();
    }

    [Fact]
    public void Address_whoseInterfaceComesLater_isAnnouncedThen()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, new VrrpConfiguration
        {
            Globals = Dynamic, Priority = 250, Addresses = ["10.9.0.100", "10.7.0.100/24 dev more no_track"], Extra = "garp_master_delay 1",
        });
        Await(lab.A, Expect.EnteringMaster);
        // Behind the second burst of the takeover nothing would be sent any more.
        lab.Observer.Announcements.WaitFor("the second burst", _ => lab.Observer.Announcements.Count >= 10, Expect.Soon);
        Shell.Script($"""
            ip -n {lab.A.Namespace} link add more type veth peer name other
            ip -n {lab.A.Namespace} link set other up
            """);
        using Observer other = new(lab.A.Namespace, "other", lab.Describe);
        lab.A.Ip("link", "set", "more", "up");
        other.Announcements.WaitFor("five gratuitous ARPs", _ => other.Announcements.Snapshot().Count(static entry => entry.Address.Equals(IPAddress.Parse("10.7.0.100"))) >= 5, Expect.Soon);
        Assert.Empty(lab.A.Daemon.LogMatches(Expect.EnteringBackup, _seen));
        lab.A.Stop();
    }

    private int _seen;

    private void Await(Router router, string pattern)
    {
        LogEntry entry = router.Daemon.WaitForLog(pattern, s_protocolTime, _seen);
        _seen = Array.IndexOf(router.Daemon.Log.Snapshot(), entry) + 1;
    }

    private static void Create(Lab lab) => Shell.Script($"""
        ip -n {lab.A.Namespace} link add more type veth peer name other
        ip -n {lab.A.Namespace} address add 10.7.0.1/24 dev more
        ip -n {lab.A.Namespace} link set other up
        ip -n {lab.A.Namespace} link set more up
        """);

    [Fact]
    public void StaticObjects_ofAnInterfaceThatComesLater_areThereThen()
    {
        using Lab lab = new(routers: 1);
        string text = Configuration("static address", "more", Dynamic)
            + "static_routes {\n 10.87.0.0/16 dev more\n 10.86.0.0/16 via 10.7.0.254 dev more\n}\nstatic_rules {\n iif more lookup 100 priority 700\n}\n";
        lab.A.Start(Implementation.Ours, text);
        lab.A.Daemon.WaitForLog("Startup complete", Expect.Soon);
        for (int round = 0; round < 2; round++)
        {
            Create(lab);
            Assert.True(SpinWait.SpinUntil(() => lab.A.Ip("route", "show", "dev", "more", "proto", "keepalived").Split('\n').Length == 3, s_protocolTime));
            Assert.Contains("10.88.0.1/24", lab.A.Ip("address", "show", "dev", "more"));
            Assert.Contains("iif more", lab.A.Ip("rule", "show"));
            lab.A.Ip("link", "del", "more");
        }
        Assert.Empty(lab.A.Daemon.LogMatches(Expect.EnteringFault));
        lab.A.Stop();
    }

    [Theory]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void PrimaryAddress_thatIsReplaced_isSpokenFrom(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(implementation, new VrrpConfiguration { Priority = 250 });
        Await(lab.A, Expect.EnteringMaster);
        lab.A.Ip("address", "add", "10.9.0.77/25", "dev", "eth0");
        lab.A.Ip("address", "del", "10.9.0.1/24", "dev", "eth0");
        lab.Observer.WaitForAdvert(IPAddress.Parse("10.9.0.77"), Expect.Soon);
        Assert.Empty(lab.A.Daemon.LogMatches(Expect.EnteringFault));
        lab.A.Stop();
    }

    [Fact]
    public void MacAndMtu_thatChange_areUsedAtOnce()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, new VrrpConfiguration { Priority = 250, Extra = "garp_master_refresh 1\n garp_master_delay 1" });
        Await(lab.A, Expect.EnteringMaster);
        lab.A.Ip("link", "set", "eth0", "address", "02:00:00:00:77:01", "mtu", "1400");
        lab.Observer.Announcements.WaitFor(
            "an announcement of the new MAC", static seen => seen.LinkLayerAddress == "02:00:00:00:77:01", Expect.Soon);
        int from = lab.Observer.Adverts.Count;
        Advert advert = lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon, from);
        Assert.Equal("02:00:00:00:77:01", string.Join(':', advert.Frame[6..12].Select(static octet => octet.ToString("x2", CultureInfo.InvariantCulture))));
        Assert.Empty(lab.A.Daemon.LogMatches("Entering (BACKUP|FAULT) STATE$"));
        lab.A.Stop();
    }

    [Theory]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void Bridge_isABaseLikeAnother(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        Shell.Script($"""
            ip -n {lab.A.Namespace} link add br7 type bridge
            ip -n {lab.A.Namespace} address flush dev eth0
            ip -n {lab.A.Namespace} address add 10.9.0.1/24 dev br7
            ip -n {lab.A.Namespace} link set eth0 master br7
            ip -n {lab.A.Namespace} link set br7 up
            """);
        lab.A.Start(implementation, Configuration(OwnInterface, "br7"));
        Await(lab.A, Expect.EnteringMaster);
        lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        // A bridge whose last port goes has no carrier.
        lab.A.Ip("link", "set", "eth0", "nomaster");
        Await(lab.A, Expect.EnteringFault);
        lab.A.Ip("link", "set", "eth0", "master", "br7");
        Await(lab.A, Expect.EnteringMaster);
        lab.A.Stop();
    }

    [Theory]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void DontRelease_keepsWhatInstancesHold_andNothingStatic(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        string text = "static_ipaddress {\n 10.88.0.1/24 dev eth0\n}\nstatic_routes {\n 10.87.0.0/16 dev eth0\n}\n"
            + "static_rules {\n from 10.86.0.0/16 lookup 100 priority 700\n}\n"
            + new VrrpConfiguration
            {
                Priority = 250,
                Extra = "virtual_routes {\n 10.80.0.0/16 dev eth0\n}\nvirtual_rules {\n from 10.81.0.0/16 lookup 100 priority 701\n}",
            };
        lab.A.Start(implementation, text, "-V");
        Await(lab.A, Expect.EnteringMaster);
        Assert.True(SpinWait.SpinUntil(() => lab.A.Ip("rule", "show").Contains("701:", StringComparison.Ordinal), Expect.Soon));
        lab.A.Stop();
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));
        Assert.False(lab.A.Has("10.88.0.1"));
        Assert.Equal("10.80.0.0/16 dev eth0", lab.A.Ip("route", "show", "table", "all", "proto", "keepalived").Trim());
        string rules = lab.A.Ip("rule", "show");
        Assert.Contains("701:", rules);
        Assert.DoesNotContain("700:", rules);
        // Nobody is told that the addresses are free.
        Assert.DoesNotContain(lab.Observer.Adverts.Snapshot(), static advert => advert.Priority == 0);
        if (implementation == Implementation.Stock)
            return;

        // The next start finds it, and that it is ours.
        lab.A.Start(Implementation.Ours, new VrrpConfiguration { Priority = 1, AdvertSeconds = 20 });
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
        Assert.True(SpinWait.SpinUntil(
            () => lab.A.Ip("route", "show", "table", "all", "proto", "keepalived").Length == 0 && !lab.A.Ip("rule", "show").Contains("701:", StringComparison.Ordinal),
            Expect.Soon));
        lab.A.Stop();
    }

    // Other interfaces, addresses and routes of the host are none of the daemon's business.
    [Fact]
    public void Thousands_ofOtherLinksAndRoutes_costNothing()
    {
        const int Links = 2000;
        const int Routes = 10_000;
        using Lab lab = new(routers: 1);
        lab.A.AddInterface("more");
        lab.A.Start(Implementation.Ours, new VrrpConfiguration
        {
            Priority = 250,
            AdvertSeconds = 1,
            Version = 2,
            Extra = "virtual_routes {\n 10.80.0.0/16 dev eth0\n}",
        });
        Await(lab.A, Expect.EnteringMaster);
        Thread.Sleep(TimeSpan.FromSeconds(3));
        // One that nobody cares for, so that the filter is there.
        lab.A.Ip("link", "set", "more", "mtu", "1400");

        string links = Path.Combine(lab.Scratch, "links");
        string routes = Path.Combine(lab.Scratch, "routes");
        File.WriteAllLines(links, Numbers(Links).Select(static i => $"link add m{i} link more type macvlan")
            .Concat(Numbers(Links).Select(static i => $"address add 10.{100 + i / 250}.{i % 250}.1/32 dev m{i}"))
            .Concat(Numbers(Links).Select(static i => $"link del m{i}")));
        File.WriteAllLines(routes, Numbers(Routes).Select(static i => $"route add 11.{i / 250}.{i % 250}.0/24 dev more")
            .Concat(Numbers(Routes).Select(static i => $"route del 11.{i / 250}.{i % 250}.0/24 dev more")));

        (long wakeUps, TimeSpan used) = Cost(lab.A.Daemon.Id);
        TimeSpan begin = MonotonicClock.Now;
        _ = Shell.Try("ip", ["-n", lab.A.Namespace, "-batch", links], TimeSpan.FromSeconds(300)).ExitCode is 0 ? 0 : throw new LabException("ip -batch links");
        _ = Shell.Try("ip", ["-n", lab.A.Namespace, "-batch", routes], TimeSpan.FromSeconds(100)).ExitCode is 0 ? 0 : throw new LabException("ip -batch routes");
        double seconds = (MonotonicClock.Now - begin).TotalSeconds;
        (long wakeUpsAfter, TimeSpan usedAfter) = Cost(lab.A.Daemon.Id);

        // An advert a second, and what goes with it; some ten thousand notifications were sent meanwhile.
        Assert.InRange(wakeUpsAfter - wakeUps, 0, 20 + (long)(4 * seconds));
        Assert.InRange((usedAfter - used).TotalMilliseconds, 0, 50 + 5 * seconds);
        Assert.Empty(lab.A.Daemon.LogMatches("Netlink:|Entering BACKUP STATE$"));
        // It is awake all the same for what is its own.
        lab.A.Ip("link", "set", "eth0", "down");
        Await(lab.A, Expect.EnteringFault);
        lab.A.Stop();
    }

    private static IEnumerable<int> Numbers(int count) => Enumerable.Range(0, count);

    // How often its thread went to sleep of its own accord, and its processor time.
    private static (long WakeUps, TimeSpan Used) Cost(int process)
    {
        string line = File.ReadLines($"/proc/{process}/task/{process}/status").Single(static line => line.StartsWith("voluntary_ctxt_switches:", StringComparison.Ordinal));
        // The first number of schedstat is in nanoseconds.
        long used = long.Parse(File.ReadAllText($"/proc/{process}/task/{process}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture);
        return (long.Parse(line.Split('\t')[1], CultureInfo.InvariantCulture), TimeSpan.FromTicks(used / 100));
    }
}
