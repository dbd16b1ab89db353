using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Pairs;

/// <summary>VRRPv2 with a simple password.</summary>
public sealed class AuthenticationTests
{
    private static VrrpConfiguration WithPassword(int priority, string password) => new()
    {
        Version = 2,
        AdvertSeconds = 1,
        Priority = priority,
        Extra = $$"""
            authentication {
                    auth_type PASS
                    auth_pass {{password}}
                }
            """,
    };

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Password_equal_isHeard(Implementation a, Implementation b)
    {
        using Lab lab = new();
        // More than eight characters: only eight are sent, and only eight count.
        VrrpConfiguration low = WithPassword(100, "abcdefghXY");
        Expect.MasterAndBackup(lab, a, b, WithPassword(150, "abcdefghij"), low);
        Advert advert = lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        Assert.Equal(1, advert.AuthenticationType);
        Assert.Equal("abcdefgh"u8.ToArray(), advert.Payload[^8..]);
        lab.A.Crash();
        Expect.CrashTakeover(lab, lab.A.Address, lab.B.Address, low);
        Assert.Empty(lab.B.Daemon.LogMatches("invalid passwd"));
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Password_different_isIgnoredAndLogged(Implementation a, Implementation b)
    {
        using Lab lab = new();
        VrrpConfiguration low = WithPassword(100, "other");
        Expect.MasterAndBackup(lab, a, b, WithPassword(150, "secret"), low);
        Expect.Master(lab.B, low.ActiveDownInterval);
        lab.A.Daemon.WaitForLog(@"\(VI_1\) received an invalid passwd", Expect.Soon);
        lab.B.Daemon.WaitForLog(@"\(VI_1\) received an invalid passwd", Expect.Soon);
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));
    }
}
