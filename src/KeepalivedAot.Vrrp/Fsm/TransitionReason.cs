using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Vrrp.Fsm;

/// <summary>Why a decision was made; the values up to <see cref="LateWakeUp"/>, those of a router that is held, of a group, of a router that yields and of one that resumes, can change the state.</summary>
public enum TransitionCause : byte
{
    /// <summary>The event means nothing in this state.</summary>
    Ignored,

    Started,
    AddressOwner,
    NobodyHeard,
    ActiveRouterSilent,
    ActiveRouterReleased,
    LowerPriorityPreempted,
    HigherPriorityHeard,
    HigherAddressHeard,
    FaultRaised,
    FaultCleared,
    VirtualAddressLost,
    Shutdown,
    Removed,
    LateWakeUp,

    /// <summary>Backup: an advertisement was accepted.</summary>
    Followed,

    /// <summary>Backup: a lower priority while preempting.</summary>
    LowerPriorityDiscarded,

    /// <summary>A priority of 0 was heard.</summary>
    ReleaseHeard,

    /// <summary>Active: a lower priority was heard, or an equal one from a lower address.</summary>
    LowerPriorityHeard,

    /// <summary>Active: our priority from our own address.</summary>
    OwnAddressHeard,

    /// <summary>Active: the next advertisement is due.</summary>
    AdvertisementDue,

    /// <summary>Backup: the running timer is shifted by the difference in skew.</summary>
    PriorityChanged,

    /// <summary>Initialize: held until every weightless tracker has been heard of.</summary>
    Held,

    /// <summary>Fault: what was held without a word has a fault now.</summary>
    HeldFaultRaised,

    /// <summary>Another member of the sync group became active.</summary>
    PulledToActive,

    /// <summary>Another member of the sync group lost an election.</summary>
    PulledToBackup,

    /// <summary>Another member of the sync group lost a virtual address.</summary>
    PulledToRelease,

    /// <summary>Another member of the sync group has a fault.</summary>
    PulledToFault,

    /// <summary>The last fault in the sync group is gone.</summary>
    PulledOutOfFault,

    /// <summary>Backup: it wants to be active, but another member of the sync group does not yet.</summary>
    GroupNotReady,

    /// <summary>Fault: it has none any more, but another member of the sync group has.</summary>
    GroupInFault,

    /// <summary>Active: somebody wants another router to be active.</summary>
    Yielded,

    /// <summary>Active: somebody wants it of another member of the sync group.</summary>
    PulledToYield,

    /// <summary>Backup: it was active when its process ended without a word, so short a time ago that no other router can be.</summary>
    Resumed,
}

/// <summary>Why a router changed its state: event, peer, priorities, timer. Its text is one sentence, no full stop.</summary>
/// <remarks>The log line, the journal and the <c>why</c> command are views of this value.</remarks>
public readonly record struct TransitionReason(TransitionCause Cause) : IUtf8SpanFormattable
{
    /// <summary>The event that was decided on.</summary>
    public VrrpEventKind Event { get; init; }

    /// <summary>The other router, where there is one; for a lost virtual address that address.</summary>
    public IpAddress Peer { get; init; }

    public Priority PeerPriority { get; init; }

    /// <summary>Our effective priority at that moment.</summary>
    public Priority OwnPriority { get; init; }

    /// <summary>Source of our advertisements at that moment.</summary>
    public IpAddress OwnAddress { get; init; }

    /// <summary>The sync group, where it is behind it.</summary>
    public string? Group { get; init; }

    /// <summary>What was behind it, in words: <c>script chk_http failed</c>; null where the other fields say it all. With a
    /// group: the name of the member that it was.</summary>
    public string? Subject { get; init; }

    /// <summary>Faults that were present.</summary>
    public VrrpFaults Faults { get; init; }

    /// <summary>How long the timer was to run. Of a role that is lost: zero, or after how long of our silence another router may have taken it.</summary>
    public Duration Limit { get; init; }

    /// <summary>How long it did run: the silence.</summary>
    public Duration Elapsed { get; init; }

    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        => TransitionReasonText.TryFormat(this, utf8Destination, out bytesWritten);

    public override string ToString() => TransitionReasonText.ToText(this);
}
