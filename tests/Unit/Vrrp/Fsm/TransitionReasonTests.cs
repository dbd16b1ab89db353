using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Vrrp.Fsm;

/// <summary>The sentences that tell an operator why.</summary>
public class TransitionReasonTests
{
    private static readonly TransitionReason Full = new()
    {
        Peer = IpAddress.Parse("10.0.0.2"),
        PeerPriority = new Priority(150),
        OwnPriority = new Priority(100),
        OwnAddress = IpAddress.Parse("10.0.0.1"),
        Limit = Duration.FromMicroseconds(3_609_375),
        Elapsed = Duration.FromMicroseconds(3_610_400),
    };

    [Theory]
    [InlineData(TransitionCause.Started, "started with priority 100")]
    [InlineData(TransitionCause.AddressOwner, "priority 100: the addresses are this router's own")]
    [InlineData(TransitionCause.NobodyHeard, "no router heard for 3.61 s (limit 3.609 s)")]
    [InlineData(TransitionCause.ActiveRouterSilent,
        "no advertisement from 10.0.0.2 for 3.61 s (limit 3.609 s); its last one had priority 150")]
    [InlineData(TransitionCause.ActiveRouterReleased,
        "10.0.0.2 released its role (priority 0), and no other router took over for 3.61 s (limit 3.609 s)")]
    [InlineData(TransitionCause.LowerPriorityPreempted, "10.0.0.2 advertises priority 150, lower than ours, 100")]
    [InlineData(TransitionCause.HigherPriorityHeard, "10.0.0.2 advertised priority 150, higher than ours, 100, after this router could not advertise for 3.61 s")]
    [InlineData(TransitionCause.HigherAddressHeard,
        "10.0.0.2 advertised our priority, 150, and its address is higher than ours, 10.0.0.1, after this router could not advertise for 3.61 s")]
    [InlineData(TransitionCause.FaultCleared, "no fault is left")]
    [InlineData(TransitionCause.VirtualAddressLost, "virtual address 10.0.0.2 was removed by somebody else")]
    [InlineData(TransitionCause.Shutdown, "told to stop")]
    [InlineData(TransitionCause.Removed, "no longer in the configuration")]
    [InlineData(TransitionCause.LateWakeUp, "could not advertise for 3.61 s (a backup takes over after 3.609 s)")]
    [InlineData(TransitionCause.Held, "held until what it tracks has been heard of")]
    [InlineData(TransitionCause.Ignored, "no change of state")]
    public void Text_is_one_sentence(TransitionCause cause, string expected)
        => Assert.Equal(expected, (Full with { Cause = cause }).ToString());

    [Theory]
    [InlineData(VrrpFaults.InterfaceDown, "the interface is down")]
    [InlineData(VrrpFaults.BaseInterfaceDown, "the base interface is down")]
    [InlineData(VrrpFaults.NoSourceAddress, "the interface has no address to send from")]
    [InlineData(VrrpFaults.DuplicateVrid, "another instance uses the same VRID")]
    [InlineData(VrrpFaults.Tracker, "a tracked object is bad")]
    [InlineData(VrrpFaults.Awaited, "a tracked object has not been heard of yet")]
    [InlineData(VrrpFaults.Configuration, "it has nobody to speak to (no multicast on the interface, or no unicast peer)")]
    [InlineData(VrrpFaults.InterfaceDown | VrrpFaults.NoSourceAddress,
        "the interface is down, the interface has no address to send from")]
    public void Text_of_a_fault_names_each_of_them(VrrpFaults faults, string expected)
    {
        Assert.Equal(expected, (Full with { Cause = TransitionCause.FaultRaised, Faults = faults }).ToString());
        Assert.Equal("started while " + expected, (Full with { Cause = TransitionCause.Started, Faults = faults }).ToString());
    }

    [Theory]
    [InlineData(TransitionCause.FaultRaised, "script chk failed")]
    [InlineData(TransitionCause.HeldFaultRaised, "script chk failed")]
    [InlineData(TransitionCause.Started, "started while script chk failed")]
    [InlineData(TransitionCause.FaultCleared, "no fault is left: script chk failed")]
    [InlineData(TransitionCause.LowerPriorityPreempted, "10.0.0.2 advertises priority 150, lower than ours, 100 (script chk failed)")]
    [InlineData(TransitionCause.HigherPriorityHeard, "10.0.0.2 advertised priority 150, higher than ours, 100 (script chk failed)")]
    [InlineData(TransitionCause.HigherAddressHeard,
        "10.0.0.2 advertised our priority, 150 (script chk failed), and its address is higher than ours, 10.0.0.1")]
    public void Text_with_a_subject_names_it(TransitionCause cause, string expected)
        => Assert.Equal(expected, (Full with { Cause = cause, Subject = "script chk failed", Faults = VrrpFaults.Tracker, Limit = Duration.Zero }).ToString());

