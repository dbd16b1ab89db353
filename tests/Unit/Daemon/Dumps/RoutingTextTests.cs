using System.Text;
using KeepalivedAot.Daemon.Dumps;

namespace KeepalivedAot.Tests.Unit.Daemon.Dumps;

/// <summary>Addresses, routes and rules in the words that stock keepalived 2.2.7 was seen to use for the same lines.</summary>
public sealed class RoutingTextTests
{
    private static string Dumped(string block, string line)
    {
        ModelWorld world = new();
        world.SetLink(1, "e0");
        world.SetLink(2, "e1");
        world.AddForeign(1, "10.9.0.1", 24);
        using ModelDumps dumps = new(new ModelRouter(world, $$"""
            vrrp_instance V {
                interface e0
                virtual_router_id 58
                no_virtual_ipaddress
                {{block}} {
                    {{line}}
                }
            }
            """));
        dumps.Write(DumpKind.Data);
        string item = Assert.Single(
            dumps["keepalived.data"].Split("------< VRRP Topology >------")[1].Split("------<")[0].Split('\n'), static line => line.StartsWith("     ", StringComparison.Ordinal));
        return item.TrimStart();
    }

    [Theory]
    [InlineData("10.9.9.9/24 dev e1 brd + no_track", "10.9.9.9/24 brd 10.9.9.255 dev e1 scope global no_track")]
    [InlineData("10.9.9.10 peer 10.9.9.44", "10.9.9.10 dev e0 scope global peer 10.9.9.44/32")]
    [InlineData("10.9.9.12/24 noprefixroute", "10.9.9.12/24 dev e0 scope global noprefixroute")]
    [InlineData("10.9.9.13/24 scope link dev e1 label e1:5 brd -", "10.9.9.13/24 brd 10.9.9.0 dev e1 scope link label e1:5")]
    [InlineData("10.8.3.1/24 dev e1 scope 77", "10.8.3.1/24 dev e1 scope 77")]
    [InlineData("fe80::99", "fe80::99 dev e0 scope global deprecated")]
    [InlineData("fe80::9/64 home -nodad mngtmpaddr noprefixroute autojoin preferred_lft 0", "fe80::9/64 dev e0 scope global home -nodad mngtmpaddr noprefixroute autojoin deprecated")]
    [InlineData("fe80::5/64 preferred_lft 77", "fe80::5/64 dev e0 scope global preferred_lft 77")]
    public void Address_isStocks(string line, string expected) => Assert.Equal(expected, Dumped("virtual_ipaddress", line));

    [Theory]
    [InlineData("10.77.0.0/24 via 10.9.0.2 dev e0 metric 5 scope link src 10.9.0.1 table 100 protocol 99 mtu 1400 hoplimit 20 advmss lock 1200 rtt 300ms rttvar 1s reordering 4 window 5000 cwnd lock 10 ssthresh 11 realms 1/2 rto_min 300 initcwnd 12 initrwnd 13 features ecn quickack 1 congctl cubic fastopen_no_cookie 1 no_track", "prepend 10.77.0.0/24 src 10.9.0.1 via inet 10.9.0.2 dev e0 table 100 proto 99 scope 253 metric 5 realms 1/2 congctl cubic rtt 300ms rttvar 1s rto_min 300ms features ecn mtu 1400 window 5000 ssthresh 11 cwnd lock 10 advmss lock 1200 reordering 4 hoplimit 20 initcwnd 12 initrwnd 13 quickack 1 fastopen_no_cookie 1 no_track")]
    [InlineData("blackhole 10.78.0.0/24", "add blackhole 10.78.0.0/24 proto 18 no_track")]
    [InlineData("unreachable default table 101", "add unreachable 0.0.0.0/0 table 101 proto 18 no_track")]
    [InlineData("10.79.0.0/24 nexthop via 10.9.0.2 dev e0 weight 3 onlink nexthop via 10.9.2.2 dev e1 weight 1", "prepend 10.79.0.0/24 proto 18 nexthop via inet 10.9.0.2 dev e0 weight 3 onlink nexthop via inet 10.9.2.2 dev e1 weight 1 no_track")]
    [InlineData("fd77::/64 via fe80::1 dev e0 pref high expires 500", "prepend fd77::/64 via inet6 fe80::1 dev e0 proto 18 expires 500sec pref high")]
    [InlineData("append 10.80.0.0/24 dev e0 scope link tos 4", "append 10.80.0.0/24 tos 4 dev e0 proto 18 scope 253")]
    [InlineData("add 10.81.0.0/24 dev e0 scope link", "add 10.81.0.0/24 dev e0 proto 18 scope 253")]
    [InlineData("default via 10.9.0.2 dev e0 table 102 onlink", "prepend 0.0.0.0/0 via inet 10.9.0.2 dev e0 table 102 proto 18 onlink")]
    [InlineData("10.85.0.0/24 dev e0 encap ip id 5 dst 10.9.0.9 src 10.9.0.1 tos 4 ttl 9", "prepend 10.85.0.0/24 encap ip id 5 dst 10.9.0.9 src 10.9.0.1 tos 4 ttl 9 dev e0 proto 18")]
    [InlineData("10.86.0.0/24 dev e0 scope link ttl-propagate enabled", "prepend 10.86.0.0/24 dev e0 proto 18 scope 253 ttl-propagate enabled")]
    [InlineData("10.90.0.0/24 via 10.9.0.2 dev e0 tos 8 src 10.9.0.1 onlink metric 7 scope global table 66 rtt 1.5s rttvar 250 rto_min 1s mtu lock 1400 realms 7", "prepend 10.90.0.0/24 src 10.9.0.1 tos 8 via inet 10.9.0.2 dev e0 table 66 proto 18 scope 0 metric 7 onlink realm 7 rtt 1.5s rttvar 200ms rto_min 1s mtu lock 1400")]
    [InlineData("fd78::/64 from fd09::/64 via fe80::1 dev e0 expires 700 pref low hoplimit 5 quickack 0", "prepend fd78::/64 from fd09::/64 via inet6 fe80::1 dev e0 proto 18 expires 700sec hoplimit 5 quickack 0 pref low")]
    [InlineData("10.96.0.0/24 dev e0 table 66 encap ip6 id 5 dst fd01::1 tc 3 hoplimit 5 src fd01::2", "prepend 10.96.0.0/24 encap ip6 id 5 dst fd01::1 src fd01::2 tc 3 hoplimit 5 dev e0 table 66 proto 18")]
    [InlineData("local 10.91.0.1/32 dev e0", "add local 10.91.0.1 dev e0 proto 18")]
    public void Route_isStocks(string line, string expected) => Assert.Equal(expected, Dumped("virtual_routes", line));

