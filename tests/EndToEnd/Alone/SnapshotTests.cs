using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>
/// For each feature, and for all of them together: the kernel after a stop (SIGTERM) is as it was before the start, whether the daemon was
/// master, backup, or in a fault. Compared are links, addresses, routes, rules, all settings of IPv4 and IPv6, and nf_tables. Beside ours stands what
/// others have: in the same subnets, on the same interfaces, of the same kinds.
/// </summary>
/// <remarks>Interfaces that this machine's kernel may not have (ipvlan, VRF, VLAN, bonds): <c>Uml</c>.</remarks>
public sealed class SnapshotTests
{
    private const string InAnotherNamespace = "net_namespace NETNS\n";

    /// <summary>A feature: what is in the file, and what the kernel shows of it while the instance is master.</summary>
    private sealed record Feature(string Name, string Shows)
    {
        public string Top { get; init; } = "";

        public string Globals { get; init; } = "";

        public string Lines { get; init; } = "";

        public string Addresses { get; init; } = "10.9.0.100/24";

        public string Excluded { get; init; } = "";

        public string Routes { get; init; } = "";

        public string Rules { get; init; } = "";
    }

    private static readonly Feature[] s_features =
    [
        new("addresses", "inet 10.7.0.100/24 brd 10.7.0.255 scope link eth0:v")
        {
            Addresses = "10.7.0.100/24 brd + scope link label eth0:v\n10.8.0.101/24 dev more", Excluded = "2001:db8::8/64\n10.8.0.102/32 dev more",
        },
        new("home, mngtmpaddr, noprefixroute", "inet6 2001:db8::8/64 scope global nodad home")
        {
            Addresses = "10.9.0.100/24 noprefixroute", Excluded = "2001:db8::8/64 home\n2001:db8:1::8/64 mngtmpaddr\n2001:db8:2::8/64 noprefixroute\n2001:db8:3::8/64 preferred_lft 0",
        },
        new("promote_secondaries", "/proc/sys/net/ipv4/conf/eth0/promote_secondaries 1")
        {
            Lines = "promote_secondaries", Addresses = "10.5.0.1/24 dev more\n10.5.0.2/24 dev more",
        },
        new("use_vmac", "inet 10.9.0.100/24 scope global vrrp.51") { Lines = "use_vmac" },
        new("use_vmac, IPv6", "inet6 fe80::100/128") { Lines = "use_vmac", Addresses = "fe80::100\n2001:db8::100/64" },
        new("vmac_xmit_base", "vrrp.51@eth0") { Lines = "use_vmac\nvmac_xmit_base" },
        new("use_vmac_addr", "@more") { Lines = "use_vmac\nuse_vmac_addr", Addresses = "10.9.0.100/24\n10.8.0.100/24 dev more", Excluded = "2001:db8::8/64" },
        new("use_vmac of an address", "@more") { Addresses = "10.9.0.100/24\n10.8.0.100/24 dev more use_vmac" },
        new("disable_local_igmp", "/proc/sys/net/ipv4/igmp_link_local_mcast_reports 0") { Globals = "disable_local_igmp" },
        new("no_accept, IPv4", "ip daddr @vips drop") { Lines = "no_accept" },
        new("no_accept, IPv6", "ip6 daddr . iif @vips_link_local drop") { Lines = "no_accept", Addresses = "fe80::100\n2001:db8::100/64" },
        new("no_accept, use_vmac", "ip daddr @vips drop") { Lines = "no_accept\nuse_vmac" },
        new("vrrp_strict", "ip daddr @vips drop") { Globals = "vrrp_strict" },
        new("virtual_routes", "unreachable 10.74.0.0/16")
        {
            Routes = """
                10.70.0.0/16 via 10.9.0.254
                10.71.0.0/16 dev eth0
                10.72.0.0/16 via 10.9.0.254 dev eth0 metric 30 table 100 src 10.9.0.100
                10.73.0.0/16 nexthop via 10.9.0.253 dev eth0 weight 2 nexthop via 10.9.0.252 dev eth0 weight 3
                unreachable 10.74.0.0/16
                10.75.0.0/16 dev more scope link mtu 1400 advmss 1300 initcwnd 20
                2001:db8:7::/48 dev eth0 metric 7
                prohibit 10.77.0.0/16 metric 5
                blackhole 10.78.0.0/16
                throw 10.79.0.0/16 table 100
                default via 10.9.0.254 dev eth0 table 300
                """,
        },
        new("virtual_rules", "10.82.0.0/16 unreachable")
        {
            Rules = """
                from 10.80.0.0/16 lookup 80 priority 800
                to 10.81.0.0/16 table 81 priority 801 fwmark 0x10/0xff
                iif eth0 blackhole priority 802
                from 10.82.0.0/16 unreachable priority 803
                from 2001:db8:8::/48 table 88 priority 804
                """,
        },
        new("static objects", "10.60.0.0/16 lookup 60")
        {
            Top = """
                static_ipaddress {
                    10.6.0.1/24 dev more
                    2001:db8:6::1/64 dev more
                }
                static_routes {
                    10.50.0.0/16 via 10.9.0.254 dev eth0
                    blackhole 10.52.0.0/16
                    2001:db8:50::/48 dev more
                }
                static_rules {
                    from 10.60.0.0/16 table 60 priority 600
                    from 2001:db8:60::/48 table 60 priority 601
                }

                """,
        },
        new("net_namespace", "inet 10.9.0.100/24 scope global vrrp.51") { Top = InAnotherNamespace, Lines = "use_vmac\nno_accept", Routes = "10.70.0.0/16 via 10.9.0.254 dev eth0" },
        Together(),
    ];

