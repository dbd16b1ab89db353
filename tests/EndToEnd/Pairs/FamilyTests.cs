using System.Net;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Pairs;

/// <summary>IPv6, and unicast in both families and versions.</summary>
public sealed class FamilyTests
{
    private static readonly VrrpConfiguration s_high = new() { Priority = 150 };
    private static readonly VrrpConfiguration s_low = new() { Priority = 100 };

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void IPv6_linkLocalFirst_electionCrashAndGracefulReturn(Implementation a, Implementation b)
    {
        string[] addresses = ["fe80::51", "fd09::100"];
        VrrpConfiguration high = s_high with { Addresses = addresses };
        VrrpConfiguration low = s_low with { Addresses = addresses };
        using Lab lab = new();
        lab.A.Start(a, high);
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        lab.B.Start(b, low);
        Expect.Master(lab.A, high.ActiveDownInterval, address: "fd09::100");
        Expect.Master(lab.A, high.ActiveDownInterval, address: "fe80::51");
        Advert advert = lab.Observer.WaitForAdvert(lab.A.LinkLocal, Expect.Soon);
        Assert.Equal(IPAddress.Parse("ff02::12"), advert.Destination);
        Assert.Equal("33:33:00:00:00:12", advert.DestinationMac);
        Assert.Equal(255, advert.TimeToLive);
        Assert.True(advert.ChecksumOk);
        Assert.Equal(addresses.Select(IPAddress.Parse), advert.Addresses);

        lab.A.Crash();
        Expect.CrashTakeover(lab, lab.A.LinkLocal, lab.B.LinkLocal, low);
        Expect.Master(lab.B, TimeSpan.Zero, address: "fd09::100");
        Expect.Master(lab.B, TimeSpan.Zero, address: "fe80::51");
        Assert.All(lab.B.ListAddresses().Where(entry => entry.PrefixLength == 128), entry => Assert.True(entry.Deprecated));

        int seenByB = lab.B.Daemon.Log.Count;
        lab.A.Start(a, high);
        lab.B.Daemon.WaitForLog(Expect.EnteringBackup, high.ActiveDownInterval + Expect.Soon, seenByB);
        lab.B.Addresses.WaitFor(IPAddress.Parse("fd09::100"), present: false, Expect.Soon);
        lab.B.Addresses.WaitFor(IPAddress.Parse("fe80::51"), present: false, Expect.Soon);
        int seen = lab.Observer.Adverts.Count;
        lab.A.Stop();
        Expect.GracefulTakeover(lab, lab.A.LinkLocal, lab.B.LinkLocal, low, seen);
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Unicast_v2_crashIsTakenOver(Implementation a, Implementation b)
        => Unicast(a, b, 2, "10.9.0.1", "10.9.0.2", [VrrpConfiguration.DefaultAddress]);

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Unicast_v3_crashIsTakenOver(Implementation a, Implementation b)
        => Unicast(a, b, 3, "10.9.0.1", "10.9.0.2", [VrrpConfiguration.DefaultAddress]);

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Unicast_v3IPv6_crashIsTakenOver(Implementation a, Implementation b)
        => Unicast(a, b, 3, "fd09::1", "fd09::2", ["fe80::51", "fd09::100"]);

    private static void Unicast(Implementation a, Implementation b, int version, string first, string second, string[] addresses)
    {
        double seconds = version == 2 ? 1 : 0.2;
        VrrpConfiguration high = s_high with
        {
            Version = version,
            AdvertSeconds = seconds,
            Addresses = addresses,
            Extra = Peers(first, second),
        };
        VrrpConfiguration low = s_low with
        {
            Version = version,
            AdvertSeconds = seconds,
            Addresses = addresses,
            Extra = Peers(second, first),
        };
        using Lab lab = new();
        lab.A.Start(a, high);
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        lab.B.Start(b, low);
        Expect.Master(lab.A, high.ActiveDownInterval, address: addresses[^1]);
        Advert advert = lab.Observer.WaitForAdvert(IPAddress.Parse(first), Expect.Soon);
        Assert.Equal(IPAddress.Parse(second), advert.Destination);
        Assert.Equal(version, advert.Version);
        Assert.True(advert.ChecksumOk);
        Assert.Empty(lab.B.Daemon.LogMatches(Expect.EnteringMaster));

        lab.A.Crash();
        Expect.CrashTakeover(lab, IPAddress.Parse(first), IPAddress.Parse(second), low);
        Expect.Master(lab.B, TimeSpan.Zero, address: addresses[^1]);
    }

    private static string Peers(string own, string peer) => $$"""
        unicast_src_ip {{own}}
            unicast_peer {
                {{peer}}
            }
        """;
}
