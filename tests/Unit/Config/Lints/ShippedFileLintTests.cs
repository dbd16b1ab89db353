using KeepalivedAot.Config;
using KeepalivedAot.Config.Lints;

namespace KeepalivedAot.Tests.Unit.Config.Lints;

/// <summary>Files that people copy: the lints say of them what is to be expected, and no more.</summary>
public sealed class ShippedFileLintTests
{
    private const string StockSamples = "/usr/share/doc/keepalived/samples";

    private static string Root { get; } = FindRoot();

    public static TheoryData<string> Scenarios()
        => [.. Directory.GetDirectories(Path.Combine(Root, "tests/Conformance/Scenarios")).Select(static path => Path.GetFileName(path))];

    [Theory]
    [InlineData("packaging/demo/m1.conf", "KA0901 KA0902")]
    [InlineData("packaging/demo/m2.conf", "KA0901 KA0902")]
    [InlineData("rootfs/etc/keepalived/keepalived.conf.sample", "KA0902")]
    public void Own_file_has_the_hints_that_it_should(string path, string codes)
        => Assert.Equal(codes, string.Join(' ', LintText.Codes(File.ReadAllText(Path.Combine(Root, path))).Order()));

    [Fact]
    public void Routers_of_the_demo_fit_each_other()
        => Assert.Empty(LintText.ComparedCodes(
            File.ReadAllText(Path.Combine(Root, "packaging/demo/m1.conf")), File.ReadAllText(Path.Combine(Root, "packaging/demo/m2.conf"))));

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Router_of_a_conformance_scenario_has_no_finding_but_the_expected_ones(string scenario)
    {
        string text = File.ReadAllText(Path.Combine(Root, "tests/Conformance/Scenarios", scenario, "scenario"));
        string body = string.Join('\n', text.Split('\n').SkipWhile(static line => line != "router").Skip(1).TakeWhile(static line => line.StartsWith(' ')));
        string[] expected = ["KA0905", "KA0911"];
        Assert.Empty(LintText.Codes(LintText.Instance(body)).Except(expected));
    }

    [Theory]
    [InlineData("keepalived.conf.HTTP_GET.port", "")]
    [InlineData("keepalived.conf.IPv6", "")]
    [InlineData("keepalived.conf.PING_CHECK", "")]
    [InlineData("keepalived.conf.SMTP_CHECK", "")]
    [InlineData("keepalived.conf.SSL_GET", "KA0901 KA0902 KA0906")]
    [InlineData("keepalived.conf.UDP_CHECK", "")]
    [InlineData("keepalived.conf.conditional_conf", "")]
    [InlineData("keepalived.conf.fwmark", "")]
    [InlineData("keepalived.conf.inhibit", "")]
    [InlineData("keepalived.conf.misc_check", "KA0923")]
    [InlineData("keepalived.conf.misc_check_arg", "KA0923")]
    [InlineData("keepalived.conf.quorum", "KA0923")]
    [InlineData("keepalived.conf.sample", "KA0906")]
    [InlineData("keepalived.conf.status_code", "")]
    [InlineData("keepalived.conf.track_interface", "KA0902 KA0906")]
    [InlineData("keepalived.conf.virtual_server_group", "")]
    [InlineData("keepalived.conf.virtualhost", "")]
    [InlineData("keepalived.conf.vrrp", "KA0901 KA0902 KA0906 KA0907")]
    [InlineData("keepalived.conf.vrrp.localcheck", "KA0902 KA0923")]
    [InlineData("keepalived.conf.vrrp.lvs_syncd", "KA0902 KA0906")]
    [InlineData("keepalived.conf.vrrp.routes", "KA0902 KA0906")]
    [InlineData("keepalived.conf.vrrp.rules", "KA0902 KA0906")]
    [InlineData("keepalived.conf.vrrp.scripts", "KA0901 KA0902 KA0906 KA0923")]
    [InlineData("keepalived.conf.vrrp.static_ipaddress", "KA0902 KA0906")]
    [InlineData("keepalived.conf.vrrp.sync", "KA0902 KA0923")]
    public void Stock_sample_has_the_findings_that_it_should(string name, string codes)
    {
        string path = Path.Combine(StockSamples, name);
        Assert.SkipUnless(File.Exists(path), $"the package keepalived with its samples is not installed: {path}");
        LoadResult result = LintText.Run(File.ReadAllText(path));
        Assert.Equal(codes, string.Join(' ', LintText.Codes(result).Distinct().Order()));
    }

    private static string FindRoot()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "keepalived-aot.sln")))
            root = Path.GetDirectoryName(root)!;
        return root;
    }
}
