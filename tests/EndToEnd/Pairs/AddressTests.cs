using System.Net;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Pairs;

/// <summary>What stands on the interfaces of a MASTER, whichever daemon put it there.</summary>
public sealed class AddressTests
{
    private static VrrpConfiguration Configuration(int priority) => new()
    {
        Priority = priority,
        Addresses =
        [
            "10.9.0.100/24 brd 10.9.0.255 dev eth0 label eth0:vip",
            "10.9.0.101 dev eth0 scope link",
        ],
        Extra = """
            virtual_ipaddress_excluded {
                    10.77.0.1/24 dev eth1 brd + scope site label eth1:out
                    10.77.0.2/32 dev eth1 scope host
                    fd77::1/64 dev eth1
                    fd77::2 dev eth1
                }
            """,
    };

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Addresses_dualAndExcluded_areTheSameOnBothRouters(Implementation a, Implementation b)
    {
        using Lab lab = new();
        lab.A.AddInterface("eth1");
        lab.B.AddInterface("eth1");
        Expect.MasterAndBackup(lab, a, b, Configuration(150), Configuration(100));
        lab.A.Addresses.WaitFor(IPAddress.Parse("fd77::2"), present: true, Expect.Soon);
        VerifyMaster(lab.A);
        Assert.All(lab.Observer.Adverts.Snapshot(), advert => Assert.Equal(2, advert.AddressCount));

        lab.A.Stop();
        Assert.DoesNotContain(lab.A.ListAddresses(), entry => entry.Address.ToString() is "10.9.0.100" or "10.9.0.101");
        Assert.DoesNotContain(lab.A.ListAddresses("eth1"), entry => entry.Scope != "link");
        Expect.Master(lab.B, Configuration(100).SkewTime);
        lab.B.Addresses.WaitFor(IPAddress.Parse("fd77::2"), present: true, Expect.Soon);
        VerifyMaster(lab.B);
    }

    private static void VerifyMaster(Router router)
    {
        InterfaceAddress[] all = [.. router.ListAddresses("eth0"), .. router.ListAddresses("eth1")];
        InterfaceAddress[] expected =
        [
            new("eth0", IPAddress.Parse("10.9.0.100"), 24, "global", "eth0:vip", "10.9.0.255", false),
            new("eth0", IPAddress.Parse("10.9.0.101"), 32, "link", "eth0", "", false),
            new("eth1", IPAddress.Parse("10.77.0.1"), 24, "site", "eth1:out", "10.77.0.255", false),
            new("eth1", IPAddress.Parse("10.77.0.2"), 32, "host", "eth1", "", false),
            new("eth1", IPAddress.Parse("fd77::1"), 64, "global", "", "", false),
            new("eth1", IPAddress.Parse("fd77::2"), 128, "global", "", "", true),
        ];
        Assert.All(expected, address => Assert.Contains(address, all));
    }
}
