using System.Net;
using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Pairs;

/// <summary>The same configuration on the same router: both daemons put the same octets on the wire.</summary>
public sealed class WireTests
{
    private const string Password = """
        authentication {
                auth_type PASS
                auth_pass secret
            }
        """;

    private const string UnicastPeer = """
        unicast_src_ip 10.9.0.1
            unicast_peer {
                10.9.0.2
            }
        """;

    public static TheoryData<string, VrrpConfiguration> Configurations => new()
    {
        { "v2", new() { Version = 2, AdvertSeconds = 1, Priority = 255, Addresses = ["10.9.0.100", "10.9.0.101/24"] } },
        { "v2 PASS", new() { Version = 2, AdvertSeconds = 1, Priority = 255, Extra = Password } },
        { "v2 unicast", new() { Version = 2, AdvertSeconds = 1, Priority = 255, Extra = UnicastPeer } },
        { "v3 IPv4", new() { AdvertSeconds = 0.25, Addresses = ["10.9.0.100", "10.9.0.101/24"] } },
        { "v3 IPv4, 40.95 s", new() { AdvertSeconds = 40.95, Priority = 255 } },
        { "v3 unicast", new() { AdvertSeconds = 0.5, Priority = 255, Extra = UnicastPeer, Vrid = 255 } },
        { "v3 IPv6", new() { Addresses = ["fe80::51", "fd09::100"], Vrid = 6 } },
    };

    [Theory, BesideStock, MemberData(nameof(Configurations))]
    public void Advert_sameConfiguration_sameOctetsAsStock(string kind, VrrpConfiguration configuration)
    {
        Assert.NotEmpty(kind);
        // B runs nothing, but a unicast peer has to answer ARP.
        using Lab lab = new();
        (Advert[] ours, Announcement oursAnnounced) = Sample(lab, Implementation.Ours, configuration);
        (Advert[] stock, Announcement stockAnnounced) = Sample(lab, Implementation.Stock, configuration);
        // The first advert, and the one that says good-bye.
        Assert.Equal(2, ours.Length);
        for (int i = 0; i < ours.Length; i++)
        {
            Assert.Equal(Convert.ToHexString(stock[i].Payload), Convert.ToHexString(ours[i].Payload));
            Assert.True(ours[i].ChecksumOk);
            Assert.Equal(stock[i].Source, ours[i].Source);
            Assert.Equal(stock[i].Destination, ours[i].Destination);
            Assert.Equal(stock[i].DestinationMac, ours[i].DestinationMac);
            Assert.Equal(stock[i].TrafficClass, ours[i].TrafficClass);
            Assert.Equal(stock[i].TimeToLive, ours[i].TimeToLive);
            Assert.Equal(stock[i].DontFragment, ours[i].DontFragment);
        }
        Assert.Equal(stock[0].Identification, ours[0].Identification);
        Assert.Equal(stockAnnounced with { At = default }, oursAnnounced with { At = default });
    }

    private static (Advert[] Adverts, Announcement Announced) Sample(Lab lab, Implementation implementation, VrrpConfiguration configuration)
    {
        int adverts = lab.Observer.Adverts.Count;
        int announcements = lab.Observer.Announcements.Count;
        lab.A.Start(implementation, configuration);
        TimeSpan limit = Expect.Soon + (configuration.Priority == 255 ? TimeSpan.Zero : configuration.ActiveDownInterval);
        Advert first = lab.Observer.Adverts.WaitFor("the first advert", _ => true, limit, adverts);
        string address = configuration.Addresses[0].Split('/')[0];
        Announcement announced = lab.Observer.Announcements.WaitFor(
            $"an announcement of {address}", item => item.Address.Equals(IPAddress.Parse(address)), Expect.Soon, announcements);
        lab.A.Stop();
        Advert goodbye = lab.Observer.Adverts.WaitFor("priority 0", advert => advert.Priority == 0, Expect.Soon, adverts);
        return ([first, goodbye], announced);
    }

    // vrrp.md, section 1.
    [Theory]
    [InlineData(2, 1, 100, "", "213364010001705d0a0900640000000000000000")]
    [InlineData(2, 1, 100, "abcdefghij", "213364010101ddc70a0900646162636465666768")]
    [InlineData(3, 0.5, 100, "", "3133640100327593" + "0a090064")]
    public void Advert_knownConfiguration_isTheKnownVector(int version, double seconds, int priority, string password, string expected)
    {
        using Lab lab = new(routers: 1);
        VrrpConfiguration configuration = new()
        {
            Version = version,
            AdvertSeconds = seconds,
            Priority = priority,
            Extra = password.Length == 0 ? "" : Password.Replace("secret", password),
        };
        lab.A.Start(Implementation.Ours, configuration);
        Advert advert = lab.Observer.WaitForAdvert(lab.A.Address, configuration.ActiveDownInterval + Expect.Soon);
        Assert.Equal(expected, Convert.ToHexStringLower(advert.Payload));
        Assert.Equal(0xC0, advert.TrafficClass);
        Assert.Equal(255, advert.TimeToLive);
        Assert.Equal("01:00:5e:00:00:12", advert.DestinationMac);
        Assert.Equal(1, advert.Identification);
        Assert.False(advert.DontFragment);
    }
}
