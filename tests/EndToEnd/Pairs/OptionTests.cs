using System.Net;
using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Pairs;

/// <summary>Options that two routers notice of each other (vrrp.md, sections 2, 4, 6 and 8).</summary>
public sealed class OptionTests
{
    private static readonly VrrpConfiguration s_high = new() { Priority = 150 };
    private static readonly VrrpConfiguration s_low = new() { Priority = 100 };

    private static string Peers(string own, string peer, string more = "") => $$"""
        {{more}}
            unicast_src_ip {{own}}
            unicast_peer {
                {{peer}}
            }
        """;

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void DownTimerAdverts_crash_isTakenOverAfterSoMany(Implementation a, Implementation b)
    {
        VrrpConfiguration patient = s_low with { Extra = "down_timer_adverts 8" };
        using Lab lab = new();
        lab.A.Start(a, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        lab.B.Start(b, patient);
        lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        Thread.Sleep(s_high.AdvertInterval * 3);
        lab.A.Crash();
        Advert last = lab.Observer.LastAdvert(lab.A.Address, TimeSpan.MaxValue);
        Advert first = lab.Observer.WaitForAdvert(lab.B.Address, Expect.Soon);
        TimeSpan expected = 8 * patient.AdvertInterval + patient.SkewTime;
        Assert.InRange(first.At - last.At, expected - TimeSpan.FromMilliseconds(5), expected + Expect.Slack);
    }

    [Theory, BesideStock]
    [InlineData(Implementation.Ours, "")]
    [InlineData(Implementation.Stock, "")]
    [InlineData(Implementation.Ours, "lower_prio_no_advert")]
    [InlineData(Implementation.Stock, "lower_prio_no_advert")]
    public void LowerPriorityHeard_answer_isAsConfigured(Implementation implementation, string option)
    {
        // Its own adverts come every two seconds: what comes within half a second of a weaker one is the answer to it.
        VrrpConfiguration slow = s_high with { AdvertSeconds = 2, Extra = option };
        using Lab lab = new(routers: 1);
        lab.A.Start(implementation, slow);
        Expect.Master(lab.A, slow.ActiveDownInterval);
        int seen = lab.Observer.Adverts.Count;
        lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon, seen);
        Thread.Sleep(TimeSpan.FromSeconds(0.5));
        seen = lab.Observer.Adverts.Count;
        lab.Sender.Send(new CraftedAdvert { Priority = 50, Interval = 200 });
        bool isAnswered = lab.Observer.Adverts.TryWaitFor(
            advert => advert.Source.Equals(lab.A.Address), TimeSpan.FromSeconds(0.5), out _, seen);
        Assert.Equal(option.Length == 0, isAnswered);
        lab.A.Daemon.WaitForLog(option.Length == 0 ? "with lower priority 50, ours 150, forcing new election" : "with lower priority 50, ours 150$", Expect.Soon);
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void HigherPrioSendAdvert_yielding_saysSoOnceMore(Implementation a, Implementation b)
    {
        VrrpConfiguration slow = s_low with { AdvertSeconds = 1, Version = 2, Extra = "higher_prio_send_advert" };
        VrrpConfiguration strong = s_high with { AdvertSeconds = 1, Version = 2 };
        using Lab lab = new();
        lab.A.Start(a, slow);
        Expect.Master(lab.A, slow.ActiveDownInterval);
        int seen = lab.Observer.Adverts.Count;
        lab.B.Start(b, strong);
        Advert taken = lab.Observer.WaitForAdvert(lab.B.Address, strong.ActiveDownInterval + Expect.Soon, seen);
        Advert answer = lab.Observer.Adverts.WaitFor(
            "the last advert of A", advert => advert.Source.Equals(lab.A.Address) && advert.At > taken.At, TimeSpan.FromSeconds(1), seen);
        Assert.Equal(100, answer.Priority);
        Assert.InRange(answer.At - taken.At, TimeSpan.Zero, TimeSpan.FromSeconds(0.3));
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void MulticastGroup_ofTheInstanceOrGlobal_isSpokenTo(Implementation a, Implementation b)
    {
        VrrpConfiguration one = s_high with { Extra = "mcast_dst_ip 224.0.0.99" };
        VrrpConfiguration other = s_low with { Globals = "vrrp_mcast_group4 224.0.0.99" };
        using Lab lab = new();
        Expect.MasterAndBackup(lab, a, b, one, other);
        Thread.Sleep(other.ActiveDownInterval * 2);
        Assert.Empty(lab.B.Daemon.LogMatches(Expect.EnteringMaster));
        Assert.All(lab.Observer.Adverts.Snapshot(), advert =>
        {
            Assert.Equal(IPAddress.Parse("224.0.0.99"), advert.Destination);
            Assert.Equal("01:00:5e:00:00:63", advert.DestinationMac);
        });
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void MulticastGroup6_global_isSpokenTo(Implementation a, Implementation b)
    {
        VrrpConfiguration one = s_high with { Addresses = ["fe80::51"], Globals = "vrrp_mcast_group6 ff02::99" };
        VrrpConfiguration other = one with { Priority = 100 };
        using Lab lab = new();
        lab.A.Start(a, one);
        Expect.Master(lab.A, one.ActiveDownInterval, address: "fe80::51");
        lab.B.Start(b, other);
        lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        Thread.Sleep(other.ActiveDownInterval * 2);
        Assert.Empty(lab.B.Daemon.LogMatches(Expect.EnteringMaster));
        Assert.All(lab.Observer.Adverts.Snapshot(), advert => Assert.Equal(IPAddress.Parse("ff02::99"), advert.Destination));
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void OldUnicastChecksum_ofThePeer_isDetectedAndAnsweredInKind(Implementation a, Implementation b)
    {
        // B has the old form configured, A finds out. They swap roles, so that both have sent in the old form.
        VrrpConfiguration detecting = s_low with { Extra = Peers("10.9.0.1", "10.9.0.2") };
        VrrpConfiguration old = s_high with { Extra = Peers("10.9.0.2", "10.9.0.1", "old_unicast_checksum") };
        using Lab lab = new();
        lab.B.Start(b, old);
        Expect.Master(lab.B, old.ActiveDownInterval);
        lab.A.Start(a, detecting);
        lab.A.Daemon.WaitForLog(@"\(VI_1\) Setting unicast VRRPv3 checksum to old version", Expect.Soon);
        Thread.Sleep(detecting.ActiveDownInterval * 2);
        Assert.Empty(lab.A.Daemon.LogMatches(Expect.EnteringMaster));
        int seen = lab.Observer.Adverts.Count;
        lab.B.Stop();
        Advert first = lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon, seen);
        // Stock 2.2.7 says so too, and begins in the new form all the same.
        if (a == Implementation.Ours)
            Assert.False(first.ChecksumOk);
        lab.B.Start(b, old);
        Expect.Master(lab.B, old.ActiveDownInterval);
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void UnicastTtl_isOnTheWireAndLimitsOfThePeerAreHeld(Implementation a, Implementation b)
    {
        VrrpConfiguration near = s_high with { Extra = Peers("10.9.0.1", "10.9.0.2", "unicast_ttl 30") };
        VrrpConfiguration limited = s_low with { Extra = Peers("10.9.0.2", "10.9.0.1 min_ttl 20 max_ttl 40") };
        using Lab lab = new();
        Expect.MasterAndBackup(lab, a, b, near, limited);
        Thread.Sleep(limited.ActiveDownInterval * 2);
        Assert.Empty(lab.B.Daemon.LogMatches(Expect.EnteringMaster));
        Assert.All(lab.Observer.Adverts.Snapshot(), advert => Assert.Equal(30, advert.TimeToLive));
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void PeerTtl_outsideOfTheLimits_isNotHeard(Implementation a, Implementation b)
    {
        VrrpConfiguration far = s_high with { Extra = Peers("10.9.0.1", "10.9.0.2", "unicast_ttl 10") };
        VrrpConfiguration limited = s_low with { Extra = Peers("10.9.0.2", "10.9.0.1 min_ttl 20 max_ttl 40") };
        using Lab lab = new();
        Expect.MasterAndBackup(lab, a, b, far, limited);
        lab.B.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        if (b == Implementation.Ours)
            lab.B.Daemon.WaitForLog(@"\(VI_1\) TTL/HL 10 from 10\.9\.0\.1 not in range \[20, 40\]", Expect.Soon);
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void CheckUnicastSource_strangerThatIsStronger_isNotHeard(Implementation a, Implementation b)
    {
        VrrpConfiguration stranger = s_high with { Extra = Peers("10.9.0.1", "10.9.0.2") };
        VrrpConfiguration checking = s_low with { Globals = "vrrp_check_unicast_src", Extra = Peers("10.9.0.2", "10.9.0.77") };
        using Lab lab = new();
        Expect.MasterAndBackup(lab, a, b, stranger, checking);
        lab.B.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        lab.B.Daemon.WaitForLog(b == Implementation.Ours ? @"unicast source address 10\.9\.0\.1 not a unicast peer" : "10.9.0.1", Expect.Soon);
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Owners_two_exactlyOneStaysMasterWith255(Implementation a, Implementation b)
    {
        VrrpConfiguration owner = new() { Priority = 255, AdvertSeconds = 1, Version = 2 };
        using Lab lab = new();
        lab.A.Start(a, owner);
        Expect.Master(lab.A, owner.AdvertInterval);
        lab.B.Start(b, owner);
        lab.B.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        Thread.Sleep(TimeSpan.FromSeconds(6));
        if (a == Implementation.Ours)
            lab.A.Daemon.WaitForLog("CONFIGURATION ERROR: local instance and 10.9.0.2 are both configured as address owner, please resolve", Expect.Soon);
        int seen = lab.Observer.Adverts.Count;
        Thread.Sleep(TimeSpan.FromSeconds(3));
        Assert.Single(lab.Observer.Adverts.Snapshot(seen).Select(advert => advert.Source).Distinct());
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress) ^ lab.B.Has(VrrpConfiguration.DefaultAddress));
    }

    [Fact]
    public void Owners_otherOneWithALowerAddressThatDoesNotYield_isGivenWayToUntilItIsGone()
    {
        VrrpConfiguration owner = new() { Priority = 255 };
        CraftedAdvert rogue = new() { Priority = 255, Source = IPAddress.Parse("9.9.9.9") };
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, owner);
        Expect.Master(lab.A, owner.AdvertInterval);
        lab.Sender.Repeat(rogue, times: 12, owner.AdvertInterval);
        lab.A.Daemon.WaitForLog("CONFIGURATION ERROR: local instance and 9.9.9.9 are both configured as address owner, please resolve", Expect.Soon);
        lab.A.Daemon.WaitForLog("9.9.9.9 is still advertising as address owner, please resolve - reducing our priority", Expect.Soon);
        lab.A.Daemon.WaitForLog("Changing effective priority from 255 to 254", Expect.Soon);
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup + "$", Expect.Soon);
        // The other one has fallen silent: the addresses are ours, and so is the priority.
        lab.A.Daemon.WaitForLog(@"\(VI_1\) Restoring our priority to 255 since other address owner has disappeared", Expect.Soon);
        lab.A.Addresses.WaitFor(Expect.Vip, present: true, Expect.Soon);
        Assert.Equal(255, lab.Observer.Adverts.Snapshot().Last(advert => advert.Source.Equals(lab.A.Address)).Priority);
    }

    [Fact]
    public void TimerExpiredBackup_masterThatSlept_leavesTheRoleWithItsSuccessor()
    {
        const int SIGSTOP = 19;
        const int SIGCONT = 18;
        VrrpConfiguration sleeper = s_high with { Extra = "nopreempt\n    timer_expired_backup" };
        using Lab lab = new();
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Ours, sleeper, s_low);
        Thread.Sleep(s_low.AdvertInterval * 2);
        lab.A.Daemon.Signal(SIGSTOP);
        Expect.Master(lab.B, s_low.ActiveDownInterval);
        Thread.Sleep(s_low.AdvertInterval * 3);
        int seen = lab.Observer.Adverts.Count;
        int logged = lab.A.Daemon.Log.Count;
        lab.A.Daemon.Signal(SIGCONT);
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, logged);
        lab.A.Daemon.WaitForLog(@"VRRP thread timer expired \d+\.\d{6} seconds ago", Expect.Soon, logged);
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
        Thread.Sleep(s_high.ActiveDownInterval * 2);
        Assert.DoesNotContain(lab.Observer.Adverts.Snapshot(seen), advert => advert.Source.Equals(lab.A.Address));
        Assert.True(lab.B.Has(VrrpConfiguration.DefaultAddress));
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void NoVirtualAddress_twoRouters_electAllTheSame(Implementation a, Implementation b)
    {
        VrrpConfiguration high = s_high with { Version = 2, AdvertSeconds = 1, Extra = a == Implementation.Ours ? "no_virtual_ipaddress" : "" };
        VrrpConfiguration low = s_low with { Version = 2, AdvertSeconds = 1, Extra = b == Implementation.Ours ? "no_virtual_ipaddress" : "" };
        using Lab lab = new();
        lab.A.Start(a, WithoutAddresses(high));
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, high.ActiveDownInterval + Expect.Soon);
        lab.B.Start(b, WithoutAddresses(low));
        lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        if (a == Implementation.Ours)
            Assert.Empty(lab.A.Daemon.LogMatches("No VIP specified"));
        Advert advert = lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        Assert.Equal(0, advert.AddressCount);
        int seen = lab.Observer.Adverts.Count;
        lab.A.Stop();
        Expect.GracefulTakeover(lab, lab.A.Address, lab.B.Address, low, seen);
    }

    private static string WithoutAddresses(VrrpConfiguration configuration)
    {
        string text = configuration;
        int begin = text.IndexOf("virtual_ipaddress {", StringComparison.Ordinal);
        int end = text.IndexOf('}', begin);
        return text[..begin] + text[(end + 1)..];
    }
}
