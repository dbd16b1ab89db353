using System.Text.Json;
using KeepalivedAot.Daemon.Client;

namespace KeepalivedAot.Tests.Unit.Daemon.Control;

/// <summary>What people read of the status, the journal and its reasons.</summary>
public class StatusTextTests
{
    private const long Now = 1_796_024_100_000_000;

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static JsonElement Event(string kind, double secondsAgo, string rest)
        => Json($$"""{"seq":1,"unix_us":{{Now - (long)(secondsAgo * 1e6)}},"event":"{{kind}}",{{rest}}}""");

    private static List<string> Why(string instance, params JsonElement[] events)
        => [.. WhyText.Lines(Json(instance), events, Now).Select(static line => System.Text.RegularExpressions.Regex.Replace(line, @"\d\d:\d\d:\d\d", "TIME"))];

    private static string Instance(string state, string rest) => $$"""{"name":"VI_1","state":"{{state}}","since_unix_us":{{Now - 65_000_000}},"priority":100,"base_priority":100,"preempt":true,{{rest}}}""";

    [Fact]
    public void Master_says_why()
        => Assert.Equal(
            ["VI_1 is MASTER since TIME (1 m 5 s), because no advertisement from 10.0.0.2 for 3.61 s (limit 3.609 s); its last one had priority 150."],
            Why(Instance("MASTER", "\"cause\":\"master_silent\",\"reason\":\"no advertisement from 10.0.0.2 for 3.61 s (limit 3.609 s); its last one had priority 150\"")));

    [Fact]
    public void Chain_goes_back_to_the_script()
        => Assert.Equal(
            [
                "VI_1 is BACKUP since TIME (1 m 5 s), because 10.0.0.3 advertised priority 100, higher than ours, 90 (script chk failed).",
                "  Its priority is 90 instead of 150: script chk failed.",
                "  10.0.0.3 is MASTER, with priority 100; this router has 90, and takes over when nothing is heard from there for 3.648 s.",
                "  script chk failed at TIME.",
                "  Before that:",
                "    TIME  BACKUP -> MASTER: no router heard for 3 s (limit 3 s)",
            ],
            Why(
                """
                {"name":"VI_1","state":"BACKUP","since_unix_us":1796024035000000,"priority":90,"base_priority":150,"priority_reason":"script chk failed","preempt":true,
                 "down_interval_us":3648437,"master":{"address":"10.0.0.3","priority":100},"cause":"higher_priority_heard",
                 "reason":"10.0.0.3 advertised priority 100, higher than ours, 90 (script chk failed)"}
                """,
                Event("transition", 500, "\"instance\":\"VI_1\",\"from\":\"BACKUP\",\"to\":\"MASTER\",\"reason\":\"no router heard for 3 s (limit 3 s)\""),
                Event("tracked", 67, "\"kind\":\"script\",\"name\":\"chk\",\"reason\":\"script chk failed\""),
                Event("tracked", 66, "\"kind\":\"script\",\"name\":\"other\",\"reason\":\"script other failed\""),
                Event("transition", 65, "\"instance\":\"VI_1\",\"from\":\"MASTER\",\"to\":\"BACKUP\",\"reason\":\"10.0.0.3 advertised\"")));

    [Theory]
    [InlineData("\"preempt\":false", "  Its own priority is higher, but with nopreempt it takes nothing away from a router that works.")]
    [InlineData("\"preempt\":true,\"yielding\":true", "  It gave its role up on request, so it follows whoever has it until that one is silent or gives it up itself.")]
    public void Backup_with_the_higher_priority_says_why_it_waits(string rest, string expected)
        => Assert.Contains(expected, Why($$"""{"name":"VI_1","state":"BACKUP","priority":200,"base_priority":200,"down_interval_us":3000000,"master":{"address":"10.0.0.3","priority":100},"reason":"x",{{rest}}}"""));

    [Fact]
    public void Priority_of_a_reload_is_traced_to_it()
    {
        JsonElement[] events =
        [
            Event("transition", 500, "\"instance\":\"VI_1\",\"from\":\"BACKUP\",\"to\":\"MASTER\",\"reason\":\"no router heard for 3 s\""),
            Event("priority", 66, "\"instance\":\"VI_2\",\"priority\":50"),
            Event("priority", 66, "\"instance\":\"VI_1\",\"priority\":50"),
            Event("reloaded", 65.9, "\"reason\":\"reload: 1 changed in place\""),
            Event("transition", 65, "\"instance\":\"VI_1\",\"from\":\"MASTER\",\"to\":\"BACKUP\",\"reason\":\"x\""),
        ];
        const string Line = "  Its priority is 50 since the reload at TIME.";
        string Backup(int ours) => Instance("BACKUP", $"\"cause\":\"higher_priority_heard\",\"reason\":\"10.0.0.3 advertised priority 100, higher than ours, {ours}\"");
        Assert.Contains(Line, Why(Backup(50), events));
        // Another number, or one that somebody changed by hand, or long ago.
        Assert.DoesNotContain(Line, Why(Backup(501), events));
        Assert.DoesNotContain(Line, Why(Backup(5), events));
        Assert.DoesNotContain(Line, Why(Backup(50), [.. events[..3], .. events[4..]]));
        Assert.DoesNotContain(Line, Why(Backup(50), [.. events[1..4], events[0], events[4]]));
    }

    [Fact]
    public void Fault_says_what_keeps_it_there()
        => Assert.Contains("  What keeps it in FAULT: the interface is down.", Why(Instance("FAULT", "\"faults\":\"the interface is down\",\"cause\":\"fault_raised\",\"reason\":\"interface eth0 is down\"")));

    [Fact]
    public void Escape_sequences_in_names_do_not_reach_the_terminal()
    {
        string line = Why("""{"name":"a\u001b[2Jb","state":"MASTER","reason":"\u001b]0;x\u0007"}""")[0];
        Assert.DoesNotContain(line, char.IsControl);
        Assert.DoesNotContain(EventText.Line(Event("request", 1, "\"instance\":\"\\u001b[2J\",\"reason\":\"\\r\\n\"")), char.IsControl);
    }

    [Fact]
    public void Values_of_another_release_or_none_do_no_harm()
        => Assert.Equal("? is ?, because .", Assert.Single(Why("{}", Json("{}"), Json("""{"event":5,"reason":[]}"""))));

    [Theory]
    [InlineData("90", 90)]
    [InlineData("90s", 90)]
    [InlineData("30m", 1800)]
    [InlineData("2h", 7200)]
    [InlineData("366d", 31622400)]
    [InlineData("0", -1)]
    [InlineData("367d", -1)]
    [InlineData("-1", -1)]
    [InlineData("1w", -1)]
    [InlineData("m", -1)]
    [InlineData("", -1)]
    [InlineData("99999999999999999999h", -1)]
    public void Lengths_of_time(string text, long expected)
        => Assert.Equal(expected, KeepalivedAot.CommandLine.ControlVerbs.TryParseLength(text, out long seconds) ? seconds : -1);
}
