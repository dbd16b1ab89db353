using System.Net;
using KeepalivedAot.Tests.EndToEnd.Laboratory;
using KeepalivedAot.Tests.EndToEnd.Pairs;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>Sync groups that a reload makes, changes and dissolves.</summary>
public sealed class GroupReloadTests
{
    private static readonly GroupConfiguration s_group = new() { AdvertSeconds = 0.2 };
    private static readonly GroupConfiguration s_alone = s_group with { HasGroup = false };
    private static readonly IPAddress s_second = IPAddress.Parse(GroupConfiguration.SecondAddress);

    private static void Reload(Lab lab, string configuration)
    {
        int seen = lab.A.Daemon.Log.Count;
        File.WriteAllText(lab.A.ConfigurationFile, configuration);
        lab.A.Daemon.Signal(Libc.SIGHUP);
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon, seen);
    }

    private static Lab Start(GroupConfiguration configuration)
    {
        Lab lab = new(routers: 1);
        lab.AddSegment(GroupConfiguration.SecondInterface, GroupConfiguration.SecondSubnet);
        lab.A.Start(Implementation.Ours, configuration);
        lab.A.Addresses.WaitFor(Expect.Vip, present: true, Expect.Soon);
        lab.A.Addresses.WaitFor(s_second, present: true, Expect.Soon);
        // The log comes after what it speaks of.
        lab.A.Daemon.WaitForLog(@"\(VI_1\) Entering MASTER STATE", Expect.Soon);
        lab.A.Daemon.WaitForLog(@"\(VI_2\) Entering MASTER STATE", Expect.Soon);
        return lab;
    }

    [Fact]
    public void Group_madeByReload_leavesMastersAlone_andTiesThemTogether()
    {
        using Lab lab = Start(s_alone);
        int seen = lab.A.Daemon.Log.Count;
        Reload(lab, s_group);
        Thread.Sleep(s_group.ActiveDownInterval);
        Assert.Empty(lab.A.Daemon.LogMatches("STATE", seen));
        lab.A.LoseCarrier(GroupConfiguration.SecondInterface);
        lab.A.Daemon.WaitForLog(@"\(VI_1\) reason: sync group G: VI_2 has a fault", Expect.Soon, seen);
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
    }

    [Fact]
    public void Group_dissolvedByReload_freesWhoHasNoFault()
    {
        using Lab lab = Start(s_group);
        lab.A.LoseCarrier(GroupConfiguration.SecondInterface);
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
        Reload(lab, s_alone);
        lab.A.Daemon.WaitForLog(@"\(VI_1\) reason: no fault is left: no sync group holds it any more", Expect.Soon);
        lab.A.Addresses.WaitFor(Expect.Vip, present: true, s_group.ActiveDownInterval + Expect.Soon);
        Assert.False(lab.A.Has(GroupConfiguration.SecondAddress));
    }

    // keepalived makes all members backup then; here the addresses stay where they are.
    [Fact]
    public void Group_memberAddedByReload_joinsWithoutALapse()
    {
        using Lab lab = Start(s_group);
        string third = s_group.ToString().Replace("VI_2\n", "VI_2\n        VI_3\n", StringComparison.Ordinal)
            + new VrrpConfiguration { Name = "VI_3", Vrid = 53, Addresses = ["10.9.0.103"], Version = 3 }.ToString();
        int adverts = lab.Observer.Adverts.Count;
        Reload(lab, third);
        lab.A.Addresses.WaitFor(IPAddress.Parse("10.9.0.103"), present: true, s_group.ActiveDownInterval + Expect.Soon);
        Assert.DoesNotContain(lab.A.Addresses.Events.Snapshot(), static change => !change.Added && change.Address.Equals(Expect.Vip));
        Assert.DoesNotContain(lab.Observer.Adverts.Snapshot(adverts), static advert => advert.Priority == 0);
    }
}
