using System.Collections.Immutable;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp.Events;

namespace KeepalivedAot.Vrrp.Fsm;

/// <summary>One virtual router on one interface: inputs and <c>now</c> come in, calls of <see cref="IVrrpEffects"/> go out.</summary>
/// <remarks>
/// <see cref="VrrpFsm"/> decides, this class does. Not thread-safe: one loop calls it, with instants that never go back.
/// After construction nothing is allocated, but for <see cref="Reconfigure"/> and <see cref="SetMtu"/>.
/// The parts: inputs (this file), <c>Apply</c>, <c>Receive</c>, <c>Send</c>, <c>Announcements</c>, <c>OwnerConflict</c>, <c>Reconfigure</c>.
/// </remarks>
public sealed partial class VrrpRouter : ITimerOwner
{
    private readonly TimerQueue _timers;
    private readonly IVrrpEffects _effects;
    private readonly VrrpLog _log;

    private readonly TimerHandle _activeDownTimer;
    private readonly TimerHandle _adverTimer;
    private readonly TimerHandle _delayedAnnouncementTimer;
    private readonly TimerHandle _refreshAnnouncementTimer;
    private readonly TimerHandle _lowerPriorityAnnouncementTimer;
    private readonly TimerHandle _ownerConflictTimer;

    /// <summary>Makes a router in Initialize; nothing happens before <see cref="Start"/>.</summary>
    public VrrpRouter(VrrpParameters parameters, TimerQueue timers, IVrrpEffects effects, Log log)
    {
        Parameters = parameters;
        _timers = timers;
        _effects = effects;
        _log = new VrrpLog(log);
        _activeDownTimer = timers.Register(this, (int)VrrpTimer.ActiveDown);
        _adverTimer = timers.Register(this, (int)VrrpTimer.Adver);
        _delayedAnnouncementTimer = timers.Register(this, (int)VrrpTimer.DelayedAnnouncement);
        _refreshAnnouncementTimer = timers.Register(this, (int)VrrpTimer.RefreshAnnouncement);
        _lowerPriorityAnnouncementTimer = timers.Register(this, (int)VrrpTimer.LowerPriorityAnnouncement);
        _ownerConflictTimer = timers.Register(this, (int)VrrpTimer.OwnerConflict);
        ActiveAdverInterval = parameters.AdvertisementInterval;
        EffectivePriority = ComputePriority();
        PrepareBuffer();
    }

    public VrrpParameters Parameters { get; private set; }

    public VrrpState State { get; private set; }

    /// <summary>The state it would be in if it were alone: what the dumps call the wanted state.</summary>
    public VrrpState WantedState { get; private set; }

    public VrrpFaults Faults { get; private set; }

    public VrrpCounters Counters { get; } = new();

    /// <summary>What stands in advertisements: 1 to 254, or 255 for an owner.</summary>
    public Priority EffectivePriority { get; private set; }

    /// <summary>Base priority and adjustments, not clamped.</summary>
    public int TotalPriority => Parameters.BasePriority.IsOwner
        ? Parameters.BasePriority.Value : Parameters.BasePriority.Value;

    /// <summary>Source of our advertisements: the configured one, else the interface's; none while there is none.</summary>
    public IpAddress LocalAddress => Parameters.SourceAddress;

    /// <summary>Backup: whose advertisement was accepted last. None in other states, and before the first one.</summary>
    public IpAddress ActiveRouterAddress { get; private set; }

    /// <summary>The priority in it.</summary>
    public Priority ActiveRouterPriority { get; private set; }

    /// <summary>Active_Adver_Interval: learned from the Active Router in v3, else our own.</summary>
    public Duration ActiveAdverInterval { get; private set; }

    /// <summary>Skew_Time in this moment (RFC 9568, 6.1; in v2 always of one second).</summary>
    public Duration SkewTime
        => VrrpTimes.SkewTime(EffectivePriority, Parameters.Version == VrrpVersion.V2 ? Duration.FromSeconds(1) : ActiveAdverInterval);

    /// <summary>Active_Down_Interval in this moment (RFC 9568, 6.1).</summary>
    public Duration ActiveDownInterval => ActiveAdverInterval * Parameters.DownTimerAdverts + SkewTime;

