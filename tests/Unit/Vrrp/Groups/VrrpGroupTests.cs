using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Vrrp.Groups;

/// <summary>The rules of sync groups (vrrp.md, section 11), most of them beside what keepalived 2.2.7 was seen to do.</summary>
public sealed class VrrpGroupTests
{
    [Fact]
    public void Start_withoutFaults_tellsTheGroupFirst()
        => Assert.Equal(["group BACKUP", "A BACKUP", "B BACKUP"], new GroupWorld(100, 100).Start().Take());

    [Fact]
    public void Start_wantedStates_areBackup()
    {
        GroupWorld world = new GroupWorld(255, 100).Start();
        Assert.All(world.Members, static m => Assert.Equal(VrrpState.Backup, m.WantedState));
    }

    [Fact]
    public void Start_oneFault_isTheFaultOfAll()
    {
        GroupWorld world = new GroupWorld(100, 100, 100).Start(VrrpFaults.None, VrrpFaults.InterfaceDown);
        Assert.Equal(["group FAULT", "A FAULT", "B FAULT", "C FAULT"], world.Take());
        Assert.Contains("VRRP_Group(G): Syncing B to FAULT state", world.Lines);
        Assert.Contains("(A) entering FAULT state", world.Lines);
        Assert.Contains("(B): entering FAULT state (interface ethB down)", world.Lines);
        Assert.Equal("sync group G: another member has a fault", world.A.LastTransition.Reason.ToString());
    }

    [Fact]
    public void Start_allOwners_areActiveAtOnceByThemselves()
    {
        GroupWorld world = new GroupWorld(255, 255).Start();
        world.Take();
        world.Advance(0.001);
        // keepalived says nothing of the group then: that it is MASTER was clear from the beginning.
        Assert.Equal(["A MASTER", "B MASTER"], world.Take());
        Assert.DoesNotContain(world.Lines, static line => line.Contains("Syncing", StringComparison.Ordinal));
        Assert.Equal(VrrpState.Active, world.Group.State);
    }

    [Fact]
    public void Start_ownersWithAFault_waitLikeOthersAfterwards()
    {
        GroupWorld world = new GroupWorld(255, 255).Start(VrrpFaults.InterfaceDown);
        Assert.Equal("A FAULT B FAULT", world.States);
        world.A.SetFault(VrrpFaults.InterfaceDown, false, world.Now);
        Assert.Equal("A BACKUP B BACKUP", world.States);
        world.Advance(3);
        Assert.Equal("A BACKUP B BACKUP", world.States);
        world.Advance(0.1);
        Assert.Equal("A MASTER B MASTER", world.States);
    }

    [Fact]
    public void Start_ownerAmongOthers_waitsForThem()
    {
        GroupWorld world = new GroupWorld(255, 100).Start();
        world.Advance(3.1);
        Assert.Equal("A BACKUP B BACKUP", world.States);
        Assert.Equal(VrrpState.Active, world.A.WantedState);
        world.Advance(0.6);
        Assert.Equal("A MASTER B MASTER", world.States);
    }

    [Fact]
    public void Start_awaitedTracker_holdsAllWithoutAWord()
    {
        GroupWorld world = new GroupWorld(100, 100).Start(VrrpFaults.Awaited);
        Assert.Empty(world.Take());
        Assert.Equal("A FAULT B FAULT", world.States);
        world.A.SetFault(VrrpFaults.Awaited, false, world.Now, "script chk succeeded");
        Assert.Equal(["A BACKUP", "B BACKUP", "group BACKUP"], world.Take());
        Assert.Contains("VRRP_Group(G) Syncing instances to BACKUP state", world.Lines);
        Assert.Equal("sync group G: no member has a fault any more", world.B.LastTransition.Reason.ToString());
    }

    // Seen with keepalived 2.2.7: the other member, which is still held, tells nobody.
    [Fact]
    public void Start_awaitedTrackerIsBad_isToldOfItsMemberAndTheGroup()
    {
        GroupWorld world = new GroupWorld(100, 100).Start(VrrpFaults.Awaited);
        world.A.SetFault(VrrpFaults.Tracker, true, world.Now, "script chk failed");
        world.A.SetFault(VrrpFaults.Awaited, false, world.Now, "script chk failed");
        Assert.Equal(["A FAULT", "group FAULT"], world.Take());
        Assert.Contains("VRRP_Group(G) Syncing instances to FAULT state", world.Lines);
        Assert.True(world.B.IsHeld);
        world.A.SetFault(VrrpFaults.Tracker, false, world.Now);
        Assert.Equal(["A BACKUP", "B BACKUP", "group BACKUP"], world.Take());
    }

