using KeepalivedAot.Base.Net;
using KeepalivedAot.Vrrp.Groups;

namespace KeepalivedAot.Vrrp.Fsm;

/// <summary>Decides what an event means to a router: RFC 9568, 6.4, with keepalived's FAULT and its options.</summary>
/// <remarks>A pure function of its two arguments. Every pair of state and event has an answer, if only "ignored".</remarks>
public static class VrrpFsm
{
    public static Transition Next(in RouterView self, in VrrpEvent e) => self.State switch
    {
        VrrpState.Initialize => FromInitialize(self, e),
        VrrpState.Backup => FromBackup(self, e),
        VrrpState.Active => FromActive(self, e),
        _ => FromFault(self, e),
    };

    // 6.4.1 Initialize
    private static Transition FromInitialize(in RouterView self, in VrrpEvent e)
    {
        if (e.Kind != VrrpEventKind.Startup)
            return Ignore(self, e);
        if (self.Faults == VrrpFaults.Awaited || (self.Faults == VrrpFaults.None && self.GroupFault == GroupFault.Held))
            return Change(self, e, VrrpState.Fault, TransitionCause.Held);
        if (self.Faults != VrrpFaults.None)
            return Change(self, e, VrrpState.Fault, TransitionCause.Started);
        if (self.GroupFault != GroupFault.None)
            return Change(self, e, VrrpState.Fault, TransitionCause.PulledToFault);
        // Even state MASTER waits like everyone else; only an owner does not (and it, too, passes through Backup).
        return Change(self, e, VrrpState.Backup, TransitionCause.Started) with
        {
            Wait = self.StartsActive ? BackupWait.AtOnce : WaitOf(self),
        };
    }

    // 6.4.2 Backup
    private static Transition FromBackup(in RouterView self, in VrrpEvent e)
    {
        switch (e.Kind)
        {
            case VrrpEventKind.ActiveDownTimerExpired when self.GroupObjects:
                // All members or none: it has said what it wants, and waits once more.
                return Stay(self, e, TransitionCause.GroupNotReady) with { Wait = BackupWait.ActiveDownInterval };

            case VrrpEventKind.ActiveDownTimerExpired:
                return BecomeActive(self, e);

            case VrrpEventKind.PulledToActive:
                return Change(self, e, VrrpState.Active, TransitionCause.PulledToActive) with { Actions = VrrpActions.Advertise };

            case VrrpEventKind.PulledToFault:
                return Change(self, e, VrrpState.Fault, TransitionCause.PulledToFault);

            case VrrpEventKind.Advertisement when e.Priority.IsReleased:
                // The Active Router leaves on purpose: wait Skew_Time. Neither nopreempt nor a preempt delay matter then.
                return Stay(self, e, TransitionCause.ReleaseHeard) with { Wait = BackupWait.SkewTime };

            case VrrpEventKind.Advertisement
                when e.Priority >= self.Priority || !self.PreemptMode
                    || self.PreemptDelay is PreemptDelayPhase.NotStarted or PreemptDelayPhase.Running:
                // An equal priority is accepted whatever its address: the election was held among those who were active.
                return Stay(self, e, TransitionCause.Followed) with
                {
                    Actions = VrrpActions.Follow,
                    Wait = BackupWait.ActiveDownInterval,
                };

            case VrrpEventKind.Advertisement:
                // A lower priority while preempting: discard, and let Active_Down_Timer run out.
                return Stay(self, e, TransitionCause.LowerPriorityDiscarded);

            case VrrpEventKind.FaultRaised:
                return Change(self, e, VrrpState.Fault, TransitionCause.FaultRaised);

            case VrrpEventKind.PriorityChanged:
                // The timer goes on; only the skew in it is another one.
                return Stay(self, e, TransitionCause.PriorityChanged);

            case VrrpEventKind.Shutdown:
                return Change(self, e, VrrpState.Initialize, TransitionCause.Shutdown);

            case VrrpEventKind.Removal:
                return Change(self, e, VrrpState.Initialize, TransitionCause.Removed);

            default:
                return Ignore(self, e);
        }
    }

