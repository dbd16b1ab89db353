using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Tests.Unit.Config.Lints;

/// <summary>Virtual servers whose checks and quorum do not do what they look like.</summary>
public sealed class VirtualServerLintTests
{
    private const string Check = "TCP_CHECK {\n}\n";

    private static string Service(string body, string one = Check, string other = Check)
        => $"virtual_server 192.0.2.100 80 {{\nlb_algo rr\nlb_kind NAT\nprotocol TCP\n{body}\n"
            + $"real_server 198.51.100.1 80 {{\n{one}}}\nreal_server 198.51.100.2 80 {{\n{other}}}\n}}\n";

    [Fact]
    public void Service_with_checkers_has_no_finding() => Assert.Empty(LintText.Codes(Service("")));

    [Fact]
    public void Servers_without_a_checker_are_one_finding()
    {
        Diagnostic found = Assert.Single(LintText.Found(LintText.Run(Service("", "", ""))));
        Assert.Equal("KA0930", found.Code);
        Assert.Contains(" and 1 more have no checker", found.Message, StringComparison.Ordinal);
        Assert.Equal(6, found.Location.Line);
        Assert.Equal(["KA0930"], LintText.Codes(Service("", Check, "")));
    }

    [Theory]
    [InlineData("quorum 2\nhysteresis 1", "", "KA0931")]
    [InlineData("quorum 2\nhysteresis 1", "weight 2\n", null)]
    [InlineData("quorum 2", "", null)]
    public void Quorum_must_be_reached_with_its_hysteresis(string body, string weight, string? code)
        => Assert.Equal(code is null ? [] : [code], LintText.Codes(Service(body, weight + Check)));

    [Theory]
    [InlineData("delay_loop 2", Check, "KA0932")]
    [InlineData("delay_loop 5", Check, null)]
    [InlineData("delay_loop 2\nconnect_timeout 2", Check, null)]
    [InlineData("delay_loop 2\nconnect_timeout 1", "TCP_CHECK {\nconnect_timeout 3\n}\n", "KA0932")]
    [InlineData("delay_loop 2", "TCP_CHECK {\ndelay_loop 9\n}\n", "KA0932")]
    public void Delay_loop_must_not_be_shorter_than_the_timeout(string body, string check, string? code)
        => Assert.Equal(code is null ? [] : [code], LintText.Codes(Service(body, check)));

    [Theory]
    [InlineData("version 3\nstrict_mode\nno_accept", "KA0904")]
    [InlineData("version 3\nstrict_mode\naccept", null)]
    [InlineData("no_accept", "KA0904")]
    [InlineData("", null)]
    public void Service_needs_an_address_that_accepts(string body, string? code)
        => Assert.Equal(code is null ? [] : [code], LintText.Codes(LintText.Instance(body) + Service("")));

    [Theory]
    [InlineData("", "notify_master /x.sh", "KA0923")]
    [InlineData("", "notify_master /x.sh bob", null)]
    [InlineData("script_user bob", "notify_master /x.sh", null)]
    public void Scripts_need_a_user(string globals, string body, string? code)
        => Assert.Equal(code is null ? [] : [code], LintText.Codes($"global_defs {{\n{globals}\n}}\n" + LintText.Instance(body)));

    [Fact]
    public void User_of_scripts_must_stand_above_them()
    {
        const string Globals = "global_defs {\nscript_user bob\nenable_script_security\n}\n";
        string instance = LintText.Instance("notify_master /x.sh");
        Assert.Empty(LintText.Codes(Globals + instance));
        Assert.Equal(["KA0913", "KA0913"], LintText.Codes(instance + Globals));
        Assert.Equal(["KA0913"], LintText.Codes(LintText.Instance("notify_master /x.sh bob") + Globals));
    }
}
