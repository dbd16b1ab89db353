using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Vrrp.Fsm;

// What the world tells the router; datagrams and reloads have parts of their own.
public sealed partial class VrrpRouter
{
    /// <summary>Leaves Initialize: to FAULT, or to BACKUP with a running timer.</summary>
    /// <param name="present">Faults that are present already, but for <see cref="VrrpFaults.NoSourceAddress"/>.</param>
    /// <param name="localAddress">The interface's address: primary for IPv4, link-local for IPv6; or none.</param>
    /// <param name="mtu">Of the interface, in bytes; 0 = not known yet.</param>
    /// <param name="startupDelay">Added to the first timer; until then advertisements are ignored.</param>
    /// <param name="subject">What the faults are, in words for the reason; null = the flags say it.</param>
    public void Start(VrrpFaults present, IpAddress localAddress, int mtu, Duration startupDelay, Instant now, string? subject = null)
    {
        Prepare(present, localAddress, mtu);
        Start(startupDelay, now, subject);
    }

    /// <summary>The first half of a start. A sync group wants to know of all its members' faults before the first of them starts.</summary>
    public void Prepare(VrrpFaults present, IpAddress localAddress, int mtu)
    {
        Invariant.Require(State == VrrpState.Initialize, "only a router in Initialize is started");
        _interfaceAddress = localAddress;
        SetMtu(mtu);
        ActiveAdverInterval = Parameters.AdvertisementInterval;
        _ownerConflict = OwnerConflict.None;
        EffectivePriority = ComputePriority();
        Faults = present & ~VrrpFaults.NoSourceAddress;
        if (LocalAddress.IsNone)
            Faults |= VrrpFaults.NoSourceAddress;
    }

    /// <summary>
    /// Before <see cref="Start(Duration, Instant, string?, string?)"/>: an earlier process was the Active Router of this virtual router, and ended without
    /// giving the role up. While none of the others can have taken it, it is taken back as soon as nothing is in the way.
    /// </summary>
    /// <param name="lastAdvertisement">Its last one.</param>
    /// <param name="limit">How long each of the others waits for another one, at least.</param>
    /// <seealso cref="HeldRole"/>
    public void OfferRole(Instant lastAdvertisement, Duration limit) => (_earlierAdvertisementAt, _silenceLimit) = (lastAdvertisement, limit);

    /// <summary>The other half, after <see cref="Prepare"/>.</summary>
    /// <param name="downInterface">Which interface it is that is down, if one is; null = its own.</param>
    public void Start(Duration startupDelay, Instant now, string? subject = null, string? downInterface = null)
    {
        Invariant.Require(State == VrrpState.Initialize, "only a router in Initialize is started");
        _delayedUntil = now + startupDelay;
        if (EffectivePriority != Parameters.BasePriority)
            _log.PriorityChanged(Parameters.Name, Parameters.BasePriority, EffectivePriority);
        // What an earlier run left behind is not wanted any more.
        ReleaseAddresses();
        _downInterface = downInterface ?? Parameters.InterfaceName;
        Decide(new VrrpEvent(VrrpEventKind.Startup) { Subject = subject }, now);
        // keepalived shows the configured state as the wanted one until something has been heard.
        if (State == VrrpState.Backup && ShowsWish)
            WantedState = VrrpState.Active;
    }

    /// <summary>The machine was suspended: for the others this time has passed, although the clock of our timers stood still.</summary>
    public void OnSlept(Duration length)
    {
        _asleep += length;
        _earlierAdvertisementAt -= length;
    }

    /// <summary>A startup delay that has not ended yet ends at another time: later, sooner, or now.</summary>
    public void MoveStartupDelay(Instant until, Instant now)
    {
        if (_delayedUntil <= now)
            return;
        Instant before = _delayedUntil;
        _delayedUntil = until > now ? until : now;
        if (_waiting == BackupWait.Unchanged || _waitingSince != before)
            return;
        _waitingSince = _delayedUntil;
        RearmWait();
    }

    /// <summary>Ends the instance: an Active Router releases its role (priority 0) and its addresses.</summary>
    /// <remarks><see cref="Start"/> may follow, or <see cref="Retire"/>.</remarks>
    /// <param name="keepsAddresses">They stay in the kernel for who starts next, and so does the role as far as others are told.</param>
    public void Stop(Instant now, bool keepsAddresses = false)
        => Decide(new VrrpEvent(VrrpEventKind.Shutdown) { KeepsAddresses = keepsAddresses }, now);

    /// <summary>As <see cref="Stop"/>, for an instance that a reload removed.</summary>
    public void Remove(Instant now) => Decide(new VrrpEvent(VrrpEventKind.Removal), now);

    /// <summary>Gives the timers back and wipes the keys; the router must be stopped and is of no use afterwards.</summary>
    public void Retire()
    {
        Invariant.Require(State == VrrpState.Initialize, "only a stopped router is retired");
        _authenticator.Wipe();
        for (VrrpTimer timer = VrrpTimer.ActiveDown; timer <= VrrpTimer.ExtraAnnouncement; timer++)
            _timers.Unregister(HandleOf(timer));
    }

    public void OnTimer(int name, Instant deadline, Instant now)
    {
        switch ((VrrpTimer)name)
        {
            case VrrpTimer.ActiveDown:
                _log.ActiveDownTimerExpired(Parameters.Name);
                Decide(TimerEvent(VrrpEventKind.ActiveDownTimerExpired, _waitingSince, deadline, now), now);
                break;
            case VrrpTimer.Adver:
                OnAdverTimer(deadline, now);
                break;
            case VrrpTimer.OwnerConflict:
                OnOwnerConflictTimer(now);
                break;
            default:
                OnAnnouncementTimer((VrrpTimer)name, deadline, now);
                break;
        }
    }

