using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Tests.Unit.Config;

/// <summary>What follows from a mistake is not reported beside it.</summary>
public sealed class OneMistakeTests
{
    private const string Service = "protocol TCP\nlb_algo rr\nlb_kind NAT\nreal_server 192.0.2.10 80 {\nTCP_CHECK {\n}\n}\n";

    private const string Address = "virtual_ipaddress {\n192.0.2.100/24\n}\n";

    [Theory]
    [InlineData("KA0303", "interface eth0\nvirtual_router_id 256\n" + Address)]
    [InlineData("KA0302", "interface eth0\nvirtual_router_id x\n" + Address)]
    [InlineData("KA0301", "interface\nvirtual_router_id 51\n" + Address)]
    [InlineData("KA0313", "interface a/b\nvirtual_router_id 51\n" + Address)]
    [InlineData("KA0201", "interfce eth0\nvirtual_router_id 51\n" + Address)]
    [InlineData("KA0207", "interface eth0 virtual_router_id 51\n" + Address)]
    [InlineData("KA0308", "interface eth0\nvirtual_router_id 51\nvirtual_ipaddress {\n192.0.2.300/24\n}\n")]
    [InlineData("KA0308", "interface eth0\nvirtual_router_id 51\nversion 3\nvirtual_ipaddress {\n192.0.2.300/24\n}\n")]
    [InlineData("KA0201", "interface eth0\nvirtual_router_id 51\nvirtual_ipadress {\n192.0.2.100/24\n}\n")]
    [InlineData("KA0307", "interface eth0\nvirtual_router_id 51\nauthentication {\nauth_type MD5\nauth_pass secret\n}\n" + Address)]
    [InlineData("KA0308", "interface eth0\nvirtual_router_id 51\nunicast_src_ip 192.0.2.1\nunicast_peer {\n192.0.2.x\n}\n" + Address)]
    public void Mistake_in_an_instance_is_one_report(string code, string body)
        => AssertOne(code, $"vrrp_instance A {{\n{body}}}\n");

    [Theory]
    [InlineData("KA0307", "lb_algo rr", "lb_algo x")]
    [InlineData("KA0307", "protocol TCP", "protocol TCP;")]
    [InlineData("KA0307", "lb_kind NAT", "lb_kind BRIDGE")]
    [InlineData("KA0201", "lb_kind NAT", "lb_kin NAT")]
    [InlineData("KA0308", "192.0.2.10 80", "192.0.2.300 80")]
    [InlineData("KA0201", "real_server", "real_sever")]
    public void Mistake_in_a_virtual_server_is_one_report(string code, string right, string wrong)
        => AssertOne(code, $"virtual_server 192.0.2.1 80 {{\n{Service.Replace(right, wrong, StringComparison.Ordinal)}}}\n");

    [Theory]
    [InlineData("KA0101", "vrrp_script chk {\nscript \"/a\n}\nvrrp_instance A {\ninterface eth0\nvirtual_router_id 51\ntrack_script {\nchk\n}\n" + Address + "}\n")]
    [InlineData("KA0201", "vrrp_scrpt chk {\nscript /a\n}\nvrrp_instance A {\ninterface eth0\nvirtual_router_id 51\ntrack_script {\nchk\n}\n" + Address + "}\n")]
    [InlineData("KA0614", "virtual_server_group G {\n}\nvirtual_server group G {\n" + Service + "}\n")]
    [InlineData("KA0604", "virtual_server_group G {\n192.0.2.9-3 80\n}\nvirtual_server group G {\n" + Service + "}\n")]
    public void What_names_a_block_that_a_mistake_has_cost_is_not_reported_too(string code, string text) => AssertOne(code, text);

