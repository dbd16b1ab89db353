using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>How long a router waits after its start before it speaks (vrrp.md, 8.1 and 8.6).</summary>
public sealed class StartTests
{
    [Fact]
    public void Start_stateMasterBelow255_waitsLikeAnyBackup()
    {
        VrrpConfiguration configuration = new() { Priority = 150, Extra = "state MASTER" };
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration);
        VerifyFirstAdvert(lab, configuration.ActiveDownInterval);
    }

    [Fact]
    public void Start_withStartupDelay_countsFromItsEnd()
    {
        VrrpConfiguration configuration = new() { Priority = 150, Globals = "vrrp_startup_delay 1.5" };
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration);
        VerifyFirstAdvert(lab, TimeSpan.FromSeconds(1.5) + configuration.ActiveDownInterval);
    }

    // An interface that has just come up: who is told of a FAULT then is told at each boot.
    [Theory, BesideStock]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void Start_ipv6AddressStillTentative_isNoFault(Implementation implementation)
    {
        VrrpConfiguration configuration = new() { Addresses = ["fe80::51"] };
        using Lab lab = new(routers: 1);
        string address = $"{lab.A.LinkLocal}/64";
        lab.A.Ip("-6", "address", "delete", address, "dev", "eth0");
        lab.A.Sysctl("net/ipv6/conf/eth0/accept_dad", "1");
        lab.A.Sysctl("net/ipv6/conf/eth0/dad_transmits", "5");
        lab.A.Ip("-6", "address", "add", address, "dev", "eth0");
        Assert.Contains(address, lab.A.Ip("-6", "address", "show", "dev", "eth0", "tentative"));
        lab.A.Start(implementation, configuration);
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        lab.Observer.WaitForAdvert(lab.A.LinkLocal, configuration.ActiveDownInterval + Expect.Soon);
        Assert.Empty(lab.A.Daemon.LogMatches(Expect.EnteringFault));
    }

    [Fact]
    public void Start_quietConsole_hasOnlyTheLinesOfState()
    {
        VrrpConfiguration configuration = new() { Priority = 150 };
        using Lab lab = new(routers: 1);
        File.WriteAllText(lab.A.ConfigurationFile, configuration);
        lab.A.StartAs(Binaries.PathOf(Implementation.Ours), "-n", "-l", "-f", lab.A.ConfigurationFile);
        lab.A.Daemon.WaitForLog(@"\(VI_1\) Entering BACKUP STATE \(init\)", Expect.Soon);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        Assert.Empty(lab.A.Daemon.LogMatches("Receive advertisement timeout|Sending gratuitous ARP"));
        // The console's prefix is that of ctime(3).
        Assert.Matches(
            @"^\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}: \(VI_1\) Entering MASTER STATE", lab.A.Daemon.LogMatches(Expect.EnteringMaster)[0].Text);
    }

    private static void VerifyFirstAdvert(Lab lab, TimeSpan expected)
    {
        Advert first = lab.Observer.WaitForAdvert(lab.A.Address, expected + Expect.Soon);
        Assert.InRange(first.At - lab.A.Daemon.ExecutedAt, expected, expected + Expect.Slack + Expect.Slack);
    }
}
