using System.Diagnostics;
using System.Text;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Lints;

namespace KeepalivedAot.Tests.Unit.Config;

/// <summary>What is compared with all others of its kind is not compared one by one: these take minutes when it is.</summary>
public sealed class ManyOfOneKindTests
{
    private const int Many = 40_000;

    // A second or less on a machine that does nothing else.
    private static readonly TimeSpan s_mostTime = TimeSpan.FromSeconds(30);

    private const string Instance = "interface eth0\nvirtual_router_id 1\n";

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
        StringBuilder text = new(head);
        for (int i = 1; i <= Many; i++)
            text.Append(body.Replace("%", i.ToString("x", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        text.Append(tail);
        long start = Stopwatch.GetTimestamp();
        LoadResult result = ConfigText.Load(text.ToString());
        ConfigurationLints.Run(result.Configuration, result.Diagnostics);
        Assert.True(Stopwatch.GetElapsedTime(start) < s_mostTime, $"{Stopwatch.GetElapsedTime(start).TotalSeconds} s");
    }

    [Fact]
    public void Reading_ends_when_it_takes_too_much_memory_and_nothing_is_made_of_it()
    {
        StringBuilder text = new();
        for (int i = 0; i < Many; i++)
            text.Append("vrrp_instance V").Append(i).Append(" {\n").Append(Instance).Append("}\n");
        // What earlier tests have left would hide the growth.
        GC.Collect();
        LoadResult result = ConfigText.Load(text.ToString(), new LoadOptions { MostMemory = 1 });
        Assert.Equal("KA0111", Assert.Single(result.Diagnostics, static d => d.IsFatal).Code);
        Assert.DoesNotContain(result.Diagnostics, static d => d.Message.Contains("is missing", StringComparison.Ordinal));
        Assert.Empty(result.Configuration.VrrpInstances);
    }

    // A reload is read while the configuration that runs is in memory, too.
    [Fact]
    public void What_was_in_memory_before_is_no_part_of_the_configuration()
    {
        const int Instances = 10_000;
        byte[][] running = [.. Enumerable.Range(0, 128).Select(static _ => new byte[1 << 20])];
        StringBuilder text = new();
        for (int i = 0; i < Instances; i++)
            text.Append("vrrp_instance V").Append(i).Append(" {\n").Append(Instance).Append("}\n");
        LoadResult result = ConfigText.Load(text.ToString(), new LoadOptions { MostMemory = 64 << 20 });
        Assert.DoesNotContain(result.Diagnostics, static d => d.Code == "KA0111");
        Assert.Equal(Instances, result.Configuration.VrrpInstances.Count);
        GC.KeepAlive(running);
    }
}
