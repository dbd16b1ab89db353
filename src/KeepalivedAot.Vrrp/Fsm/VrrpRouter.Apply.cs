using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Vrrp.Fsm;

// Doing what was decided, in keepalived's order.
public sealed partial class VrrpRouter
{
    private static readonly Duration ShortestAnswerGap = Duration.FromMilliseconds(1);

    // When an advertisement of another router was answered last; long ago is never.
    private Instant _answeredAt = new(long.MinValue / 2);

    private void Apply(in Transition transition, in VrrpEvent e, Instant now)
    {
        LogWhatWasHeard(transition, e, now);
        // The other one's number was accepted, so it is ours now; with the next but one nobody can take us for a replay.
        if (transition.Reason.Cause == TransitionCause.LowerPriorityHeard && _authenticator.UsesHeader)
            _authenticator.Sequence.Skip();
        if (transition.Reason.Cause == TransitionCause.LowerPriorityDiscarded)
            (_discardedRouter, _discardedPriority) = (e.Address, e.Priority);
        if (!transition.IsChange)
        {
            if (transition.Does(VrrpActions.Follow))
                Follow(e, now);
            if (MayAnswer(transition, now))
                Answer(transition, now);
            if (transition.Reason.Cause == TransitionCause.ReleaseHeard)
                _releasedBy = e.Address;
            if (transition.Reason.Cause == TransitionCause.HeldFaultRaised)
            {
                _silenceLimit = Duration.Zero;
                EndHold(transition);
            }
            if (transition.Reason.Cause == TransitionCause.GroupNotReady)
                WantedState = VrrpState.Active;
            if (transition.Reason.Cause == TransitionCause.PriorityChanged)
                RearmWait();
            StartWait(transition.Wait, now);
            return;
        }
        if (State == VrrpState.Active)
            LeaveActive(transition, now);
        switch (transition.To)
        {
            case VrrpState.Active:
                EnterActive(transition, now);
                break;
            case VrrpState.Backup:
                EnterBackup(transition, e, now);
                break;
            case VrrpState.Fault:
                EnterFault(transition, now);
                break;
            default:
                Enter(transition, now);
                _effects.OnTransition(this, transition);
                break;
        }
    }

    // An answer is due at once (6.4.3), but whoever shouts shall not make us shout as fast, nor make a storm of announcements: one
    // that left less than this ago says the same.
    private bool MayAnswer(in Transition transition, Instant now)
        => !transition.Does(VrrpActions.Advertise | VrrpActions.Reclaim) || transition.Reason.Event != VrrpEventKind.Advertisement
            || now - _answeredAt >= ShortestAnswerGap;

    private void Answer(in Transition transition, Instant now)
    {
        if (transition.Reason.Event == VrrpEventKind.Advertisement && transition.Does(VrrpActions.Advertise | VrrpActions.Reclaim))
            _answeredAt = now;
        if (transition.Does(VrrpActions.Advertise))
            Advertise(now);
        if (transition.Does(VrrpActions.RestartAdver))
            _timers.Arm(_adverTimer, now + Parameters.AdvertisementInterval);
        if (transition.Does(VrrpActions.Reclaim))
            Reclaim(now);
        if (transition.Does(VrrpActions.Reannounce))
            Reannounce(now);
    }

    private void EnterActive(in Transition transition, Instant now)
    {
        if (ActiveAdverInterval != Parameters.AdvertisementInterval)
            _log.IntervalRestored(Parameters.Name, ActiveAdverInterval, Parameters.AdvertisementInterval);
        Enter(transition, now);
        RestoreOwnerPriority(now);
        _authenticator.Sequence.OnBecomingActive();
        Advertise(now);
        _timers.Arm(_adverTimer, now + Parameters.AdvertisementInterval);
        Counters.BecomeMaster++;
        _log.EnteringActive(Parameters.Name);
        _log.Reason(Parameters.Name, transition.Reason);
        HoldAddresses();
        StartAnnouncements(AnnounceReason.BecameActive, now);
        _effects.OnTransition(this, transition);
    }

