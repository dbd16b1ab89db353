using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Groups;

namespace KeepalivedAot.Tests.Unit.Vrrp.Fsm;

/// <summary>Every pair of state and event, those that are ignored included, as one table.</summary>
public class VrrpFsmTests
{
    /// <summary>One row: who, what happens, and what must be decided.</summary>
    public sealed record Row(
        string Name, RouterView View, VrrpEvent Event,
        VrrpState To, VrrpActions Actions, BackupWait Wait, TransitionCause Cause)
    {
        public override string ToString() => Name;
    }

    private static readonly IpAddress Ours = IpAddress.Parse("10.9.0.2");
    private static readonly IpAddress LowerAddress = IpAddress.Parse("10.9.0.1");
    private static readonly IpAddress HigherAddress = IpAddress.Parse("10.9.0.10");

    private static readonly RouterView Router = new()
    {
        Priority = new Priority(100),
        LocalAddress = Ours,
        PreemptMode = true,
        Waiting = BackupWait.ActiveDownInterval,
    };

    private static readonly RouterView Initialize = Router with { State = VrrpState.Initialize };
    private static readonly RouterView Backup = Router with { State = VrrpState.Backup };
    private static readonly RouterView Active = Router with { State = VrrpState.Active };
    private static readonly RouterView Fault = Router with { State = VrrpState.Fault, Faults = VrrpFaults.InterfaceDown };

    private const VrrpActions Answer = VrrpActions.Advertise | VrrpActions.RestartAdver;

