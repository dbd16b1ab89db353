using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Pairs;

/// <summary>Who becomes MASTER.</summary>
public sealed class ElectionTests
{
    private static readonly VrrpConfiguration s_high = new() { Priority = 150 };
    private static readonly VrrpConfiguration s_low = new() { Priority = 100 };

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Election_byPriority_higherOneIsMasterAlone(Implementation a, Implementation b)
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, a, b, s_high, s_low);
        Thread.Sleep(s_low.ActiveDownInterval * 2);
        Assert.False(lab.B.Has(VrrpConfiguration.DefaultAddress));
        Assert.Empty(lab.B.Daemon.LogMatches(Expect.EnteringMaster));
        Advert[] adverts = lab.Observer.Adverts.Snapshot();
        Assert.All(adverts, advert =>
        {
            Assert.Equal(lab.A.Address, advert.Source);
            Assert.Equal(150, advert.Priority);
            Assert.True(advert.ChecksumOk);
            Assert.Equal(s_high.AdvertInterval, advert.Interval);
        });
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Election_equalPriority_higherAddressWins(Implementation a, Implementation b)
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, a, b, s_low, s_low);
        // Both are MASTER once they cannot hear each other; when they meet again the address decides (RFC 9568, 6.4.3).
        lab.B.CutSilently();
        Expect.Master(lab.B, s_low.ActiveDownInterval);
        int seen = lab.A.Daemon.Log.Count;
        lab.B.Reconnect();
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, seen);
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
        lab.A.Daemon.WaitForLog("same priority .*but higher IP address than ours", Expect.Soon, seen);
        Thread.Sleep(s_low.ActiveDownInterval);
        Assert.True(lab.B.Has(VrrpConfiguration.DefaultAddress));
        Assert.Single(lab.B.Daemon.LogMatches(Expect.EnteringMaster));
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Election_owner_isMasterAtOnce(Implementation a, Implementation b)
    {
        VrrpConfiguration owner = new() { Priority = 255, AdvertSeconds = 1 };
        VrrpConfiguration other = new() { Priority = 100, AdvertSeconds = 1 };
        using Lab lab = new();
        lab.B.Start(b, other);
        lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        lab.A.Start(a, owner);
        Advert first = lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        Assert.Equal(255, first.Priority);
        Assert.InRange(first.At - lab.A.Daemon.ExecutedAt, TimeSpan.Zero, owner.AdvertInterval);
        Expect.Master(lab.A, TimeSpan.Zero);

        int seen = lab.Observer.Adverts.Count;
        lab.A.Stop();
        Expect.GracefulTakeover(lab, lab.A.Address, lab.B.Address, other, seen);
        Expect.Master(lab.B, other.SkewTime);

        // And an owner takes its address back without waiting for anybody.
        seen = lab.Observer.Adverts.Count;
        lab.A.Start(a, owner);
        first = lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon, seen);
        Assert.InRange(first.At - lab.A.Daemon.ExecutedAt, TimeSpan.Zero, owner.AdvertInterval);
        lab.B.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
    }
}