    private void LeaveActive(in Transition transition, Instant now)
    {
        _timers.Disarm(_adverTimer);
        if (transition.Does(VrrpActions.Advertise))
            Advertise(now);
        if (transition.Does(VrrpActions.Release))
            Release(now);
        if (transition.Does(VrrpActions.ReleaseQuietly))
            Send(Priority.Released, now);
        StopAnnouncements();
        ReleaseAddresses();
        Counters.ReleaseMaster++;
        EndOwnerConflict();
        _loggedFaults = 0;
    }

    private void EnterBackup(in Transition transition, in VrrpEvent e, Instant now)
    {
        Enter(transition, now);
        if (transition.Does(VrrpActions.Follow))
            Follow(e, now);
        StartWait(transition.Wait, now);
        if (transition.From == VrrpState.Initialize)
            _log.StartingAsBackup(Parameters.Name);
        else
            _log.EnteringBackup(Parameters.Name);
        _log.Reason(Parameters.Name, transition.Reason);
        if (transition.Does(VrrpActions.AnnounceSource) && Parameters.IsUnicast)
        {
            _log.AnnouncingSource(Parameters.InterfaceName, LocalAddress);
            _effects.AnnounceSource(this, LocalAddress);
        }
        _effects.OnTransition(this, transition);
    }

    private void EnterFault(in Transition transition, Instant now)
    {
        Enter(transition, now);
        if (transition.Reason.Cause == TransitionCause.Held)
        {
            IsHeld = true;
            return;
        }
        if (transition.From == VrrpState.Initialize)
        {
            LogFaultsAtStart();
            _log.StartingInFault(Parameters.Name);
        }
        else
        {
            _log.EnteringFault(Parameters.Name);
        }
        _log.Reason(Parameters.Name, transition.Reason);
        _effects.OnTransition(this, transition);
    }

    // As keepalived: who was held without a word tells of the fault, but the log has had the tracker's own line.
    private void EndHold(in Transition transition)
    {
        IsHeld = false;
        LastTransition = transition;
        _log.Reason(Parameters.Name, transition.Reason);
        _effects.OnTransition(this, transition);
    }

    // What every change of state has in common: nothing of the old state's waiting and following is left.
    private void Enter(in Transition transition, Instant now)
    {
        State = transition.To;
        WantedState = transition.To;
        LastTransition = transition;
        LastTransitionAt = now;
        // A fault in between does not undo it.
        if (transition.Reason.Cause is TransitionCause.Yielded or TransitionCause.PulledToYield)
            IsYielding = true;
        else if (transition.To is VrrpState.Active or VrrpState.Initialize)
            IsYielding = false;
        IsHeld = false;
        // Until it is known whether anything is in the way, what an earlier process held is kept for it.
        if (transition.To != VrrpState.Backup && transition.Reason.Cause != TransitionCause.Held)
            _silenceLimit = Duration.Zero;
        _timers.Disarm(_activeDownTimer);
        _waiting = BackupWait.Unchanged;
        _releasedBy = default;
        _discardedRouter = default;
        _preemptDelayStarted = false;
        ActiveRouterAddress = default;
        ActiveRouterPriority = default;
        ActiveAdverInterval = Parameters.AdvertisementInterval;
    }

    private void Follow(in VrrpEvent e, Instant now)
    {
        if (ActiveRouterAddress != e.Address)
        {
            if (ActiveRouterAddress.IsNone)
            {
                _log.ActiveRouterSet(Parameters.Name, e.Address);
            }
            else
            {
                if (MayLogReceived(now))
                    _log.ActiveRouterChanged(Parameters.Name, ActiveRouterAddress, e.Address);
                _loggedFaults = 0;
            }
        }
        ActiveRouterAddress = e.Address;
        ActiveRouterPriority = e.Priority;
        // An interval of 0 would make every wait end at once: nobody advertises like that, so it is not learned.
        if (Parameters.Version == VrrpVersion.V3 && e.MaxAdvertiseInterval != ActiveAdverInterval
            && e.MaxAdvertiseInterval > Duration.Zero)
        {
            if (MayLogReceived(now))
                _log.IntervalLearned(Parameters.Name, ActiveAdverInterval, e.MaxAdvertiseInterval);
            ActiveAdverInterval = e.MaxAdvertiseInterval;
        }
        WantedState = VrrpState.Backup;
        _silenceLimit = Duration.Zero;
        _releasedBy = default;
        _discardedRouter = default;
    }

