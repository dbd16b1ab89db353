using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Pairs;

/// <summary>A is MASTER and goes; B takes over in the time that the RFC gives it.</summary>
public sealed class TakeoverTests
{
    private static readonly VrrpConfiguration s_high = new() { Priority = 150 };
    private static readonly VrrpConfiguration s_low = new() { Priority = 100 };

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Crash_v3_takenOverAfterActiveDownInterval(Implementation a, Implementation b)
        => Crash(a, b, s_high, s_low);

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Crash_v2_takenOverAfterActiveDownInterval(Implementation a, Implementation b)
        => Crash(a, b, s_high with { Version = 2, AdvertSeconds = 1 }, s_low with { Version = 2, AdvertSeconds = 1 });

    // The down interval is 36 ms here: other tests in parallel would be felt.
    [Theory(DisableParallelization = true), MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Crash_advertsEvery10Milliseconds_takenOverAfterActiveDownInterval(Implementation a, Implementation b)
        => Crash(a, b, s_high with { AdvertSeconds = 0.01 }, s_low with { AdvertSeconds = 0.01 });

    private static void Crash(Implementation a, Implementation b, VrrpConfiguration high, VrrpConfiguration low)
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, a, b, high, low);
        lab.A.Crash();
        Expect.CrashTakeover(lab, lab.A.Address, lab.B.Address, low);
        Expect.Master(lab.B, TimeSpan.Zero);
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Crash_v3WithALongerIntervalThanOurs_backupHasLearntIt(Implementation a, Implementation b)
    {
        VrrpConfiguration slow = s_high with { AdvertSeconds = 0.5 };
        using Lab lab = new();
        Expect.MasterAndBackup(lab, a, b, slow, s_low);
        lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon, lab.Observer.Adverts.Count);
        lab.A.Crash();
        Expect.CrashTakeover(lab, lab.A.Address, lab.B.Address, s_low with { AdvertSeconds = slow.AdvertSeconds });
        // As active router it goes back to its own.
        Advert first = lab.Observer.WaitForAdvert(lab.B.Address, Expect.Soon);
        Assert.Equal(s_low.AdvertInterval, first.Interval);
        int seen = lab.Observer.Adverts.Count;
        Advert[] next = [.. Enumerable.Range(seen, 3).Select(i => lab.Observer.WaitForAdvert(lab.B.Address, Expect.Soon, i))];
        Assert.InRange(next[2].At - next[1].At, s_low.AdvertInterval / 2, s_low.AdvertInterval * 3 / 2);
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Stop_graceful_takenOverAfterSkewTime(Implementation a, Implementation b)
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, a, b, s_high, s_low);
        int seen = lab.Observer.Adverts.Count;
        int status = lab.A.Stop();
        Assert.Equal(0, status);
        Assert.False(lab.A.Has(VrrpConfiguration.DefaultAddress));
        Assert.Empty(lab.A.Processes());
        Expect.GracefulTakeover(lab, lab.A.Address, lab.B.Address, s_low, seen);
        Expect.Master(lab.B, TimeSpan.Zero);
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Partition_silent_bothAreMasterUntilItHeals(Implementation a, Implementation b)
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, a, b, s_high, s_low);
        lab.A.CutSilently();
        Expect.CrashTakeover(lab, lab.A.Address, lab.B.Address, s_low);
        Expect.Master(lab.B, TimeSpan.Zero);
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));

        int seen = lab.B.Daemon.Log.Count;
        lab.A.Reconnect();
        lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, seen);
        lab.B.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
        Thread.Sleep(s_low.ActiveDownInterval);
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));
        Assert.Single(lab.A.Daemon.LogMatches(Expect.EnteringMaster));
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Carrier_lostAndBack_faultThenBackupThenPreempts(Implementation a, Implementation b)
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, a, b, s_high, s_low);
        lab.A.LoseCarrier();
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon);
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
        Expect.CrashTakeover(lab, lab.A.Address, lab.B.Address, s_low);
        Expect.Master(lab.B, TimeSpan.Zero);

        int seenByA = lab.A.Daemon.Log.Count;
        int seenByB = lab.B.Daemon.Log.Count;
        lab.A.RegainCarrier();
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, seenByA);
        Expect.Master(lab.A, s_high.ActiveDownInterval, seenByA);
        lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, seenByB);
        lab.B.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
    }
}
