using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Vrrp.Fsm;

/// <summary>What can happen to a router.</summary>
public enum VrrpEventKind : byte
{
    Startup,
    Shutdown,

    /// <summary>The instance is no longer in the configuration.</summary>
    Removal,

    /// <summary>An advertisement that passed every check.</summary>
    Advertisement,
    ActiveDownTimerExpired,
    AdverTimerExpired,

    /// <summary>The timer was found so late that a Backup must have taken over (<c>timer_expired_backup</c>).</summary>
    AdverTimerOverdue,
    FaultRaised,

    /// <summary>The last fault is gone.</summary>
    FaultCleared,

    /// <summary>Somebody else removed a virtual address, route or rule that we hold.</summary>
    VirtualAddressLost,

    /// <summary>The effective priority is another one now.</summary>
    PriorityChanged,

    /// <summary>All members of the sync group wanted to be active, and one of them is.</summary>
    PulledToActive,

    /// <summary>A member of the sync group has lost an election, or the last of them to have a fault has none any more.</summary>
    PulledToBackup,

    /// <summary>A member of the sync group has lost a virtual address.</summary>
    PulledToRelease,

    /// <summary>A member of the sync group has a fault.</summary>
    PulledToFault,

    /// <summary>Somebody wants another router to be active.</summary>
    YieldRequested,

    /// <summary>Somebody wants it of a member of the sync group.</summary>
    PulledToYield,
}

/// <summary>One event and what belongs to it; fields that mean nothing to a kind are left at their defaults.</summary>
public readonly record struct VrrpEvent(VrrpEventKind Kind)
{
    /// <summary>Advertisement: who sent it. VirtualAddressLost: which address; none when it was something else.</summary>
    public IpAddress Address { get; init; }

    /// <summary>Advertisement: its priority.</summary>
    public Priority Priority { get; init; }

    /// <summary>Advertisement: its Max Advertise Interval (v3) or Advertisement Interval (v2).</summary>
    public Duration MaxAdvertiseInterval { get; init; }

    /// <summary>Timers: from when the timer was started to now, lateness included. After a standstill: since our last advertisement.</summary>
    public Duration Elapsed { get; init; }

    /// <summary>Timers: how long it was to run. After a standstill: after how long another router may take over.</summary>
    public Duration Limit { get; init; }

    /// <summary>
    /// Faults and priorities: what has happened, in words for the log; null where the flags say it all. VirtualAddressLost: what it was, if no
    /// address. Pulled: by whom, a member's name.
    /// </summary>
    public string? Subject { get; init; }

    /// <summary>
    /// AdverTimerExpired, Advertisement: nothing could be sent for so long that another router may have become active meanwhile.
    /// </summary>
    public bool HasStoodStill { get; init; }

    /// <summary>Of a shutdown: the addresses stay in the kernel, so nobody is told that they are free.</summary>
    public bool KeepsAddresses { get; init; }
}
