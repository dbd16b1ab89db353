using KeepalivedAot.Base.Net;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Routing;

namespace KeepalivedAot.Tests.Unit.Config.Routing;

/// <summary>Lines of static_routes and virtual_routes.</summary>
public sealed class RouteTests
{
    [Theory]
    [InlineData("10.0.0.0/8 dev lo", "10.0.0.0/8 dev lo")]
    [InlineData("to 10.0.0.0/8 dev lo", "10.0.0.0/8 dev lo")]
    [InlineData("default via 192.0.2.1 dev lo", "0.0.0.0/0 via 192.0.2.1 dev lo")]
    [InlineData("any via fe80::1 dev lo", "::/0 via fe80::1 dev lo")]
    [InlineData("default6 dev lo", "::/0 dev lo")]
    [InlineData("inet6 x default dev lo", "::/0 dev lo")]
    [InlineData("inet x 10.0.0.0/8 dev lo", "10.0.0.0/8 dev lo")]
    [InlineData("blackhole 10.0.0.0/8 no_track", "blackhole 10.0.0.0/8 no_track")]
    [InlineData("brd 10.0.0.255 dev lo", "broadcast 10.0.0.255/32 dev lo")]
    [InlineData("5 10.0.0.0/8 dev lo", "multicast 10.0.0.0/8 dev lo")]
    [InlineData("77 10.0.0.0/8 dev lo", "77 10.0.0.0/8 dev lo")]
    [InlineData("10.0.0.0/8 oif lo dsfield 0x10 priority 010", "10.0.0.0/8 tos 16 metric 10 dev lo")]
    [InlineData("10.0.0.0/8 dev lo table local scope link protocol static no_track", "10.0.0.0/8 table 255 protocol 4 scope 253 dev lo no_track")]
    [InlineData("10.0.0.0/8 dev lo mtu lock 1400 advmss 1200 hoplimit 64", "10.0.0.0/8 dev lo mtu lock 1400 hoplimit 64 advmss 1200")]
    [InlineData("10.0.0.0/8 dev lo congctl lock bbr features ecn quickack 1", "10.0.0.0/8 dev lo features ecn quickack 1 congctl lock bbr")]
    [InlineData("2001:db8::/32 from 2001:db8:1::/48 dev lo pref low expires 5", "2001:db8::/32 from 2001:db8:1::/48 dev lo expires 5 pref low")]
    [InlineData("10.0.0.0/8 dev lo encap ip id 5 dst 192.0.2.9 mtu 5", "10.0.0.0/8 dev lo encap ip id 5 dst 192.0.2.9 mtu 5")]
    [InlineData("10.0.0.0/8 dev lo encap mpls 0x10/99 metric 3", "10.0.0.0/8 metric 3 dev lo encap mpls 16/99")]
    [InlineData("10.0.0.0/8 dev lo encap ila 2001:DB8:1:2", "10.0.0.0/8 dev lo encap ila 2001:db8:1:2")]
    [InlineData("10.0.0.0/8 dev lo realms 3", "10.0.0.0/8 dev lo realms 3")]
    [InlineData("10.0.0.0/8 dev lo realms 0x7/9", "10.0.0.0/8 dev lo realms 7/9")]
    [InlineData("10.0.0.0/8 dev lo ttl-propagate disabled append", "10.0.0.0/8 dev lo ttl-propagate disabled append")]
    [InlineData("10.0.0.0/8 no_track nexthop via 192.0.2.1 weight 3 encap mpls 7 onlink nexthop via inet 192.0.2.2 dev lo realms 1/2",
        "10.0.0.0/8 no_track nexthop via 192.0.2.1 weight 3 onlink encap mpls 7 nexthop via 192.0.2.2 dev lo realms 1/2")]
    public void Route_is_written_in_canonical_order(string line, string written)
    {
        RoutingText.Route(line);
        Assert.Equal([written], RoutingText.Lines(RoutingText.Load("static_routes", line), "static_routes"));
    }

    [Fact]
    public void Model_is_numbers()
    {
        StaticRoute route = RoutingText.Route(
            "throw 10.0.0.0/8 dev lo table main mtu lock 1400 rtt 300ms rttvar lock 1.5s rto_min 250 congctl lock bbr features ecn quickack 0 track_group tg");
        Assert.Equal(AddressFamily.IPv4, route.Family);
        Assert.Equal("10.0.0.0/8", route.Destination.ToString());
        Assert.Equal(RouteType.Throw, route.Type.Type);
        Assert.Equal(254u, route.RoutingTable!.Value.Number);
        Assert.Equal(Route.KeepalivedProtocol, route.Protocol.Number);
        Assert.Equal("tg", route.TrackGroup);
        Assert.Equal(
            [
                (RouteMetricKind.Lock, (1u << 2) | (1u << 5) | (1u << 16)), (RouteMetricKind.Mtu, 1400u), (RouteMetricKind.RoundTripTime, 2400u),
                (RouteMetricKind.RoundTripVariance, 6000u), (RouteMetricKind.Features, 1u), (RouteMetricKind.RetransmissionMinimum, 250u),
                (RouteMetricKind.QuickAck, 0u),
            ],
            route.Metrics());
    }

