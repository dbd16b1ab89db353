using System.Globalization;
using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>vrrp_startup_delay and vrrp_delay_after_boot (vrrp.md, 8.6).</summary>
public sealed class StartupDelayTests
{
    private const int SIGHUP = 1;
    private static readonly VrrpConfiguration s_plain = new();

    [Theory, BesideStock]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void DelayAfterBoot_hostThatIsUpForLonger_hasNone(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(implementation, s_plain with { Globals = "vrrp_delay_after_boot 0.5" });
        Expect.Master(lab.A, s_plain.ActiveDownInterval);
        Assert.Empty(lab.A.Daemon.LogMatches("Delaying startup|Delayed start"));
    }

    [Fact]
    public void DelayAfterBoot_hostThatIsUpForLess_waitsForTheRest()
    {
        using Lab lab = new(routers: 1);
        TimeSpan now = MonotonicClock.Now;
        double until = now.TotalSeconds + 2.5;
        // The keyword ends at 4294 s; in a time namespace of its own the daemon sees a host that came up a hundred seconds ago.
        long offset = Math.Max(0, (long)now.TotalSeconds - 100);
        string globals = string.Create(CultureInfo.InvariantCulture, $"vrrp_startup_delay 0.1\n    vrrp_delay_after_boot {until - offset:0.000}");
        File.WriteAllText(lab.A.ConfigurationFile, s_plain with { Globals = globals });
        lab.A.StartAs(
            "unshare", "--time", "--fork", "--kill-child", $"--monotonic=-{offset}",
            Binaries.PathOf(Implementation.Ours), "-n", "-l", "-D", "-f", lab.A.ConfigurationFile);
        lab.A.Daemon.WaitForLog(@"Delaying startup for \d", Expect.Soon);
        lab.A.Daemon.WaitForLog("Delayed start completed", Expect.Soon);
        Advert first = lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        Assert.InRange(
            first.At - TimeSpan.FromSeconds(until), s_plain.ActiveDownInterval - TimeSpan.FromMilliseconds(10), s_plain.ActiveDownInterval + Expect.Slack);
    }

    [Fact]
    public void Reload_withAShorterDelayThatHasPassed_endsIt()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_plain with { Globals = "vrrp_startup_delay 60" });
        lab.A.Daemon.WaitForLog("Delaying startup for 60 seconds", Expect.Soon);
        Thread.Sleep(300);
        File.WriteAllText(lab.A.ConfigurationFile, s_plain with { Globals = "vrrp_startup_delay 0.1" });
        TimeSpan reloaded = MonotonicClock.Now;
        lab.A.Daemon.Signal(SIGHUP);
        lab.A.Daemon.WaitForLog("Reduced delayed start passed", Expect.Soon);
        Advert first = lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        Assert.InRange(first.At - reloaded, s_plain.ActiveDownInterval, s_plain.ActiveDownInterval + Expect.Slack * 2);
    }

    [Fact]
    public void Reload_withAnotherDelay_waitsForTheRestOfThat()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_plain with { Globals = "vrrp_startup_delay 60" });
        lab.A.Daemon.WaitForLog("Delaying startup for 60 seconds", Expect.Soon);
        File.WriteAllText(lab.A.ConfigurationFile, s_plain with { Globals = "vrrp_startup_delay 2.5" });
        lab.A.Daemon.Signal(SIGHUP);
        lab.A.Daemon.WaitForLog(@"Delaying startup for a further [12]\.\d+ seconds", Expect.Soon);
        lab.A.Daemon.WaitForLog("Delayed start completed", Expect.Soon);
        Advert first = lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        TimeSpan sinceStart = first.At - lab.A.Daemon.ExecutedAt;
        Assert.InRange(sinceStart, TimeSpan.FromSeconds(2.5) + s_plain.ActiveDownInterval, TimeSpan.FromSeconds(2.5) + s_plain.ActiveDownInterval + Expect.Slack * 2);
    }
}
