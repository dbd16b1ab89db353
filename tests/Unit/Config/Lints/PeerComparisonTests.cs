using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Tests.Unit.Config.Lints;

/// <summary>Two files of one virtual router, and what keeps the routers from hearing each other.</summary>
public sealed class PeerComparisonTests
{
    private static string First(string body = "", string addresses = "192.0.2.100/24") => LintText.Instance("priority 150\n" + body, addresses: addresses);

    private static string Second(string body = "", string addresses = "192.0.2.100/24", byte vrid = 7)
        => LintText.Instance("priority 100\n" + body, "B", addresses, vrid);

    [Fact]
    public void Peers_that_fit_have_no_finding()
    {
        const string Unicast = """
            vrrp_instance WEB {
                interface ETH
                virtual_router_id 9
                priority PRIORITY
                unicast_src_ip OWN
                unicast_peer {
                    OTHER
                }
                authentication {
                    auth_type PASS
                    auth_pass k9wT4
                }
                virtual_ipaddress {
                    192.0.2.100/24
                    192.0.2.101/24
                }
            }

            """;
        string first = Unicast.Replace("ETH", "eth0").Replace("PRIORITY", "150").Replace("OWN", "198.51.100.1").Replace("OTHER", "198.51.100.2");
        string second = Unicast.Replace("ETH", "ens3").Replace("PRIORITY", "100").Replace("OWN", "198.51.100.2").Replace("OTHER", "198.51.100.1");
        Assert.Empty(LintText.ComparedCodes(first, second));
    }

    [Fact]
    public void One_file_alone_has_nothing_to_be_compared_with() => Assert.Empty(LintText.ComparedCodes(First()));

    [Theory]
    [InlineData("", "version 3", "KA0950")]
    [InlineData("", "advert_int 2", "KA0953")]
    [InlineData("version 3", "version 3\nadvert_int 2", "KA0954")]
    [InlineData("", "authentication {\nauth_type PASS\nauth_pass k9wT4\n}", "KA0952")]
    [InlineData("authentication {\nauth_type PASS\nauth_pass k9wT5\n}", "authentication {\nauth_type PASS\nauth_pass k9wT4\n}", "KA0952")]
    [InlineData("authentication {\nauth_type PASS\nauth_pass k9wT4xyz1\n}", "authentication {\nauth_type PASS\nauth_pass k9wT4xyz2\n}", null)]
    [InlineData("", "unicast_src_ip 198.51.100.2\nunicast_peer {\n198.51.100.1\n}", "KA0957")]
    [InlineData("", "mcast_dst_ip 224.0.0.19", "KA0958")]
    [InlineData("version 3", "version 3\nv3_checksum_as_v2", "KA0961")]
    [InlineData("", "v3_checksum_as_v2", null)]
    [InlineData("nopreempt", "", null)]
    [InlineData("", "nopreempt", "KA0966")]
    [InlineData("nopreempt", "nopreempt", null)]
    [InlineData("state MASTER\nnopreempt", "state MASTER\nnopreempt", "KA0965")]
    [InlineData("state MASTER\nnopreempt", "state BACKUP", null)]
    [InlineData("mcast_src_ip 198.51.100.1", "mcast_src_ip 198.51.100.1", "KA0960")]
    public void Peers_that_differ_are_told_so(string first, string second, string? code)
        => Assert.Equal(code is null ? [] : [code], LintText.ComparedCodes(First(first), Second(second)));

    [Theory]
    [InlineData("192.0.2.100/24\n192.0.2.101/24", "192.0.2.101/24\n192.0.2.100/24", null)]
    [InlineData("192.0.2.100/24\n192.0.2.101/24", "192.0.2.100/24", "KA0955")]
    [InlineData("192.0.2.100/24", "192.0.2.100/24\n192.0.2.101/24", "KA0955")]
    [InlineData("192.0.2.100/24", "192.0.2.100/25", "KA0956")]
    public void Address_lists_are_compared_without_their_order(string first, string second, string? code)
        => Assert.Equal(code is null ? [] : [code], LintText.ComparedCodes(First(addresses: first), Second(addresses: second)));