    [Theory]
    [InlineData("via 192.0.2.1 dev lo", "KA0478", null)]
    [InlineData("10.0.0.0/8 dev lo foo", "KA0314", null)]
    [InlineData("to blackhole 10.0.0.0/8 dev lo", "KA0308", null)]
    [InlineData("10.0.0.0/8 via fe80::1 dev lo", "KA0479", null)]
    [InlineData("10.0.0.0/8 src 2001:db8::1 dev lo", "KA0479", null)]
    [InlineData("10.0.0.0/8 dev lo table nosuch", "KA0470", null)]
    [InlineData("10.0.0.0/8 dev lo scope nosuch", "KA0470", null)]
    [InlineData("10.0.0.0/8 dev lo realms 1/nosuch", "KA0470", null)]
    [InlineData("10.0.0.0/8 dev lo encap ip ttl 5", "KA0476", null)]
    [InlineData("10.0.0.0/8 dev lo encap xx", "KA0476", "10.0.0.0/8 dev lo")]
    [InlineData("10.0.0.0/8 dev lo hoplimit 300", "KA0303", null)]
    [InlineData("10.0.0.0/8 dev lo ttl-propagate x", "KA0307", "10.0.0.0/8 dev lo")]
    [InlineData("10.0.0.0/8 dev lo nexthop via 192.0.2.1 weight 999", "KA0303", null)]
    [InlineData("10.0.0.0/8 dev lo expires 5", "KA0495", null)]
    [InlineData("10.0.0.0/8 dev lo pref low", "KA0495", null)]
    [InlineData("2001:db8::/32 dev lo realms 3", "KA0495", null)]
    [InlineData("10.0.0.0/8 dev lo metric 0x10", "KA0304", null)]
    [InlineData("10.0.0.0/8 dev lo features xcn", "KA0307", "10.0.0.0/8 dev lo")]
    [InlineData("10.0.0.0/8 dev lo as to 192.0.2.1", "KA0475", "10.0.0.0/8 dev lo")]
    [InlineData("10.0.0.0/8 dev lo protocol 4", "KA0497", "10.0.0.0/8 dev lo")]
    [InlineData("10.0.0.0/8 dev lo rtt 1", "KA0473", "10.0.0.0/8 dev lo rtt 1600")]
    [InlineData("10.0.0.0/8 dev lo rto_min lock 500s", "KA0473", "10.0.0.0/8 dev lo rto_min lock 120000")]
    [InlineData("10.0.0.0/8 dev lo rtt 1.5", "KA0472", null)]
    [InlineData("10.0.0.0/8 dev lo track_group nosuch", "KA0498", "10.0.0.0/8 dev lo")]
    [InlineData("10.0.0.0/8 no_track track_group tg", "KA0499", "10.0.0.0/8 no_track")]
    [InlineData("10.0.0.0/8 gw 192.0.2.1 dev lo", "KA0212", "10.0.0.0/8 via 192.0.2.1 dev lo")]
    [InlineData("10.0.0.0/8 via 192.0.2.1 or 192.0.2.2 dev lo", "KA0212",
        "10.0.0.0/8 dev lo nexthop via 192.0.2.1 dev lo nexthop via 192.0.2.2 dev lo")]
    [InlineData("10.0.0.0/8 via 192.0.2.1", "KA0496", "10.0.0.0/8 via 192.0.2.1")]
    [InlineData("10.0.0.0/8 10.1.0.0/16 dev lo", "KA0208", "10.1.0.0/16 dev lo")]
    [InlineData("10.0.0.0/8 dev lo nexthop via 192.0.2.1 mtu 5", "KA0477", "10.0.0.0/8 dev lo nexthop via 192.0.2.1")]
    [InlineData("10.0.0.0/8 dev lo nexthop as to 192.0.2.1 nexthop via 192.0.2.2", "KA0475", "10.0.0.0/8 dev lo nexthop via 192.0.2.2")]
    [InlineData("10.0.0.0/8 dev lo add append", "KA0494", "10.0.0.0/8 dev lo append")]
    [InlineData("inet x 10.0.0.0/8 dev lo", "KA0474", "10.0.0.0/8 dev lo")]
    public void Mistake_is_reported_once_and_only_what_keepalived_drops_is_dropped(string line, string code, string? left)
    {
        LoadResult result = RoutingText.Load("static_routes", line);
        Assert.Equal(code, Assert.Single(result.Diagnostics, static d => d.Code != "KA0202").Code);
        Assert.Equal(left is null ? [] : [left], RoutingText.Lines(result, "static_routes"));
    }

    // The exit statuses that keepalived 2.2.7 has with -t.
    [Theory]
    [InlineData("10.0.0.0/8 dev lo", 0)]
    [InlineData("10.0.0.0/8 via 192.0.2.1", 5)]
    [InlineData("10.0.0.0/8 dev lo as to 192.0.2.1", 5)]
    [InlineData("10.0.0.0/8 dev lo as", 2)]
    [InlineData("10.0.0.0/8 dev lo mtu lock", 2)]
    [InlineData("10.0.0.0/8 dev lo congctl lock", 2)]
    [InlineData("10.0.0.0/8 dev lo dev eth1", 0)]
    [InlineData("2001:db8::/32 dev lo scope link tos 5 onlink", 0)]
    [InlineData("10.0.0.0/8 dev lo encap ila 1:2:3", 5)]
    [InlineData("default6 dev lo", 0)]
    [InlineData("10.0.0.0/8 dev lo via inet6 192.0.2.1", 5)]
    public void Config_test_counts_as_keepalived_does(string line, int status)
        => Assert.Equal(status, RoutingText.Load("static_routes", line).TestExitStatus);

    [Fact]
    public void Track_group_is_no_word_of_virtual_routes()
    {
        LoadResult result = ConfigText.Load(ConfigText.File("virtual_routes {\n10.0.0.0/8 dev lo track_group tg\n}"));
        Assert.Contains(result.Diagnostics, static d => d.Kind == DiagnosticCatalogue.UnknownOption);
        Assert.Empty(Assert.Single(result.Configuration.VrrpInstances).VirtualRoutes);
    }
}
