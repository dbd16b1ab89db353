using KeepalivedAot.Config;

namespace KeepalivedAot.Tests.Unit.Config;

/// <summary>What is counted in place of asking the collector. The heap is everybody's, so that nothing else may run meanwhile.</summary>
[Collection(nameof(BuildTallyTests))]
[CollectionDefinition(nameof(BuildTallyTests), DisableParallelization = true)]
public sealed class BuildTallyTests
{
    private static readonly LoadOptions s_unbounded = new() { MostMemory = long.MaxValue };

    // Twice as much is no harm; half of it would let a file fill the heap.
    [Theory]
    [InlineData("", "vrrp_instance V% {\n" + ManyOfOneKindTests.Instance + "}\n", "")]
    [InlineData("", "vrrp_instance V% {\n" + ManyOfOneKindTests.Instance + "authentication {\nauth_type PASS\nauth_pass p%\n}\nnotify \"/bin/true %\"\n}\n", "")]
    [InlineData("", "vrrp_script S% {\nscript /bin/true\n}\n", "")]
    [InlineData("", "bfd_instance B% {\nneighbor_ip 2001:db8::%\n}\n", "")]
    [InlineData("", "track_file F% {\nfile /run/%\n}\n", "")]
    [InlineData("", "virtual_server 2001:db8::% 80 {\nprotocol TCP\nreal_server 2001:db8::% 80 {\nHTTP_GET {\nurl {\npath /\nstatus_code 200\n}\n}\n}\n}\n", "")]
    [InlineData("virtual_server 2001:db8:1::1 80 {\nprotocol TCP\n", "real_server 2001:db8::% 80 {\nTCP_CHECK {\nconnect_timeout 3\n}\n}\n", "}\n")]
    [InlineData("virtual_server_group G {\n", "2001:db8::% 80\n", "}\n")]
    [InlineData("vrrp_instance A {\n" + ManyOfOneKindTests.Instance + "unicast_peer {\n", "2001:db8::%\n", "}\n}\n")]
    [InlineData("vrrp_instance A {\n" + ManyOfOneKindTests.Instance + "virtual_ipaddress {\n", "2001:db8::%\n", "}\n}\n")]
    [InlineData("static_routes {\n", "2001:db8::% dev eth0\n", "}\n")]
    [InlineData("static_rules {\n", "from 2001:db8::% table 100\n", "}\n")]
    public void What_is_counted_is_about_what_is_built(string head, string body, string tail)
    {
        string text = ManyOfOneKindTests.Repeat(head, body, tail);
        ConfigText.Load(text, s_unbounded);
        // Earlier tests may have left something that goes in between, so one measurement alone proves nothing.
        double[] ratios = [.. Enumerable.Range(0, 3).Select(_ => Ratio(text)).Order()];
        Assert.InRange(ratios[1], 0.9, 2.5);
    }

    private static double Ratio(string text)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        LoadResult result = ConfigText.Load(text, s_unbounded);
        double measured = GC.GetTotalMemory(forceFullCollection: true) - before - result.Sources.Files[0].Content.Length;
        double ratio = result.Built.All / measured;
        GC.KeepAlive(result);
        return ratio;
    }
}