    [Fact]
    public void ToMaster_timersThatEndTogether_theLastOneGoesFirst()
    {
        GroupWorld world = new GroupWorld(100, 100, 100).Start();
        world.Take();
        world.Advance(3.609375);
        Assert.Equal(["C MASTER", "A MASTER", "B MASTER", "group MASTER"], world.Take());
        Assert.Contains("VRRP_Group(G) Syncing instances to MASTER state", world.Lines);
        Assert.Equal("sync group G: C became MASTER", world.A.LastTransition.Reason.ToString());
    }

    [Fact]
    public void ToMaster_memberThatIsNotReady_keepsTheOthersBack()
    {
        GroupWorld world = new GroupWorld(150, 100).Start();
        for (int second = 0; second < 6; second++)
        {
            world.Advance(1);
            world.Hear(world.B, 100);
        }
        Assert.Equal("A BACKUP B BACKUP", world.States);
        Assert.Equal(VrrpState.Active, world.A.WantedState);
        Assert.Equal(VrrpState.Backup, world.B.WantedState);
        // A's first timer ended after 3.414 s, and was started anew for as long.
        Assert.True(world.A.TryGetDeadline(VrrpTimer.ActiveDown, out Instant deadline));
        Assert.Equal(2 * 3_414_062_500L, deadline.Nanoseconds);
        world.Advance(3.7);
        Assert.Equal("A MASTER B MASTER", world.States);
        Assert.Equal(VrrpState.Active, world.B.LastTransition.To);
        Assert.Equal(TransitionCause.ActiveRouterSilent, world.B.LastTransition.Reason.Cause);
    }

    [Fact]
    public void ToMaster_advertisementMeanwhile_takesTheWishBack()
    {
        GroupWorld world = new GroupWorld(150, 100).Start();
        world.Advance(3.5);
        Assert.Equal(VrrpState.Active, world.A.WantedState);
        world.Hear(world.A, 200);
        Assert.Equal(VrrpState.Backup, world.A.WantedState);
        world.Advance(0.2);
        Assert.Equal("A BACKUP B BACKUP", world.States);
        Assert.Equal(VrrpState.Active, world.B.WantedState);
    }

    [Fact]
    public void ToBackup_oneLosesTheElection_allLeaveWithoutPriorityZero()
    {
        GroupWorld world = GroupWorld.Active(3);
        world.Hear(world.B, 200);
        Assert.Equal(["B BACKUP", "A BACKUP", "C BACKUP", "group BACKUP"], world.Take());
        Assert.Contains("VRRP_Group(G) Syncing instances to BACKUP state", world.Lines);
        Assert.Equal("sync group G: B is BACKUP", world.A.LastTransition.Reason.ToString());
        Assert.Equal(0UL, world.A.Counters.PriZeroSent);
        Assert.True(world.A.TryGetDeadline(VrrpTimer.ActiveDown, out Instant deadline));
        Assert.Equal(world.A.ActiveDownInterval, deadline - world.Now);
    }

    // Two by the one with the fault, of which one is counted; one by each that is dragged along, which is not.
    [Fact]
    public void ToFault_ofActiveMembers_sendsPriorityZeroByCause()
    {
        GroupWorld world = GroupWorld.Active(3);
        world.B.SetFault(VrrpFaults.InterfaceDown, true, world.Now);
        Assert.Equal(
            ["B sends 0", "B sends 0", "B FAULT", "A sends 0", "A FAULT", "C sends 0", "C FAULT", "group FAULT"], world.Take());
        Assert.Equal(1UL, world.B.Counters.PriZeroSent);
        Assert.Equal(0UL, world.A.Counters.PriZeroSent);
        Assert.Single(world.Lines, static line => line.Contains("sent 0 priority", StringComparison.Ordinal));
        Assert.Equal("sync group G: B has a fault", world.A.LastTransition.Reason.ToString());
    }