    [Fact]
    public void Address_that_is_excluded_on_one_of_them_is_named()
        => Assert.Equal(["KA0955"], LintText.ComparedCodes(
            First(addresses: "192.0.2.100/24\n192.0.2.101/24"), Second("virtual_ipaddress_excluded {\n192.0.2.101/24\n}")));

    [Fact]
    public void Finding_has_its_place_in_one_file_and_the_related_one_in_the_other()
    {
        LoadResult[] files = LintText.Compare(First("advert_int 1"), Second("advert_int 2"));
        Diagnostic found = Assert.Single(LintText.Found(files[1]));
        Assert.Equal("(B) an interval of 2 s, but 1 s in m1.conf", found.Message);
        RelatedPlace other = Assert.Single(found.Related);
        Assert.Equal(("m2.conf", 5, "m1.conf", 5), (found.Location.Path, found.Location.Line, other.Location.Path, other.Location.Line));
        string[] rendered = ConfigText.Render(files[1]).Split('\n');
        Assert.Equal("m2.conf:5:12: warning [KA0953]: (B) an interval of 2 s, but 1 s in m1.conf", rendered[0]);
        Assert.Contains("  m1.conf:5:12: 1 s here", rendered);
    }

    [Fact]
    public void Setting_that_was_not_written_is_shown_by_its_instance()
    {
        LoadResult[] files = LintText.Compare(First(), Second("version 3"));
        Assert.Equal(1, Assert.Single(Assert.Single(LintText.Found(files[1])).Related).Location.Line);
    }