    [Theory]
    [InlineData("from 10.8.0.0/24 to 10.9.9.0/24 table 100 priority 500 tos 0x10 fwmark 3/0xff iif e0 oif e1", "from 10.8.0.0/24 to 10.9.9.0/24 priority 500 tos 0x10 fwmark 0x3/0xff iif e0 oif e1 protocol 18 lookup 100")]
    [InlineData("not from 10.8.1.0/24 table main priority 501 realms 3/4 suppress_prefixlength 7 suppress_ifgroup 3", "not from 10.8.1.0/24 priority 501 tos 0x0 suppress_prefixlen 7 suppress_ifgroup 3 protocol 18 realms 3/4 lookup 254")]
    [InlineData("from all goto 600 priority 502", "from 0.0.0.0/0 priority 502 tos 0x0 protocol 18 goto 600")]
    [InlineData("from 10.8.3.0/24 blackhole priority 503", "from 10.8.3.0/24 priority 503 tos 0x0 protocol 18 type blackhole")]
    [InlineData("from 10.8.3.0/24 to 10.1.1.1 nop priority 600", "from 10.8.3.0/24 to 10.1.1.1 priority 600 tos 0x0 protocol 18 nop")]
    [InlineData("from 10.8.4.0/24 table 77 priority 601 uidrange 100-200 ipproto tcp sport 10-20", "from 10.8.4.0/24 priority 601 tos 0x0 uidrange 100-200 protocol 18 ipproto 6 sport 10-20 lookup 77")]
    [InlineData("to 10.3.0.0/16 table 77 priority 602 tunnel-id 5", "from all to 10.3.0.0/16 priority 602 tos 0x0 tunnel-id 5 protocol 18 lookup 77")]
    [InlineData("l3mdev priority 603", "from all priority 603 tos 0x0 l3mdev protocol 18 lookup 0")]
    [InlineData("from 10.8.5.0/24 table default priority 604 no_track", "from 10.8.5.0/24 priority 604 tos 0x0 lookup 253 no_track")]
    [InlineData("from 10.8.6.0/24 unreachable priority 605 protocol 55 no_track", "from 10.8.6.0/24 priority 605 tos 0x0 protocol 55 type unreachable no_track")]
    [InlineData("not to 10.8.0.0/24 table 100 priority 502 tos 4 fwmark 7", "not from all to 10.8.0.0/24 priority 502 tos 0x4 fwmark 0x7 protocol 18 lookup 100")]
    [InlineData("fwmark 0/0xf table 7 priority 508 realms 5", "from all priority 508 tos 0x0 fwmark 0x0/0xf protocol 18 realms 0/5 lookup 7")]
    public void Rule_isStocks(string line, string expected) => Assert.Equal(expected, Dumped("virtual_rules", line));
}