    [Theory]
    [InlineData("KA0207", "bfd_instance b {\nmin_rx 100 neighbor_ip 192.0.2.2\n}\n")]
    [InlineData("KA0314", "track_file f {\nweight 1 file /x\n}\n")]
    [InlineData("KA0314", "vrrp_script f {\nweight 1 script /x\n}\n")]
    [InlineData("KA0214", "vrrp_instance A {\ninterface eth0\nvirtual_router_id 51\nauthentication auth_type PASS auth_pass x\n" + Address + "}\n")]
    [InlineData("KA0101", "vrrp_instance A {\ninterface eth0\nvirtual_router_id 51\nnotify_master /bin/true\\\n" + Address + "}\n")]
    public void Lost_part_of_a_line_is_one_report(string code, string text) => AssertOne(code, text);

    [Theory]
    [InlineData("// text", "KA0201")]
    [InlineData("/* text */", "KA0201")]
    [InlineData("; text", "KA0201")]
    [InlineData("priority 100 // text", "KA0207")]
    public void Comment_of_another_language_is_told_from_a_keyword(string line, string code)
        => Assert.Equal("comments begin with # or !", Assert.Single(ConfigText.Load(ConfigText.File(line)).Diagnostics, d => d.Code == code).Suggestion);

    [Theory]
    [InlineData("vrrp_instance A {\ninterface eth0\nvirtual_router_id 256\n}\n", 5, 2)]
    [InlineData("vrrp_instance A {\ninterface a/b\nvirtual_router_id 51\n}\n", 5, 2)]
    [InlineData("vrrp_instance A {\ninterface eth0\nvirtual_router_id 51\nversion 3\nvirtual_ipaddress {\n192.0.2.300/24\n}\n}\n", 5, 2)]
    [InlineData("vrrp_instance A {\ninterfce eth0\nvirtual_router_id 51\n}\n", 5, 2)]
    [InlineData("vrrp_instace A {\ninterface eth0\nvirtual_router_id\n}\n", 5, 0)]
    [InlineData("vrrp_instace A {\n}\n", 5, 0)]
    public void What_follows_from_a_mistake_counts_for_the_statuses(string text, int test, int start)
    {
        LoadResult result = ConfigText.Load(text);
        Assert.Equal((test, start), (result.TestExitStatus, result.StartExitStatus));
        Assert.Equal(start == 0, result.CanRun);
    }

    [Fact]
    public void Block_of_a_misspelt_keyword_is_looked_at_and_not_kept()
    {
        LoadResult result = ConfigText.Load(
            "vrrp_instace A {\ninterface eth0\nvirtual_router_id 51\npriority 300\n}\n"
            + "vrrp_instance B {\ninterface eth0\nvirtual_router_id 52\n" + Address + "}\n"
            + "vrrp_sync_group G {\ngroup {\nA\nB\n}\n}\n");
        Assert.Equal(["KA0201", "KA0303"], Findings(result));
        Assert.Equal("B", Assert.Single(result.Configuration.VrrpInstances).Name);
        Assert.Equal("B", Assert.Single(result.Configuration.VrrpSyncGroups[0].Members).Name);
    }

    [Fact]
    public void Misspelt_block_does_not_take_the_name_of_one_that_is_spelt_right()
    {
        LoadResult result = ConfigText.Load(
            "vrrp_instace A {\ninterface eth0\nvirtual_router_id 51\n}\nvrrp_instance A {\ninterface eth0\nvirtual_router_id 52\n" + Address + "}\n");
        Assert.Equal(["KA0201"], Findings(result));
        Assert.Equal(52, Assert.Single(result.Configuration.VrrpInstances).VirtualRouterId);
    }

    [Fact]
    public void Misspelt_tracker_is_not_tracked()
    {
        LoadResult result = ConfigText.Load(
            "vrrp_scrpt chk {\nscript /a\n}\nvrrp_instance A {\ninterface eth0\nvirtual_router_id 51\ntrack_script {\nchk\n}\n" + Address + "}\n");
        Assert.Empty(result.Configuration.VrrpScripts);
        Assert.Empty(result.Configuration.VrrpInstances[0].TrackedScripts);
    }

