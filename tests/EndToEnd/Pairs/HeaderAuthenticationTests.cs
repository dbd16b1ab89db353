using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Pairs;

/// <summary>VRRPv2 with AH, against ourselves and against keepalived.</summary>
public sealed class HeaderAuthenticationTests
{
    private const int SIGHUP = 1;
    private static readonly VrrpConfiguration s_high = WithHeader(150);
    private static readonly VrrpConfiguration s_low = WithHeader(100);

    private static VrrpConfiguration WithHeader(int priority, string password = "secret", string extra = "") => new()
    {
        Version = 2,
        AdvertSeconds = 1,
        Priority = priority,
        Extra = $$"""
            {{extra}}
                authentication {
                    auth_type AH
                    auth_pass {{password}}
                }
            """,
    };

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Header_equalPassword_electsTakesOverAndTakesBack(Implementation a, Implementation b)
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, a, b, s_high, s_low);
        Advert first = lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        Assert.Equal(1u, first.Sequence);
        Assert.Equal(2, first.AuthenticationType);
        Assert.True(first.ChecksumOk);
        Assert.Equal(new byte[8], first.Payload[^8..]);

        lab.A.Crash();
        Expect.CrashTakeover(lab, lab.A.Address, lab.B.Address, s_low);
        uint before = lab.Observer.LastAdvert(lab.A.Address, TimeSpan.MaxValue).Sequence!.Value;
        Advert taken = lab.Observer.WaitForAdvert(lab.B.Address, Expect.Soon);
        // The numbers go on, so that no third router takes the new master for a replay.
        Assert.Equal(before + 1, taken.Sequence);

        // A begins anew, learns the number from B, and takes its role back.
        int from = lab.Observer.Adverts.Count;
        lab.A.Start(a, s_high);
        Advert back = lab.Observer.Adverts.WaitFor(
            "an advert of the old master", advert => advert.Source.Equals(lab.A.Address), s_high.ActiveDownInterval + Expect.Soon, from);
        Assert.True(back.Sequence > taken.Sequence, $"{back.Sequence} after {taken.Sequence}");
        lab.B.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
        Assert.Empty(lab.A.Daemon.LogMatches("IPSEC-AH : (invalid|sequence)"));
        Assert.Empty(lab.B.Daemon.LogMatches("IPSEC-AH : (invalid|sequence)"));
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Header_gracefulStop_isHeard(Implementation a, Implementation b)
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, a, b, s_high, s_low);
        int from = lab.Observer.Adverts.Count;
        lab.A.Stop();
        Expect.GracefulTakeover(lab, lab.A.Address, lab.B.Address, s_low, from);
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Header_differentPassword_isIgnoredAndLogged(Implementation a, Implementation b)
    {
        using Lab lab = new();
        VrrpConfiguration low = WithHeader(100, "other");
        Expect.MasterAndBackup(lab, a, b, s_high, low);
        Expect.Master(lab.B, low.ActiveDownInterval);
        const string Line = @"\(VI_1\) IPSEC-AH : invalid IPSEC HMAC-MD5 value\. Due to fields mutation or bad password !";
        lab.A.Daemon.WaitForLog(Line, Expect.Soon);
        lab.B.Daemon.WaitForLog(Line, Expect.Soon);
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Header_reload_keepsRoleAndNumbers(Implementation a, Implementation b)
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, a, b, s_high, s_low);
        lab.Observer.Adverts.WaitFor("three adverts", advert => advert.Sequence >= 3, Expect.Soon);
        foreach (Router router in (Router[])[lab.A, lab.B])
            router.Daemon.Signal(SIGHUP);
        lab.Observer.Adverts.WaitFor("two more", advert => advert.Sequence >= 6, Expect.Soon);
        Advert[] adverts = lab.Observer.Adverts.Snapshot();
        Assert.All(adverts, advert => Assert.Equal(lab.A.Address, advert.Source));
        Assert.All(adverts.Zip(adverts.Skip(1)), static pair => Assert.True(pair.Second.Sequence > pair.First.Sequence));
        Assert.Empty(lab.B.Daemon.LogMatches(Expect.EnteringMaster));
        Assert.Empty(lab.B.Daemon.LogMatches("IPSEC-AH"));
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Header_unicast_coversWhatDoesNotChangeOnTheWay(Implementation a, Implementation b)
    {
        using Lab lab = new();
        VrrpConfiguration high = WithHeader(150, extra: "unicast_src_ip 10.9.0.1\nunicast_ttl 9\nunicast_peer {\n10.9.0.2\n}");
        VrrpConfiguration low = WithHeader(100, extra: "unicast_src_ip 10.9.0.2\nunicast_peer {\n10.9.0.1\n}");
        Expect.MasterAndBackup(lab, a, b, high, low);
        Assert.NotNull(lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon).Sequence);
        lab.A.Crash();
        Expect.CrashTakeover(lab, lab.A.Address, lab.B.Address, low);
        Assert.Empty(lab.B.Daemon.LogMatches("IPSEC-AH"));
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Header_replayedAdvert_keepsNobodyWaiting(Implementation a, Implementation b)
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, a, b, s_high, s_low);
        Advert recorded = lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        lab.Observer.Adverts.WaitFor("the next", advert => advert.Sequence > recorded.Sequence, Expect.Soon);
        lab.A.Crash();
        for (int i = 0; i < 10; i++)
        {
            lab.Sender.Replay(recorded);
            Thread.Sleep(400);
        }
        lab.B.Daemon.WaitForLog(@"\(VI_1\) IPSEC-AH : sequence number \d+ already processed\. Packet dropped\. Local\(\d+\)", Expect.Soon);
        lab.B.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        lab.B.Addresses.WaitFor(Expect.Vip, present: true, Expect.Soon);
    }

    [Theory]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void Header_senderOfOurOwn_isBelievedWhenItIsRight(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(implementation, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        CraftedAdvert right = new()
        {
            Version = 2, Interval = 1, Priority = 200, AuthenticationType = 2, HeaderPassword = "secret", Sequence = 5000,
        };
        lab.Sender.Repeat(right with { HeaderPassword = "wrong" }, times: 3, TimeSpan.FromMilliseconds(50));
        lab.A.Daemon.WaitForLog("IPSEC-AH : invalid IPSEC HMAC-MD5 value", Expect.Soon);
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));
        lab.Sender.Send(right);
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
        // And having taken the number over, it goes on from there.
        Advert next = lab.Observer.Adverts.WaitFor(
            "a number above 5000", static advert => advert.Sequence > 5000, s_high.ActiveDownInterval + Expect.Soon);
        Assert.Equal(lab.A.Address, next.Source);
    }
}