    // 6.4.3 Active
    private static Transition FromActive(in RouterView self, in VrrpEvent e)
    {
        switch (e.Kind)
        {
            case VrrpEventKind.AdverTimerExpired:
                // Whoever took over while we stood still gives way to this advertisement without a word, and what neighbours learned from him stays.
                return Stay(self, e, TransitionCause.AdvertisementDue) with
                {
                    Actions = VrrpActions.Advertise | (e.HasStoodStill ? VrrpActions.Reannounce : VrrpActions.None),
                };

            case VrrpEventKind.AdverTimerOverdue:
                // Somebody else is active by now; without preemption it is not ours to take the role back.
                return Change(self, e, VrrpState.Backup, TransitionCause.LateWakeUp) with
                {
                    Wait = BackupWait.ActiveDownInterval,
                };

            case VrrpEventKind.Advertisement:
                return FromActiveOnAdvertisement(self, e);

            case VrrpEventKind.VirtualAddressLost:
                // Let another one have a go; if there is none we are back, with all addresses, after Skew_Time.
                return Change(self, e, VrrpState.Backup, TransitionCause.VirtualAddressLost) with
                {
                    Actions = VrrpActions.Release,
                    Wait = BackupWait.SkewTime,
                };

            case VrrpEventKind.FaultRaised:
                // keepalived says it twice, and counts it once.
                return Change(self, e, VrrpState.Fault, TransitionCause.FaultRaised) with
                {
                    Actions = VrrpActions.Release | VrrpActions.ReleaseQuietly,
                };

            case VrrpEventKind.PulledToFault:
                return Change(self, e, VrrpState.Fault, TransitionCause.PulledToFault) with { Actions = VrrpActions.ReleaseQuietly };

            case VrrpEventKind.PulledToBackup:
                // The others' Active Router is about to take over here, too, and will be heard: no need to release.
                return Change(self, e, VrrpState.Backup, TransitionCause.PulledToBackup) with { Wait = BackupWait.ActiveDownInterval };

            case VrrpEventKind.PulledToRelease:
                return Change(self, e, VrrpState.Backup, TransitionCause.PulledToRelease) with
                {
                    Actions = VrrpActions.Release,
                    Wait = BackupWait.SkewTime,
                };

            case VrrpEventKind.YieldRequested or VrrpEventKind.PulledToYield:
                // Time enough for any other router; if there is none the addresses are not left alone for ever.
                TransitionCause yields = e.Kind == VrrpEventKind.YieldRequested ? TransitionCause.Yielded : TransitionCause.PulledToYield;
                return Change(self, e, VrrpState.Backup, yields) with
                {
                    Actions = VrrpActions.Release,
                    Wait = BackupWait.ActiveDownInterval,
                };

            case VrrpEventKind.Shutdown:
                return Change(self, e, VrrpState.Initialize, TransitionCause.Shutdown) with
                {
                    Actions = e.KeepsAddresses ? VrrpActions.None : VrrpActions.Release,
                };

            case VrrpEventKind.Removal:
                return Change(self, e, VrrpState.Initialize, TransitionCause.Removed) with { Actions = VrrpActions.Release };

            default:
                // A changed priority is heard with the next regular advertisement.
                return Ignore(self, e);
        }
    }

    private static Transition FromActiveOnAdvertisement(in RouterView self, in VrrpEvent e)
    {
        const VrrpActions Answer = VrrpActions.Advertise | VrrpActions.RestartAdver;
        if (e.Priority.IsReleased)
            return Stay(self, e, TransitionCause.ReleaseHeard) with { Actions = Answer };

        int order = e.Priority.CompareTo(self.Priority);
        bool isTie = order == 0;
        if (isTie)
            order = e.Address.CompareTo(self.LocalAddress);
        if (order == 0)
            return Stay(self, e, TransitionCause.OwnAddressHeard);
        if (order < 0)
        {
            // Stop it, and take back what switches and neighbours have learned from it.
            return Stay(self, e, TransitionCause.LowerPriorityHeard) with
            {
                Actions = VrrpActions.Reclaim | (self.LowerPrioNoAdvert ? VrrpActions.None : Answer),
            };
        }
        // Preempt_Mode is no protection here: it is about taking the role, not about keeping it.
        TransitionCause cause = isTie ? TransitionCause.HigherAddressHeard : TransitionCause.HigherPriorityHeard;
        Transition lost = Change(self, e, VrrpState.Backup, cause);
        return lost with
        {
            Reason = lost.Reason with { Subject = self.PrioritySubject },
            Actions = VrrpActions.Follow | (self.HigherPrioSendAdvert ? VrrpActions.Advertise : VrrpActions.None),
            Wait = BackupWait.ActiveDownInterval,
        };
    }

