using System.Text;
using System.Text.Json;
using KeepalivedAot.Base;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Reports;
using KeepalivedAot.Config.Writing;

namespace KeepalivedAot.Tests.Unit.Config.Reports;

/// <summary>What <c>check</c> writes, in each format.</summary>
public sealed class ReportTests
{
    private const string Secret = "Xq7Zw9Kv";

    private static CheckReport Report(params string[] files) => new([.. files.Select(static text => ConfigText.Load(text))]);

    private static JsonElement Json(CheckReport report) => JsonDocument.Parse(report.Write(ReportFormat.Json)).RootElement;

    private static JsonElement Sarif(CheckReport report) => JsonDocument.Parse(report.Write(ReportFormat.Sarif)).RootElement;

    private static JsonElement Run(CheckReport report) => Sarif(report).GetProperty("runs")[0];

    private static JsonElement Region(JsonElement located) => located.GetProperty("physicalLocation").GetProperty("region");

    [Fact]
    public void Clean_file_is_ok()
    {
        CheckReport report = new([ConfigText.Load("vrrp_instance A {\ninterface eth0\nvirtual_router_id 51\nvirtual_ipaddress {\n192.0.2.1/24\n}\n}\n")]);
        Assert.Equal("keepalived.conf: ok\n", report.Write(ReportFormat.Text));
        Assert.Equal(0, report.ExitStatus(strict: true));
    }