    // What does not fit one instance stands in two.
    private static Feature Together() => new("all together", "10.60.0.0/16 lookup 60")
    {
        Globals = "disable_local_igmp",
        Lines = "use_vmac\nuse_vmac_addr\nno_accept",
        Addresses = "10.9.0.100/24\n10.8.0.100/24 dev more",
        Excluded = "2001:db8::8/64 home",
    };

    public static TheoryData<string> Names => [.. s_features.Select(static feature => feature.Name)];

    private static string File(Feature feature, string name = "VI_1", int vrid = 51)
        => $$"""
            {{feature.Top}}
            global_defs {
                vrrp_version 3
                {{feature.Globals}}
            }
            vrrp_instance {{name}} {
                interface eth0
                virtual_router_id {{vrid}}
                priority 200
                advert_int 0.1
                {{feature.Lines}}
                virtual_ipaddress {
                    {{feature.Addresses}}
                }
                {{Block("virtual_ipaddress_excluded", feature.Excluded)}}
                {{Block("virtual_routes", feature.Routes)}}
                {{Block("virtual_rules", feature.Rules)}}
            }

            """;

    private static string Block(string word, string lines) => lines.Length == 0 ? "" : $"{word} {{\n{lines}\n}}";

    private static string FileOf(string name)
    {
        Feature feature = s_features.Single(feature => feature.Name == name);
        if (name != "all together")
            return File(feature);
        Feature Find(string other) => s_features.Single(feature => feature.Name == other);
        // A second instance, IPv6, and a third one without an interface of its own.
        return File(feature with { Top = Find("static objects").Top })
            + File(Find("no_accept, IPv6") with { Lines = "use_vmac\nno_accept" }, "VI_6", 52)
            + File(Find("promote_secondaries") with { Routes = Find("virtual_routes").Routes.Replace("10.9.0.100", "10.9.0.1", StringComparison.Ordinal), Rules = Find("virtual_rules").Rules }, "VI_3", 53);
    }

    private static Lab MakeLab()
    {
        Lab lab = new(routers: 2);
        foreach (Router router in lab.Routers)
        {
            router.AddInterface("more");
            router.Ip("link", "set", "more", "down");
            router.Ip("link", "set", "more", "addrgenmode", "none", "up");
            router.Ip("address", "add", "fe80::77/64", "dev", "more", "nodad");
            router.Ip("route", "add", "10.90.0.0/16", "dev", "eth0");
            router.Sysctl("net/ipv4/conf/all/rp_filter", "2");
            router.Sysctl("net/ipv4/conf/more/rp_filter", "1");
            Shell.Script($$"""
                ip -n {{router.Namespace}} link add link eth0 name theirs type macvlan mode private
                ip -n {{router.Namespace}} link set theirs addrgenmode none up
                ip -n {{router.Namespace}} address add 10.93.0.1/24 dev theirs
                ip -n {{router.Namespace}} rule add from 10.7.0.7 lookup 91 priority 803
                ip netns exec {{router.Namespace}} nft 'add table inet theirs; add set inet theirs vips { type ipv4_addr; elements = { 10.9.0.100 }; };
                    add chain inet theirs input { type filter hook input priority 10; policy accept; }; add rule inet theirs input ip daddr @vips counter packets 0 bytes 0 accept'
                """);
            PutOthersThere(router);
        }
        return lab;
    }

