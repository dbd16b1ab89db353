using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Tests.Unit.Config.Lints;

/// <summary>Weights, and sync groups.</summary>
public sealed class TrackerLintTests
{
    [Theory]
    [InlineData("priority 254\ntrack_interface {\neth1 weight 20\n}", "KA0915")]
    [InlineData("priority 254\ntrack_interface {\neth1 weight -20\n}", null)]
    [InlineData("priority 254\ntrack_interface {\neth1 weight -20 reverse\n}", "KA0915")]
    [InlineData("priority 254\ntrack_interface {\neth1 weight 20\neth2 weight -30\n}", null)]
    [InlineData("priority 254\ntrack_interface {\neth1\n}", null)]
    [InlineData("priority 1\ntrack_interface {\neth1 weight -20\n}", "KA0915")]
    [InlineData("priority 100\ntrack_interface {\neth1 weight -20\n}", null)]
    [InlineData("priority 100\nnopreempt\ntrack_interface {\neth1 weight -20\n}", "KA0914")]
    [InlineData("priority 100\nnopreempt\ntrack_interface {\neth1\n}", null)]
    public void Weight_is_told_what_it_cannot_do(string body, string? code)
        => Assert.Equal(code is null ? [] : [code], LintText.Codes(LintText.Instance(body)));

    [Fact]
    public void File_can_hold_any_number()
        => Assert.Empty(LintText.Codes(
            "track_file F {\nfile /run/f\n}\n" + LintText.Instance("priority 254\ntrack_file {\nF weight 1\n}\ntrack_interface {\neth1 weight 20\n}")));

    [Fact]
    public void Weight_of_a_definition_counts_where_the_line_has_none()
    {
        const string Script = "vrrp_script chk {\nscript \"/bin/true\"\nuser bob\nweight 20\n}\n";
        Diagnostic found = Assert.Single(LintText.Found(LintText.Run(Script + LintText.Instance("priority 254\ntrack_script {\nchk\n}"))));
        Assert.Equal("(A) the weight of track_script chk never changes the priority, which is 254 with and without it", found.Message);
        Assert.Equal(11, found.Location.Line);
        Assert.Empty(LintText.Codes(Script + LintText.Instance("priority 254\ntrack_script {\nchk weight -20\n}")));
    }

    private static string Group(string one, string other, string group = "")
        => $"vrrp_sync_group G {{\ngroup {{\nA\nB\n}}\n{group}\n}}\n" + LintText.Instance(one) + LintText.Instance(other, "B", "192.0.2.101/24", 8);

    [Theory]
    [InlineData("", "", null)]
    [InlineData("nopreempt", "nopreempt", null)]
    [InlineData("nopreempt", "", "KA0918")]
    [InlineData("", "nopreempt", "KA0918")]
    [InlineData("nopreempt", "priority 255", null)]
    public void Members_of_a_group_preempt_together(string one, string other, string? code)
        => Assert.Equal(code is null ? [] : [code], LintText.Codes(Group(one, other)));

    [Fact]
    public void Weight_of_a_group_counts_for_its_members()
        => Assert.Equal(["KA0915"], LintText.Codes(Group("priority 254", "priority 100", "track_interface {\neth1 weight 20\n}")));

    [Theory]
    [InlineData("priority 200\ntrack_interface {\neth1 weight -20\n}", "priority 100", "KA0967")]
    [InlineData("priority 150\ntrack_interface {\neth1 weight -60\n}", "priority 100", null)]
    [InlineData("priority 150\ntrack_interface {\neth1\n}", "priority 100", null)]
    [InlineData("priority 150\ntrack_interface {\neth1 weight -60\n}", "priority 100\ntrack_interface {\neth1 weight -60\n}", null)]
    [InlineData("priority 200\ntrack_interface {\neth1 weight -20\n}", "priority 100\ntrack_interface {\neth1 weight -20\n}", "KA0967 KA0967")]
    [InlineData("priority 101\ntrack_interface {\neth1 weight 2\n}", "priority 100\ntrack_interface {\neth1 weight 2\n}", null)]
    [InlineData("priority 100\ntrack_interface {\neth1 weight 2\n}", "priority 100", null)]
    [InlineData("priority 254\ntrack_interface {\neth1 weight 20\n}", "priority 100", null)]
    [InlineData("priority 100\nnopreempt", "priority 150\ntrack_interface {\neth1 weight -60\n}", null)]
    public void Weight_that_never_changes_who_is_active_is_told(string first, string second, string? codes)
        => Assert.Equal(codes ?? "", string.Join(' ', LintText.ComparedCodes(LintText.Instance(first), LintText.Instance(second))));

