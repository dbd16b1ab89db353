using System.Text.Json;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Inspection;
using KeepalivedAot.Tests.Unit.Vrrp;
using KeepalivedAot.Vrrp;

namespace KeepalivedAot.Tests.Unit.Inspection;

public sealed class VrrpSpotterTests
{
    private static readonly IpAddress s_a = IpAddress.Parse("10.9.0.1");
    private static readonly IpAddress s_b = IpAddress.Parse("10.9.0.2");
    private static readonly VrrpParameters s_router = new() { Name = "A", Vrid = new Vrid(51), VirtualAddresses = [IpAddress.Parse("10.9.0.100")] };

    private readonly VrrpSpotter _spotter = new();

    private string Text => ScanReport.ToText(_spotter, "eth0", Duration.FromSeconds(5));

    private void Hear(IpAddress source, int priority = 100, VrrpParameters? router = null, byte ttl = 255, bool isOwn = false)
        => _spotter.OnPacket(Datagram.Of(router ?? s_router, source, priority, ttl), isOwn, default);

    [Fact]
    public void Speakers_are_listed_with_all_that_is_known()
    {
        Hear(s_a, isOwn: true);
        Hear(s_a, isOwn: true);
        Hear(s_b, 50, s_router with { Vrid = new Vrid(7), Version = VrrpVersion.V3, AdvertisementInterval = Duration.FromMilliseconds(100) });
        Assert.Equal("""
            VRID  FAMILY  VERSION  SOURCE                PRIORITY  INTERVAL  AUTH  SEEN  ADDRESSES
            7     IPv4    3        10.9.0.2              50        100 ms    none  1     10.9.0.100
            51    IPv4    2        10.9.0.1 (this host)  100       1 s       none  2     10.9.0.100
            Free VRIDs, as far as was heard:
              IPv4  1-6, 8-50, 52-255
              IPv6  1-255

            """, Text);
    }

    [Fact]
    public void Nobody_is_told()
    {
        Assert.StartsWith("Nobody speaks VRRP on eth0: nothing was heard in 5 s.\n", Text, StringComparison.Ordinal);
        Assert.Equal(0, _spotter.PacketCount);
    }

    [Fact]
    public void Takeover_is_no_second_master()
    {
        for (int i = 0; i < 5; i++)
            Hear(s_a);
        Hear(s_b, 200);
        Hear(s_a);
        for (int i = 0; i < 5; i++)
            Hear(s_b, 200);
        Hear(s_b, 0);
        Hear(s_a);
        Assert.All(_spotter.Speakers, static one => Assert.Empty(one.Problems));
        Assert.Contains("200, left", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_masters_are_told()
    {
        for (int i = 0; i < 3; i++)
        {
            Hear(s_a);
            Hear(s_b, 200);
        }
        Assert.All(_spotter.Speakers, static one => Assert.Equal(["more than one master for this VRID"], one.Problems));
    }

    [Fact]
    public void Problems_of_packets_are_told_once_each()
    {
        VrrpParameters unicast = s_router with { Version = VrrpVersion.V3, V3ChecksumAsV2 = true };
        Hear(s_a, ttl: 64);
        Hear(s_a, ttl: 64);
        Hear(s_b, router: unicast);
        Assert.Contains(_spotter.Speakers, static one => one.Problems.Count == 2 && one.Problems[0].Contains("64", StringComparison.Ordinal)
            && one.Problems[1].Contains("version 3", StringComparison.Ordinal));
        Assert.Contains(_spotter.Speakers, static one => one.Problems is [{ } text] && text.Contains("without the pseudo header", StringComparison.Ordinal));
    }

    [Fact]
    public void Password_is_named_and_not_shown()
    {
        Hear(s_a, router: s_router with { Authentication = VrrpAuthentication.SimplePassword("geheim12"u8) });
        Assert.Contains("readable for everybody", Text, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_the_same()
    {
        Hear(s_a);
        JsonElement json = JsonDocument.Parse(ScanReport.ToJson(_spotter, "eth0", Duration.FromSeconds(5))).RootElement;
        JsonElement router = Assert.Single(json.GetProperty("routers").EnumerateArray());
        Assert.Equal((51, "10.9.0.1", 100, "none"), (router.GetProperty("vrid").GetInt32(), router.GetProperty("source").GetString(),
            router.GetProperty("priority").GetInt32(), router.GetProperty("authentication").GetString()));
        Assert.Equal("[[1,50],[52,255]]", json.GetProperty("free_vrids").GetProperty("ipv4").GetRawText());
    }

    [Fact]
    public void Pretenders_without_number_take_bounded_memory()
    {
        for (uint i = 0; i < 5000; i++)
            Hear(IpAddress.FromIPv4(0x0A000000 + i));
        Assert.Equal((2000, 3000), (_spotter.Speakers.Count, _spotter.UncountedCount));
        Assert.Contains("3000 packets were of more senders", Text, StringComparison.Ordinal);
    }
}