    /// <summary>Says whether a fault is present. FAULT is entered with the first and left with the last.</summary>
    /// <param name="subject">What has happened, in words for the reason; null = the flag says it.</param>
    public void SetFault(VrrpFaults flag, bool present, Instant now, string? subject = null)
    {
        VrrpFaults before = Faults;
        Faults = present ? Faults | flag : Faults & ~flag;
        if (before == Faults)
            return;
        // That something is awaited stops nobody who is at work already.
        if ((before & ~VrrpFaults.Awaited) == VrrpFaults.None && (Faults & ~VrrpFaults.Awaited) != VrrpFaults.None)
            Decide(new VrrpEvent(VrrpEventKind.FaultRaised) { Subject = subject }, now);
        else if (before != VrrpFaults.None && Faults == VrrpFaults.None)
            Decide(new VrrpEvent(VrrpEventKind.FaultCleared) { Subject = subject }, now);
    }

    /// <summary>A reload has dissolved the sync group that kept it in FAULT: without a fault of its own it has no reason to stay there.</summary>
    public void LeaveFaultOfGroup(Instant now)
    {
        if (Group is null && State == VrrpState.Fault && Faults == VrrpFaults.None)
            Decide(new VrrpEvent(VrrpEventKind.FaultCleared) { Subject = "no sync group holds it any more" }, now);
    }

    /// <summary>
    /// Gives the role up once, with its whole sync group: another router takes it, even one with a lower priority, and keeps it until it falls silent or
    /// gives it up itself. If nobody takes it within Active_Down_Interval it is taken back.
    /// </summary>
    /// <param name="subject">Who wants it, or what for.</param>
    /// <returns>False: it has no role to give up.</returns>
    public bool Yield(Instant now, string? subject = null)
    {
        if (State != VrrpState.Active)
            return false;
        Decide(new VrrpEvent(VrrpEventKind.YieldRequested) { Subject = subject }, now);
        return true;
    }

    /// <summary>It takes part in elections again as it is configured to, with its whole sync group: somebody has changed his mind.</summary>
    public void StopYielding()
    {
        IsYielding = false;
        foreach (VrrpRouter member in Group?.Members ?? [])
            member.IsYielding = false;
    }

    /// <summary>Announces the addresses once more, as often as at the takeover.</summary>
    /// <returns>False: they are not ours to announce.</returns>
    public bool AnnounceAgain()
    {
        if (State != VrrpState.Active)
            return false;
        Announce(Math.Max(1, Parameters.Announcements.ActiveRepeat), AnnounceReason.Requested);
        return true;
    }

    /// <summary>The sync group's doing.</summary>
    internal void Pull(VrrpEventKind how, string by, Instant now) => Decide(new VrrpEvent(how) { Subject = by }, now);

    /// <summary>The interface's address is another one now; none is a fault unless a source address is configured.</summary>
    public void SetLocalAddress(IpAddress address, Instant now)
    {
        // The release is still sent from the address that was ours until now: the others know us by it.
        bool isMissing = address.IsNone && Parameters.SourceAddress.IsNone;
        if (isMissing)
            SetFault(VrrpFaults.NoSourceAddress, true, now);
        _interfaceAddress = address;
        if (!isMissing)
            SetFault(VrrpFaults.NoSourceAddress, false, now);
    }

    /// <summary>The interface's MTU, in bytes; it limits how many addresses are advertised. 0 = not known: 1500.</summary>
    public void SetMtu(int mtu)
    {
        _mtu = mtu > 0 ? mtu : DefaultMtu;
        PrepareBuffer();
    }

    /// <summary>Somebody else removed a virtual or excluded address. Not for those with <c>no_track</c>.</summary>
    /// <param name="interfaceName">Where it was, for the log; null = the instance's interface.</param>
    public void OnVirtualAddressLost(IpAddress address, Instant now, string? interfaceName = null)
    {
        if (State == VrrpState.Active)
            _log.AddressLost(address, interfaceName ?? Parameters.InterfaceName);
        Decide(new VrrpEvent(VrrpEventKind.VirtualAddressLost) { Address = address }, now);
    }

    /// <summary>Somebody else removed a virtual route or rule, or something static that this router depends on. Not with <c>no_track</c>.</summary>
    /// <param name="what">For the log: <c>virtual route 10.1.0.0/16 dev eth0</c>.</param>
    public void OnVirtualObjectLost(string what, Instant now)
        => Decide(new VrrpEvent(VrrpEventKind.VirtualAddressLost) { Subject = what }, now);

    /// <summary>Sum of the trackers' adjustments, not clamped. An owner's priority never changes.</summary>
    /// <param name="subject">What has happened, in words for the log.</param>
    public void SetPriorityAdjustment(int sum, Instant now, string? subject = null)
    {
        Adjust(sum, subject);
        UpdatePriority(now, subject);
    }

    /// <summary>The same, when something that was a fault is none any more: of the priority is told with the state that follows.</summary>
    public void SetPriorityAdjustmentAfterFault(int sum, Instant now, string? subject = null)
    {
        Adjust(sum, subject);
        if (State != VrrpState.Fault)
        {
            UpdatePriority(now, subject);
            return;
        }
        Priority before = EffectivePriority;
        EffectivePriority = ComputePriority();
        if (EffectivePriority != before)
            _log.PrioritySet(Parameters.Name, EffectivePriority);
    }

    private void Adjust(int sum, string? subject)
    {
        if (sum != _priorityAdjustment)
            _prioritySubject = sum == 0 ? null : subject;
        _priorityAdjustment = sum;
    }
}
