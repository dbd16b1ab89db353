using KeepalivedAot.Base.Net;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Routing;

namespace KeepalivedAot.Tests.Unit.Config.Routing;

/// <summary>Lines of static_rules and virtual_rules.</summary>
public sealed class RuleTests
{
    [Theory]
    [InlineData("from 10.0.0.0/8 table 100 preference 0x10", "from 10.0.0.0/8 table 100 preference 16")]
    [InlineData("from all to 10.0.0.0/8 lookup main order 3", "from 0.0.0.0/0 to 10.0.0.0/8 table 254 preference 3")]
    [InlineData("not from 2001:db8::/32 goto 500 priority 100", "not from 2001:db8::/32 goto 500 preference 100")]
    [InlineData("type nop preference 3", "nop preference 3")]
    [InlineData("type goto 7 preference 3", "goto 7 preference 3")]
    [InlineData("inet6 x table 5 preference 3", "inet6 x table 5 preference 3")]
    [InlineData("fwmark 2/0xff tos 3 dev lo oif eth0 prohibit preference 3", "tos 3 fwmark 0x2/0xff iif lo oif eth0 prohibit preference 3")]
    [InlineData("l3mdev uidrange 5-7 sport 1-2 dport 80-80 ipproto tcp tunnel-id 18446744073709551615 preference 3",
        "tunnel-id 18446744073709551615 uidrange 5-7 ipproto 6 sport 1-2 dport 80-80 l3mdev preference 3")]
    [InlineData("table 5 realms 1/2 sup_pl 3 sup_group 4 protocol 4 no_track preference 3",
        "table 5 realms 1/2 suppress_prefixlength 3 suppress_ifgroup 4 preference 3 protocol 4 no_track")]
    [InlineData("iif lo table 5 track_group tg preference 3", "iif lo table 5 preference 3 track_group tg")]
    public void Rule_is_written_in_canonical_order(string line, string written)
    {
        RoutingText.Rule(line);
        Assert.Equal([written], RoutingText.Lines(RoutingText.Load("static_rules", line), "static_rules"));
    }

    [Theory]
    [InlineData("table 5 preference 3", RuleAction.Lookup, AddressFamily.IPv4)]
    [InlineData("l3mdev preference 3 from ::/0", RuleAction.Lookup, AddressFamily.IPv6)]
    [InlineData("goto 5 preference 3", RuleAction.Goto, AddressFamily.IPv4)]
    [InlineData("blackhole preference 3", RuleAction.Blackhole, AddressFamily.IPv4)]
    [InlineData("inet6 x unreachable preference 3", RuleAction.Unreachable, AddressFamily.IPv6)]
    public void Action_and_family_follow_from_the_line(string line, RuleAction action, AddressFamily family)
    {
        StaticRule rule = RoutingText.Rule(line);
        Assert.Equal(action, rule.Action);
        Assert.Equal(family, rule.Family);
    }

    [Theory]
    [InlineData("from 10.0.0.0/8 preference 100", "KA0485", null)]
    [InlineData("table 0 preference 100", "KA0487", null)]
    [InlineData("table nosuch preference 100", "KA0470", null)]
    [InlineData("goto 50 preference 100", "KA0489", null)]
    [InlineData("goto 500", "KA0489", null)]
    [InlineData("table 5 blackhole preference 5", "KA0486", null)]
    [InlineData("l3mdev table 5 preference 5", "KA0486", null)]
    [InlineData("from 10.0.0.0/8 to 2001:db8::/32 table 5 preference 5", "KA0479", null)]
    [InlineData("inet x from 2001:db8::/32 table 5 preference 5", "KA0479", null)]
    [InlineData("blackhole realms 5 preference 5", "KA0490", null)]
    [InlineData("blackhole sup_pl 5 preference 5", "KA0490", null)]
    [InlineData("inet6 x table 5 realms 3 preference 4", "KA0495", null)]
    [InlineData("type throw preference 3", "KA0307", null)]
    [InlineData("10.0.0.0/8 table 5 preference 5", "KA0314", null)]
    [InlineData("table 5 sport 80 preference 5", "KA0307", "table 5 preference 5")]
    [InlineData("table 5 fwmark x preference 5", "KA0307", null)]
    [InlineData("table 5 ipproto 300 preference 5", "KA0307", "table 5 preference 5")]
    [InlineData("table 5 protocol 300 preference 5", "KA0303", "table 5 preference 5")]
    [InlineData("table 5 uidrange 5 preference 5", "KA0307", null)]
    [InlineData("table 5 sup_pl x preference 5", "KA0302", null)]
    [InlineData("table 5 preference x", "KA0307", null)]
    [InlineData("table 5 sup_group nosuch preference 5", "KA0470", null)]
    [InlineData("table 5 protocol 5 preference 5", "KA0497", "table 5 preference 5")]
    [InlineData("table 5", "KA0488", "table 5 preference 16384")]
    [InlineData("table 5 track_group tg preference 5", "KA0499", "table 5 preference 5")]
    [InlineData("iif lo table 5 track_group nosuch preference 5", "KA0498", "iif lo table 5 preference 5")]
    [InlineData("table 5 sport 9-7 preference 5", "KA0491", "sport 9-7 table 5 preference 5")]
    public void Mistake_is_reported_once_and_only_what_keepalived_drops_is_dropped(string line, string code, string? left)
    {
        LoadResult result = RoutingText.Load("static_rules", line);
        Assert.Equal(code, Assert.Single(result.Diagnostics, static d => d.Code is not "KA0202" and not "KA0474").Code);
        Assert.Equal(left is null ? [] : [left], RoutingText.Lines(result, "static_rules"));
    }

    [Fact]
    public void Preference_that_is_left_out_counts_down_in_each_family()
    {
        LoadResult result = RoutingText.Load("static_rules", "table 5\nfrom 2001:db8::/32 table 5\ntable 6 preference 9\ntable 7\nfrom ::/0 table 8");
        Assert.Equal([16384u, 16384u, 9u, 16383u, 16383u], result.Configuration.StaticRules.Select(static r => r.Preference!.Value.Value));
    }

    [Theory]
    [InlineData("table 5 preference", 2)]
    [InlineData("table 5 preference 3 type", 2)]
    [InlineData("table 5 preference 3", 0)]
    [InlineData("table 5 sport 90-80 preference 5", 0)]
    [InlineData("table 5", 5)]
    public void Config_test_counts_as_keepalived_does(string line, int status)
        => Assert.Equal(status, RoutingText.Load("static_rules", line).TestExitStatus);
}