    [Fact]
    public void ToFault_ofBackupMembers_pullsAll()
    {
        GroupWorld world = new GroupWorld(100, 100).Start();
        world.Take();
        world.A.SetFault(VrrpFaults.Tracker, true, world.Now);
        Assert.Equal(["A FAULT", "B FAULT", "group FAULT"], world.Take());
    }

    [Fact]
    public void OutOfFault_onlyTheLastOneFreesTheGroup_andGoesFirst()
    {
        GroupWorld world = GroupWorld.Active(3);
        world.A.SetFault(VrrpFaults.InterfaceDown, true, world.Now);
        world.B.SetFault(VrrpFaults.Tracker, true, world.Now);
        world.Take();
        world.A.SetFault(VrrpFaults.InterfaceDown, false, world.Now);
        Assert.Empty(world.Take());
        Assert.Equal("A FAULT B FAULT C FAULT", world.States);
        world.B.SetFault(VrrpFaults.Tracker, false, world.Now);
        Assert.Equal(["B BACKUP", "A BACKUP", "C BACKUP", "group BACKUP"], world.Take());
        world.Advance(3.7);
        Assert.Equal("A MASTER B MASTER C MASTER", world.States);
    }

    // Seen with keepalived 2.2.7: each says priority 0 and waits its skew, and nothing is told of the group before it is MASTER again.
    [Fact]
    public void VirtualAddressLost_byOne_releasesAll()
    {
        GroupWorld world = GroupWorld.Active();
        world.A.OnVirtualAddressLost(IpAddress.Parse("10.9.0.100"), world.Now);
        Assert.Equal(["A sends 0", "A BACKUP", "B sends 0", "B BACKUP"], world.Take());
        Assert.Equal(1UL, world.B.Counters.PriZeroSent);
        Assert.Equal("sync group G: A lost a virtual address", world.B.LastTransition.Reason.ToString());
        Assert.True(world.B.TryGetDeadline(VrrpTimer.ActiveDown, out Instant deadline));
        Assert.Equal(world.B.SkewTime, deadline - world.Now);
        world.Advance(0.7);
        Assert.Equal(["B MASTER", "A MASTER", "group MASTER"], world.Take());
    }

    [Fact]
    public void LowerPriority_heardByOne_isAnsweredWithAnnouncementsOfAll()
    {
        GroupWorld world = GroupWorld.Active();
        world.Hear(world.B, 50);
        Assert.Equal(["B announces 5 LowerPriorityHeard", "A announces 5 LowerPriorityHeard", "B heard lower priority"], world.Take());
        world.Advance(5);
        Assert.Equal(["B announces 5 LowerPriorityDelayed", "A announces 5 LowerPriorityDelayed"], world.Take());
    }

    [Fact]
    public void Stop_membersFirst_thenTheGroup()
    {
        GroupWorld world = GroupWorld.Active();
        foreach (VrrpRouter member in world.Members)
            member.Stop(world.Now);
        world.Group.Stop();
        Assert.Equal(["A sends 0", "A INIT", "B sends 0", "B INIT", "group INIT"], world.Take());
    }

    [Fact]
    public void Resume_nothingNew_tellsNothing()
    {
        GroupWorld world = GroupWorld.Active();
        world.Group.Continue();
        world.Group.Resume(world.Now);
        Assert.Empty(world.Take());
        Assert.Equal("A MASTER B MASTER", world.States);
    }

    private static VrrpRouter Join(GroupWorld world, VrrpFaults faults = VrrpFaults.None)
    {
        VrrpRouter joining = world.Make("N", 100);
        world.Members.Add(joining);
        world.Group.SetMembers(world.Members);
        joining.Prepare(faults, IpAddress.Parse("10.9.0.2"), 1500);
        world.Group.Continue();
        joining.Start(Duration.Zero, world.Now);
        world.Group.Resume(world.Now);
        return joining;
    }

    [Fact]
    public void Resume_newMember_joinsTheActiveOnesWhenItsTimerEnds()
    {
        GroupWorld world = GroupWorld.Active();
        Join(world);
        Assert.Equal("A MASTER B MASTER N BACKUP", world.States);
        world.Advance(3.7);
        Assert.Equal("A MASTER B MASTER N MASTER", world.States);
        Assert.Equal(["N BACKUP", "N MASTER"], world.Take());
    }

