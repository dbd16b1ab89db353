using KeepalivedAot.Base;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp.Events;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Vrrp.Groups;

/// <summary>A <c>vrrp_sync_group</c>: routers that are all active, or all not. One with a fault keeps all of them in FAULT.</summary>
/// <remarks>
/// Each member decides by itself (<see cref="VrrpFsm"/>), and sees of its group what <see cref="RouterView"/> says. When one of them has
/// changed its state, the group pulls the others after it; what a pulled member does is the business of the FSM again.
/// Nobody but the group is in keepalived's RFC, so the rules are keepalived's.
/// </remarks>
public sealed class VrrpGroup(string name, IVrrpGroupEffects effects, Log log)
{
    private readonly VrrpLog _log = new(log);
    private VrrpRouter[] _members = [];
    private bool _isPulling;

    /// <summary>A reload has put routers together of which some are active: whoever hears a better router settles it.</summary>
    private bool _isMixed;

    /// <summary>A reload is under way: who has lost his fault waits for what the others come to.</summary>
    private bool _holdsRecoveries;

    public string Name { get; } = name;

    /// <summary>As it was told last, but for the loss of a virtual address, of which keepalived tells nobody in the group's name.</summary>
    public VrrpState State { get; private set; }

    public IReadOnlyList<VrrpRouter> Members => _members;

    /// <summary>All own their addresses and are configured to be active: then, and only then, they need not wait at the start.</summary>
    internal bool StartsActive { get; private set; }

    /// <summary>Who is in it from now on; who was and is not any more is on its own.</summary>
    public void SetMembers(IEnumerable<VrrpRouter> members)
    {
        foreach (VrrpRouter former in _members)
        {
            if (ReferenceEquals(former.Group, this))
                former.Group = null;
        }
        _members = [.. members];
        foreach (VrrpRouter member in _members)
            member.Group = this;
    }

    /// <summary>Finds its first state, after all members have been prepared (<see cref="VrrpRouter.Prepare"/>) and before they start.</summary>
    public void Start()
    {
        Invariant.Require(State == VrrpState.Initialize, "only a group in Initialize is started");
        StartsActive = Array.TrueForAll(_members, static m => m.OwnsItsAddresses && m.Parameters.ConfiguredActive && m.Faults == VrrpFaults.None);
        if (StartsActive)
        {
            // keepalived tells the members' states only.
            State = VrrpState.Active;
            return;
        }
        foreach (VrrpRouter member in _members)
        {
            if (FaultOf(member) != GroupFault.Present)
                continue;
            _log.GroupStartsInFault(Name, member.Parameters.Name);
            Tell(VrrpState.Fault);
            return;
        }
        if (FaultOfOthers(null) == GroupFault.Held)
            State = VrrpState.Fault;
        else
            Tell(VrrpState.Backup);
    }

    /// <summary>
    /// A reload begins. Members get their new parameters one after the other, and a fault that moves from one to another is nobody's for a
    /// moment: until <see cref="Resume"/> nobody leaves FAULT.
    /// </summary>
    public void HoldRecoveries() => _holdsRecoveries = true;

    /// <summary>A reload: the group takes the place of one with this state.</summary>
    public void Inherit(VrrpState before) => State = before;

    /// <summary>
    /// A reload, after members that are new have been prepared and before they start. A group that consists of new ones starts like any other.
    /// </summary>
    public void Continue()
    {
        StartsActive = false;
        if (Array.TrueForAll(_members, static m => m.State == VrrpState.Initialize))
        {
            State = VrrpState.Initialize;
            Start();
        }
    }

    /// <summary>A reload, at its end: puts right what does not fit together any more.</summary>
    public void Resume(Instant now)
    {
        _holdsRecoveries = false;
        if (StartsActive)
            return;
        if (Array.Find(_members, static m => FaultOf(m) == GroupFault.Present) is { } faulty)
        {
            if (!Array.TrueForAll(_members, static m => m.State == VrrpState.Fault))
                PullOthers(faulty, VrrpEventKind.PulledToFault, VrrpState.Fault, now);
            else if (State != VrrpState.Fault)
                Tell(VrrpState.Fault);
            return;
        }
        if (FaultOfOthers(null) == GroupFault.Held)
            return;
        int active = _members.Count(static m => m.State == VrrpState.Active);
        // Those that are active go on. keepalived makes all of them backup when a new one joins them, and the addresses are nobody's until
        // its timer has run out; here it joins them then, unless it hears a better router: then they follow it.
        _isMixed = active > 0 && active < _members.Length;
        VrrpState after = active == _members.Length || (_isMixed && State == VrrpState.Active) ? VrrpState.Active : VrrpState.Backup;
        // Of a group that did not exist nobody has heard, and its members have told their states already.
        if (State == VrrpState.Initialize || State == after)
            State = after;
        else
            Tell(after);
        // As at the start, and as keepalived: behind the group.
        ReleaseStranded(now);
    }

