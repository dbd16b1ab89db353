using System.Text.Json;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Reports;

namespace KeepalivedAot.Tests.Unit.Config.Golden;

/// <summary><c>check</c>, its JSON, <c>-t</c> and the start say the same of a file, and each says why.</summary>
public sealed class StatusTests
{
    // keepalived counts them for its test; for a start they are no hindrance.
    private static readonly string[] CountedWarnings = ["KA0212", "KA0423", "KA0496", "KA0506"];

    private const string Address = "virtual_ipaddress {\n192.0.2.100/24\n}\n";

    public static TheoryData<string> Names => [.. GoldenRecording.Names];

    public static TheoryData<string> Lost =>
    [
        "vrrp_instance A {\ninterface eth0 virtual_router_id 1\n" + Address + "}\n",
        "vrrp_instance A {\nvirtual_router_id 1 interface eth0\n" + Address + "}\n",
        "vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\nauthentication {\nauth_type PASS auth_pass x\n}\n" + Address + "}\n",
        "vrrp_script s {\ninterval 2 script \"/bin/true\"\n}\nvrrp_instance A {\ninterface eth0\nvirtual_router_id 1\ntrack_script {\ns\n}\n" + Address + "}\n",
        "virtual_server 192.0.2.1 80 {\nlvs_sched rr lvs_method NAT\nprotocol TCP\nreal_server 192.0.2.10 80 {\nTCP_CHECK {\n}\n}\n}\n",
        "virtual_server 192.0.2.1 80 {\nlvs_sched rr protocol TCP\nlvs_method NAT\nreal_server 192.0.2.10 80 {\nTCP_CHECK {\n}\n}\n}\n",
        "$I=\\\nvrrp_instance A$i {\\\ninterface eth0 virtual_router_id 1\\\nvirtual_ipaddress {\\\n192.0.2.${i}/24\\\n}\\\n}\n~SEQ(i, 3) $I\n",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Statuses_of_a_golden_file_agree(string name) => AssertAgree(GoldenRecording.LoadWithLints(name));

    [Theory]
    [MemberData(nameof(Lost))]
    public void Keyword_lost_behind_another_one_is_an_error_when_it_is_needed(string text)
    {
        LoadResult result = ConfigText.Load(text);
        AssertAgree(result);
        Assert.Equal(CheckReport.WithErrors, new CheckReport([result]).ExitStatus(strict: false));
        Diagnostic only = Assert.Single(result.Diagnostics, static d => d.Code is not "KA0202");
        Assert.Equal(("KA0207", Severity.Error), (only.Code, only.Severity));
        Assert.StartsWith("because of that: ", Assert.Single(only.Related).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state BACKUP priority 90")]
    [InlineData("interface eth0 extra")]
    public void Words_that_nothing_needs_are_a_warning(string line)
    {
        LoadResult result = ConfigText.Load(ConfigText.File(line));
        AssertAgree(result);
        Assert.Equal((0, 0, CheckReport.Clean), (result.TestExitStatus, result.Diagnostics.Errors, new CheckReport([result]).ExitStatus(strict: false)));
        Assert.Contains(result.Diagnostics, static d => d is { Code: "KA0207", Severity: Severity.Warning });
    }

    [Fact]
    public void Lost_keyword_is_an_error_however_much_else_there_is()
    {
        LoadResult result = ConfigText.Load(
            string.Concat(Enumerable.Repeat("garp_group {\ninterface eth0\n}\n", DiagnosticBag.Limit)) + "vrrp_instance A {\ninterface eth0 virtual_router_id 1\n" + Address + "}\n");
        Assert.True(result.Diagnostics.Dropped > 0);
        AssertAgree(result);
        Assert.False(result.CanRun);
    }

    private static void AssertAgree(LoadResult result)
    {
        CheckReport report = new([result]);
        int errors = result.Diagnostics.Count(static d => d.Severity == Severity.Error);
        bool isRefused = report.ExitStatus(strict: false) == CheckReport.WithErrors;
        Assert.Equal(errors > 0, isRefused);
        Assert.True(result.CanRun || isRefused, "a file that cannot be run has an error");
        Assert.Equal(result.CanRun, result.StartExitStatus == 0);
        bool isCounted = result.Diagnostics.Any(static d => CountedWarnings.Contains(d.Code));
        Assert.Equal(isRefused || isCounted, result.TestExitStatus != 0);

        using JsonDocument json = JsonDocument.Parse(report.Write(ReportFormat.Json));
        JsonElement file = json.RootElement.GetProperty("files")[0];
        Assert.Equal((result.CanRun, result.TestExitStatus), (file.GetProperty("canRun").GetBoolean(), file.GetProperty("testExitStatus").GetInt32()));
        JsonElement summary = json.RootElement.GetProperty("summary");
        Assert.Equal(isRefused, summary.GetProperty("errors").GetInt32() > 0);
        if (result.Diagnostics.Dropped == 0)
            Assert.Equal(errors, summary.GetProperty("errors").GetInt32());
        else
            Assert.True(summary.GetProperty("notShown").GetInt32() > 0);
    }
}
