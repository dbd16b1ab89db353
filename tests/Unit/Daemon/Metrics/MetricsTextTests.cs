using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Control;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Daemon.Metrics;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Daemon.Metrics;

/// <summary>The text with all metrics: both formats, escaping, slices, and that what is written of them elsewhere is true.</summary>
public sealed partial class MetricsTextTests : ILogSink
{
    private const int Capacity = 32 << 10;

    private readonly WakeupLateness _lateness = new();

    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line)
    {
        // Nobody reads it.
    }

    private static string Instances(int count)
    {
        StringBuilder text = new();
        for (int i = 1; i <= count; i++)
            text.Append(CultureInfo.InvariantCulture, $"vrrp_instance V{i} {{\ninterface eth0\nvirtual_router_id {i}\npriority 100\nvirtual_ipaddress {{\n10.0.{i}.100/24\n10.0.{i}.101\n}}\n}}\n");
        return text.ToString();
    }

    private static ModelRouter Router(string configuration)
    {
        ModelWorld world = new();
        world.SetLink(2, "eth0");
        world.AddForeign(2, "10.0.0.1", 24);
        ModelRouter router = new(world, configuration);
        router.Advance(3.7);
        router.Settle();
        return router;
    }

    private MetricsSource SourceOf(ModelRouter router) => new()
    {
        Vrrp = router.Module,
        Interfaces = new InterfaceTable(new Log(this)),
        Lateness = _lateness,
        Now = () => router.World.Now,
        Started = UnixTime.FromSeconds(1_700_000_000),
        Journal = new EventJournal(static () => UnixTime.FromSeconds(1_700_000_000), new Log(this)),
    };

    private static string Write(MetricsSource source, bool openMetrics = false, int capacity = Capacity, Action? between = null)
    {
        MetricsScrape scrape = new(source);
        MetricsText text = new(capacity) { IsOpenMetrics = openMetrics };
        StringBuilder all = new();
        scrape.Begin();
        for (bool hasMore = true; hasMore;)
        {
            text.CutBackTo(0);
            hasMore = scrape.WriteSlice(text);
            all.Append(Encoding.UTF8.GetString(text.Written));
            between?.Invoke();
        }
        return all.ToString();
    }

    [Fact]
    public void Text_ofAnInstance_hasTheNamesLabelsAndNumbersOfTheExporter()
    {
        string text = Write(SourceOf(Router(Instances(1))));
        Assert.Contains("# HELP keepalived_up Whether keepalived is running: 1\n# TYPE keepalived_up gauge\nkeepalived_up 1\n", text, StringComparison.Ordinal);
        Assert.Contains("keepalived_vrrp_state{iname=\"V1\",intf=\"eth0\",vrid=\"1\",ip_address=\"10.0.1.100/24\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("keepalived_vrrp_state{iname=\"V1\",intf=\"eth0\",vrid=\"1\",ip_address=\"10.0.1.101\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE keepalived_become_master_total counter\nkeepalived_become_master_total{iname=\"V1\",intf=\"eth0\",vrid=\"1\",state=\"MASTER\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("keepalived_gratuitous_arp_delay_total{iname=\"V1\",intf=\"eth0\",vrid=\"1\",state=\"MASTER\"} 5\n", text, StringComparison.Ordinal);
        Assert.Contains("keepalived_aot_priority{iname=\"V1\",intf=\"eth0\",vrid=\"1\"} 100\n", text, StringComparison.Ordinal);
        Assert.Contains("keepalived_aot_transitions_total{iname=\"V1\",intf=\"eth0\",vrid=\"1\",reason=\"nobody_heard\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE keepalived_aot_build_info gauge\nkeepalived_aot_build_info{version=\"", text, StringComparison.Ordinal);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("# EOF", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Address_thatIsGivenTwice_isThereOnce()
    {
        string text = Write(SourceOf(Router("vrrp_instance V1 {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n10.0.1.9\n10.0.1.9\n10.0.1.9/32 dev eth0\n10.0.1.9/24\n10.0.1.9/24\n}\n}\n")));
        Assert.Equal(
            ["10.0.1.9", "10.0.1.9/24"],
            text.Split('\n').Where(static line => line.StartsWith("keepalived_vrrp_state{", StringComparison.Ordinal)).Select(static line => line.Split("ip_address=\"")[1].Split('"')[0]));
    }

    [Fact]
    public void OpenMetrics_namesFamiliesWithoutTheirSuffixes_andEnds()
    {
        string text = Write(SourceOf(Router(Instances(1))), openMetrics: true);
        Assert.Contains("# TYPE keepalived_become_master counter\nkeepalived_become_master_total{", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE keepalived_aot_build info\nkeepalived_aot_build_info{", text, StringComparison.Ordinal);
        Assert.EndsWith("\n# EOF\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Counters_carryTheStateOfTheMoment()
    {
        ModelRouter router = Router(Instances(1));
        router.World.SetLink(2, "eth0", isUp: false);
        router.Settle();
        Assert.Equal(VrrpState.Fault, router.State);
        string text = Write(SourceOf(router));
        Assert.Contains("keepalived_release_master_total{iname=\"V1\",intf=\"eth0\",vrid=\"1\",state=\"FAULT\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("ip_address=\"10.0.1.101\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("reason=\"fault_raised\"} 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Lateness_isAHistogram()
    {
        _lateness.Record(Duration.FromNanoseconds(500));
        _lateness.Record(Duration.FromMicroseconds(20));
        _lateness.Record(Duration.FromSeconds(100));
        string text = Write(SourceOf(Router(Instances(1))));
        Assert.Contains("lateness_seconds_bucket{le=\"1e-06\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("lateness_seconds_bucket{le=\"1.6e-05\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("lateness_seconds_bucket{le=\"3.2e-05\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("lateness_seconds_bucket{le=\"0.000128\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("lateness_seconds_bucket{le=\"4.194304\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("lateness_seconds_bucket{le=\"+Inf\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("lateness_seconds_sum 100.0000205\n", text, StringComparison.Ordinal);
        Assert.Contains("lateness_seconds_count 3\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\"b\\c\nd", "a\\\"b\\\\c\\nd")]
    [InlineData("ünï", "ünï")]
    [InlineData("a\uEF80b", "a\uFFFDb")]
    [InlineData("\"", "\\\"")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Label_isEscaped(string? value, string expected)
    {
        MetricFamily family = new("x", MetricKind.Gauge, "X", "", static _ => 0, static (_, _, _, _, _) => false);
        MetricsText text = new(Capacity);
        text.Begin(family);
        text.Label("name"u8, value);
        text.Label("le"u8, "1"u8);
        text.End(-5L);
        Assert.Equal($"x{{name=\"{expected}\",le=\"1\"}} -5\n", Encoding.UTF8.GetString(text.Written));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "0.000000001")]
    [InlineData(1_500_000_000, "1.5")]
    [InlineData(-20_000_000, "-0.02")]
    [InlineData(7_000_000_000, "7")]
    public void Seconds_areExact(long nanoseconds, string expected)
    {
        MetricFamily family = new("x", MetricKind.Gauge, "X", "", static _ => 0, static (_, _, _, _, _) => false);
        MetricsText text = new(Capacity);
        text.Begin(family);
        text.End(Duration.FromNanoseconds(nanoseconds));
        Assert.Equal($"x {expected}\n", Encoding.UTF8.GetString(text.Written));
    }

    [Theory]
    [InlineData(Capacity)]
    [InlineData(6000)]
    public void Slices_areTheSameText_however_muchFitsInOne(int capacity)
    {
        ModelRouter router = Router(Instances(200));
        MetricsSource source = SourceOf(router);
        // What measures the process itself changes from one text to the next.
        string whole = WithoutProcess(Write(source, openMetrics: true, capacity: 4 << 20));
        int slices = 0;
        Assert.Equal(whole, WithoutProcess(Write(source, openMetrics: true, capacity, () => slices++)));
        Assert.True(slices > 20, $"{slices} slices");
    }

    [Fact]
    public void Slice_isNotLongerThanItMayBe()
    {
        MetricsSource source = SourceOf(Router(Instances(255)));
        MetricsScrape scrape = new(source);
        MetricsText text = new(Capacity);
        scrape.Begin();
        bool hasMore;
        do
        {
            text.CutBackTo(0);
            hasMore = scrape.WriteSlice(text);
            // Some items have more than one sample: the addresses of an instance come one by one, its reasons together.
            Assert.InRange(Encoding.UTF8.GetString(text.Written).Count(static c => c == '\n'), 0, 3 * MetricsScrape.SliceSamples);
        }
        while (hasMore);
    }

    [Fact]
    public void Reload_betweenSlices_neitherRepeatsNorLosesAnInstance()
    {
        ModelRouter router = Router(Instances(100));
        int reloads = 0;
        string text = Write(SourceOf(router), capacity: 4000, between: () =>
        {
            if (reloads++ < 5)
                router.Reload(Instances(100 - reloads * 10));
        });
        Assert.Equal(5, Math.Min(5, reloads));
        string[] samples = [.. text.Split('\n').Where(static line => line.Length > 0 && line[0] != '#').Select(static line => line[..line.LastIndexOf(' ')])];
        Assert.Equal(samples.Length, samples.Distinct().Count());
        Assert.Equal(100, samples.Count(static line => line.StartsWith("keepalived_aot_priority{", StringComparison.Ordinal)));
    }

    [Fact]
    public void Sample_thatFitsNowhere_isLeftOut_andTheOthersCome()
    {
        string name = new('n', 3000);
        ModelRouter router = Router(Instances(1).Replace("V1", name, StringComparison.Ordinal) + Instances(2)[Instances(1).Length..]);
        string text = Write(SourceOf(router), capacity: 2500);
        Assert.DoesNotContain(name, text, StringComparison.Ordinal);
        Assert.Contains("keepalived_aot_priority{iname=\"V2\"", text, StringComparison.Ordinal);
        Assert.Contains("keepalived_aot_build_info", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Conflicts_areCountedByKind_fromZeroOn()
    {
        ModelRouter router = Router(Instances(1));
        MacAddress other = new(0x0200_0000_00AA);
        string before = Write(SourceOf(router));
        Assert.Equal(5, before.Split('\n').Count(static line => line.StartsWith("keepalived_aot_conflicts_total{", StringComparison.Ordinal) && line.EndsWith(" 0", StringComparison.Ordinal)));
        for (int second = 0; second < 4; second++)
        {
            router["V1"].Router.OnAddressClaimed(IpAddress.Parse("10.0.1.100"), other, isWish: false, router.World.Now);
            router.Advance(1);
        }
        Assert.Contains("keepalived_aot_conflicts_total{iname=\"V1\",intf=\"eth0\",vrid=\"1\",kind=\"address_claimed\"} 1\n", Write(SourceOf(router)), StringComparison.Ordinal);
    }

    [Fact]
    public void Reloads_andMaintenance_areLeftOutWhereThereWasNone()
    {
        ReloadCounts reloads = new();
        MaintenanceMode.Details? maintenance = null;
        MetricsSource source = SourceOf(Router(Instances(1)));
        MetricsSource told = new()
        {
            Vrrp = source.Vrrp, Interfaces = source.Interfaces, Lateness = source.Lateness, Now = source.Now, Started = source.Started, Journal = source.Journal,
            Reloads = reloads, Maintenance = () => maintenance,
        };
        string[] before = Samples(Write(told));
        Assert.Equal(
            ["keepalived_aot_reloads_total{outcome=\"accepted\"} 0", "keepalived_aot_reloads_total{outcome=\"refused\"} 0", "keepalived_aot_maintenance 0"], before);
        reloads.Add(new ReloadOutcome(UnixTime.FromSeconds(1_700_000_001), Duration.FromMilliseconds(1250), null, "", "1 kept"));
        reloads.Add(new ReloadOutcome(UnixTime.FromSeconds(1_700_000_002), Duration.FromMilliseconds(250), "wrong", "", null));
        maintenance = new MaintenanceMode.Details(UnixTime.FromSeconds(1_700_000_003), UnixTime.FromSeconds(1_700_003_603), "fan", "root");
        Assert.Equal(
            [
                "keepalived_aot_reloads_total{outcome=\"accepted\"} 1", "keepalived_aot_reloads_total{outcome=\"refused\"} 1", "keepalived_aot_reload_success 0",
                "keepalived_aot_reload_time_seconds 1700000002", "keepalived_aot_reload_duration_seconds 0.25", "keepalived_aot_maintenance 1",
                "keepalived_aot_maintenance_end_time_seconds 1700003603",
            ],
            Samples(Write(told)));
        maintenance = maintenance with { Until = null };
        Assert.DoesNotContain(Samples(Write(told)), static line => line.Contains("end_time", StringComparison.Ordinal));

        static string[] Samples(string text) => [.. text.Split('\n').Where(static line =>
            line.StartsWith("keepalived_aot_reload", StringComparison.Ordinal) || line.StartsWith("keepalived_aot_maintenance", StringComparison.Ordinal))];
    }

    [Fact]
    public void Text_isMadeWithoutGarbage()
    {
        MetricsSource source = SourceOf(Router(Instances(50)));
        MetricsScrape scrape = new(source);
        MetricsText text = new(Capacity);
        Assert.Equal(0, Allocated.AtLeast(() =>
        {
            scrape.Begin();
            do
                text.CutBackTo(0);
            while (scrape.WriteSlice(text));
        }));
    }

    [Fact]
    public void Causes_haveNamesOfTheirOwn()
    {
        TransitionCause[] telling = [.. Enum.GetValues<TransitionCause>()
            .Where(static cause => cause is > TransitionCause.Ignored and <= TransitionCause.LateWakeUp or >= TransitionCause.Held)];
        string[] names = [.. telling.Select(static cause => Encoding.UTF8.GetString(MetricCatalogue.CauseName(cause)))];
        Assert.DoesNotContain("other", names);
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Fact]
    public void Names_areWellFormed_andEachIsThereOnce()
    {
        foreach (MetricFamily family in MetricCatalogue.Families)
        {
            Assert.Matches("^keepalived_[a-z_]+$", family.Name);
            Assert.DoesNotMatch(@"[\\""\n|]", family.Help);
            Assert.False(family.Help.EndsWith('.'), family.Name);
        }
        string[] names = [.. MetricCatalogue.Families.Select(static family => family.Name)];
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Fact]
    public void PageForUsers_hasEachMetric_asItIs()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "rootfs/usr/share/doc/keepalived-aot/metrics.md"));
        string[] expected = [.. MetricCatalogue.Families.Select(static family
            => $"| `{family.Name}` | {MetricFamily.KindName(family.Kind)} | {(family.Labels.Length > 0 ? $"`{family.Labels.Replace(", ", "`, `", StringComparison.Ordinal)}`" : "")} | {family.Help} |")];
        string[] written = [.. page.Split('\n').Where(static line => line.StartsWith("| `keepalived_", StringComparison.Ordinal))];
        Assert.Equal(string.Join('\n', expected), string.Join('\n', written));
    }

    [Fact]
    public void Dashboard_asksForMetricsThatThereAre()
    {
        string path = Path.Combine(Repository.Root, "packaging/grafana/keepalived-aot.json");
        using JsonDocument dashboard = JsonDocument.Parse(File.ReadAllText(path));
        HashSet<string> known = [.. MetricCatalogue.Families.SelectMany(static family => family.Kind switch
        {
            MetricKind.Histogram => (string[])[$"{family.Name}_bucket", $"{family.Name}_sum", $"{family.Name}_count"],
            MetricKind.Summary => [$"{family.Name}_sum", $"{family.Name}_count"],
            _ => [family.Name],
        })];
        List<string> expressions = [];
        foreach (JsonElement panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
        {
            if (!panel.TryGetProperty("targets", out JsonElement targets))
                continue;
            Assert.Equal("${datasource}", panel.GetProperty("datasource").GetProperty("uid").GetString());
            foreach (JsonElement target in targets.EnumerateArray())
                expressions.Add(target.GetProperty("expr").GetString()!);
        }
        foreach (JsonElement variable in dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray())
        {
            if (variable.GetProperty("type").GetString() == "query")
                expressions.Add(variable.GetProperty("query").GetProperty("query").GetString()!);
        }
        Assert.Contains(dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray(), static variable => variable.GetProperty("type").GetString() == "datasource");
        Assert.InRange(expressions.Count, 10, 100);
        string[] unknown = [.. expressions.SelectMany(static text => MetricName().Matches(text).Select(static match => match.Value)).Where(name => !known.Contains(name))];
        Assert.Empty(unknown);
        Assert.All(expressions, static text => Assert.Matches(MetricName(), text));
    }

    [GeneratedRegex(@"\bkeepalived_[a-z_]+")]
    private static partial Regex MetricName();

    private static string WithoutProcess(string text)
        => string.Join('\n', text.Split('\n').Where(static line => !line.StartsWith("keepalived_aot_allocated", StringComparison.Ordinal)
            && !line.StartsWith("keepalived_aot_heap", StringComparison.Ordinal) && !line.StartsWith("keepalived_aot_gc", StringComparison.Ordinal)
            && !line.StartsWith("keepalived_aot_resident", StringComparison.Ordinal)));
}