    /// <summary>All members have stopped.</summary>
    public void Stop() => Tell(VrrpState.Initialize);

    /// <summary>Whether another member is against this one's becoming active, because it neither is nor wants to be.</summary>
    internal bool Objects(VrrpRouter member)
    {
        foreach (VrrpRouter other in _members)
        {
            if (!ReferenceEquals(other, member) && other.WantedState != VrrpState.Active)
                return true;
        }
        return false;
    }

    /// <summary>What keeps a member in FAULT that has no fault of its own any more.</summary>
    internal GroupFault WhatHolds(VrrpRouter member) => _holdsRecoveries ? GroupFault.Present : FaultOfOthers(member);

    /// <summary>The worst fault of all members but this one.</summary>
    internal GroupFault FaultOfOthers(VrrpRouter? member)
    {
        GroupFault worst = GroupFault.None;
        foreach (VrrpRouter other in _members)
        {
            if (!ReferenceEquals(other, member) && FaultOf(other) > worst)
                worst = FaultOf(other);
        }
        return worst;
    }

    /// <summary>A member has changed its state, and all that belongs to it has been done.</summary>
    internal void OnTransition(VrrpRouter member, in Transition transition, Instant now)
    {
        if (_isPulling)
            return;
        switch (transition.To)
        {
            case VrrpState.Active when State != VrrpState.Active:
                PullOthers(member, VrrpEventKind.PulledToActive, VrrpState.Active, now);
                break;
            case VrrpState.Backup when transition.Reason.Cause == TransitionCause.VirtualAddressLost:
                State = VrrpState.Backup;
                Pull(member, VrrpEventKind.PulledToRelease, now);
                break;
            case VrrpState.Backup when transition.Reason.Cause == TransitionCause.Yielded:
                PullOthers(member, VrrpEventKind.PulledToYield, VrrpState.Backup, now);
                break;
            case VrrpState.Backup when transition.From != VrrpState.Initialize:
                PullOthers(member, VrrpEventKind.PulledToBackup, VrrpState.Backup, now);
                break;
            case VrrpState.Fault when transition.Reason.Cause != TransitionCause.Held && (State != VrrpState.Fault || transition.From != VrrpState.Initialize):
                PullOthers(member, VrrpEventKind.PulledToFault, VrrpState.Fault, now);
                break;
            default:
                break;
        }
    }

    /// <summary>A member that is backup has accepted another router's advertisement.</summary>
    internal void OnFollowed(VrrpRouter member, Instant now)
    {
        if (!_isMixed || _isPulling)
            return;
        _isMixed = false;
        if (Array.Exists(_members, static m => m.State == VrrpState.Active))
            PullOthers(member, VrrpEventKind.PulledToBackup, VrrpState.Backup, now);
    }

    /// <summary>A member has heard a lower priority: what was learned from that router's announcements may concern the others, too.</summary>
    internal void OnReclaimed(VrrpRouter member, Instant now)
    {
        foreach (VrrpRouter other in _members)
        {
            if (!ReferenceEquals(other, member) && other.State == VrrpState.Active)
                other.ReclaimAddresses(now);
        }
    }

    // Whoever had the fault is no member any more.
    private void ReleaseStranded(Instant now)
    {
        _isPulling = true;
        foreach (VrrpRouter member in _members)
        {
            if (member.State == VrrpState.Fault)
                member.Pull(VrrpEventKind.PulledToBackup, "", now);
        }
        _isPulling = false;
    }

    private static GroupFault FaultOf(VrrpRouter member)
    {
        if ((member.Faults & ~VrrpFaults.Awaited) != VrrpFaults.None)
            return GroupFault.Present;
        bool waits = member.Faults != VrrpFaults.None && member.State is VrrpState.Initialize or VrrpState.Fault;
        return waits ? GroupFault.Held : GroupFault.None;
    }

    private void PullOthers(VrrpRouter first, VrrpEventKind how, VrrpState to, Instant now)
    {
        _isMixed = false;
        _log.GroupSyncing(Name, to);
        Pull(first, how, now);
        Tell(to);
    }

    private void Pull(VrrpRouter first, VrrpEventKind how, Instant now)
    {
        _isPulling = true;
        foreach (VrrpRouter other in _members)
        {
            if (!ReferenceEquals(other, first))
                other.Pull(how, first.Parameters.Name, now);
        }
        _isPulling = false;
    }

    private void Tell(VrrpState state)
    {
        State = state;
        effects.OnGroupState(this, state);
    }
}
