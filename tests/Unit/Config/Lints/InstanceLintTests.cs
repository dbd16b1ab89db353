using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Tests.Unit.Config.Lints;

/// <summary>What instances say and most likely do not mean; each beside a file that says it rightly.</summary>
public sealed class InstanceLintTests
{
    [Theory]
    [InlineData("authentication {\nauth_type PASS\nauth_pass 1111\n}", "KA0901")]
    [InlineData("authentication {\nauth_type PASS\nauth_pass k9wT4\n}", null)]
    [InlineData("state MASTER", "KA0903")]
    [InlineData("state MASTER\npriority 255", null)]
    [InlineData("state MASTER\npriority 150", null)]
    [InlineData("state BACKUP", null)]
    [InlineData("priority 255", null)]
    [InlineData("strict_mode\nversion 3", "KA0905")]
    [InlineData("strict_mode", "KA0905")]
    [InlineData("strict_mode\nversion 3\naccept", null)]
    [InlineData("strict_mode\nversion 3\nno_accept", null)]
    [InlineData("strict_mode\npriority 255", null)]
    [InlineData("version 3", null)]
    [InlineData("unicast_peer {\n198.51.100.2\n}", "KA0911")]
    [InlineData("unicast_src_ip 198.51.100.1\nunicast_peer {\n198.51.100.2\n}", null)]
    [InlineData("mcast_src_ip 198.51.100.1\nunicast_peer {\n198.51.100.2\n}", null)]
    [InlineData("unicast_src_ip 198.51.100.1\nunicast_peer {\n198.51.100.2\n198.51.100.1\n}", "KA0912")]
    [InlineData("unicast_src_ip 198.51.100.1\nunicast_peer {\n192.0.2.100\n}", "KA0912")]
    [InlineData("unicast_src_ip 192.0.2.100\nunicast_peer {\n198.51.100.2\n}", "KA0919")]
    [InlineData("mcast_src_ip 192.0.2.100", "KA0919")]
    [InlineData("mcast_src_ip 192.0.2.100\npriority 255", null)]
    public void Instance_is_told_what_it_most_likely_does_not_mean(string body, string? code)
        => Assert.Equal(code is null ? [] : [code], LintText.Codes(LintText.Instance(body)));

    [Fact]
    public void Password_of_the_examples_is_not_shown()
    {
        LoadResult result = LintText.Run(LintText.Instance("authentication {\nauth_type PASS\nauth_pass 1111\n}"));
        Assert.DoesNotContain("1111", ConfigText.Render(result), StringComparison.Ordinal);
    }

    [Fact]
    public void Password_that_is_not_used_is_not_judged()
        => Assert.DoesNotContain("KA0901", LintText.Codes(LintText.Instance("version 3\nauthentication {\nauth_type PASS\nauth_pass 1111\n}")));

    [Fact]
    public void Vrid_of_the_examples_is_named_once_as_a_hint()
    {
        Diagnostic found = Assert.Single(LintText.Found(LintText.Run(
            LintText.Instance("", vrid: 51) + LintText.Instance("", "B", "fe80::1/64\n2001:db8::1/64", vrid: 51))));
        Assert.Equal(("KA0902", Severity.Hint, 3), (found.Code, found.Severity, found.Location.Line));
    }

    [Fact]
    public void Strict_mode_of_all_instances_is_named_once_at_its_place()
    {
        Diagnostic found = Assert.Single(LintText.Found(LintText.Run(
            "global_defs {\nvrrp_strict\n}\n" + LintText.Instance("") + LintText.Instance("", "B", "192.0.2.101/24", 8))));
        Assert.Equal(("KA0905", 2), (found.Code, found.Location.Line));
        Assert.Equal("(A and 1 more) strict mode without 'accept': the virtual addresses are not to answer", found.Message);
        Assert.Contains("version 3", found.Suggestion, StringComparison.Ordinal);
    }

    [Fact]
    public void Lints_change_no_exit_status()
    {
        LoadResult result = LintText.Run(LintText.Instance("state MASTER", addresses: "192.0.2.255/24\n192.0.2.255/24", vrid: 51));
        Assert.NotEmpty(LintText.Found(result));
        Assert.Equal((0, 0, true), (result.TestExitStatus, result.StartExitStatus, result.CanRun));
    }

    [Theory]
    [InlineData("vrrp_garp_master_repeat 2", "KA0913")]
    [InlineData("vrrp_garp_master_delay 2", "KA0913")]
    [InlineData("vrrp_down_timer_adverts 2", "KA0913")]
    [InlineData("vrrp_skip_check_adv_addr", "KA0913")]
    [InlineData("vrrp_garp_lower_prio_repeat 1", null)]
    [InlineData("router_id m1", null)]
    public void Global_defaults_that_instances_take_at_their_beginning_must_stand_above(string globals, string? code)
    {
        string block = $"global_defs {{\n{globals}\n}}\n";
        Assert.Empty(LintText.Codes(block + LintText.Instance("")));
        Assert.Equal(code is null ? [] : [code], LintText.Codes(LintText.Instance("") + block));
    }

    [Fact]
    public void Global_default_below_instances_that_do_not_need_it_is_no_mistake()
        => Assert.Empty(LintText.Codes(LintText.Instance("garp_master_repeat 3") + "global_defs {\nvrrp_garp_master_repeat 2\n}\n"));
}
