using System.Diagnostics;
using System.Text;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Lints;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Tests.Unit.Config;

/// <summary>What is compared with all others of its kind is not compared one by one: these take minutes when it is.</summary>
public sealed class ManyOfOneKindTests
{
    private const int Many = 40_000;

    // A second or less on a machine that does nothing else.
    private static readonly TimeSpan s_mostTime = TimeSpan.FromSeconds(30);

    internal const string Instance = "interface eth0\nvirtual_router_id 1\n";

    [Theory]
    [InlineData("vrrp_instance A {\n" + Instance + "unicast_peer {\n", "2001:db8::%\n", "}\n}\n")]
    [InlineData("vrrp_instance A {\n" + Instance + "unicast_src_ip 2001:db8::1\nunicast_peer {\n2001:db8::2\n}\nvirtual_ipaddress {\n", "2001:db8:1::%\n", "}\n}\n")]
    [InlineData("vrrp_instance A {\n" + Instance + "track_interface {\n", "e%\n", "}\n}\n")]
    [InlineData("", "vrrp_instance V% {\n" + Instance + "use_vmac\n}\n", "")]
    [InlineData("", "bfd_instance B% {\nneighbor_ip 2001:db8::%\n}\n", "")]
    [InlineData("track_group G {\ngroup {\nA\n}\n}\nstatic_routes {\n", "2001:db8::% dev eth0 track_group H%\n", "}\n")]
    [InlineData("", "track_group G% {\ngroup {\nA\n}\n}\nstatic_routes {\n2001:db8::% dev eth0 track_group G%\n}\n", "")]
    [InlineData("vrrp_sync_group G {\ngroup {\n", "V%\n", "}\n}\nvrrp_instance W {\n" + Instance + "}\n")]
    [InlineData("$A=1\n", "$N% a $M%\n", "")]
    [InlineData("virtual_server 192.0.2.1 80 {\n", "real_server 2001:db8::% 80 {\nweight 1\n}\n", "}\n")]
    public void Time_grows_with_the_number_and_not_with_its_square(string head, string body, string tail)
    {
        string text = Repeat(head, body, tail);
        long start = Stopwatch.GetTimestamp();
        LoadResult result = ConfigText.Load(text);
        ConfigurationLints.Run(result.Configuration, result.Diagnostics);
        Assert.True(Stopwatch.GetElapsedTime(start) < s_mostTime, $"{Stopwatch.GetElapsedTime(start).TotalSeconds} s");
    }

    [Theory]
    [InlineData("", "vrrp_instance V% {\n" + Instance + "}\n", "")]
    [InlineData("virtual_server 2001:db8:1::1 80 {\nprotocol TCP\n", "real_server 2001:db8::% 80 {\nHTTP_GET {\nurl {\npath /\nstatus_code 200\n}\n}\n}\n", "}\n")]
    public void Reading_ends_at_the_same_place_for_whoever_reads_and_nothing_is_made_of_it(string head, string body, string tail)
    {
        string text = Repeat(head, body, tail);
        LoadOptions options = new() { MostMemory = 4 << 20 };
        LoadResult[] readings =
        [
            ConfigText.Load(text, options), ConfigText.Load(text, options with { IsConfigTest = true }),
            ConfigText.Load(text, options with { IsConfigTest = true, KeepsServers = false }),
        ];
        string[] ends = [.. readings.Select(static result => Assert.Single(result.Diagnostics, static d => d.Severity == Severity.Error).ToString()).Distinct()];
        Assert.Contains("takes more than 4 MiB of memory [KA0111]", Assert.Single(ends), StringComparison.Ordinal);
        Assert.All(readings, static result => Assert.Empty(result.Configuration.VrrpInstances));
        Assert.All(readings, static result => Assert.True(result.Diagnostics.HasFatal));
    }

    [Theory]
    [InlineData("$I=vrrp_instance V$N { \\\ninterface eth0 \\\nvirtual_router_id 1 \\\n}\n~SEQ(N, 1, 1000000) $I\n", "")]
    [InlineData("", "include many.conf\n")]
    public void What_a_short_text_multiplies_may_take_less(string text, string include)
    {
        TextFiles files = new()
        {
            ["main.conf"] = text + string.Concat(Enumerable.Repeat(include, 1000)),
            ["many.conf"] = string.Concat(Enumerable.Repeat("static_routes {\n192.0.2.0/24 dev eth0\n}\n", 100)),
        };
        LoadResult result = ConfigurationLoader.Load("main.conf", files);
        string message = Assert.Single(result.Diagnostics, static d => d.Code == "KA0111").Message;
        Assert.StartsWith("what definitions, sequences and repeated includes make takes more than 20 MiB", message, StringComparison.Ordinal);
        Assert.InRange(result.Memory, 0, 24 << 20);
    }

    [Fact]
    public void What_is_not_compared_does_not_stay_in_memory_and_findings_keep_their_lines()
    {
        string instance = ConfigText.File("priority 300\n");
        string servers = Repeat("", "virtual_server 192.0.2.% 80 {\nprotocol TCP\nreal_server 2001:db8::% 80 {\nweight 1\n}\n}\n", "");
        LoadResult result = ConfigText.Load(servers + "# here\n" + instance + servers, new LoadOptions { MostMemory = long.MaxValue });
        ConfigurationLints.Run(result.Configuration, result.Diagnostics);
        string report = ConfigText.Render(result);
        long before = result.Memory;
        result.ForgetServers();
        Assert.Equal(report, ConfigText.Render(result));
        Assert.InRange(result.Memory, 0, before / 5);
        SourceLocation place = result.Sources.Locate(Assert.Single(result.Configuration.VrrpInstances).Spans.Interface);
        Assert.Equal("interface eth0", Encoding.UTF8.GetString(place.File!.Line(place.Line)));
    }

    internal static string Repeat(string head, string body, string tail)
    {
        StringBuilder text = new(head);
        for (int i = 1; i <= Many; i++)
            text.Append(body.Replace("%", i.ToString("x", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        return text.Append(tail).ToString();
    }
}
