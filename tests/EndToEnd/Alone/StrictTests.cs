using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>vrrp_strict and strict_mode: each check of vrrp.md, section 15, told and in force.</summary>
public sealed class StrictTests
{
    private static readonly VrrpConfiguration s_plain = new() { Version = 2, AdvertSeconds = 1, Priority = 100 };

    [Theory]
    [InlineData("state MASTER", @"\(VI_1\) State MASTER must match being address owner")]
    [InlineData("authentication {\n auth_type PASS\n auth_pass secret\n }", @"\(VI_1\) Strict mode does not support authentication\. Ignoring\.")]
    [InlineData("preempt_delay 5", @"\(VI_1\) preempt_delay is incompatible with strict mode - resetting")]
    [InlineData("accept", @"\(VI_1\) warning - accept mode for VRRP version 2 does not comply with RFC3768 - resetting")]
    [InlineData("garp_lower_prio_repeat 3", @"\(VI_1\) Strict mode requires no repeat garps\. resetting")]
    [InlineData("garp_lower_prio_delay 3", @"\(VI_1\) Strict mode requires no repeat garp delay\. resetting")]
    [InlineData("lower_prio_no_advert off", @"\(VI_1\) Strict mode requires no lower priority advert\. resetting")]
    [InlineData("higher_prio_send_advert", @"\(VI_1\) strict mode requires higher_prio_send_advert to be clear\. resetting")]
    [InlineData("down_timer_adverts 5", @"\(VI_1\) down_timer_adverts is incompatible with strict mode - resetting")]
    public void Strict_wordThatGoesBeyondTheStandard_isToldAndReset(string word, string line)
    {
        foreach (VrrpConfiguration configuration in (VrrpConfiguration[])
            [s_plain with { Globals = "vrrp_strict", Extra = word }, s_plain with { Extra = word + "\n strict_mode on" }])
        {
            using Lab lab = new(routers: 1);
            lab.A.Start(Implementation.Ours, configuration);
            lab.A.Daemon.WaitForLog(line, Expect.Soon);
            lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        }
    }

    [Fact]
    public void Strict_off_inTheInstance_beatsTheGlobalWord()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_plain with { Globals = "vrrp_strict", Extra = "strict_mode off\n    preempt_delay 5" });
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        Assert.Empty(lab.A.Daemon.LogMatches("strict mode"));
    }

    [Theory]
    [InlineData("unicast_peer {\n 10.9.0.2\n }", "Unicast peers are not supported in strict mode")]
    public void Strict_unicast_cannotRun(string word, string line)
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_plain with { Globals = "vrrp_strict", Extra = word });
        lab.A.Daemon.WaitForLog(line, Expect.Soon);
        Assert.Equal(2, lab.A.Daemon.WaitForExit(Expect.Soon));
    }

    [Fact]
    public void Strict_withoutAddresses_cannotRun()
    {
        string text = (s_plain with { Globals = "vrrp_strict", Extra = "no_virtual_ipaddress" }).ToString().Replace(VrrpConfiguration.DefaultAddress, "");
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, text);
        lab.A.Daemon.WaitForLog("No VIP specified; at least one is required", Expect.Soon);
        Assert.Equal(2, lab.A.Daemon.WaitForExit(Expect.Soon));
    }

    [Fact]
    public void Strict_ipv6OfVersion2_isVersion3()
    {
        using Lab lab = new(routers: 1);
        VrrpConfiguration configuration = s_plain with { Globals = "vrrp_strict", Extra = "version 2", Addresses = ["fe80::51"] };
        lab.A.Start(Implementation.Ours, configuration);
        lab.A.Daemon.WaitForLog("cannot use IPv6 with VRRP version 2; setting version 3", Expect.Soon);
        Assert.Equal(3, lab.Observer.WaitForAdvert(lab.A.LinkLocal, TimeSpan.FromSeconds(4) + Expect.Soon).Version);
    }

    [Fact]
    public void Strict_lowerPriorityHeard_isNeitherAnsweredNorAnnounced()
    {
        using Lab lab = new(routers: 1);
        VrrpConfiguration configuration = s_plain with { Version = 3, Globals = "vrrp_strict", Priority = 200, AdvertSeconds = 3, Extra = "garp_master_delay 0" };
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        Thread.Sleep(300);
        int adverts = lab.Observer.Adverts.Count;
        int announcements = lab.Observer.Announcements.Count;
        lab.Sender.Send(new CraftedAdvert { Priority = 100, Interval = 300 });
        lab.A.Daemon.WaitForLog("with lower priority 100, ours 200$", Expect.Soon);
        Thread.Sleep(500);
        Assert.DoesNotContain(lab.Observer.Adverts.Snapshot(adverts), advert => advert.Source.Equals(lab.A.Address));
        Assert.Equal(announcements, lab.Observer.Announcements.Count);
    }
}