    // Nothing of a standstill where there was none.
    [Theory]
    [InlineData(TransitionCause.HigherPriorityHeard, "10.0.0.2 advertised priority 150, higher than ours, 100")]
    [InlineData(TransitionCause.HigherAddressHeard, "10.0.0.2 advertised our priority, 150, and its address is higher than ours, 10.0.0.1")]
    public void Text_of_a_lost_election_is_that_alone(TransitionCause cause, string expected)
        => Assert.Equal(expected, (Full with { Cause = cause, Limit = Duration.Zero }).ToString());

    [Theory]
    [InlineData(TransitionCause.PulledToActive, "sync group G: V became MASTER")]
    [InlineData(TransitionCause.PulledToBackup, "sync group G: V is BACKUP")]
    [InlineData(TransitionCause.PulledToRelease, "sync group G: V lost a virtual address")]
    [InlineData(TransitionCause.PulledToFault, "sync group G: V has a fault")]
    [InlineData(TransitionCause.PulledOutOfFault, "sync group G: no member has a fault any more")]
    public void Text_of_a_pull_names_group_and_member(TransitionCause cause, string expected)
        => Assert.Equal(expected, (Full with { Cause = cause, Group = "G", Subject = "V" }).ToString());

    [Fact]
    public void Text_of_a_pull_at_start_names_the_group()
        => Assert.Equal("sync group G: another member has a fault", (Full with { Cause = TransitionCause.PulledToFault, Group = "G" }).ToString());

    [Fact]
    public void Text_with_a_subject_that_is_endless_is_cut()
    {
        TransitionReason reason = Full with { Cause = TransitionCause.FaultRaised, Subject = new string('x', 99) + "\U0001F600" + new string('x', 5000) };
        Assert.Equal(new string('x', 99), reason.ToString());
        Assert.Equal(new string('x', 100), (reason with { Subject = new string('x', 5000) }).ToString());
    }

    [Fact]
    public void Text_of_a_release_by_ourselves_names_nobody()
        => Assert.Equal(
            "no router took over for 3.61 s (limit 3.609 s) after the role was released",
            (Full with { Cause = TransitionCause.ActiveRouterReleased, Peer = default }).ToString());

    [Fact]
    public void Text_that_does_not_fit_is_refused_and_not_cut()
    {
        TransitionReason reason = Full with { Cause = TransitionCause.ActiveRouterSilent };
        int length = Encoding.UTF8.GetByteCount(reason.ToString());
        Assert.False(reason.TryFormat(new byte[length - 1], out _, default, null));
        Assert.True(reason.TryFormat(new byte[length], out int written, default, null));
        Assert.Equal(length, written);
    }

    [Fact]
    public void Longest_text_fits()
    {
        IpAddress longest = IpAddress.Parse("fd00:1111:2222:3333:4444:5555:6666:7777");
        foreach (TransitionCause cause in Enum.GetValues<TransitionCause>())
        {
            TransitionReason reason = Full with
            {
                Cause = cause,
                Peer = longest,
                OwnAddress = longest,
                Elapsed = Duration.MaxValue,
                Limit = Duration.MaxValue,
                Faults = (VrrpFaults)0x7F,
                Subject = new string('\u20AC', 5000),
                Group = new string('\u20AC', 5000),
            };
            Assert.NotEmpty(reason.ToString());
        }
    }

    [Fact]
    public void Takeover_tells_the_measured_silence_and_its_limit()
    {
        TestWorld world = new();
        VrrpRouter router = world.Start(TestWorld.Version2);
        world.Advance(1);
        world.Hear(router, TestWorld.Higher, 150);
        world.Sleep(3.7);
        world.FireDue();
        Assert.Equal(
            "no advertisement from 10.9.0.3 for 3.7 s (limit 3.609 s); its last one had priority 150",
            router.LastTransition.Reason.ToString());
        Assert.Contains(
            "(V) reason: no advertisement from 10.9.0.3 for 3.7 s (limit 3.609 s); its last one had priority 150", world.Texts);
        Assert.Equal(world.Now, router.LastTransitionAt);
    }
}
