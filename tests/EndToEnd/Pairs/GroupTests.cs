using System.Net;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Pairs;

/// <summary>Sync groups: what happens to one member happens to all.</summary>
public sealed class GroupTests
{
    private static readonly GroupConfiguration s_high = new() { Priority = 150 };
    private static readonly GroupConfiguration s_low = new() { Priority = 100 };
    private static readonly IPAddress s_second = IPAddress.Parse(GroupConfiguration.SecondAddress);
    private static readonly IPAddress s_secondOfA = IPAddress.Parse("10.19.0.1");

    /// <summary>A holds both addresses, B none.</summary>
    private static Lab Start(Implementation a, Implementation b, GroupConfiguration high, GroupConfiguration low, out Observer second)
    {
        Lab lab = new();
        try
        {
            second = lab.AddSegment(GroupConfiguration.SecondInterface, GroupConfiguration.SecondSubnet);
            lab.A.Start(a, high);
            lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
            lab.B.Start(b, low);
            Holds(lab.A, high);
            lab.B.Daemon.WaitForLog(@"\(VI_2\) Entering BACKUP STATE", Expect.Soon);
            return lab;
        }
        catch
        {
            lab.Dispose();
            throw;
        }
    }

    private static void Holds(Router router, GroupConfiguration configuration)
    {
        router.Addresses.WaitFor(Expect.Vip, present: true, configuration.ActiveDownInterval * 2 + Expect.Soon);
        router.Addresses.WaitFor(s_second, present: true, configuration.ActiveDownInterval * 2 + Expect.Soon);
    }

    private static void HoldsNone(Router router)
    {
        router.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
        router.Addresses.WaitFor(s_second, present: false, Expect.Soon);
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Group_linkOfOneMember_movesBothAddressesAndBack(Implementation a, Implementation b)
    {
        using Lab lab = Start(a, b, s_high, s_low, out _);
        int adverts = lab.Observer.Adverts.Count;
        lab.A.LoseCarrier(GroupConfiguration.SecondInterface);
        lab.A.Daemon.WaitForLog(@"VRRP_Group\(G\) Syncing instances to FAULT state", Expect.Soon);
        Holds(lab.B, s_low);
        HoldsNone(lab.A);
        lab.B.Daemon.WaitForLog(@"VRRP_Group\(G\) Syncing instances to MASTER state", Expect.Soon);
        // The member that was dragged along says good-bye once, so that the other router need not wait for its silence here.
        Advert goodbye = Assert.Single(lab.Observer.Adverts.Snapshot(adverts), advert => advert.Priority == 0);
        Assert.Equal(lab.A.Address, goodbye.Source);

        int seen = lab.A.Daemon.Log.Count;
        lab.A.RegainCarrier(GroupConfiguration.SecondInterface);
        lab.A.Daemon.WaitForLog(@"VRRP_Group\(G\) Syncing instances to BACKUP state", Expect.Soon, seen);
        Holds(lab.A, s_high);
        HoldsNone(lab.B);
        // Losing an election is said without a priority 0.
        Assert.DoesNotContain(lab.Observer.Adverts.Snapshot(adverts), advert => advert.Priority == 0 && advert.Source.Equals(lab.B.Address));
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Group_addressOfOneMemberLost_bothReleaseAndOneRouterHoldsBoth(Implementation a, Implementation b)
    {
        using Lab lab = Start(a, b, s_high, s_low, out Observer second);
        int first = lab.Observer.Adverts.Count;
        int other = second.Adverts.Count;
        lab.A.Ip("address", "delete", $"{VrrpConfiguration.DefaultAddress}/32", "dev", "eth0");
        lab.Observer.Adverts.WaitFor("A's good-bye on eth0", advert => advert.Priority == 0 && advert.Source.Equals(lab.A.Address), Expect.Soon, first);
        second.Adverts.WaitFor("A's good-bye on eth1", advert => advert.Priority == 0 && advert.Source.Equals(s_secondOfA), Expect.Soon, other);
        // A's skew is the shorter one.
        Holds(lab.A, s_high);
        Assert.False(lab.B.Has(VrrpConfiguration.DefaultAddress));
        Assert.False(lab.B.Has(GroupConfiguration.SecondAddress));
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Group_routerDies_theOtherTakesOverBoth(Implementation a, Implementation b)
    {
        using Lab lab = Start(a, b, s_high, s_low, out _);
        lab.A.Crash();
        Holds(lab.B, s_low);
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Group_routerStops_theOtherTakesOverBoth(Implementation a, Implementation b)
    {
        using Lab lab = Start(a, b, s_high, s_low, out Observer second);
        int first = lab.Observer.Adverts.Count;
        int other = second.Adverts.Count;
        lab.A.Stop();
        Holds(lab.B, s_low);
        Assert.Contains(lab.Observer.Adverts.Snapshot(first), advert => advert.Priority == 0 && advert.Source.Equals(lab.A.Address));
        Assert.Contains(second.Adverts.Snapshot(other), advert => advert.Priority == 0 && advert.Source.Equals(s_secondOfA));
    }

    // The group's own tracker: with weight 0 it is the fault of both.
    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Group_trackedInterfaceOfTheGroup_movesBoth(Implementation a, Implementation b)
    {
        GroupConfiguration high = s_high with { GroupLines = "track_interface {\n eth2\n }" };
        Lab lab = new();
        using (lab)
        {
            lab.AddSegment(GroupConfiguration.SecondInterface, GroupConfiguration.SecondSubnet);
            lab.A.AddInterface("eth2");
            lab.A.Start(a, high);
            lab.B.Start(b, s_low);
            Holds(lab.A, high);
            lab.A.LoseCarrier("eth2");
            Holds(lab.B, s_low);
            HoldsNone(lab.A);
            lab.A.RegainCarrier("eth2");
            Holds(lab.A, high);
            HoldsNone(lab.B);
        }
    }

    // A weight of the group's tracker changes the priorities of both, and both elections are lost.
    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void Group_weightOfTheGroupsTracker_movesBoth(Implementation a, Implementation b)
    {
        GroupConfiguration high = s_high with { GroupLines = "sync_group_tracking_weight\n track_interface {\n eth2 weight -60\n }" };
        Lab lab = new();
        using (lab)
        {
            Observer second = lab.AddSegment(GroupConfiguration.SecondInterface, GroupConfiguration.SecondSubnet);
            lab.A.AddInterface("eth2");
            lab.A.Start(a, high);
            lab.B.Start(b, s_low);
            Holds(lab.A, high);
            lab.A.LoseCarrier("eth2");
            lab.A.Daemon.WaitForLog(@"\(VI_1\) Changing effective priority from 150 to 90", Expect.Soon);
            lab.A.Daemon.WaitForLog(@"\(VI_2\) Changing effective priority from 150 to 90", Expect.Soon);
            Holds(lab.B, s_low);
            HoldsNone(lab.A);
            second.Adverts.WaitFor("priority 90", advert => advert.Priority == 90 && advert.Source.Equals(s_secondOfA), Expect.Soon);
            lab.A.RegainCarrier("eth2");
            Holds(lab.A, high);
        }
    }
}