    public static readonly Row[] Table =
    [
        // Initialize
        Go("startup", Initialize, Of(VrrpEventKind.Startup),
            VrrpState.Backup, VrrpActions.None, BackupWait.ActiveDownInterval, TransitionCause.Started),
        Go("startup of an owner", Initialize with { StartsActive = true, Priority = Priority.Owner }, Of(VrrpEventKind.Startup),
            VrrpState.Backup, VrrpActions.None, BackupWait.AtOnce, TransitionCause.Started),
        Go("startup with a fault", Initialize with { Faults = VrrpFaults.InterfaceDown }, Of(VrrpEventKind.Startup),
            VrrpState.Fault, VrrpActions.None, BackupWait.Unchanged, TransitionCause.Started),
        Go("startup of an owner with a fault",
            Initialize with { StartsActive = true, Faults = VrrpFaults.Tracker }, Of(VrrpEventKind.Startup),
            VrrpState.Fault, VrrpActions.None, BackupWait.Unchanged, TransitionCause.Started),
        Ignored(Initialize, VrrpEventKind.Shutdown),
        Ignored(Initialize, VrrpEventKind.Removal),
        Ignored(Initialize, VrrpEventKind.Advertisement),
        Ignored(Initialize, VrrpEventKind.ActiveDownTimerExpired),
        Ignored(Initialize, VrrpEventKind.AdverTimerExpired),
        Ignored(Initialize, VrrpEventKind.AdverTimerOverdue),
        Ignored(Initialize, VrrpEventKind.FaultRaised),
        Ignored(Initialize, VrrpEventKind.FaultCleared),
        Ignored(Initialize, VrrpEventKind.VirtualAddressLost),
        Ignored(Initialize, VrrpEventKind.PriorityChanged),
        Ignored(Initialize, VrrpEventKind.PulledToActive),
        Ignored(Initialize, VrrpEventKind.PulledToBackup),
        Ignored(Initialize, VrrpEventKind.PulledToRelease),
        Ignored(Initialize, VrrpEventKind.YieldRequested),
        Ignored(Initialize, VrrpEventKind.PulledToYield),
        Ignored(Initialize, VrrpEventKind.PulledToFault),
        Go("startup while something is awaited", Initialize with { Faults = VrrpFaults.Awaited }, Of(VrrpEventKind.Startup),
            VrrpState.Fault, VrrpActions.None, BackupWait.Unchanged, TransitionCause.Held),
        Go("startup with a fault while something is awaited",
            Initialize with { Faults = VrrpFaults.Awaited | VrrpFaults.InterfaceDown }, Of(VrrpEventKind.Startup),
            VrrpState.Fault, VrrpActions.None, BackupWait.Unchanged, TransitionCause.Started),
        Go("startup in a group that waits", Initialize with { GroupFault = GroupFault.Held }, Of(VrrpEventKind.Startup),
            VrrpState.Fault, VrrpActions.None, BackupWait.Unchanged, TransitionCause.Held),
        Go("startup in a group with a fault", Initialize with { GroupFault = GroupFault.Present }, Of(VrrpEventKind.Startup),
            VrrpState.Fault, VrrpActions.None, BackupWait.Unchanged, TransitionCause.PulledToFault),
        Go("startup while something is awaited, in a group with a fault",
            Initialize with { Faults = VrrpFaults.Awaited, GroupFault = GroupFault.Present }, Of(VrrpEventKind.Startup),
            VrrpState.Fault, VrrpActions.None, BackupWait.Unchanged, TransitionCause.Held),

        // Backup
        Ignored(Backup, VrrpEventKind.Startup),
        Go("backup stops", Backup, Of(VrrpEventKind.Shutdown),
            VrrpState.Initialize, VrrpActions.None, BackupWait.Unchanged, TransitionCause.Shutdown),
        Go("backup is removed", Backup, Of(VrrpEventKind.Removal),
            VrrpState.Initialize, VrrpActions.None, BackupWait.Unchanged, TransitionCause.Removed),
        Stay("backup hears 0", Backup, Advert(0, LowerAddress),
            VrrpActions.None, BackupWait.SkewTime, TransitionCause.ReleaseHeard),
        Stay("backup hears 0 with nopreempt", Backup with { PreemptMode = false }, Advert(0, LowerAddress),
            VrrpActions.None, BackupWait.SkewTime, TransitionCause.ReleaseHeard),
        Stay("backup hears 0 in a preempt delay",
            Backup with { PreemptDelay = PreemptDelayPhase.Running }, Advert(0, LowerAddress),
            VrrpActions.None, BackupWait.SkewTime, TransitionCause.ReleaseHeard),
        Stay("backup hears higher", Backup, Advert(101, LowerAddress),
            VrrpActions.Follow, BackupWait.ActiveDownInterval, TransitionCause.Followed),
        Stay("backup hears equal from lower address", Backup, Advert(100, LowerAddress),
            VrrpActions.Follow, BackupWait.ActiveDownInterval, TransitionCause.Followed),
        Stay("backup hears equal from higher address", Backup, Advert(100, HigherAddress),
            VrrpActions.Follow, BackupWait.ActiveDownInterval, TransitionCause.Followed),
        Stay("backup hears lower", Backup, Advert(99, HigherAddress),
            VrrpActions.None, BackupWait.Unchanged, TransitionCause.LowerPriorityDiscarded),
        Stay("backup hears lower with nopreempt", Backup with { PreemptMode = false }, Advert(99, HigherAddress),
            VrrpActions.Follow, BackupWait.ActiveDownInterval, TransitionCause.Followed),
        Stay("backup hears lower before a preempt delay",
            Backup with { PreemptDelay = PreemptDelayPhase.NotStarted }, Advert(99, HigherAddress),
            VrrpActions.Follow, BackupWait.ActiveDownInterval, TransitionCause.Followed),
        Stay("backup hears lower in a preempt delay",
            Backup with { PreemptDelay = PreemptDelayPhase.Running }, Advert(99, HigherAddress),
            VrrpActions.Follow, BackupWait.ActiveDownInterval, TransitionCause.Followed),
        Stay("backup hears lower after a preempt delay",
            Backup with { PreemptDelay = PreemptDelayPhase.Elapsed }, Advert(99, HigherAddress),
            VrrpActions.None, BackupWait.Unchanged, TransitionCause.LowerPriorityDiscarded),
        Stay("backup hears higher after a preempt delay",
            Backup with { PreemptDelay = PreemptDelayPhase.Elapsed }, Advert(101, HigherAddress),
            VrrpActions.Follow, BackupWait.ActiveDownInterval, TransitionCause.Followed),
        Stay("owner in backup hears another owner", Backup with { Priority = Priority.Owner }, Advert(255, LowerAddress),
            VrrpActions.Follow, BackupWait.ActiveDownInterval, TransitionCause.Followed),
        Go("backup has heard nobody", Backup, Of(VrrpEventKind.ActiveDownTimerExpired),
            VrrpState.Active, VrrpActions.Advertise, BackupWait.Unchanged, TransitionCause.NobodyHeard),
        Go("active router is silent", Backup with { ActiveRouter = LowerAddress }, Of(VrrpEventKind.ActiveDownTimerExpired),
            VrrpState.Active, VrrpActions.Advertise, BackupWait.Unchanged, TransitionCause.ActiveRouterSilent),
        Go("active router has released",
            Backup with { ActiveRouter = LowerAddress, Waiting = BackupWait.SkewTime, ReleasedBy = LowerAddress },
            Of(VrrpEventKind.ActiveDownTimerExpired),
            VrrpState.Active, VrrpActions.Advertise, BackupWait.Unchanged, TransitionCause.ActiveRouterReleased),
        Go("active router is preempted", Backup with { ActiveRouter = LowerAddress, DiscardedRouter = LowerAddress },
            Of(VrrpEventKind.ActiveDownTimerExpired),
            VrrpState.Active, VrrpActions.Advertise, BackupWait.Unchanged, TransitionCause.LowerPriorityPreempted),
        Go("owner at start", Backup with { Waiting = BackupWait.AtOnce }, Of(VrrpEventKind.ActiveDownTimerExpired),
            VrrpState.Active, VrrpActions.Advertise, BackupWait.Unchanged, TransitionCause.AddressOwner),
        Ignored(Backup, VrrpEventKind.AdverTimerExpired),
        Ignored(Backup, VrrpEventKind.AdverTimerOverdue),
        Go("backup gets a fault", Backup with { Faults = VrrpFaults.InterfaceDown }, Of(VrrpEventKind.FaultRaised),
            VrrpState.Fault, VrrpActions.None, BackupWait.Unchanged, TransitionCause.FaultRaised),
        Ignored(Backup, VrrpEventKind.FaultCleared),
        Ignored(Backup, VrrpEventKind.VirtualAddressLost),
        Stay("backup has heard nobody, and its group objects", Backup with { GroupObjects = true }, Of(VrrpEventKind.ActiveDownTimerExpired),
            VrrpActions.None, BackupWait.ActiveDownInterval, TransitionCause.GroupNotReady),
        Stay("owner at start, and its group objects",
            Backup with { GroupObjects = true, Waiting = BackupWait.AtOnce }, Of(VrrpEventKind.ActiveDownTimerExpired),
            VrrpActions.None, BackupWait.ActiveDownInterval, TransitionCause.GroupNotReady),
        Go("backup is pulled to active", Backup, Of(VrrpEventKind.PulledToActive),
            VrrpState.Active, VrrpActions.Advertise, BackupWait.Unchanged, TransitionCause.PulledToActive),
        Go("backup is pulled to fault", Backup, Of(VrrpEventKind.PulledToFault),
            VrrpState.Fault, VrrpActions.None, BackupWait.Unchanged, TransitionCause.PulledToFault),
        Ignored(Backup, VrrpEventKind.PulledToBackup),
        Ignored(Backup, VrrpEventKind.PulledToRelease),
        Ignored(Backup, VrrpEventKind.YieldRequested),
        Ignored(Backup, VrrpEventKind.PulledToYield),
        Stay("backup changes priority", Backup, Of(VrrpEventKind.PriorityChanged),
            VrrpActions.None, BackupWait.Unchanged, TransitionCause.PriorityChanged),

        // Active
        Ignored(Active, VrrpEventKind.Startup),
        Go("active stops", Active, Of(VrrpEventKind.Shutdown),
            VrrpState.Initialize, VrrpActions.Release, BackupWait.Unchanged, TransitionCause.Shutdown),
        Go("active is removed", Active, Of(VrrpEventKind.Removal),
            VrrpState.Initialize, VrrpActions.Release, BackupWait.Unchanged, TransitionCause.Removed),
        Stay("active hears 0", Active, Advert(0, HigherAddress),
            Answer, BackupWait.Unchanged, TransitionCause.ReleaseHeard),
        Stay("active hears lower", Active, Advert(99, HigherAddress),
            Answer | VrrpActions.Reclaim, BackupWait.Unchanged, TransitionCause.LowerPriorityHeard),
        Stay("active hears lower with lower_prio_no_advert", Active with { LowerPrioNoAdvert = true }, Advert(99, HigherAddress),
            VrrpActions.Reclaim, BackupWait.Unchanged, TransitionCause.LowerPriorityHeard),
        Stay("active hears equal from lower address", Active, Advert(100, LowerAddress),
            Answer | VrrpActions.Reclaim, BackupWait.Unchanged, TransitionCause.LowerPriorityHeard),
        Stay("active hears equal from its own address", Active, Advert(100, Ours),
            VrrpActions.None, BackupWait.Unchanged, TransitionCause.OwnAddressHeard),
        Go("active hears equal from higher address", Active, Advert(100, HigherAddress),
            VrrpState.Backup, VrrpActions.Follow, BackupWait.ActiveDownInterval, TransitionCause.HigherAddressHeard),
        Go("active hears higher", Active, Advert(101, LowerAddress),
            VrrpState.Backup, VrrpActions.Follow, BackupWait.ActiveDownInterval, TransitionCause.HigherPriorityHeard),
        Go("active hears higher with nopreempt", Active with { PreemptMode = false }, Advert(101, LowerAddress),
            VrrpState.Backup, VrrpActions.Follow, BackupWait.ActiveDownInterval, TransitionCause.HigherPriorityHeard),
        Go("active hears higher with higher_prio_send_advert",
            Active with { HigherPrioSendAdvert = true }, Advert(101, LowerAddress),
            VrrpState.Backup, VrrpActions.Follow | VrrpActions.Advertise, BackupWait.ActiveDownInterval,
            TransitionCause.HigherPriorityHeard),
        Ignored(Active, VrrpEventKind.ActiveDownTimerExpired),
        Stay("advertisement is due", Active, Of(VrrpEventKind.AdverTimerExpired),
            VrrpActions.Advertise, BackupWait.Unchanged, TransitionCause.AdvertisementDue),
        Go("advertisement is overdue", Active, Of(VrrpEventKind.AdverTimerOverdue),
            VrrpState.Backup, VrrpActions.None, BackupWait.ActiveDownInterval, TransitionCause.LateWakeUp),
        Go("active gets a fault", Active with { Faults = VrrpFaults.InterfaceDown }, Of(VrrpEventKind.FaultRaised),
            VrrpState.Fault, VrrpActions.Release | VrrpActions.ReleaseQuietly, BackupWait.Unchanged, TransitionCause.FaultRaised),
        Ignored(Active, VrrpEventKind.FaultCleared),
        Ignored(Active, VrrpEventKind.PulledToActive),
        Go("active is pulled to backup", Active, Of(VrrpEventKind.PulledToBackup),
            VrrpState.Backup, VrrpActions.None, BackupWait.ActiveDownInterval, TransitionCause.PulledToBackup),
        Go("active is pulled to backup, for an address", Active, Of(VrrpEventKind.PulledToRelease),
            VrrpState.Backup, VrrpActions.Release, BackupWait.SkewTime, TransitionCause.PulledToRelease),
        Go("active is told to yield", Active, Of(VrrpEventKind.YieldRequested),
            VrrpState.Backup, VrrpActions.Release, BackupWait.ActiveDownInterval, TransitionCause.Yielded),
        Go("active is pulled along with who yields", Active, Of(VrrpEventKind.PulledToYield),
            VrrpState.Backup, VrrpActions.Release, BackupWait.ActiveDownInterval, TransitionCause.PulledToYield),
        Go("active is pulled to fault", Active, Of(VrrpEventKind.PulledToFault),
            VrrpState.Fault, VrrpActions.ReleaseQuietly, BackupWait.Unchanged, TransitionCause.PulledToFault),
        Go("active loses an address", Active, Of(VrrpEventKind.VirtualAddressLost),
            VrrpState.Backup, VrrpActions.Release, BackupWait.SkewTime, TransitionCause.VirtualAddressLost),
        Ignored(Active, VrrpEventKind.PriorityChanged),

        // Fault
        Ignored(Fault, VrrpEventKind.Startup),
        Go("faulty one stops", Fault, Of(VrrpEventKind.Shutdown),
            VrrpState.Initialize, VrrpActions.None, BackupWait.Unchanged, TransitionCause.Shutdown),
        Go("faulty one is removed", Fault, Of(VrrpEventKind.Removal),
            VrrpState.Initialize, VrrpActions.None, BackupWait.Unchanged, TransitionCause.Removed),
        Ignored(Fault, VrrpEventKind.Advertisement),
        Ignored(Fault, VrrpEventKind.ActiveDownTimerExpired),
        Ignored(Fault, VrrpEventKind.AdverTimerExpired),
        Ignored(Fault, VrrpEventKind.AdverTimerOverdue),
        Ignored(Fault, VrrpEventKind.FaultRaised),
        Go("fault is over", Fault with { Faults = VrrpFaults.None }, Of(VrrpEventKind.FaultCleared),
            VrrpState.Backup, VrrpActions.AnnounceSource, BackupWait.ActiveDownInterval, TransitionCause.FaultCleared),
        Go("fault of an owner is over", Fault with { Faults = VrrpFaults.None, StartsActive = true, Priority = Priority.Owner },
            Of(VrrpEventKind.FaultCleared),
            VrrpState.Backup, VrrpActions.AnnounceSource, BackupWait.ActiveDownInterval, TransitionCause.FaultCleared),
        Stay("fault is over, but not that of the group",
            Fault with { Faults = VrrpFaults.None, GroupFault = GroupFault.Present }, Of(VrrpEventKind.FaultCleared),
            VrrpActions.None, BackupWait.Unchanged, TransitionCause.GroupInFault),
        Stay("fault is over, but the group waits",
            Fault with { Faults = VrrpFaults.None, GroupFault = GroupFault.Held }, Of(VrrpEventKind.FaultCleared),
            VrrpActions.None, BackupWait.Unchanged, TransitionCause.GroupInFault),
        Stay("held one gets a fault", Fault with { IsHeld = true }, Of(VrrpEventKind.FaultRaised),
            VrrpActions.None, BackupWait.Unchanged, TransitionCause.HeldFaultRaised),
        Go("fault of the group is over", Fault with { Faults = VrrpFaults.None }, Of(VrrpEventKind.PulledToBackup),
            VrrpState.Backup, VrrpActions.AnnounceSource, BackupWait.ActiveDownInterval, TransitionCause.PulledOutOfFault),
        Ignored(Fault, VrrpEventKind.PulledToActive),
        Ignored(Fault, VrrpEventKind.PulledToBackup),
        Ignored(Fault, VrrpEventKind.PulledToRelease),
        Ignored(Fault, VrrpEventKind.YieldRequested),
        Ignored(Fault, VrrpEventKind.PulledToYield),
        Ignored(Fault, VrrpEventKind.PulledToFault),
        Ignored(Fault, VrrpEventKind.VirtualAddressLost),
        Ignored(Fault, VrrpEventKind.PriorityChanged),
    ];

