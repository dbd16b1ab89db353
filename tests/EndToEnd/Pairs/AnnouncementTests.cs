using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Pairs;

/// <summary>Gratuitous ARP that two routers cause each other to send.</summary>
public sealed class AnnouncementTests
{
    private static readonly VrrpConfiguration s_high = new() { Priority = 150 };
    private static readonly VrrpConfiguration s_low = new() { Priority = 100 };

    private static Announcement[] Of(Lab lab, Router router, int from = 0)
        => [.. lab.Observer.Announcements.Snapshot(from).Where(one => one.LinkLayerAddress == router.Mac && one.Address.Equals(Expect.Vip))];

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void GarpMaster_repeatAndDelay_areThoseOfWhoTakesOver(Implementation a, Implementation b)
    {
        VrrpConfiguration announcing = s_low with { Extra = "garp_master_repeat 2\ngarp_master_delay 1" };
        using Lab lab = new();
        Expect.MasterAndBackup(lab, a, b, s_high, announcing);
        lab.A.Stop();
        Expect.Master(lab.B, s_low.SkewTime);
        Thread.Sleep(TimeSpan.FromSeconds(2.5));
        Announcement[] all = Of(lab, lab.B);
        Assert.Equal(4, all.Length);
        Assert.InRange(all[1].At - all[0].At, TimeSpan.Zero, Expect.Slack);
        Assert.InRange(all[2].At - all[0].At, TimeSpan.FromSeconds(0.95), TimeSpan.FromSeconds(1) + Expect.Slack);
        Assert.InRange(all[3].At - all[2].At, TimeSpan.Zero, Expect.Slack);
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void GarpLowerPrio_partitionThatHeals_isAnnouncedAgainByTheStronger(Implementation a, Implementation b)
    {
        // The weaker one speaks more often: it is heard before it hears.
        VrrpConfiguration high = s_high with { AdvertSeconds = 1, Extra = "garp_master_delay 0\ngarp_lower_prio_repeat 2\ngarp_lower_prio_delay 0" };
        using Lab lab = new();
        Expect.MasterAndBackup(lab, a, b, high, s_low);
        lab.B.CutSilently();
        Expect.Master(lab.B, high.ActiveDownInterval);
        lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon, lab.Observer.Adverts.Count);
        int seen = lab.Observer.Announcements.Count;
        lab.B.Reconnect();
        lab.A.Daemon.WaitForLog("with lower priority 100, ours 150", Expect.Soon);
        lab.B.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
        Thread.Sleep(TimeSpan.FromSeconds(0.5));
        // Two for each advertisement of the weaker one that was heard before it yielded.
        int heard = lab.A.Daemon.LogMatches("with lower priority 100, ours 150").Length;
        Assert.Equal(2 * heard, Of(lab, lab.A, seen).Length);
    }
}