    /// <summary>The last change of state. <c>default</c> before <see cref="Start"/>.</summary>
    public Transition LastTransition { get; private set; }

    public Instant LastTransitionAt { get; private set; }

    /// <summary>When the last advertisement went out; meaningful when <see cref="VrrpCounters.AdvertSent"/> is not 0 and was not cleared.</summary>
    public Instant LastAdvertisementAt { get; private set; }

    /// <summary>When an armed timer runs out.</summary>
    public bool TryGetDeadline(VrrpTimer timer, out Instant deadline)
    {
        TimerHandle handle = HandleOf(timer);
        deadline = _timers.DeadlineOf(handle);
        return _timers.IsArmed(handle);
    }

    /// <summary>Leaves Initialize: to FAULT, or to BACKUP with a running timer.</summary>
    /// <param name="present">Faults that are present already, but for <see cref="VrrpFaults.NoSourceAddress"/>.</param>
    /// <param name="localAddress">The interface's address: primary for IPv4, link-local for IPv6; or none.</param>
    /// <param name="mtu">Of the interface, in bytes.</param>
    /// <param name="startupDelay">Added to the first timer; until then advertisements are ignored.</param>
    public void Start(VrrpFaults present, IpAddress localAddress, int mtu, Duration startupDelay, Instant now)
        => throw new NotImplementedException();

    /// <summary>Ends the instance: an Active Router releases its role (priority 0) and its addresses. <see cref="Start"/> may follow.</summary>
    public void Stop(Instant now) => throw new NotImplementedException();

    /// <summary>As <see cref="Stop"/>, for an instance that a reload removed.</summary>
    public void Remove(Instant now) => throw new NotImplementedException();

    /// <summary>Gives the timers back; the router must be stopped and is of no use afterwards.</summary>
    public void Retire() => throw new NotImplementedException();

    /// <summary>A datagram with our VRID, from our socket. One that is wrong is counted, and logged once per kind.</summary>
    public void OnDatagram(in Wire.VrrpDatagram datagram, Instant now) => throw new NotImplementedException();

    public void OnTimer(int name, Instant deadline, Instant now) => throw new NotImplementedException();

    /// <summary>Says whether a fault is present. FAULT is entered with the first and left with the last.</summary>
    public void SetFault(VrrpFaults flag, bool present, Instant now) => throw new NotImplementedException();

    /// <summary>The interface's address is another one now; none is a fault unless a source address is configured.</summary>
    public void SetLocalAddress(IpAddress address, Instant now) => throw new NotImplementedException();

    public void SetMtu(int mtu) => throw new NotImplementedException();

    /// <summary>Somebody else removed a virtual or excluded address from the interface. Not for those with <c>no_track</c>.</summary>
    /// <param name="interfaceName">Where it was, for the log; null = the instance's interface.</param>
    public void OnVirtualAddressLost(IpAddress address, Instant now, string? interfaceName = null) => throw new NotImplementedException();

    /// <summary>Sum of the trackers' adjustments. An owner's priority never changes.</summary>
    public void SetPriorityAdjustment(int sum, Instant now) => throw new NotImplementedException();

    /// <summary>
    /// New parameters of the same identity (<see cref="VrrpParameters.HasIdentityOf"/>): state, counters and what was learned stay.
    /// Timers whose length did not change keep running; an Active Router whose advertisement changed sends it at once.
    /// </summary>
    public void Reconfigure(VrrpParameters parameters, Instant now) => throw new NotImplementedException();

    private Priority ComputePriority() => Parameters.BasePriority.IsOwner
        ? Parameters.BasePriority : Priority.Clamp(TotalPriority);

    private void PrepareBuffer() { }

    private TimerHandle HandleOf(VrrpTimer timer) => timer switch
    {
        VrrpTimer.ActiveDown => _activeDownTimer,
        VrrpTimer.Adver => _adverTimer,
        VrrpTimer.DelayedAnnouncement => _delayedAnnouncementTimer,
        VrrpTimer.RefreshAnnouncement => _refreshAnnouncementTimer,
        VrrpTimer.LowerPriorityAnnouncement => _lowerPriorityAnnouncementTimer,
        _ => _ownerConflictTimer,
    };
}
