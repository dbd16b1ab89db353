using System.Text.Json;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Lints;
using KeepalivedAot.Config.Reports;

namespace KeepalivedAot.Tests.Unit.Config.Reports;

/// <summary>One file with lines for several routers, read as each of them.</summary>
public sealed class SharedFindingsTests
{
    private const string Peers = """
        vrrp_instance A {
            interface eth0
            virtual_router_id 7
            @m1 priority 150
            @m2 priority 100
            virtual_ipaddress {
                192.0.2.100/24
            }
        }

        """;

    private static CheckReport Report(string text, params string[] ids)
    {
        LoadResult[] readings = [.. ids.Select(id => ConfigText.Load(text, new LoadOptions { IsConfigTest = true, ConfigId = id }).As(id))];
        PeerComparison.Compare(readings);
        SharedFindings.Merge(readings);
        return new CheckReport(readings);
    }

    [Fact]
    public void Right_file_of_two_peers_is_ok()
        => Assert.Equal("keepalived.conf as m1, m2: ok\n", Report(Peers, "m1", "m2").Write(ReportFormat.Text));

    [Fact]
    public void Mistake_of_every_reading_is_told_once_and_of_none()
    {
        CheckReport report = Report(Peers + "foo\n", "m1", "m2");
        string text = report.Write(ReportFormat.Text);
        Assert.Equal(1, report.Errors);
        Assert.DoesNotContain("read as", text, StringComparison.Ordinal);
        Assert.EndsWith("\nkeepalived.conf as m1, m2: 1 error\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistake_of_one_reading_says_whose()
    {
        string text = Report(Peers.Replace("@m2 priority 100", "@m2 priority 300"), "m1", "m2").Write(ReportFormat.Text);
        Assert.Contains("keepalived.conf:5:18: error [KA0303]", text, StringComparison.Ordinal);
        Assert.Contains("\n  read as: m2\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistake_of_two_of_three_readings_names_both()
    {
        string text = Report(Peers + "@^m2 foo\n", "m1", "m2", "m3").Write(ReportFormat.Text);
        Assert.Contains("\n  read as: m1, m3\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Same_line_met_in_two_rounds_of_each_reading_is_told_once()
    {
        CheckReport report = Report("~SEQ(N, 1, 2) foo\n", "m1", "m2");
        Assert.Equal(1, report.Errors);
        Assert.Contains("(and 1 more round)", report.Write(ReportFormat.Text), StringComparison.Ordinal);
    }

    [Fact]
    public void Peers_are_compared_and_told_apart_by_their_ids()
    {
        string text = Report(Peers.Replace("@m2 priority 100", "@m2 advert_int 2"), "m1", "m2").Write(ReportFormat.Text);
        Assert.Contains("[KA0953]: (A) an interval of 2 s, but 1 s in keepalived.conf as m1\n", text, StringComparison.Ordinal);
        Assert.Contains(", as m1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_the_ids()
    {
        JsonElement root = JsonDocument.Parse(Report(Peers.Replace("@m2 priority 100", "@m2 priority 300") + "foo\n", "m1", "m2").Write(ReportFormat.Json)).RootElement;
        Assert.Equal(["m1", "m2"], root.GetProperty("files").EnumerateArray().Select(static file => file.GetProperty("configId").GetString()));
        Assert.Equal(
            ["KA0201 null", "KA0303 [m2]"],
            root.GetProperty("diagnostics").EnumerateArray().Where(static d => d.GetProperty("severity").GetString() == "error")
                .Select(static d => $"{d.GetProperty("code")} {Ids(d.GetProperty("configIds"))}"));
    }

    [Fact]
    public void Sarif_message_has_the_ids()
        => Assert.Contains("(read as m2)", Report(Peers + "@m2 foo\n", "m1", "m2").Write(ReportFormat.Sarif), StringComparison.Ordinal);

    private static string Ids(JsonElement ids)
        => ids.ValueKind == JsonValueKind.Null ? "null" : $"[{string.Join(' ', ids.EnumerateArray().Select(static id => id.GetString()))}]";
}