    private static Transition FromFault(in RouterView self, in VrrpEvent e) => e.Kind switch
    {
        VrrpEventKind.FaultCleared when self.GroupFault != GroupFault.None => Stay(self, e, TransitionCause.GroupInFault),
        VrrpEventKind.FaultCleared => Recover(self, e, TransitionCause.FaultCleared),
        VrrpEventKind.PulledToBackup when self.Faults == VrrpFaults.None => Recover(self, e, TransitionCause.PulledOutOfFault),
        VrrpEventKind.FaultRaised when self.IsHeld => Stay(self, e, TransitionCause.HeldFaultRaised),
        VrrpEventKind.Shutdown => Change(self, e, VrrpState.Initialize, TransitionCause.Shutdown),
        VrrpEventKind.Removal => Change(self, e, VrrpState.Initialize, TransitionCause.Removed),
        _ => Ignore(self, e),
    };

    // The owner waits as well: keepalived does, and it makes a flapping link cheaper for everyone.
    private static Transition Recover(in RouterView self, in VrrpEvent e, TransitionCause cause)
        => Change(self, e, VrrpState.Backup, cause) with
        {
            Actions = VrrpActions.AnnounceSource,
            Wait = WaitOf(self),
        };

    // Whoever was killed and is back before the others' timers run out takes nothing from anybody.
    private static BackupWait WaitOf(in RouterView self) => self.MayResume ? BackupWait.Resumption : BackupWait.ActiveDownInterval;

    private static Transition BecomeActive(in RouterView self, in VrrpEvent e)
    {
        TransitionCause cause = self.Waiting switch
        {
            BackupWait.AtOnce => TransitionCause.AddressOwner,
            BackupWait.Resumption => TransitionCause.Resumed,
            BackupWait.SkewTime => TransitionCause.ActiveRouterReleased,
            _ when !self.DiscardedRouter.IsNone => TransitionCause.LowerPriorityPreempted,
            _ when !self.ActiveRouter.IsNone => TransitionCause.ActiveRouterSilent,
            _ => TransitionCause.NobodyHeard,
        };
        TransitionReason reason = ReasonFor(self, e, cause);
        (IpAddress peer, Priority priority) = cause switch
        {
            TransitionCause.ActiveRouterReleased => (self.ReleasedBy, Priority.Released),
            TransitionCause.LowerPriorityPreempted => (self.DiscardedRouter, self.DiscardedPriority),
            TransitionCause.ActiveRouterSilent => (self.ActiveRouter, self.ActiveRouterPriority),
            _ => default,
        };
        reason = reason with { Peer = peer, PeerPriority = priority };
        if (cause == TransitionCause.Resumed)
            reason = reason with { Elapsed = self.SilentFor, Limit = self.SilenceLimit };
        if (cause == TransitionCause.LowerPriorityPreempted)
            reason = reason with { Subject = self.PrioritySubject };
        return new Transition(self.State, VrrpState.Active, reason) { Actions = VrrpActions.Advertise };
    }

    private static Transition Ignore(in RouterView self, in VrrpEvent e) => Stay(self, e, TransitionCause.Ignored);

    private static Transition Stay(in RouterView self, in VrrpEvent e, TransitionCause cause)
        => new(self.State, self.State, ReasonFor(self, e, cause));

    private static Transition Change(in RouterView self, in VrrpEvent e, VrrpState to, TransitionCause cause)
        => new(self.State, to, ReasonFor(self, e, cause));

    private static TransitionReason ReasonFor(in RouterView self, in VrrpEvent e, TransitionCause cause) => new(cause)
    {
        Event = e.Kind,
        Peer = e.Address,
        PeerPriority = e.Priority,
        OwnPriority = self.Priority,
        OwnAddress = self.LocalAddress,
        Faults = self.Faults,
        Subject = e.Subject,
        Group = self.Group,
        Limit = e.Limit,
        Elapsed = e.Elapsed,
    };
}
