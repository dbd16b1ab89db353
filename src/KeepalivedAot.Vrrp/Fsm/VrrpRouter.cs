using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp.Authentication;
using KeepalivedAot.Vrrp.Events;
using KeepalivedAot.Vrrp.Groups;
using KeepalivedAot.Vrrp.Watch;

namespace KeepalivedAot.Vrrp.Fsm;

/// <summary>One virtual router on one interface: inputs and <c>now</c> in, calls of <see cref="IVrrpEffects"/> out.</summary>
/// <remarks>
/// <see cref="VrrpFsm"/> decides, this class does. Not thread-safe: one loop calls it, with instants that never go back.
/// After construction nothing is allocated, but for <see cref="Reconfigure"/> and <see cref="SetMtu"/>.
/// The parts: views and deciding (this file), <c>Inputs</c>, <c>Apply</c> (doing what was decided), <c>Receive</c>, <c>Report</c>
/// (what was wrong), <c>Watch</c> (what is wrong with others), <c>Send</c>, <c>Announcements</c>, <c>OwnerConflict</c>, <c>Reconfigure</c>.
/// </remarks>
public sealed partial class VrrpRouter : ITimerOwner
{
    // In advertisements: RFC 9568, 6.1, Active_Down_Interval.
    private const int UsualPatience = 3;

    private readonly TimerQueue _timers;
    private readonly IVrrpEffects _effects;
    private readonly VrrpLog _log;
    private readonly LogSubject _subject;
    private readonly UnixClock _unixClock;
    private readonly VrrpAuthenticator _authenticator = new();

    private readonly TimerHandle _activeDownTimer;
    private readonly TimerHandle _adverTimer;
    private readonly TimerHandle _delayedAnnouncementTimer;
    private readonly TimerHandle _refreshAnnouncementTimer;
    private readonly TimerHandle _lowerPriorityAnnouncementTimer;
    private readonly TimerHandle _ownerConflictTimer;
    private readonly TimerHandle _extraAnnouncementTimer;

    private IpAddress _interfaceAddress;
    private int _mtu;

    /// <summary>Until then advertisements are ignored and timers stand still (<c>vrrp_startup_delay</c>).</summary>
    private Instant _delayedUntil = new(long.MinValue);
    private string _downInterface = "";

    private int _priorityAdjustment;
    private string? _prioritySubject;

    /// <summary>When the running Backup timer was started, and for what.</summary>
    private Instant _waitingSince;
    private BackupWait _waiting;

    /// <summary>For how long the machine was suspended since the last advertisement: our clock stood still then, and the others' did not.</summary>
    private Duration _asleep;

    private IpAddress _releasedBy;
    private IpAddress _discardedRouter;
    private Priority _discardedPriority;

    /// <summary>When an earlier process, which was killed as Active Router, advertised last, and how long the others wait for more; zero when there was none.</summary>
    private Instant _earlierAdvertisementAt;
    private Duration _silenceLimit;

    private bool _preemptDelayStarted;
    private Instant _preemptDelayEnd;

    /// <summary>Makes a router in Initialize; nothing happens before <see cref="Start"/>.</summary>
    /// <param name="parameters">Their keys may be wiped afterwards.</param>
    /// <param name="unixClock">For auth_hmac: whoever runs the router keeps it right. Null when that is not used.</param>
    public VrrpRouter(VrrpParameters parameters, TimerQueue timers, IVrrpEffects effects, Log log, UnixClock? unixClock = null)
    {
        Parameters = parameters;
        _unixClock = unixClock ?? new UnixClock();
        _authenticator.Adopt(parameters);
        _timers = timers;
        _effects = effects;
        _subject = new LogSubject(parameters.Name, parameters.Vrid.Value);
        Log = log.For(_subject);
        _log = new VrrpLog(Log);
        _activeDownTimer = timers.Register(this, (int)VrrpTimer.ActiveDown);
        _adverTimer = timers.Register(this, (int)VrrpTimer.Adver);
        _delayedAnnouncementTimer = timers.Register(this, (int)VrrpTimer.DelayedAnnouncement);
        _refreshAnnouncementTimer = timers.Register(this, (int)VrrpTimer.RefreshAnnouncement);
        _lowerPriorityAnnouncementTimer = timers.Register(this, (int)VrrpTimer.LowerPriorityAnnouncement);
        _ownerConflictTimer = timers.Register(this, (int)VrrpTimer.OwnerConflict);
        _extraAnnouncementTimer = timers.Register(this, (int)VrrpTimer.ExtraAnnouncement);
        ActiveAdverInterval = parameters.AdvertisementInterval;
        EffectivePriority = ComputePriority();
        SetMtu(DefaultMtu);
    }

    private const int DefaultMtu = 1500;

    public VrrpParameters Parameters { get; private set; }

    /// <summary>For lines about this router.</summary>
    public Log Log { get; }

    /// <summary>The same for events of VRRP, also for those that carry its wishes out.</summary>
    public VrrpLog Events => _log;

    public VrrpState State { get; private set; }

