using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Reference;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Toml;

namespace KeepalivedAot.Tests.Unit.Config.Toml;

public sealed class SettingsTests
{
    private const string Path = "keepalived-aot.toml";

    [Theory]
    [InlineData("[memory]\ntrim = false\ntrim_delay = 30\n")]
    [InlineData("memory.trim = false\nmemory . trim_delay = 30")]
    [InlineData("memory = { trim = false, trim_delay = 0x1e }")]
    [InlineData("\uFEFF# ä\r\n[ \"memory\" ] # é\r\n'trim' = false\r\ntrim_delay = 3_0 # ö\r\n")]
    public void Settings_are_read_however_TOML_lets_them_be_written(string text)
    {
        LoadResult result = Load(text);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(new Settings { TrimsMemory = false, TrimDelay = Duration.FromSeconds(30) }, result.Settings);
    }

    [Fact]
    public void Settings_of_mail_are_read()
    {
        LoadResult result = Load(
            "[smtp]\ntls = \"starttls\"\ntls_ca = '/etc/ca.pem'\ntls_name = \"mail.example.org\"\ntls_verify = false\nuser = \"router\"\npassword_file = \"/etc/pw\"\n");
        Assert.Empty(result.Diagnostics);
        SmtpSettings smtp = result.Settings.Smtp;
        Assert.Equal(
            (SmtpTls.StartTls, "/etc/ca.pem", "mail.example.org", false, "router", "/etc/pw"),
            (smtp.Tls, smtp.Authorities, smtp.ServerName, smtp.Verifies, smtp.User, smtp.PasswordFile));
    }