    [Fact]
    public void Summary_counts_each_severity()
    {
        string text = Report(ConfigText.File("priority 300\nadvert_int 300\npriority 100")).Write(ReportFormat.Text);
        Assert.EndsWith("\nkeepalived.conf: 2 errors, 1 warning\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_files_are_counted_together()
    {
        string text = Report("foo", "bar").Write(ReportFormat.Text);
        Assert.EndsWith("\n2 files: 2 errors\n", text, StringComparison.Ordinal);
        Assert.Contains("'foo'", text, StringComparison.Ordinal);
        Assert.Contains("'bar'", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("priority 100", false, 0)]
    [InlineData("priority 100", true, 0)]
    [InlineData("priority 100\npriority 100", false, 0)]
    [InlineData("priority 100\npriority 100", true, 1)]
    [InlineData("priority 300", false, 2)]
    [InlineData("priority 300", true, 2)]
    public void Exit_status_is_that_of_the_worst(string body, bool strict, int expected)
        => Assert.Equal(expected, Report(ConfigText.File(body)).ExitStatus(strict));

    [Fact]
    public void Worst_file_decides()
        => Assert.Equal(2, Report(ConfigText.File("priority 100"), "foo").ExitStatus(strict: false));

    [Fact]
    public void Findings_beyond_the_limit_count()
    {
        CheckReport report = Report(string.Concat(Enumerable.Repeat("foo\n", DiagnosticBag.Limit + 7)));
        Assert.Equal(DiagnosticBag.Limit + 7, report.Errors);
        Assert.Contains("and 7 more\n", report.Write(ReportFormat.Text), StringComparison.Ordinal);
        Assert.Equal(7, Json(report).GetProperty("summary").GetProperty("notShown").GetInt32());
    }

    [Fact]
    public void Json_finding_has_everything()
    {
        JsonElement found = Json(Report("global_defs {\n\tvrrp_versoin 3\n}\n")).GetProperty("diagnostics")[0];
        const string Expected = """
            {
                  "code": "KA0201",
                  "severity": "error",
                  "message": "unknown keyword 'vrrp_versoin' in 'global_defs'",
                  "file": "keepalived.conf",
                  "line": 2,
                  "column": 2,
                  "endLine": 2,
                  "endColumn": 14,
                  "configIds": null,
                  "help": "did you mean 'vrrp_version'?",
                  "why": "The line, with its block if it has one, is ignored.",
                  "related": [],
                  "chain": []
                }
            """;
        Assert.Equal(Expected, found.GetRawText());
    }

    [Fact]
    public void Json_names_related_places()
    {
        JsonElement found = Json(Report(ConfigText.File("") + ConfigText.File(""))).GetProperty("diagnostics").EnumerateArray().First(d => d.GetProperty("code").GetString() == "KA0210");
        JsonElement related = Assert.Single(found.GetProperty("related").EnumerateArray());
        Assert.Equal(("first defined here", 4, 15), (related.GetProperty("message").GetString(), related.GetProperty("line").GetInt32(), related.GetProperty("column").GetInt32()));
    }

    [Fact]
    public void Json_file_that_is_missing_has_no_line()
    {
        LoadResult missing = ConfigurationLoader.Load("gone.conf", new ConfigText.MemoryFiles(null));
        JsonElement json = Json(new CheckReport([missing]));
        JsonElement found = Assert.Single(json.GetProperty("diagnostics").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, found.GetProperty("line").ValueKind);
        Assert.Equal("gone.conf", found.GetProperty("file").GetString());
        Assert.False(json.GetProperty("files")[0].GetProperty("canRun").GetBoolean());
        JsonElement location = Run(new CheckReport([missing])).GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.False(location.TryGetProperty("region", out _));
    }

    [Fact]
    public void Json_counts_characters_and_sarif_utf16_units()
    {
        CheckReport report = Report("router 😀😀 {\n} 😀 foo\n}");
        JsonElement first = Json(report).GetProperty("diagnostics")[0];
        Assert.Equal("KA0201", first.GetProperty("code").GetString());
        CheckReport wide = Report(ConfigText.File("state \"😀\" x"));
        JsonElement json = Json(wide).GetProperty("diagnostics").EnumerateArray().First(d => d.GetProperty("code").GetString() == "KA0207");
        JsonElement region = Region(Run(wide).GetProperty("results").EnumerateArray().First(r => r.GetProperty("ruleId").GetString() == "KA0207").GetProperty("locations")[0]);
        Assert.Equal((11, 12), (json.GetProperty("column").GetInt32(), json.GetProperty("endColumn").GetInt32()));
        Assert.Equal((12, 13), (region.GetProperty("startColumn").GetInt32(), region.GetProperty("endColumn").GetInt32()));
    }

    [Fact]
    public void Sarif_names_the_release_when_it_is_told()
    {
        JsonElement log = JsonDocument.Parse(Report("foo").Write(ReportFormat.Sarif, toolVersion: "1.2.3")).RootElement;
        Assert.Equal("1.2.3", log.GetProperty("runs")[0].GetProperty("tool").GetProperty("driver").GetProperty("version").GetString());
    }

    [Fact]
    public void Sarif_has_what_its_schema_requires()
    {
        CheckReport report = Report(ConfigText.File("priority 300\npriority 100") + ConfigText.File(""));
        JsonElement log = Sarif(report);
        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        JsonElement run = Assert.Single(log.GetProperty("runs").EnumerateArray());
        JsonElement driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal("keepalived-aot", driver.GetProperty("name").GetString());
        JsonElement[] rules = [.. driver.GetProperty("rules").EnumerateArray()];
        Assert.All(rules, static rule =>
        {
            Assert.Matches("^KA[0-9]{4}$", rule.GetProperty("id").GetString());
            foreach (string text in new[] { "shortDescription", "fullDescription", "help" })
                Assert.NotEmpty(rule.GetProperty(text).GetProperty("text").GetString()!);
        });
        Assert.Equal(2, run.GetProperty("invocations")[0].GetProperty("exitCode").GetInt32());
        Assert.True(run.GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean());
        JsonElement[] results = [.. run.GetProperty("results").EnumerateArray()];
        Assert.Equal(report.Errors + report.Warnings, results.Length);
        Assert.All(results, result =>
        {
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
            Assert.Contains(result.GetProperty("level").GetString(), new[] { "error", "warning", "note" });
            Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
            JsonElement region = Region(result.GetProperty("locations")[0]);
            Assert.True(region.GetProperty("startLine").GetInt32() >= 1);
            Assert.True(region.GetProperty("startColumn").GetInt32() < region.GetProperty("endColumn").GetInt32());
        });
        JsonElement duplicate = results.First(r => r.GetProperty("ruleId").GetString() == "KA0210");
        Assert.Equal(4, Region(duplicate.GetProperty("relatedLocations")[0]).GetProperty("startLine").GetInt32());
    }

    [Theory]
    [InlineData("keepalived.conf", "keepalived.conf")]
    [InlineData("etc/a b%.conf", "etc/a%20b%25.conf")]
    [InlineData("/etc/keepalived/ä.conf", "file:///etc/keepalived/%C3%A4.conf")]
    [InlineData("<stdin>", "%3Cstdin%3E")]
    public void Sarif_path_is_a_uri(string path, string expected)
    {
        LoadResult result = ConfigurationLoader.Load(path, new ConfigText.MemoryFiles("foo\n"u8.ToArray()));
        JsonElement location = Run(new CheckReport([result])).GetProperty("results")[0].GetProperty("locations")[0];
        Assert.Equal(expected, location.GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString());
    }

    [Fact]
    public void Json_hasReplacementCharacters_whereANameIsNoText()
    {
        byte[] text = [.. "vrrp_instance caf"u8, 0xE9, .. " {\n interface eth0\n virtual_router_id 1\n virtual_ipaddress {\n 192.0.2.1/24\n }\n}\n"u8];
        using MemoryStream output = new();
        EffectiveConfiguration.WriteJson(ConfigText.Load(text).Configuration, output, showsSecrets: false);
        using JsonDocument json = JsonDocument.Parse(output.ToArray());
        Assert.Equal("caf\uFFFD", json.RootElement.GetProperty("vrrp_instance")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void Any_bytes_give_valid_json_without_the_password()
    {
        Prng prng = new(11);
        byte[] text = Encoding.UTF8.GetBytes(ConfigText.Valid.Replace("hunter2", Secret));
        // The word in front of the password stays whole (SecretTests changes that): without it and its blank nothing tells a password.
        int keyword = text.AsSpan().IndexOf("auth_pass "u8);
        ReadOnlySpan<byte> changes = [0xFF, 0xC3, 0xED, 0xA0, 0xF0, 0x80, 0, (byte)'"', (byte)'\\', (byte)'{', 0x1B, (byte)'x'];
        for (int i = 0; i < 2000; i++)
        {
            byte[] changed = [.. text];
            for (int j = 0; j < 3; j++)
            {
                int at = prng.Next(changed.Length);
                if (at < keyword - 1 || at >= keyword + "auth_pass ".Length)
                    changed[at] = changes[prng.Next(changes.Length)];
            }
            CheckReport report = new([ConfigText.Load(changed)]);
            foreach (ReportFormat format in (ReportFormat[])[ReportFormat.Json, ReportFormat.Sarif, ReportFormat.Text])
            {
                string written = report.Write(format);
                Assert.DoesNotContain(Secret, written, StringComparison.Ordinal);
                // Throws when it is no JSON; the strict encoder throws when it is no Unicode.
                if (format != ReportFormat.Text)
                    JsonDocument.Parse(new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(written));
            }
        }
    }
}