    [Fact]
    public void Weight_without_failover_tells_the_priorities_of_both()
    {
        Diagnostic found = Assert.Single(LintText.Compare(
            LintText.Instance("priority 200\ntrack_interface {\neth1 weight -20\n}"), LintText.Instance("priority 100")).SelectMany(LintText.Found));
        Assert.Equal("(A) -20 of track_interface eth1 never changes who is active: 180 to 200 here, 100 in m2.conf", found.Message);
        Assert.Equal("make the weight larger than the distance of the priorities, which is 100, or 0 for a fault", found.Suggestion);
        Assert.Equal(("m1.conf", 6, 13), (found.Location.Path, found.Location.Line, found.Location.Column));
        Assert.Equal("m2.conf", Assert.Single(found.Related).Location.Path);
    }

    [Fact]
    public void Weight_that_decides_against_a_third_router_is_right()
        => Assert.Empty(LintText.ComparedCodes(
            LintText.Instance("priority 200\ntrack_interface {\neth1 weight -60\n}"), LintText.Instance("priority 100"), LintText.Instance("priority 150")));

    [Theory]
    [InlineData(150, 150, 100, 100, null)]
    [InlineData(150, 100, 100, 150, "KA0968")]
    [InlineData(150, 150, 100, 150, "KA0964")]
    public void Sync_group_must_be_won_by_one_router(byte a1, byte b1, byte a2, byte b2, string? code)
        => Assert.Equal(code is null ? [] : [code], LintText.ComparedCodes(Group($"priority {a1}", $"priority {b1}"), Group($"priority {a2}", $"priority {b2}")));

    [Fact]
    public void Sync_group_on_one_router_only_is_told_in_either_order()
    {
        string with = Group("priority 150", "priority 150");
        string without = Group("priority 100", "priority 100")[(Group("", "").IndexOf("vrrp_instance", StringComparison.Ordinal))..];
        Assert.Equal(["KA0970"], LintText.ComparedCodes(with, without));
        Assert.Equal(["KA0970"], LintText.ComparedCodes(without, with));
        Assert.Equal(["KA0970"], LintText.ComparedCodes(with, Group("priority 100", "priority 100").Replace("\nB\n}", "\n}", StringComparison.Ordinal)));
    }

    private static string Hmac(string body) => LintText.Instance($"version 3\nauth_hmac {{\n{body}\n}}");

    private const string Key1 = "key 1 abcdefghijklmnopqrstuvwxyz012345";
    private const string Key2 = "key 2 ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    [Theory]
    [InlineData(Key1 + "\nactive_key 1", Key1 + "\nactive_key 1", null)]
    [InlineData(Key1 + "\nactive_key 1", Key1 + "\n" + Key2 + "\nactive_key 1", null)]
    [InlineData(Key1 + "\nactive_key 1", Key1 + "\n" + Key2 + "\nactive_key 2", "KA0952")]
    [InlineData(Key1 + "\nactive_key 1", "key 1 hex:6162636465666768696a6b6c6d6e6f707172737475767778797a303132333435\nactive_key 1", null)]
    [InlineData(Key1 + "\nactive_key 1", "key 1 file:/etc/key\nactive_key 1", null)]
    [InlineData(Key1 + "\nactive_key 1\nmode receive-only", Key1 + "\nactive_key 1\nmode permissive", null)]
    [InlineData(Key1 + "\nactive_key 1\nmode receive-only", Key1 + "\nactive_key 1", "KA0952")]
    public void Keys_must_be_known_to_the_receiver(string first, string second, string? code)
        => Assert.Equal(
            code is null ? [] : [code], LintText.ComparedCodes(Hmac(first) + "", Hmac(second).Replace("version 3", "version 3\npriority 90", StringComparison.Ordinal)));

    [Fact]
    public void Hmac_on_one_router_only_is_told_for_both_directions()
        => Assert.Equal(["KA0952", "KA0952"], LintText.ComparedCodes(
            Hmac(Key1 + "\nactive_key 1"), LintText.Instance("version 3\npriority 90")));

    [Fact]
    public void Secrets_that_differ_are_not_shown()
    {
        KeepalivedAot.Config.LoadResult[] files = LintText.Compare(
            Hmac(Key1 + "\nactive_key 1"), Hmac(Key1.ToUpperInvariant().Replace("KEY", "key", StringComparison.Ordinal) + "\nactive_key 1"));
        Assert.Contains("KA0952", files.SelectMany(LintText.Codes));
        string shown = string.Concat(files.Select(ConfigText.Render));
        Assert.DoesNotContain("abcdef", shown, StringComparison.OrdinalIgnoreCase);
    }
}
