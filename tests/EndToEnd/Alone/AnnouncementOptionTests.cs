using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>How fast announcements leave, on which interfaces, and how few there may be (vrrp.md, section 9).</summary>
public sealed class AnnouncementOptionTests
{
    private static readonly TimeSpan s_spacing = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan s_busy = TimeSpan.FromMilliseconds(80);
    private static readonly VrrpConfiguration s_plain = new() { Priority = 255, Addresses = ["10.9.0.100", "10.9.0.101"], Extra = "garp_master_delay 0" };

    [Fact]
    public void GarpInterval_burst_isSpacedAndComplete()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_plain with { Globals = "vrrp_garp_interval 0.04" });
        Announcement[] all = WaitFor(lab.Observer, 10, AnnouncementKind.GratuitousArp);
        Assert.Equal(Enumerable.Repeat((string[])["10.9.0.100", "10.9.0.101"], 5).SelectMany(pair => pair), all.Select(one => one.Address.ToString()));
        AssertSpaced(all);
    }

    [Fact]
    public void GnaInterval_doesNotHoldUpArp()
    {
        VrrpConfiguration both = s_plain with
        {
            Addresses = ["10.9.0.100"],
            Globals = "vrrp_gna_interval 0.04",
            Extra = """
                garp_master_delay 0
                    virtual_ipaddress_excluded {
                        fd09::100
                    }
                """,
        };
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, both);
        Announcement[] neighbours = WaitFor(lab.Observer, 5, AnnouncementKind.NeighbourAdvertisement);
        AssertSpaced(neighbours);
        Announcement[] arps = WaitFor(lab.Observer, 5, AnnouncementKind.GratuitousArp);
        Assert.InRange(arps[^1].At - arps[0].At, TimeSpan.Zero, s_spacing);
    }

    [Fact]
    public void GarpGroup_interfacesOfOneGroup_shareTheSpacing()
    {
        using Lab lab = new(routers: 1);
        lab.A.AddInterface("eth1");
        using Observer first = lab.A.Watch();
        using Observer second = new(lab.A.Namespace, "eth1", lab.Describe, bothDirections: true);
        string group = """
            garp_group {
                garp_interval 0.04
                interfaces {
                    eth0
                    eth1
                }
            }

            """;
        lab.A.Start(Implementation.Ours, group + (s_plain with { Addresses = ["10.9.0.100", "10.9.0.101 dev eth1"] }).ToString());
        Announcement[] all = [.. WaitFor(first, 5, AnnouncementKind.GratuitousArp), .. WaitFor(second, 5, AnnouncementKind.GratuitousArp)];
        AssertSpaced([.. all.OrderBy(one => one.At)]);
    }

    [Fact]
    public void GarpGroup_interfaceOutsideOfIt_isNotSpaced()
    {
        using Lab lab = new(routers: 1);
        lab.A.AddInterface("eth1");
        string group = """
            garp_group {
                garp_interval 0.04
                interface eth1
            }

            """;
        lab.A.Start(Implementation.Ours, group + (string)s_plain);
        Announcement[] all = WaitFor(lab.Observer, 10, AnnouncementKind.GratuitousArp);
        Assert.InRange(all[^1].At - all[0].At, TimeSpan.Zero, s_spacing);
    }

    [Theory, BesideStock]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void GarpExtraInterfaces_all_announcesOneAddressOnEachOtherInterface(Implementation implementation)
    {
        VrrpConfiguration configuration = s_plain with
        {
            AdvertSeconds = 1,
            Addresses = ["10.9.0.100", "10.9.0.101 dev eth1", "10.9.0.102 dev eth1"],
            Extra = "garp_master_delay 0\n    garp_extra_if all 1",
        };
        using Lab lab = new(routers: 1);
        lab.A.AddInterface("eth1");
        using Observer other = new(lab.A.Namespace, "eth1", lab.Describe, bothDirections: true);
        lab.A.Start(implementation, configuration);
        Announcement[] burst = WaitFor(other, 10, AnnouncementKind.GratuitousArp);
        Thread.Sleep(TimeSpan.FromSeconds(3.5));
        Announcement[] later = [.. Of(other, AnnouncementKind.GratuitousArp).Skip(10)];
        Assert.Equal(3, later.Length);
        Assert.All(later, one => Assert.Equal("10.9.0.101", one.Address.ToString()));
        Assert.InRange(later[0].At - burst[0].At, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(1) + Expect.Slack);
        Assert.Equal(10 / 2, Of(lab.Observer, AnnouncementKind.GratuitousArp).Length);
    }

    [Theory, BesideStock]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void MinGarp_oneEachAndNoSecondBurst(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(implementation, s_plain with { Globals = "vrrp_min_garp", Extra = "" });
        WaitFor(lab.Observer, 2, AnnouncementKind.GratuitousArp);
        Thread.Sleep(TimeSpan.FromSeconds(5.5));
        Assert.Equal(2, Of(lab.Observer, AnnouncementKind.GratuitousArp).Length);
    }

    [Fact]
    public void LowerPriorityHeard_repeatAndDelay_areAsConfigured()
    {
        VrrpConfiguration configuration = s_plain with
        {
            Priority = 200,
            Addresses = ["10.9.0.100"],
            Extra = "garp_master_repeat 1\n    garp_master_delay 0\n    garp_lower_prio_repeat 3\n    garp_lower_prio_delay 1",
        };
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        WaitFor(lab.Observer, 1, AnnouncementKind.GratuitousArp);
        TimeSpan sent = MonotonicClock.Now;
        lab.Sender.Send(new CraftedAdvert { Priority = 100 });
        lab.A.Daemon.WaitForLog("with lower priority 100, ours 200, forcing new election", Expect.Soon);
        Announcement[] all = WaitFor(lab.Observer, 1 + 3 + 3, AnnouncementKind.GratuitousArp);
        Assert.All(all[1..4], one => Assert.InRange(one.At - sent, TimeSpan.Zero, TimeSpan.FromSeconds(0.9)));
        Assert.All(all[4..7], one => Assert.InRange(one.At - sent, TimeSpan.FromSeconds(0.99), TimeSpan.FromSeconds(1) + Expect.Slack));
    }

    // All of them together: the stamps are those of the frames, which leave somewhat after the turn in which they were allowed to.
    private static void AssertSpaced(Announcement[] all)
        => Assert.InRange(all[^1].At - all[0].At, s_spacing * (all.Length - 1) - s_busy, s_spacing * all.Length + Expect.Slack);

    private static Announcement[] Of(Observer observer, AnnouncementKind kind)
        => [.. observer.Announcements.Snapshot().Where(one => one.Kind == kind && one.Address.ToString() is not "fd09::1")];

    private static Announcement[] WaitFor(Observer observer, int count, AnnouncementKind kind)
    {
        Assert.True(SpinWait.SpinUntil(() => Of(observer, kind).Length >= count, Expect.Soon), $"{count} announcements are awaited, {Of(observer, kind).Length} came");
        Announcement[] all = Of(observer, kind);
        Assert.Equal(count, all.Length);
        return all;
    }
}