    // Of others, in the subnets of virtual and static addresses. Added while ours are there they stand behind them, as secondaries (which have to have
    // the same scope).
    private static readonly string[] s_othersAddresses =
    [
        "10.9.0.77/24 dev eth0", "10.7.0.7/24 scope link dev eth0", "10.8.0.7/24 dev more", "10.5.0.7/24 dev more", "10.6.0.7/24 dev more", "2001:db8::77/64 dev eth0 nodad",
        "2001:db8:6::77/64 dev more nodad",
    ];

    private static readonly string[] s_othersRoutes =
    [
        "10.91.0.0/16 via 10.7.0.254 src 10.7.0.7", "10.92.0.0/16 via 10.8.0.254 dev more", "10.94.0.0/16 via 10.5.0.254 dev more src 10.5.0.7",
        "default via 10.7.0.254 dev eth0 table 91", "2001:db8:91::/48 via 2001:db8::fe dev eth0",
    ];

    private static void PutOthersThere(Router router) => ForOthers(router, "add");

    private static void TakeOthersAway(Router router) => ForOthers(router, "delete");

    private static void ForOthers(Router router, string verb)
    {
        string[] addresses = [.. s_othersAddresses.Select(address => $"ip -n {router.Namespace} address {verb} {address.Replace(verb == "delete" ? " nodad" : "\n", "", StringComparison.Ordinal)}")];
        string[] routes = [.. s_othersRoutes.Select(route => $"ip -n {router.Namespace} route {verb} {route}")];
        Shell.Script(string.Join('\n', verb == "add" ? [.. addresses, .. routes] : (string[])[.. routes, .. addresses]));
    }

    [Theory, MemberData(nameof(Names))]
    public void Kernel_afterTheStop_isAsItWasBeforeTheStart(string feature)
    {
        using Lab lab = MakeLab();
        string file = FileOf(feature).Replace("NETNS", lab.B.Namespace, StringComparison.Ordinal);
        Router at = file.Contains(lab.B.Namespace, StringComparison.Ordinal) ? lab.B : lab.A;
        string shows = s_features.Single(it => it.Name == feature).Shows;
        string before = Picture(lab);

        // Stopped as master.
        TakeOthersAway(at);
        StartAsMaster(lab, file);
        Assert.True(SpinWait.SpinUntil(() => Picture(lab).Contains(shows, StringComparison.Ordinal), Expect.Soon), $"{shows}\n{Difference(before, Picture(lab))}");
        PutOthersThere(at);
        Assert.Equal(0, lab.A.Stop());
        AssertSame(before, Picture(lab), "as master");

        // As backup.
        lab.A.Start(Implementation.Ours, file.Replace("priority 200", "priority 1", StringComparison.Ordinal).Replace("advert_int 0.1", "advert_int 40", StringComparison.Ordinal));
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        lab.A.Daemon.WaitForLog("Startup complete", Expect.Soon);
        Assert.Equal(0, lab.A.Stop());
        Assert.Empty(lab.A.Daemon.LogMatches("Entering MASTER STATE"));
        AssertSame(before, Picture(lab), "as backup");

        // In a fault, after having been master.
        TakeOthersAway(at);
        StartAsMaster(lab, file);
        PutOthersThere(at);
        at.LoseCarrier();
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon);
        Assert.Equal(0, lab.A.Stop());
        at.RegainCarrier();
        SpinWait.SpinUntil(() => Picture(lab) == before, Expect.Soon);
        AssertSame(before, Picture(lab), "in a fault");
    }

    private static void StartAsMaster(Lab lab, string file)
    {
        lab.A.Start(Implementation.Ours, file);
        foreach (string line in file.Split('\n').Where(static line => line.StartsWith("vrrp_instance", StringComparison.Ordinal)))
            lab.A.Daemon.WaitForLog($@"\({line.Split(' ')[1]}\) Entering MASTER STATE", Expect.Soon);
    }

    // Sorted: which address of several subnets comes first has no meaning, and is another one when they have come in another order.
    private static string Picture(Lab lab)
        => string.Join('\n', lab.Routers.SelectMany(static router => KernelPicture.Of(router).Split('\n').Select(line => $"{router.Name}: {line}")).Order(StringComparer.Ordinal));

    private static void AssertSame(string before, string after, string how) => Assert.True(before == after, $"stopped {how}\n{Difference(before, after)}");

    private static string Difference(string before, string after)
        => $"{string.Join('\n', after.Split('\n').Except(before.Split('\n')))}\n--- is missing:\n{string.Join('\n', before.Split('\n').Except(after.Split('\n')))}";
}