    /// <summary>The state it would be in if it were alone: what the dumps call the wanted state.</summary>
    public VrrpState WantedState { get; private set; }

    public VrrpFaults Faults { get; private set; }

    /// <summary>In FAULT only until every weightless tracker has been heard of: nobody has been told.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>
    /// It has given its role up because it was told to (<see cref="Yield"/>), and until it is active again it follows whoever has the role, as with
    /// <c>nopreempt</c>.
    /// </summary>
    public bool IsYielding { get; private set; }

    /// <summary>What changed the priority last, in words; null while it is the configured one.</summary>
    public string? PrioritySubject => _prioritySubject;

    /// <summary>The sync group that it is a member of, if any.</summary>
    public VrrpGroup? Group { get; internal set; }

    public VrrpCounters Counters { get; } = new();

    /// <summary>What stands in advertisements: 1 to 254, or 255 for an owner.</summary>
    public Priority EffectivePriority { get; private set; }

    internal bool OwnsItsAddresses => Parameters.BasePriority.IsOwner;

    /// <summary>Base priority and adjustments, not clamped.</summary>
    public int TotalPriority => Parameters.BasePriority.IsOwner
        ? Parameters.BasePriority.Value : Parameters.BasePriority.Value + _priorityAdjustment;

    /// <summary>Source of our advertisements: the configured one, else the interface's; none while there is none.</summary>
    public IpAddress LocalAddress => Parameters.SourceAddress.IsNone ? _interfaceAddress : Parameters.SourceAddress;

    /// <summary>Backup: whose advertisement was accepted last. None in other states, and before the first one.</summary>
    public IpAddress ActiveRouterAddress { get; private set; }

    /// <summary>The priority in it.</summary>
    public Priority ActiveRouterPriority { get; private set; }

    /// <summary>Active_Adver_Interval: learned from the Active Router in v3, else our own.</summary>
    public Duration ActiveAdverInterval { get; private set; }

    /// <summary>Skew_Time in this moment (RFC 9568, 6.1; in v2 always of one second).</summary>
    public Duration SkewTime => VrrpTimes.SkewTime(EffectivePriority, SkewBase);

    /// <summary>Active_Down_Interval in this moment (RFC 9568, 6.1).</summary>
    public Duration ActiveDownInterval => ActiveAdverInterval * Parameters.DownTimerAdverts + SkewTime;

    /// <summary>The last change of state. <c>default</c> before <see cref="Start"/>.</summary>
    public Transition LastTransition { get; private set; }

    public Instant LastTransitionAt { get; private set; }

    /// <summary>When the last advertisement went out; <c>default</c> before the first one.</summary>
    public Instant LastAdvertisementAt { get; private set; }

    /// <summary>As long as this an Active Router of these parameters may be silent before anybody takes its role: what is left without anybody's skew.</summary>
    /// <remarks>How long we wait for others (<c>down_timer_adverts</c>) says of their patience only that it may be shorter than the usual one.</remarks>
    public Duration Silence => Parameters.AdvertisementInterval * Math.Min(Parameters.DownTimerAdverts, UsualPatience);

    /// <summary>
    /// The role that it holds, or was offered and has not taken yet (<see cref="OfferRole"/>): when it was advertised last, and how long the others
    /// wait for more at least. Null: somebody else has it, or nobody.
    /// </summary>
    public (Instant AdvertisedAt, Duration Limit)? HeldRole
        => State == VrrpState.Active ? (LastAdvertisementAt, Silence)
            : _silenceLimit > Duration.Zero ? (_earlierAdvertisementAt, _silenceLimit)
            : null;

    /// <summary>It was offered a role, and has neither taken it nor been kept from it: as long as nobody else can be Active, it may be at any moment.</summary>
    public bool IsOffered => _silenceLimit > Duration.Zero && State != VrrpState.Active && (State != VrrpState.Backup || _waiting == BackupWait.Resumption);

    /// <summary>When an armed timer runs out.</summary>
    public bool TryGetDeadline(VrrpTimer timer, out Instant deadline)
    {
        TimerHandle handle = HandleOf(timer);
        deadline = _timers.DeadlineOf(handle);
        return _timers.IsArmed(handle);
    }

    private void UpdatePriority(Instant now, string? subject = null)
    {
        Priority before = EffectivePriority;
        EffectivePriority = ComputePriority();
        // Before the start nobody has seen another one.
        if (EffectivePriority == before || State == VrrpState.Initialize)
            return;
        _log.PriorityChanged(Parameters.Name, before, EffectivePriority);
        if (subject is not null)
            _log.Because(Parameters.Name, subject);
        Decide(new VrrpEvent(VrrpEventKind.PriorityChanged) { Priority = EffectivePriority, Subject = subject }, now);
        _effects.OnPriorityChanged(this);
    }

    // The cadence counts from deadline to deadline. Only after a pause of more than an interval does it start anew:
    // one advertisement says all that the missed ones would have said.
    private void OnAdverTimer(Instant deadline, Instant now)
    {
        if (YieldsBecauseOverdue(now, deadline))
            return;
        Decide(TimerEvent(VrrpEventKind.AdverTimerExpired, LastAdvertisementAt, deadline, now) with { HasStoodStill = HasStoodStill(now) }, now);
        Instant next = deadline + Parameters.AdvertisementInterval;
        _timers.Arm(_adverTimer, next > now ? next : now + Parameters.AdvertisementInterval);
        TellOfWishes(now);
    }

