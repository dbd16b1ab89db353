using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp.Groups;

namespace KeepalivedAot.Vrrp.Fsm;

/// <summary>How far a preempt delay has come (it starts with the first lower-priority advertisement heard).</summary>
public enum PreemptDelayPhase : byte
{
    /// <summary>None is configured.</summary>
    Off,

    /// <summary>Configured, and no lower-priority advertisement heard yet.</summary>
    NotStarted,
    Running,
    Elapsed,
}

/// <summary>For what the Backup's timer was started.</summary>
public enum BackupWait : byte
{
    /// <summary>The timer is left alone.</summary>
    Unchanged,

    /// <summary>Active_Down_Interval.</summary>
    ActiveDownInterval,

    /// <summary>Skew_Time: the Active Router has released its role.</summary>
    SkewTime,

    /// <summary>An owner at start: at once, but through the timer, so that the state is seen.</summary>
    AtOnce,

    /// <summary>Who takes back the role that it had when its process was killed: at once, as an owner.</summary>
    Resumption,
}

/// <summary>All that a decision may look at: one router at one moment, as a value.</summary>
public readonly record struct RouterView
{
    public VrrpState State { get; init; }

    /// <summary>The effective priority, as it stands in advertisements.</summary>
    public Priority Priority { get; init; }

    /// <summary>What changed the priority last, in words; null while it is the configured one.</summary>
    public string? PrioritySubject { get; init; }

    /// <summary>Source of our own advertisements: what an equal priority is decided by.</summary>
    public IpAddress LocalAddress { get; init; }

    /// <summary>Owner of the addresses that is to be active at once when it starts.</summary>
    public bool StartsActive { get; init; }

    /// <summary>It had the role a moment ago, and nobody can have taken it yet.</summary>
    public bool MayResume { get; init; }

    /// <summary>How long ago the last advertisement of the earlier process was sent.</summary>
    public Duration SilentFor { get; init; }

    /// <summary>How long the others wait at least.</summary>
    public Duration SilenceLimit { get; init; }

    public bool PreemptMode { get; init; }
    public PreemptDelayPhase PreemptDelay { get; init; }
    public bool LowerPrioNoAdvert { get; init; }
    public bool HigherPrioSendAdvert { get; init; }

    public VrrpFaults Faults { get; init; }

    /// <summary>In Fault only because a tracker was not heard of yet, and nobody has been told.</summary>
    public bool IsHeld { get; init; }

    /// <summary>The sync group that it is a member of; null = none.</summary>
    public string? Group { get; init; }

    /// <summary>Another member of the group neither is active nor wants to be.</summary>
    public bool GroupObjects { get; init; }

    /// <summary>What keeps the other members of the group in Fault.</summary>
    public GroupFault GroupFault { get; init; }

    /// <summary>Whose advertisement was accepted last; none = nobody's since the state was entered.</summary>
    public IpAddress ActiveRouter { get; init; }

    public Priority ActiveRouterPriority { get; init; }

    /// <summary>For what the running Backup timer was started.</summary>
    public BackupWait Waiting { get; init; }

    /// <summary>Whose priority 0 started the running timer; none = it was not started by one.</summary>
    public IpAddress ReleasedBy { get; init; }

    /// <summary>Whose lower priority was discarded while the timer ran; none = nobody's.</summary>
    public IpAddress DiscardedRouter { get; init; }

    public Priority DiscardedPriority { get; init; }
}
