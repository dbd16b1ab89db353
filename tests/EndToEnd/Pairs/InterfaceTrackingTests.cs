using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Pairs;

/// <summary>Tracked interfaces: weights, faults, delays, and links that have to be asked for.</summary>
public sealed class InterfaceTrackingTests
{
    private static readonly VrrpConfiguration s_low = new() { Priority = 100 };

    private static VrrpConfiguration High(string tracked) => new() { Priority = 150, Extra = $"track_interface {{\n {tracked}\n }}" };

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void TrackInterface_weight_movesTheRoleAndBack(Implementation a, Implementation b)
    {
        using Lab lab = new();
        lab.A.AddInterface("eth1");
        Expect.MasterAndBackup(lab, a, b, High("eth1 weight -60"), s_low);
        lab.A.LoseCarrier("eth1");
        lab.A.Daemon.WaitForLog(@"\(VI_1\) Changing effective priority from 150 to 90", Expect.Soon);
        // The new priority is heard with the next regular advertisement; B lets its timer run out.
        lab.Observer.Adverts.WaitFor("priority 90", static advert => advert.Priority == 90, Expect.Soon);
        Expect.Master(lab.B, s_low.ActiveDownInterval);
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
        Assert.DoesNotContain(lab.Observer.Adverts.Snapshot(), static advert => advert.Priority == 0);
        int seen = lab.A.Daemon.Log.Count;
        lab.A.RegainCarrier("eth1");
        lab.A.Daemon.WaitForLog(@"\(VI_1\) Changing effective priority from 90 to 150", Expect.Soon, seen);
        Expect.Master(lab.A, s_low.ActiveDownInterval, seen);
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void TrackInterface_weightZero_isAFault(Implementation a, Implementation b)
    {
        using Lab lab = new();
        lab.A.AddInterface("eth1");
        Expect.MasterAndBackup(lab, a, b, High("eth1"), s_low);
        int adverts = lab.Observer.Adverts.Count;
        lab.A.LoseCarrier("eth1");
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon);
        Expect.Master(lab.B, s_low.SkewTime);
        // Two of them for a fault of its own: vrrp.md, 8.5.
        Assert.Equal(2, lab.Observer.Adverts.Snapshot(adverts).Count(static advert => advert.Priority == 0));
        Assert.Single(lab.A.Daemon.LogMatches("sent 0 priority"));
        int seen = lab.A.Daemon.Log.Count;
        lab.A.RegainCarrier("eth1");
        Expect.Master(lab.A, s_low.ActiveDownInterval, seen);
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void TrackInterface_reverse_isAFaultWhileItIsUp(Implementation a, Implementation b)
    {
        using Lab lab = new();
        lab.A.AddInterface("eth1");
        lab.A.LoseCarrier("eth1");
        Expect.MasterAndBackup(lab, a, b, High("eth1 weight 0 reverse"), s_low);
        lab.A.RegainCarrier("eth1");
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon);
        Expect.Master(lab.B, s_low.SkewTime);
    }

    // A second, the least that keepalived 2.2.7 can be told, needs an interval of a second.
    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Delay_ofTheInterface_hidesAShortFailure(Implementation a, Implementation b)
    {
        VrrpConfiguration low = new() { Priority = 100, AdvertSeconds = 1 };
        VrrpConfiguration high = new() { Priority = 150, AdvertSeconds = 1, Extra = "track_interface {\n eth1\n }" };
        string delayed = "interface_up_down_delays {\n eth1 1 1\n}\n" + high;
        using Lab lab = new();
        lab.A.AddInterface("eth1");
        lab.A.Start(a, delayed);
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        lab.B.Start(b, low);
        Expect.Master(lab.A, high.ActiveDownInterval);
        lab.A.LoseCarrier("eth1");
        lab.A.Daemon.WaitForLog("eth1: Adding flags change from 0x[0-9a-f]+ to 0x[0-9a-f]+ delay by 1000000", Expect.Soon);
        lab.A.RegainCarrier("eth1");
        Thread.Sleep(1500);
        Assert.Empty(lab.A.Daemon.LogMatches(Expect.EnteringFault));

        TimeSpan lost = MonotonicClock.Now;
        lab.A.LoseCarrier("eth1");
        LogEntry fault = lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon);
        Assert.InRange(fault.At - lost, TimeSpan.FromSeconds(0.99), TimeSpan.FromSeconds(1) + Expect.Slack);
        int seen = lab.A.Daemon.Log.Count;
        TimeSpan back = MonotonicClock.Now;
        lab.A.RegainCarrier("eth1");
        LogEntry recovery = lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, seen);
        Assert.InRange(recovery.At - back, TimeSpan.FromSeconds(0.99), TimeSpan.FromSeconds(1) + Expect.Slack);
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Linkbeat_polledInterface_isFollowedWithinASecond(Implementation a, Implementation b)
    {
        VrrpConfiguration high = new() { Priority = 150 };
        string polled = "linkbeat_use_polling\n" + high;
        using Lab lab = new();
        lab.A.Start(a, polled);
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        lab.B.Start(b, s_low);
        Expect.Master(lab.A, high.ActiveDownInterval);
        lab.A.LoseCarrier();
        lab.A.Daemon.WaitForLog("Linkbeat reports eth0 down", Expect.Soon);
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon);
        Expect.Master(lab.B, s_low.ActiveDownInterval);
        int seen = lab.A.Daemon.Log.Count;
        lab.A.RegainCarrier();
        lab.A.Daemon.WaitForLog("Linkbeat reports eth0 up", Expect.Soon, seen);
        Expect.Master(lab.A, high.ActiveDownInterval, seen);
    }

    [Theory]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void TrackInterface_missing_isNoConfigurationToStartWith(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(implementation, High("nosuch0 weight -60"));
        Assert.Equal(2, lab.A.Daemon.WaitForExit(Expect.Soon));
        Assert.NotEmpty(lab.A.Daemon.LogMatches(@"\(VI_1\) tracked interface nosuch0 doesn't exist"));
    }
}
