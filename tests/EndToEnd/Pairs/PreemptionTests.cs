using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Pairs;

/// <summary>A has the higher priority and comes when B is MASTER already.</summary>
public sealed class PreemptionTests
{
    private static readonly VrrpConfiguration s_high = new() { Priority = 150 };
    private static readonly VrrpConfiguration s_low = new() { Priority = 100 };

    private static Lab WithBAsMaster(Implementation b)
    {
        Lab lab = new();
        lab.B.Start(b, s_low);
        Expect.Master(lab.B, s_low.ActiveDownInterval);
        return lab;
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Preempt_afterRestart_higherPriorityTakesBack(Implementation a, Implementation b)
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, a, b, s_high, s_low);
        lab.A.Stop();
        Expect.Master(lab.B, s_low.SkewTime);
        int seen = lab.Observer.Adverts.Count;
        int seenByB = lab.B.Daemon.Log.Count;
        lab.A.Start(a, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        Advert first = lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon, seen);
        Assert.InRange(first.At - lab.A.Daemon.ExecutedAt, s_high.ActiveDownInterval, s_high.ActiveDownInterval + 2 * Expect.Slack);
        lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, seenByB);
        lab.B.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
        // A loser of an election does not say good-bye with priority 0 (vrrp.md, 8.5).
        Assert.DoesNotContain(lab.Observer.Adverts.Snapshot(seen), advert => advert.Source.Equals(lab.B.Address) && advert.Priority == 0);
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Nopreempt_masterAlive_staysBackupUntilItDies(Implementation a, Implementation b)
    {
        using Lab lab = WithBAsMaster(b);
        lab.A.Start(a, s_high with { Extra = "state BACKUP\n    nopreempt" });
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        Thread.Sleep(s_high.ActiveDownInterval * 3);
        Assert.Empty(lab.A.Daemon.LogMatches(Expect.EnteringMaster));
        lab.B.Crash();
        Expect.CrashTakeover(lab, lab.B.Address, lab.A.Address, s_high);
        Expect.Master(lab.A, TimeSpan.Zero);
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void PreemptDelay_masterAlive_waitsBeforeTakingOver(Implementation a, Implementation b)
    {
        TimeSpan delay = TimeSpan.FromSeconds(2);
        using Lab lab = WithBAsMaster(b);
        int seen = lab.Observer.Adverts.Count;
        lab.A.Start(a, s_high with { Extra = "state BACKUP\n    preempt_delay 2" });
        Expect.Master(lab.A, delay + s_high.ActiveDownInterval);
        Advert first = lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon, seen);
        // The delay counts from the first lower advert that is heard; then the running down timer has to run out (vrrp.md, 8.3).
        Assert.InRange(
            first.At - lab.A.Daemon.ExecutedAt, delay, delay + s_low.AdvertInterval + s_high.ActiveDownInterval + 2 * Expect.Slack);
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void PreemptDelay_masterDies_takesOverWithoutDelay(Implementation a, Implementation b)
    {
        using Lab lab = WithBAsMaster(b);
        lab.A.Start(a, s_high with { Extra = "state BACKUP\n    preempt_delay 100" });
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        Thread.Sleep(s_high.ActiveDownInterval);
        lab.B.Crash();
        Expect.CrashTakeover(lab, lab.B.Address, lab.A.Address, s_high);
    }
}
