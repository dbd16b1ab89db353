using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Pairs;

/// <summary>Two routers with the virtual router's MAC address: hosts keep what they have learnt, whoever of the two is MASTER.</summary>
public sealed class VirtualMacTests
{
    private const string Vmac = "00:00:5e:00:01:33";

    private static readonly VrrpConfiguration s_high = new() { Priority = 150, Extra = "use_vmac" };
    private static readonly VrrpConfiguration s_low = new() { Priority = 100, Extra = "use_vmac" };

    private static string SourceMac(Advert advert) => string.Join(':', advert.Frame.Skip(6).Take(6).Select(static octet => octet.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Takeover_andReturn_hostsKeepTheirNeighbour(Implementation a, Implementation b)
    {
        using Lab lab = MakeLab();
        Expect.MasterAndBackup(lab, a, b, s_high, s_low);
        Assert.Equal(Vmac, SourceMac(lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon)));
        Assert.Equal(Vmac, lab.Observer.Announcements.WaitFor("announcement of A", static it => it.Address.Equals(Expect.Vip), Expect.Soon).LinkLayerAddress);
        Assert.Equal(Vmac, Neighbour(lab));

        int seen = lab.Observer.Adverts.Count;
        lab.A.Crash();
        Expect.CrashTakeover(lab, lab.A.Address, lab.B.Address, s_low);
        Assert.Equal(Vmac, SourceMac(lab.Observer.WaitForAdvert(lab.B.Address, Expect.Soon, seen)));
        // Without asking again: what the host knew holds.
        Assert.Equal(Vmac, Neighbour(lab));

        lab.A.Start(a, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        Assert.Equal(Vmac, Neighbour(lab));
        lab.A.Stop();
        lab.B.Stop();
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void IPv6_takeover(Implementation a, Implementation b)
    {
        using Lab lab = MakeLab();
        VrrpConfiguration high = s_high with { Addresses = ["fe80::100", "2001:db8::100/64"] };
        VrrpConfiguration low = s_low with { Addresses = ["fe80::100", "2001:db8::100/64"] };
        lab.A.Start(a, high);
        lab.A.Daemon.WaitForLog($"{Expect.EnteringBackup}|{Expect.EnteringMaster}", Expect.Soon);
        lab.B.Start(b, low);
        lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        Expect.Master(lab.A, high.ActiveDownInterval, address: "2001:db8::100");
        Assert.Equal("00:00:5e:00:02:33", SourceMac(lab.Observer.WaitForAdvert(lab.A.LinkLocal, Expect.Soon)));
        lab.A.Crash();
        Expect.Master(lab.B, low.ActiveDownInterval, address: "2001:db8::100");
        Assert.Equal("00:00:5e:00:02:33", SourceMac(lab.Observer.WaitForAdvert(lab.B.LinkLocal, Expect.Soon)));
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void TransmitBase_advertsCarryTheMacOfTheInterface(Implementation a, Implementation b)
    {
        using Lab lab = MakeLab();
        Expect.MasterAndBackup(lab, a, b, s_high with { Extra = "use_vmac\nvmac_xmit_base" }, s_low with { Extra = "use_vmac\nvmac_xmit_base" });
        Assert.Equal(lab.A.Mac, SourceMac(lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon)));
        Assert.Equal(Vmac, Neighbour(lab));
        lab.A.Stop();
        Expect.Master(lab.B, s_low.SkewTime);
        Assert.Equal(Vmac, Neighbour(lab));
    }

    // What the host takes for the address, from announcements alone: an answer of the router would go out on the interface below.
    private static string Neighbour(Lab lab)
    {
        string address = "";
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                string[] words = lab.Host.Ip("neighbour", "show", VrrpConfiguration.DefaultAddress).Split(' ');
                address = words.SkipWhile(static word => word != "lladdr").ElementAtOrDefault(1) ?? "";
                return address.Length > 0;
            },
            Expect.Soon));
        return address;
    }

    private static Lab MakeLab()
    {
        Lab lab = new();
        lab.Host.Sysctl("net/ipv4/conf/eth0/arp_accept", "1");
        return lab;
    }
}
