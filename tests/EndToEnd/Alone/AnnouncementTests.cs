using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>Gratuitous ARP and unsolicited neighbour advertisements: how many, when, in which order (vrrp.md, section 9).</summary>
public sealed class AnnouncementTests
{
    // keepalived 2.2.7 begins to refresh at once.
    [Fact]
    public void Garp_becomingMaster_fiveAtOnceFiveAfterFiveSecondsThenRefresh()
    {
        VrrpConfiguration configuration = new()
        {
            Priority = 255,
            Addresses = ["10.9.0.100", "10.9.0.101"],
            Extra = "garp_master_refresh 1",
        };
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration);
        Advert first = lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        Thread.Sleep(TimeSpan.FromSeconds(7.6));
        Announcement[] all = [.. lab.Observer.Announcements.Snapshot().Where(item => item.Kind == AnnouncementKind.GratuitousArp)];
        Assert.All(all, item =>
        {
            Assert.Equal(1, item.Operation);
            Assert.Equal("ff:ff:ff:ff:ff:ff", item.DestinationMac);
            Assert.Equal(lab.A.Mac, item.LinkLayerAddress);
        });
        string[] rounds = [.. Enumerable.Repeat((string[])["10.9.0.100", "10.9.0.101"], 5).SelectMany(pair => pair)];
        Assert.Equal(rounds, Between(all, first.At, 0, 1));
        Assert.Empty(Between(all, first.At, 1, 4.8));
        Assert.Equal(rounds, Between(all, first.At, 4.8, 5.6));
        // The first refresh comes at delay + refresh.
        Assert.Equal(rounds[..2], Between(all, first.At, 5.8, 6.6));
        Assert.Equal(rounds[..2], Between(all, first.At, 6.8, 7.6));
    }

    [Theory, BesideStock]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void Garp_delayZeroRepeatTwo_twoAndNoMore(Implementation implementation)
    {
        VrrpConfiguration configuration = new() { Priority = 255, Extra = "garp_master_repeat 2\n    garp_master_delay 0" };
        using Lab lab = new(routers: 1);
        lab.A.Start(implementation, configuration);
        lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        Thread.Sleep(TimeSpan.FromSeconds(1.5));
        Assert.Equal(2, lab.Observer.Announcements.Snapshot().Count(item => item.Kind == AnnouncementKind.GratuitousArp));
    }

    [Theory, BesideStock]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void NeighbourAdvertisement_becomingMaster_fiveRoundsWithOverride(Implementation implementation)
    {
        VrrpConfiguration configuration = new() { Addresses = ["fe80::51", "fd09::100"] };
        using Lab lab = new(routers: 1);
        lab.A.Start(implementation, configuration);
        Advert first = lab.Observer.WaitForAdvert(lab.A.LinkLocal, configuration.ActiveDownInterval + Expect.Soon);
        Thread.Sleep(TimeSpan.FromSeconds(1));
        Announcement[] all = [.. lab.Observer.Announcements.Snapshot().Where(
            item => item.Kind == AnnouncementKind.NeighbourAdvertisement && item.At >= first.At)];
        Assert.Equal(Enumerable.Repeat((string[])["fe80::51", "fd09::100"], 5).SelectMany(pair => pair),
            all.Select(item => item.Address.ToString()));
        Assert.All(all, item =>
        {
            Assert.Equal("33:33:00:00:00:01", item.DestinationMac);
            Assert.Equal(lab.A.Mac, item.LinkLayerAddress);
            // Override and nothing else: the router flag follows the interface's forwarding, which is off here.
            Assert.Equal(0x20, item.Operation);
        });
    }

    [Theory, BesideStock]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void NeighbourAdvertisement_forwardingOn_hasTheRouterFlag(Implementation implementation)
    {
        VrrpConfiguration configuration = new() { Addresses = ["fe80::51"] };
        using Lab lab = new(routers: 1);
        lab.A.Sysctl("net/ipv6/conf/eth0/forwarding", "1");
        lab.A.Start(implementation, configuration);
        Announcement announced = lab.Observer.Announcements.WaitFor(
            "an advertisement of fe80::51", item => item.Address.ToString() == "fe80::51", configuration.ActiveDownInterval + Expect.Soon);
        Assert.Equal(0xA0, announced.Operation);
    }

    private static string[] Between(Announcement[] all, TimeSpan start, double from, double to) =>
    [
        .. all.Where(item => item.At - start >= TimeSpan.FromSeconds(from) && item.At - start < TimeSpan.FromSeconds(to))
            .Select(item => item.Address.ToString()),
    ];
}