    [Fact]
    public void Resume_newMemberHearsABetterRouter_theOthersFollowIt()
    {
        GroupWorld world = GroupWorld.Active();
        VrrpRouter joining = Join(world);
        world.Take();
        world.Hear(joining, 200);
        Assert.Equal(["A BACKUP", "B BACKUP", "group BACKUP"], world.Take());
        world.Hear(joining, 200);
        Assert.Empty(world.Take());
    }

    [Fact]
    public void Resume_newMemberWithAFault_pullsTheOthers()
    {
        GroupWorld world = GroupWorld.Active();
        Join(world, VrrpFaults.InterfaceDown);
        Assert.Equal("A FAULT B FAULT N FAULT", world.States);
        Assert.Equal(["N FAULT", "A sends 0", "A FAULT", "B sends 0", "B FAULT", "group FAULT"], world.Take());
    }

    [Fact]
    public void Resume_memberWithTheFaultIsGone_theOthersRecover()
    {
        GroupWorld world = GroupWorld.Active(3);
        world.A.SetFault(VrrpFaults.InterfaceDown, true, world.Now);
        world.Take();
        VrrpRouter gone = world.A;
        world.Members.RemoveAt(0);
        world.Group.SetMembers(world.Members);
        Assert.Null(gone.Group);
        world.Group.Continue();
        world.Group.Resume(world.Now);
        Assert.Equal(["group BACKUP", "B BACKUP", "C BACKUP"], world.Take());
    }

    [Fact]
    public void SetMembers_none_whoIsLeftInFaultRecoversAlone()
    {
        GroupWorld world = GroupWorld.Active();
        world.A.SetFault(VrrpFaults.InterfaceDown, true, world.Now);
        world.Group.SetMembers([]);
        world.Take();
        foreach (VrrpRouter member in world.Members)
            member.LeaveFaultOfGroup(world.Now);
        Assert.Equal(["B BACKUP"], world.Take());
        Assert.Equal(VrrpState.Fault, world.A.State);
    }

    // Every state and every pull that the table of the FSM has, once through a group: no pull ends in another one.
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Pulls_ofManyMembers_endWhereTheyShould(int members)
    {
        GroupWorld world = GroupWorld.Active(members);
        for (int i = 0; i < members; i++)
        {
            world.Members[i].SetFault(VrrpFaults.Tracker, true, world.Now);
            Assert.All(world.Members, static m => Assert.Equal(VrrpState.Fault, m.State));
            world.Members[i].SetFault(VrrpFaults.Tracker, false, world.Now);
            Assert.All(world.Members, static m => Assert.Equal(VrrpState.Backup, m.State));
            world.Advance(3.7);
            Assert.All(world.Members, static m => Assert.Equal(VrrpState.Active, m.State));
            world.Hear(world.Members[i], 200);
            Assert.All(world.Members, static m => Assert.Equal(VrrpState.Backup, m.State));
            world.Advance(8);
            Assert.All(world.Members, static m => Assert.Equal(VrrpState.Active, m.State));
        }
    }

    [Fact]
    public void Yield_ofOneMember_isThatOfAll()
    {
        GroupWorld world = new GroupWorld(100, 100).Start();
        world.Advance(4);
        world.Take();
        Assert.True(world.A.Yield(world.Now, "failover"));
        Assert.Equal(["A sends 0", "A BACKUP", "B sends 0", "B BACKUP", "group BACKUP"], world.Take());
        Assert.True(world.B.IsYielding);
        Assert.Equal("sync group G: A was told to give its role up", world.B.LastTransition.Reason.ToString());
    }

    [Fact]
    public void Yield_thatOneMemberTakesBack_isOverForAll()
    {
        GroupWorld world = new GroupWorld(100, 100).Start();
        world.Advance(4);
        world.A.Yield(world.Now, "failover");
        world.B.StopYielding();
        Assert.All(world.Members, static m => Assert.False(m.IsYielding));
        for (int second = 0; second < 5; second++)
        {
            world.Hear(world.A, 50);
            world.Hear(world.B, 50);
            world.Advance(1);
        }
        Assert.All(world.Members, static m => Assert.Equal(VrrpState.Active, m.State));
    }
}
