using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Pairs;

/// <summary>How a router joins another one: with a startup delay, and in strict mode.</summary>
public sealed class StartTests
{
    private static readonly VrrpConfiguration s_high = new() { Priority = 150 };
    private static readonly VrrpConfiguration s_low = new() { Priority = 100 };

    [Theory]
    [InlineData(Implementation.Ours, Implementation.Ours)]
    [InlineData(Implementation.Ours, Implementation.Stock)]
    [NotTried(Implementation.Stock, Implementation.Ours, "keepalived 2.2.7 that has delayed its start does not take over as long as it hears a weaker router")]
    public void StartupDelay_strongerThatJoins_takesOverWhenItIsOver(Implementation a, Implementation b)
    {
        TimeSpan delay = TimeSpan.FromSeconds(1.5);
        using Lab lab = new();
        lab.B.Start(b, s_low);
        Expect.Master(lab.B, s_low.ActiveDownInterval);
        lab.A.Start(a, s_high with { Globals = "vrrp_startup_delay 1.5" });
        lab.A.Daemon.WaitForLog("Delaying startup for 1.5 seconds", Expect.Soon);
        TimeSpan begun = MonotonicClock.Now;
        Advert first = lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        TimeSpan expected = delay + s_high.ActiveDownInterval;
        // The line may be read a little late.
        Assert.InRange(first.At - begun, expected - Expect.Slack, expected + Expect.Slack);
        Expect.Master(lab.A, TimeSpan.Zero);
        lab.B.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Strict_bothRouters_electTakeOverAndYield(Implementation a, Implementation b)
    {
        VrrpConfiguration high = s_high with { Globals = "vrrp_strict" };
        VrrpConfiguration low = s_low with { Globals = "vrrp_strict" };
        using Lab lab = new();
        Expect.MasterAndBackup(lab, a, b, high, low);
        lab.A.Crash();
        Expect.CrashTakeover(lab, lab.A.Address, lab.B.Address, low);
        int seen = lab.B.Daemon.Log.Count;
        lab.A.Start(a, high);
        Expect.Master(lab.A, high.ActiveDownInterval);
        lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, seen);
        lab.B.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
    }
}
