using System.Text.Json;
using System.Text.RegularExpressions;
using KeepalivedAot.Simulation.Reports;
using KeepalivedAot.Simulation.Scenarios;
using static KeepalivedAot.Tests.Unit.Simulation.SimulatedRouters;

namespace KeepalivedAot.Tests.Unit.Simulation;

/// <summary>What people, programs and browsers are given of a run.</summary>
public sealed partial class TimelineTests
{
    private static SimulationRun Crash() => Run("t=10s crash m1\nt=30s start m1", Router(150), Router(100));

    [Fact]
    public void Text_tellsWhen_where_andWhy()
    {
        const string Expected = """
                0.000 s  m1  V1 BACKUP: started with priority 150
                0.000 s  m2  V1 BACKUP: started with priority 100
                3.414 s  m1  V1 MASTER: no router heard for 3.414 s (limit 3.414 s)
                3.414 s      10.0.0.100 is at m1
               10.000 s  !   crash m1
               10.000 s  m1  the daemon is gone
               10.000 s      10.0.0.100 is nowhere
               13.024 s  m2  V1 MASTER: no advertisement from 10.254.0.1 for 3.609 s (limit 3.609 s); its last one had priority 150
               13.024 s      10.0.0.100 is at m2
               30.000 s  !   start m1
               30.000 s  m1  the daemon runs
               30.000 s  m1  V1 BACKUP: started with priority 150
               33.414 s  m1  V1 MASTER: 10.254.0.2 advertises priority 100, lower than ours, 150
               33.414 s      10.0.0.100 is at m2 and m1; m1 announced it last
               33.414 s  m2  V1 BACKUP: 10.254.0.1 advertised priority 150, higher than ours, 100
               33.414 s      10.0.0.100 is at m1

            VRID 51 on eth0
              m1 V1  ░░░███████····················░░░███████████████████████████  MASTER 33.172 s
              m2 V1  ░░░░░░░░░░░░░████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░  MASTER 20.390 s
                     0 s                                                 60.000 s   █ MASTER  ░ BACKUP  × FAULT  · none
              first MASTER: 3.414 s; nobody afterwards: 3.024 s (from 10.000 s on); two at once: <0.001 s (from 33.414 s on)

            60.000 s of 2 routers, seed 1, run
            """;
        Assert.StartsWith(Expected, TimelineText.Write(Crash(), withLog: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_isAmongIt_whenItIsWanted()
    {
        SimulationRun run = Crash();
        Assert.DoesNotContain("Entering MASTER STATE", TimelineText.Write(run, withLog: false), StringComparison.Ordinal);
        Assert.Contains("m1  (V1) Entering MASTER STATE", TimelineText.Write(run, withLog: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_hasItAll()
    {
        using JsonDocument json = JsonDocument.Parse(TimelineJson.Write(Crash(), status: 0));
        JsonElement root = json.RootElement;
        Assert.Equal(1, root.GetProperty("version").GetInt32());
        Assert.Equal(0, root.GetProperty("status").GetInt32());
        JsonElement router = root.GetProperty("routers")[0];
        Assert.Equal(3.024, router.GetProperty("outage_seconds").GetDouble(), 0.001);
        Assert.InRange(router.GetProperty("dual_seconds").GetDouble(), 0.00001, 0.001);
        JsonElement phase = router.GetProperty("members")[1].GetProperty("phases")[1];
        Assert.Equal("MASTER", phase.GetProperty("state").GetString());
        Assert.StartsWith("no advertisement from 10.254.0.1", phase.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("m2", router.GetProperty("masters")[3].GetProperty("hosts")[0].GetString());
        Assert.Equal("crash m1", root.GetProperty("faults")[0].GetProperty("text").GetString());
        JsonElement places = root.GetProperty("addresses")[0].GetProperty("places");
        Assert.Equal(0, places[1].GetProperty("hosts").GetArrayLength());
        Assert.Empty(root.GetProperty("broken").EnumerateArray());
    }

    [Fact]
    public void Page_needsNothingElse_andEscapesWhatIsWritten()
    {
        string router = Router(150).Replace("V1", "\"<b>&\"", StringComparison.Ordinal);
        string page = TimelinePage.Write(Run("t=10s crash m1\nt=20s script chk fails on m1", router, Router(100)));
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;&amp;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        // A drawing is XML.
        foreach (Match drawing in Drawings().Matches(page))
            System.Xml.Linq.XDocument.Parse(drawing.Value);
        Assert.Single(Drawings().Matches(page));
    }

    [Fact]
    public void Page_drawsLanes_faults_andAdvertisements()
    {
        string page = TimelinePage.Write(Run("t=10s stop m1", Router(150), Router(100)));
        Assert.Contains("class=\"master\"", page, StringComparison.Ordinal);
        Assert.Contains("m2: MASTER 10.610 s to 60.000 s: ", page, StringComparison.Ordinal);
        Assert.Contains("m1 says that it stops (priority 0)", page, StringComparison.Ordinal);
        Assert.Contains("10.000 s: stop m1", page, StringComparison.Ordinal);
        // Seven of m1's, a second apart, and one for each second of m2's.
        Assert.Equal(7 + 50, Regex.Count(page, @"M[\d.]+ \d+v4"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(3600)]
    public void Axis_hasAFewMarks(int seconds)
    {
        int marks = Regex.Count(TimelinePage.Write(Run($"for {seconds}s", Router(150))), "class=\"axis\"");
        Assert.InRange(marks, 4, 12);
    }

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Drawings();
}