    // Whatever comes first after a long sleep, the timer or an advertisement of whoever took over meanwhile.
    private bool YieldsBecauseOverdue(Instant now, Instant deadline)
    {
        if (State != VrrpState.Active || !IsOverdue(now, out Duration limit))
            return false;
        _log.TimerFoundLate(now - deadline);
        Decide(new VrrpEvent(VrrpEventKind.AdverTimerOverdue) { Elapsed = SilenceAt(now), Limit = limit }, now);
        return true;
    }

    // As the others count it.
    private Duration SilenceAt(Instant now) => now - LastAdvertisementAt + _asleep;

    // No backup is sooner than this, whatever its priority.
    private Duration ShortestPatience => Parameters.AdvertisementInterval * UsualPatience;

    private bool HasStoodStill(Instant now) => State == VrrpState.Active && SilenceAt(now) > ShortestPatience;

    private bool IsOverdue(Instant now, out Duration limit)
    {
        limit = Duration.Zero;
        if (Parameters.TimerExpiredBackup is not Priority other || Parameters.PreemptMode)
            return false;
        limit = Parameters.AdvertisementInterval * 3 + VrrpTimes.SkewTime(other, SkewBase);
        return SilenceAt(now) > limit;
    }

    private static VrrpEvent TimerEvent(VrrpEventKind kind, Instant since, Instant deadline, Instant now)
        => new(kind) { Elapsed = now - since, Limit = deadline - since };

    private void Decide(in VrrpEvent e, Instant now)
    {
        Transition transition = VrrpFsm.Next(ViewAt(now, e.Kind), e);
        Apply(transition, e, now);
        if (Group is null)
            return;
        if (transition.IsChange || transition.Reason.Cause == TransitionCause.HeldFaultRaised)
            Group.OnTransition(this, transition, now);
        else if (State == VrrpState.Backup && transition.Does(VrrpActions.Follow))
            Group.OnFollowed(this, now);
    }

    private bool Preempts => Parameters.PreemptMode && !IsYielding;

    // In a group the configured state means something only when all members are to be active at once.
    private bool ShowsWish => Parameters.ConfiguredActive && Group is not { StartsActive: false };

    // Of its group only what this kind of event is decided by: there may be hundreds of members, and each hears advertisements.
    private RouterView ViewAt(Instant now, VrrpEventKind kind) => new()
    {
        State = State,
        Priority = EffectivePriority,
        PrioritySubject = _prioritySubject,
        LocalAddress = LocalAddress,
        StartsActive = Parameters.BasePriority.IsOwner && ShowsWish,
        MayResume = now - _earlierAdvertisementAt < _silenceLimit,
        SilentFor = now - _earlierAdvertisementAt,
        SilenceLimit = _silenceLimit,
        PreemptMode = Preempts,
        PreemptDelay = PreemptDelayAt(now),
        LowerPrioNoAdvert = Parameters.LowerPrioNoAdvert,
        HigherPrioSendAdvert = Parameters.HigherPrioSendAdvert,
        Faults = Faults,
        IsHeld = IsHeld,
        Group = Group?.Name,
        GroupObjects = kind == VrrpEventKind.ActiveDownTimerExpired && Group is not null && Group.Objects(this),
        GroupFault = kind switch
        {
            VrrpEventKind.Startup when Group is not null => Group.FaultOfOthers(this),
            VrrpEventKind.FaultCleared when Group is not null => Group.WhatHolds(this),
            _ => GroupFault.None,
        },
        ActiveRouter = ActiveRouterAddress,
        ActiveRouterPriority = ActiveRouterPriority,
        Waiting = _waiting,
        ReleasedBy = _releasedBy,
        DiscardedRouter = _discardedRouter,
        DiscardedPriority = _discardedPriority,
    };

    private Duration SkewBase => Parameters.Version == VrrpVersion.V2 ? Duration.FromSeconds(1) : ActiveAdverInterval;

    private Priority ComputePriority() => !Parameters.BasePriority.IsOwner ? Priority.Clamp(TotalPriority)
        : _ownerConflict == OwnerConflict.PriorityReduced ? Priority.HighestBackup : Priority.Owner;

    private TimerHandle HandleOf(VrrpTimer timer) => timer switch
    {
        VrrpTimer.ActiveDown => _activeDownTimer,
        VrrpTimer.Adver => _adverTimer,
        VrrpTimer.DelayedAnnouncement => _delayedAnnouncementTimer,
        VrrpTimer.RefreshAnnouncement => _refreshAnnouncementTimer,
        VrrpTimer.LowerPriorityAnnouncement => _lowerPriorityAnnouncementTimer,
        VrrpTimer.OwnerConflict => _ownerConflictTimer,
        _ => _extraAnnouncementTimer,
    };
}