    [Fact]
    public void Settings_of_the_log_are_read()
    {
        LoadResult result = Load("[log]\nformat = \"json\"\nsyslog = \"rfc5424\"\n");
        Assert.Empty(result.Diagnostics);
        Assert.Equal(new LogSettings { Format = LogFormat.Json, Syslog = SyslogFormat.Rfc5424 }, result.Settings.Log);
        Assert.Equal(SyslogFormat.Journal, Load("log.syslog = \"journal\"").Settings.Log.Syslog);
        result = Load("[log]\nformat = \"xml\"\nsyslog = \"JOURNAL\"\n");
        Assert.Equal(["KA0810", "KA0810"], result.Diagnostics.Select(static d => d.Code));
        Assert.Equal(new LogSettings(), result.Settings.Log);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only\n\n  # comments\r\n")]
    [InlineData("[memory]\n")]
    [InlineData("# ä\n")]
    public void Settings_that_are_left_out_have_their_defaults(string text)
    {
        LoadResult result = Load(text);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(Settings.Default, result.Settings);
    }

    [Theory]
    // Syntax.
    [InlineData("[memory]\ntrim = yes\n", "KA0801", 2, 8)]
    [InlineData("[memory]\ntrim\n", "KA0801", 2, 5)]
    [InlineData("[memory\ntrim = true\n", "KA0801", 1, 8)]
    [InlineData("memory trim = true\n", "KA0801", 1, 8)]
    [InlineData("x = \"a\n", "KA0801", 1, 7)]
    // Names.
    [InlineData("[memry]\ntrim = true\ntrim_delay = 3\n", "KA0802", 1, 2)]
    [InlineData("[memory]\ntrm = true\n", "KA0802", 2, 1)]
    [InlineData("é = 1\n", "KA0801", 1, 1)]
    [InlineData("\"ü\".\"é\" = 1\n", "KA0802", 1, 1)]
    [InlineData("memory.\"é\" = 1\n", "KA0802", 1, 8)]
    [InlineData("memory.trim.x = 1\n", "KA0802", 1, 8)]
    [InlineData("trim = true\n", "KA0802", 1, 1)]
    // Values.
    [InlineData("[memory]\n\"trim\" = \"é\"\n", "KA0803", 2, 10)]
    [InlineData("memory.trim_delay = 1.5\n", "KA0803", 1, 21)]
    [InlineData("memory.trim_delay = 1979-05-27\n", "KA0803", 1, 21)]
    [InlineData("memory.trim = [true]\n", "KA0803", 1, 15)]
    [InlineData("memory = 3\n", "KA0803", 1, 10)]
    [InlineData("[[memory]]\ntrim = true\n", "KA0803", 1, 3)]
    [InlineData("memory.trim_delay = 0\n", "KA0804", 1, 21)]
    [InlineData("memory.trim_delay = 3601\n", "KA0804", 1, 21)]
    [InlineData("memory.trim_delay = -9223372036854775808\n", "KA0804", 1, 21)]
    [InlineData("memory.trim = true\nmemory.trim = false\n", "KA0805", 2, 8)]
    [InlineData("[memory]\n[memory]\n", "KA0805", 2, 2)]
    [InlineData("[checkers]\nport = 1\n[checkers.tls]\n", "KA0806", 1, 2)]
    [InlineData("checkers.mode = 1\n", "KA0806", 1, 1)]
    // Texts, and what does not go together.
    [InlineData("[smtp]\ntls = \"ssl\"\n", "KA0810", 2, 7)]
    [InlineData("[smtp]\ntls = true\n", "KA0803", 2, 7)]
    [InlineData("[smtp]\ntls = \"TLS\"\n", "KA0810", 2, 7)]
    [InlineData("[smtp]\ntls_ca = \"ca.pem\"\n", "KA0810", 2, 10)]
    [InlineData("[smtp]\ntls_name = \"a b\"\n", "KA0810", 2, 12)]
    [InlineData("[smtp]\ntls_verify = \"no\"\n", "KA0803", 2, 14)]
    [InlineData("[smtp]\npassword_file = \"/a\\nb\"\nuser=\"\"\n", "KA0810", 2, 17)]
    [InlineData("[smtp]\npassword = \"x\"\n", "KA0802", 2, 1)]
    [InlineData("[smtp]\ntls = \"tls\"\nuser = \"u\"\n", "KA0811", 3, 8)]
    [InlineData("[smtp]\ntls = \"tls\"\npassword_file = \"/p\"\n", "KA0811", 3, 17)]
    [InlineData("[smtp]\nuser = \"u\"\npassword_file = \"/p\"\n", "KA0811", 2, 8)]
    [InlineData("[metrics]\nlisten = 9650\n", "KA0803", 2, 10)]
    [InlineData("[metrics]\nlisten = \"9650\"\n", "KA0810", 2, 10)]
    [InlineData("[metrics]\nlisten = \":9650\"\n", "KA0810", 2, 10)]
    [InlineData("[metrics]\nlisten = \"localhost:9650\"\n", "KA0810", 2, 10)]
    [InlineData("[metrics]\nlisten = \"127.0.0.1\"\n", "KA0810", 2, 10)]
    [InlineData("[metrics]\nlisten = \"127.0.0.1:0\"\n", "KA0810", 2, 10)]
    [InlineData("[metrics]\nlisten = \"127.0.0.1:65536\"\n", "KA0810", 2, 10)]
    [InlineData("[metrics]\nlisten = \"127.0.0.1:+1\"\n", "KA0810", 2, 10)]
    [InlineData("[metrics]\nlisten = \"[127.0.0.1]:9650\"\n", "KA0810", 2, 10)]
    [InlineData("[metrics]\nlisten = \"::1:9650\"\n", "KA0810", 2, 10)]
    [InlineData("[metrics]\nlisten = \"[::1]\"\n", "KA0810", 2, 10)]
    [InlineData("[metrics]\nlisten = \"[fe80::1%eth0]:9650\"\n", "KA0810", 2, 10)]
    [InlineData("[metrics]\nlisten = \"224.0.0.1:9650\"\n", "KA0810", 2, 10)]
    [InlineData("[metrics]\nlisten = \"run/metrics\"\n", "KA0810", 2, 10)]
    [InlineData("[metrics]\nlisten = \"/run/\"\n", "KA0810", 2, 10)]
    [InlineData("[metrics]\nport = 9650\n", "KA0802", 2, 1)]
    [InlineData("[watch]\nenabled = \"no\"\n", "KA0803", 2, 11)]
    [InlineData("[watch]\nnotify = true\n", "KA0803", 2, 10)]
    [InlineData("[watch]\nnotify = \"conflict.sh\"\n", "KA0810", 2, 10)]
    [InlineData("[watch]\nnotify = \"/bin/x 'a\"\n", "KA0810", 2, 10)]
    [InlineData("[watch]\nnotify = \"/bin/x\\ny\"\n", "KA0810", 2, 10)]
    // Text.
    [InlineData("# a\0\n", "KA0808", 1, 4)]
    [InlineData("memory.trim = true\u0001\n", "KA0801", 1, 19)]
    public void Mistake_is_reported_once_where_it_stands(string text, string code, int line, int column)
    {
        Diagnostic found = Assert.Single(Load(text).Diagnostics);
        Assert.Equal((code, line, column), (found.Code, found.Location.Line, found.Location.Column));
    }

    [Theory]
    [InlineData("127.0.0.1:9650")]
    [InlineData("0.0.0.0:1")]
    [InlineData("[::1]:65535")]
    [InlineData("[fd00::1]:9650")]
    [InlineData("/run/keepalived/metrics.sock")]
    public void Place_of_metrics_is_read_and_shown_again(string text)
    {
        LoadResult result = Load($"[metrics]\nlisten = \"{text}\"\n");
        Assert.Empty(result.Diagnostics);
        Assert.Equal(text, result.Settings.MetricsListen?.ToString());
    }

    [Fact]
    public void Watch_is_on_and_runs_nothing_unless_it_is_told_to()
    {
        Assert.Equal((true, null), (Settings.Default.Watch.IsEnabled, Settings.Default.Watch.Notify));
        LoadResult result = Load("[watch]\nenabled = false\nnotify = \"/usr/local/bin/conflict.sh --mail 'the admins'\"\n");
        Assert.Empty(result.Diagnostics);
        Assert.False(result.Settings.Watch.IsEnabled);
        Assert.Equal("/usr/local/bin/conflict.sh --mail 'the admins'", result.Settings.Watch.Notify!.Command);
        Assert.Null(Load("[watch]\nnotify = \"\"\n").Settings.Watch.Notify);
    }

    [Fact]
    public void Place_of_metrics_is_no_longer_than_a_socket_may_be()
    {
        string longest = $"/{new string('x', 106)}";
        Assert.Equal(longest, Load($"[metrics]\nlisten = \"{longest}\"\n").Settings.MetricsListen?.Path);
        Assert.Equal("KA0810", Assert.Single(Load($"[metrics]\nlisten = \"{longest}x\"\n").Diagnostics).Code);
        Assert.Null(Load("[metrics]\nlisten = \"\"\n").Settings.MetricsListen);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_reported_where_they_stand()
    {
        Diagnostic found = Assert.Single(Load([.. "a = 1\n# "u8, 0xFC, .. "\n"u8]).Diagnostics);
        Assert.Equal(("KA0808", 2, 3), (found.Code, found.Location.Line, found.Location.Column));
    }

    [Theory]
    [InlineData("[memry]\n", "did you mean 'memory'?")]
    [InlineData("[memory]\ntrim_dealy = 3\n", "did you mean 'trim_delay'?")]
    [InlineData("trim = true\n", "it belongs into the table [memory]")]
    [InlineData("[xyzzy]\n", null)]
    public void Unknown_setting_gets_a_suggestion_when_one_is_near(string text, string? expected)
        => Assert.Equal(expected, Assert.Single(Load(text).Diagnostics).Suggestion);

    [Fact]
    public void Mistakes_come_out_together_and_leave_the_rest_alone()
    {
        LoadResult result = Load("[memory]\ntrim = = false\ntrim_delay = 5\nx = 1\n[checkers]\nsize = 1\n");
        Assert.Equal(["KA0801", "KA0802", "KA0806"], result.Diagnostics.Select(static d => d.Code).Order());
        Assert.Equal(Duration.FromSeconds(5), result.Settings.TrimDelay);
        Assert.True(result.CanRun);
        Assert.Equal(5, result.TestExitStatus);
        Assert.Equal(0, result.StartExitStatus);
    }

    [Fact]
    public void Finding_is_shown_with_its_line()
        => Assert.Equal(
            """
            keepalived-aot.toml:3:1: error [KA0802]: unknown setting 'trim_dealy' in the table 'memory'
                trim_dealy = 30
                ^~~~~~~~~~
              help: did you mean 'trim_delay'?
              why: Nobody reads it, so whatever it is for does not happen.

            """,
            Render(Load("# é\n[memory]\ntrim_dealy = 30\n")));

    [Fact]
    public void Secret_of_an_unknown_setting_is_masked()
    {
        string text = Render(Load("[smpt]\npassword = \"hunter2\"\nsecret = hunter3\n"));
        Assert.DoesNotContain("hunter", text, StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_was_named_and_is_not_there_is_a_mistake()
        => Assert.Equal("KA0807", Assert.Single(SettingsLoader.Load("none.toml", new TextFiles()).Diagnostics).Code);

    [Fact]
    public void Findings_join_those_of_the_configuration()
    {
        TextFiles files = new() { ["f"] = "nonsense\n", ["s"] = "x = 1\n" };
        LoadResult result = ConfigurationLoader.Load("f", files).WithSettings("s", files);
        Assert.Equal(["f:1:1", "s:1:1"], result.Diagnostics.Select(static d => d.Location.ToString()));
    }

    [Fact]
    public void Every_explanation_of_the_settings_is_true()
    {
        foreach ((string code, Explanation explanation) in Explanations.All.Where(static row => row.Key.StartsWith("KA08", StringComparison.Ordinal)))
        {
            if (explanation.Wrong is null)
                continue;
            Assert.Equal([code], Load(explanation.Wrong).Diagnostics.Select(static d => d.Code));
            Assert.Empty(Load(explanation.Right!).Diagnostics);
        }
    }

    [Fact]
    public void Sample_file_is_what_the_table_says()
    {
        string path = System.IO.Path.Combine(Repository.Root, "rootfs/etc/keepalived/keepalived-aot.toml");
        if (Environment.GetEnvironmentVariable("KEEPALIVED_AOT_REWRITE_GOLDEN") == "1")
            File.WriteAllText(path, SettingsText.Sample());
        Assert.Equal(SettingsText.Sample(), File.ReadAllText(path));
    }

    [Fact]
    public void Sample_file_with_its_settings_uncommented_is_right_and_changes_nothing()
    {
        string[] lines = SettingsText.Sample().Split('\n');
        string text = string.Join('\n', lines.Select(static line => line.StartsWith("# [", StringComparison.Ordinal) || line.Contains(" = ", StringComparison.Ordinal) ? line[2..] : line));
        LoadResult result = Load(text);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(Settings.Default, result.Settings);
    }

    [Fact]
    public void Explanation_of_a_setting_says_what_it_takes()
    {
        Assert.All(SettingsText.Names, static name => Assert.Contains("default", SettingsText.Explain(name)!, StringComparison.Ordinal));
        Assert.Contains("a whole number from 1 to 3600", SettingsText.Explain("memory.trim_delay")!, StringComparison.Ordinal);
        Assert.Null(SettingsText.Explain("memory"));
    }

    public static TheoryData<string, string> Hostile() => new()
    {
        { "a file of 100 MB is not read", "large" },
        { "brackets", new string('[', 10_000) },
        { "value brackets", "a = " + new string('[', 10_000) },
        { "inline tables", "a = " + string.Concat(Enumerable.Repeat("{a=", 10_000)) },
        { "dotted key", string.Join('.', Enumerable.Repeat("a", 30_000)) + " = 1" },
        { "equals signs", new string('=', SettingsLoader.LongestFile) },
        { "lines of nothing", string.Concat(Enumerable.Repeat("=\n", SettingsLoader.LongestFile / 2)) },
        { "one text", "a = \"" + new string('x', 60_000) },
        { "one key", new string('x', 60_000) + " = 1" },
        { "one huge number", "memory.trim_delay = " + new string('9', 60_000) },
        { "tables", string.Concat(Enumerable.Repeat("[a]\n", 16_000)) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_file_ends_in_findings(string what, string text)
    {
        long before = GC.GetTotalAllocatedBytes();
        Stopwatch watch = Stopwatch.StartNew();
        LoadResult result = what.StartsWith("a file", StringComparison.Ordinal) ? Load(new byte[100 << 20]) : Load(text);
        Assert.NotEmpty(result.Diagnostics);
        Assert.True(Render(result).Length < 2 << 20);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 256 << 20, $"{(GC.GetTotalAllocatedBytes() - before) >> 20} MiB");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }

    [Fact]
    public void Damaged_files_never_throw()
    {
        byte[] good = Encoding.UTF8.GetBytes("# é\n[memory]\ntrim = false # x\ntrim_delay = 30\nother = [1, { a = \"b\", c = '''d''' }, 1979-05-27T07:32:00Z]\nx.y.\"z\" = 1e3\n");
        ReadOnlySpan<byte> interesting = "[]{}\"'=.,#\\\n\r\0 \xFF"u8;
        for (ulong seed = 1; seed <= 3000; seed++)
        {
            Prng random = new(seed);
            byte[] content = [.. good];
            for (int i = random.Next(6); i >= 0; i--)
            {
                int at = random.Next(content.Length);
                content = random.Next(3) switch
                {
                    0 => [.. content[..at], interesting[random.Next(interesting.Length)], .. content[at..]],
                    1 => [.. content[..at], .. content[Math.Min(content.Length, at + 1 + random.Next(8))..], (byte)'x'],
                    _ => [.. content[..at], (byte)random.Next(256), .. content[(at + 1)..]],
                };
            }
            Render(Load(content));
        }
    }

    private static LoadResult Load(string text) => Load(Encoding.UTF8.GetBytes(text));

    private static LoadResult Load(byte[] content) => SettingsLoader.Load(Path, new OneFile(content));

    private static string Render(LoadResult result) => new DiagnosticRenderer(result.Sources).Render(result.Diagnostics);

    private sealed class OneFile(byte[] bytes) : IConfigFiles
    {
        public bool TryRead(string path, [NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out string? problem)
        {
            (content, problem) = (bytes, null);
            return true;
        }
    }
}