    [Fact]
    public void Mistake_in_every_round_is_one_report()
    {
        LoadResult result = ConfigText.Load(
            "$I=\\\nvrrp_instance A$i {\\\ninterface eth0\\\nvirtual_router_id $i\\\npriority 300\\\nvirtual_ipaddress {\\\n192.0.2.${i}/24\\\n}\\\n}\n~SEQ(i, 3) $I\n");
        Diagnostic only = Assert.Single(result.Diagnostics, static d => d.Code is not "KA0202");
        Assert.Equal(("KA0303", 2), (only.Code, only.MoreRounds));
        Assert.EndsWith("not 300 (and 2 more rounds)", only.Message, StringComparison.Ordinal);
        Assert.Equal(1, result.Diagnostics.Errors);
    }

    [Fact]
    public void Rounds_that_differ_in_what_is_wrong_are_reported_each()
    {
        LoadResult result = ConfigText.Load("vrrp_instance A {\ninterface eth0\nvirtual_router_id 51\nvirtual_ipaddress {\n192.0.2.1\n~SEQ(i, 2) ~LST(a, 1.2.3.x, 1.2.3.y) $a\n}\n}\n");
        Assert.Equal(["'1.2.3.x' is no IP address (and 1 more round)", "'1.2.3.y' is no IP address (and 1 more round)"], result.Diagnostics.Select(static d => d.Message));
    }

    [Theory]
    [InlineData("vrrp_instance A {\ninterface eth0\nvirtual_router_id 51\nvirtual_ipaddress {\n192.0.2.1\n~SEQ(K, 1, 300) 10.1.0.${K}/24\n}\n}\n", "KA0308", "'10.1.0.256/24' is no IP address (and 44 more rounds)")]
    [InlineData("$X=1\n~SEQ(A, 1, 4) ~SEQ(B, 1, 3) virtual_server 192.0.${A}.${B} $X-\n", "KA0112", "'$X' is not replaced before a '-' (and 11 more rounds)")]
    [InlineData("vrrp_instance A {\ninterface eth0\nvirtual_router_id 51\nvirtual_ipaddress {\n192.0.2.1\n~SEQ(A, 1, 4) ~SEQ(B, 1, 3) 192.0.2.${A}.${B}\n}\n}\n", "KA0308", "'192.0.2.1.1' is no IP address (and 11 more rounds)")]
    public void Mistake_that_rounds_make_differently_is_one_report(string text, string code, string message)
        => Assert.Equal(message, Assert.Single(ConfigText.Load(text).Diagnostics, d => d.Code == code).Message);

    [Theory]
    [InlineData("interface eth0\nvirtual_router_id ${ID}\n" + Address)]
    [InlineData("interface eth0\nvirtual_router_id 1\nadvert_int ${ID}s\n" + Address)]
    [InlineData("interface eth0\nvirtual_router_id 1\nstate ${ID}\n" + Address)]
    [InlineData("interface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n${VIP}/24\n}\n")]
    [InlineData("interface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n192.0.2.1/${LENGTH}\n}\n")]
    public void Name_without_definition_is_no_wrong_value_too(string body)
    {
        LoadResult result = ConfigText.Load($"vrrp_instance A {{\n{body}}}\n");
        Assert.Equal(["KA0109"], Findings(result));
        Assert.True(result.Diagnostics.HasErrors);
    }

    // Each costs a search for what may have been meant.
    [Fact]
    public void Rounds_are_counted_as_long_as_there_is_room_for_findings()
    {
        LoadResult result = ConfigText.Load("vrrp_instance A {\n~SEQ(i, 5000) priorityy 300\n}\n");
        Assert.Equal(DiagnosticBag.Limit - 1, result.Diagnostics.First(static d => d.Code == "KA0201").MoreRounds);
        Assert.True(result.Diagnostics.Dropped > 3000, $"{result.Diagnostics.Dropped}");
        Assert.Contains(result.Diagnostics, static d => d.IsFatal);
    }

    private static void AssertOne(string code, string text) => Assert.Equal([code], Findings(ConfigText.Load(text)));

    private static string[] Findings(LoadResult result)
        => [.. result.Diagnostics.Where(static d => d.Code is not "KA0202" && d.Severity != Severity.Hint).Select(static d => d.Code)];
}