    private void StartWait(BackupWait wait, Instant now)
    {
        if (wait == BackupWait.Unchanged)
            return;
        _waiting = wait;
        _waitingSince = now > _delayedUntil ? now : _delayedUntil;
        RearmWait();
    }

    // From when it was started, with the length that is right now: so a changed priority shifts it by the difference in skew.
    private void RearmWait()
    {
        if (_waiting == BackupWait.Unchanged)
            return;
        // A deadline that has passed already is fine: the timer runs out at once, and its length in the reason is the true one.
        _timers.Arm(_activeDownTimer, _waitingSince + _waiting switch
        {
            BackupWait.ActiveDownInterval => ActiveDownInterval,
            BackupWait.SkewTime => SkewTime,
            _ => Duration.FromMicroseconds(1),
        });
    }

    private void HoldAddresses()
    {
        if (DropsPackets(Parameters))
            _log.SettingDropRule(Parameters.Name);
        if (!Parameters.VirtualAddresses.IsEmpty)
            _log.SettingAddresses(Parameters.Name);
        if (!Parameters.ExcludedAddresses.IsEmpty)
            _log.SettingExcludedAddresses(Parameters.Name);
        _effects.HoldAddresses(this, true);
    }

    private void ReleaseAddresses()
    {
        if (!Parameters.VirtualAddresses.IsEmpty)
            _log.RemovingAddresses(Parameters.Name);
        if (!Parameters.ExcludedAddresses.IsEmpty)
            _log.RemovingExcludedAddresses(Parameters.Name);
        if (DropsPackets(Parameters))
            _log.RemovingDropRule(Parameters.Name);
        _effects.HoldAddresses(this, false);
    }

    private static bool DropsPackets(VrrpParameters parameters)
        => !parameters.AcceptMode && !(parameters.VirtualAddresses.IsEmpty && parameters.ExcludedAddresses.IsEmpty);

    // Nothing but lines: what the protocol does must not depend on how many of them may be written.
    private void LogWhatWasHeard(in Transition transition, in VrrpEvent e, Instant now)
    {
        // A change of state is always told.
        if (!transition.IsChange && e.Kind == VrrpEventKind.Advertisement && transition.Reason.Cause != TransitionCause.Followed
            && !MayLogReceived(now))
        {
            return;
        }
        string name = Parameters.Name;
        switch (transition.Reason.Cause)
        {
            case TransitionCause.ReleaseHeard when State == VrrpState.Backup:
                _log.ReleaseHeardByBackup(name);
                break;
            case TransitionCause.ReleaseHeard:
                _log.ReleaseHeardByActive(name);
                break;
            case TransitionCause.LowerPriorityDiscarded:
                _log.LowerPriorityDiscarded(name, e.Priority, e.Address);
                break;
            case TransitionCause.LowerPriorityHeard:
                _log.LowerPriorityHeard(name, e.Address, e.Priority, EffectivePriority, answered: !Parameters.LowerPrioNoAdvert);
                if (_authenticator.UsesHeader)
                    _log.SequenceSkipped(name);
                break;
            case TransitionCause.HigherPriorityHeard:
                _log.HigherPriorityHeard(name, e.Address, e.Priority, EffectivePriority);
                break;
            case TransitionCause.HigherAddressHeard:
                _log.HigherAddressHeard(name, e.Address, EffectivePriority);
                break;
            case TransitionCause.OwnAddressHeard:
                _log.OwnAddressHeard(name);
                break;
            default:
                break;
        }
    }

    private void LogFaultsAtStart()
    {
        if ((Faults & VrrpFaults.InterfaceDown) != VrrpFaults.None)
            _log.FaultOfInterface(Parameters.Name, _downInterface);
        if ((Faults & VrrpFaults.NoSourceAddress) != VrrpFaults.None)
            _log.FaultOfAddress(Parameters.Name, Parameters.Family);
        // None of its own: another member's of its sync group.
        if (Faults == VrrpFaults.None || (Faults & ~(VrrpFaults.InterfaceDown | VrrpFaults.NoSourceAddress)) != VrrpFaults.None)
            _log.FaultOfAnotherKind(Parameters.Name);
    }
}