    public static TheoryData<string> Names => [.. Table.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Next_for_each_row_decides_as_the_table_says(string name)
    {
        Row row = Table.Single(candidate => candidate.Name == name);

        Transition decided = VrrpFsm.Next(row.View, row.Event);

        Assert.Equal(row.View.State, decided.From);
        Assert.Equal(row.To, decided.To);
        Assert.Equal(row.Actions, decided.Actions);
        Assert.Equal(row.Wait, decided.Wait);
        Assert.Equal(row.Cause, decided.Reason.Cause);
        Assert.Equal(row.Event.Kind, decided.Reason.Event);
        Assert.Equal(row.View.Priority, decided.Reason.OwnPriority);
    }

    [Fact]
    public void Table_has_a_row_for_every_pair_of_state_and_event()
    {
        foreach (VrrpState state in Enum.GetValues<VrrpState>())
        {
            foreach (VrrpEventKind kind in Enum.GetValues<VrrpEventKind>())
                Assert.Contains(Table, row => row.View.State == state && row.Event.Kind == kind);
        }
    }

    [Fact]
    public void Reason_of_a_takeover_names_the_silent_router_and_its_last_priority()
    {
        RouterView view = Backup with { ActiveRouter = LowerAddress, ActiveRouterPriority = new Priority(150) };

        TransitionReason reason = VrrpFsm.Next(view, Of(VrrpEventKind.ActiveDownTimerExpired)).Reason;

        Assert.Equal(LowerAddress, reason.Peer);
        Assert.Equal(new Priority(150), reason.PeerPriority);
    }

    private static VrrpEvent Of(VrrpEventKind kind) => new(kind);

    private static VrrpEvent Advert(byte priority, IpAddress from) => new(VrrpEventKind.Advertisement)
    {
        Address = from,
        Priority = new Priority(priority),
        MaxAdvertiseInterval = Duration.FromSeconds(1),
    };

    private static Row Go(
        string name, RouterView view, VrrpEvent e, VrrpState to, VrrpActions actions, BackupWait wait, TransitionCause cause)
        => new(name, view, e, to, actions, wait, cause);

    private static Row Stay(
        string name, RouterView view, VrrpEvent e, VrrpActions actions, BackupWait wait, TransitionCause cause)
        => new(name, view, e, view.State, actions, wait, cause);

    private static Row Ignored(RouterView view, VrrpEventKind kind)
        => new($"{view.State} ignores {kind}", view, kind == VrrpEventKind.Advertisement ? Advert(200, LowerAddress) : Of(kind),
            view.State, VrrpActions.None, BackupWait.Unchanged, TransitionCause.Ignored);
}