    [Fact]
    public void Passwords_that_differ_are_not_shown()
    {
        LoadResult[] files = LintText.Compare(
            First("authentication {\nauth_type PASS\nauth_pass alpha\n}"), Second("authentication {\nauth_type PASS\nauth_pass bravo\n}"));
        Assert.Single(LintText.Found(files[1]));
        string rendered = ConfigText.Render(files[0]) + ConfigText.Render(files[1]);
        Assert.DoesNotContain("alpha", rendered, StringComparison.Ordinal);
        Assert.DoesNotContain("bravo", rendered, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("198.51.100.1", "198.51.100.2", "198.51.100.2", "198.51.100.1", "")]
    [InlineData("198.51.100.1", "198.51.100.2", "198.51.100.2", "198.51.100.9", "KA0959 m2.conf")]
    [InlineData("198.51.100.1", "198.51.100.9", "198.51.100.2", "198.51.100.1", "KA0959 m1.conf")]
    [InlineData("198.51.100.1", "198.51.100.2", "198.51.100.1", "198.51.100.2", "KA0960 m2.conf")]
    public void Unicast_peers_must_list_each_other(string source1, string peer1, string source2, string peer2, string expected)
    {
        LoadResult[] files = LintText.Compare(
            First($"unicast_src_ip {source1}\nunicast_peer {{\n{peer1}\n}}"), Second($"unicast_src_ip {source2}\nunicast_peer {{\n{peer2}\n}}"));
        Assert.Equal(expected, string.Join(' ', files.SelectMany(LintText.Found).Select(static d => $"{d.Code} {d.Location.Path}")));
    }

    [Fact]
    public void Three_unicast_peers_must_list_all_others()
    {
        static string Router(int number, string peers)
            => LintText.Instance($"priority {100 + number}\nunicast_src_ip 198.51.100.{number}\nunicast_peer {{\n{peers}\n}}");
        LoadResult[] files = LintText.Compare(
            Router(1, "198.51.100.2\n198.51.100.3"), Router(2, "198.51.100.1"), Router(3, "198.51.100.1\n198.51.100.2"));
        Diagnostic found = Assert.Single(files.SelectMany(LintText.Found));
        Assert.Equal("(A) unicast_peer lacks 198.51.100.3, the source of A in m3.conf", found.Message);
        Assert.Equal("m2.conf", found.Location.Path);
    }

    [Fact]
    public void Ttl_below_what_the_peer_accepts_is_told()
    {
        string first = First("unicast_src_ip 198.51.100.1\nunicast_ttl 64\nunicast_peer {\n198.51.100.2\n}");
        string second = Second("unicast_src_ip 198.51.100.2\nunicast_peer {\n198.51.100.1 min_ttl 255\n}");
        LoadResult[] files = LintText.Compare(first, second);
        Assert.Equal(["KA0962"], files.SelectMany(LintText.Codes));
        Assert.Empty(LintText.ComparedCodes(first.Replace("unicast_ttl 64", ""), second));
    }

    [Theory]
    [InlineData("priority 100", "priority 100", "KA0964")]
    [InlineData("priority 255", "priority 255", "KA0963")]
    [InlineData("priority 100\nnopreempt", "priority 100\nnopreempt", null)]
    [InlineData("priority 100\nnopreempt", "priority 100", "KA0964")]
    public void Priorities_that_tie_are_told(string first, string second, string? code)
        => Assert.Equal(code is null ? [] : [code], LintText.ComparedCodes(LintText.Instance(first), LintText.Instance(second)));

    [Fact]
    public void Tie_names_the_winner_where_the_sources_are_known()
    {
        LoadResult[] files = LintText.Compare(LintText.Instance("mcast_src_ip 198.51.100.9"), LintText.Instance("mcast_src_ip 198.51.100.10"));
        Assert.Equal("(A) priority 100, and in m1.conf too: 198.51.100.10 wins, the higher source address", Assert.Single(LintText.Found(files[1])).Message);
    }

    [Fact]
    public void Instances_of_one_vrid_are_matched_by_their_addresses()
    {
        string lan = LintText.Instance("priority 150", "LAN", "192.0.2.100/24").Replace("eth0", "lan0");
        string wan = LintText.Instance("priority 150", "WAN", "198.51.100.100/24").Replace("eth0", "wan0");
        string lan2 = LintText.Instance("priority 100", "INNER", "192.0.2.100/24").Replace("eth0", "ens1");
        string wan2 = LintText.Instance("priority 100", "OUTER", "198.51.100.100/24").Replace("eth0", "ens0");
        Assert.Empty(LintText.ComparedCodes(lan + wan, wan2 + lan2));
    }

    [Fact]
    public void Instances_of_one_vrid_without_common_addresses_are_matched_by_their_interface()
    {
        string lan = LintText.Instance("priority 150", "LAN", "192.0.2.100/24");
        string wan = LintText.Instance("priority 150", "WAN", "198.51.100.100/24").Replace("eth0", "eth1");
        string lan2 = LintText.Instance("priority 100", "LAN", "192.0.2.99/24");
        string wan2 = LintText.Instance("priority 100", "WAN", "198.51.100.100/24").Replace("eth0", "eth1");
        Assert.Equal(["KA0955", "KA0955"], LintText.ComparedCodes(lan + wan, wan2 + lan2));
    }

    [Fact]
    public void Different_vrids_for_the_same_addresses_are_a_finding()
        => Assert.Equal(["KA0951"], LintText.ComparedCodes(First(), Second(vrid: 8)));

    [Fact]
    public void Instance_of_one_family_is_not_the_peer_of_the_other_one()
        => Assert.Equal(["KA0969", "KA0969"], LintText.ComparedCodes(First(), Second(addresses: "fe80::1/64")));

    [Fact]
    public void Instance_without_a_peer_is_named()
    {
        LoadResult[] files = LintText.Compare(First() + LintText.Instance("", "C", "192.0.2.7/24", 8), Second());
        Assert.Equal("(C) no instance in m2.conf has VRID 8 with IPv4, or one of its addresses", Assert.Single(files.SelectMany(LintText.Found)).Message);
    }

    [Fact]
    public void File_that_cannot_be_read_is_not_compared()
    {
        LoadResult missing = ConfigurationLoader.Load("m2.conf", new ConfigText.MemoryFiles(null));
        LoadResult first = ConfigText.Load(First());
        KeepalivedAot.Config.Lints.PeerComparison.Compare([first, missing]);
        Assert.Empty(LintText.Found(first));
    }
}
