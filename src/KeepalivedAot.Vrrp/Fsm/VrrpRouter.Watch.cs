using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp.Watch;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Vrrp.Fsm;

// What is noticed of others on the segment. Nothing of it changes what the protocol does.
public sealed partial class VrrpRouter
{
    // Whoever hears us, hears us twice in this time, and stops with the first; whoever takes over from us has advertised.
    private const int GraceAdverts = 2;

    // And with short intervals: a host takes a moment to drop thousands of addresses.
    private static readonly Duration ShortestGrace = Duration.FromSeconds(1);

    /// <summary>What was noticed of others on the segment.</summary>
    public ConflictWatch Conflicts { get; } = new();

    /// <summary>False: nothing is noticed any more.</summary>
    public bool Watches { get; set; } = true;

    private Duration ClaimGrace => Duration.Max(Parameters.AdvertisementInterval * GraceAdverts, ShortestGrace);

    /// <summary>Another host says that a virtual address that this router holds is its own; without consequences while it is not active.</summary>
    /// <param name="by">None of this host's.</param>
    /// <param name="isWish">It only asks whether the address is free.</param>
    public void OnAddressClaimed(IpAddress address, MacAddress by, bool isWish, Instant now)
    {
        if (!Watches || State != VrrpState.Active)
            return;
        if (isWish)
            Conflicts.OnWish(address, by, LastTransitionAt, now);
        else if (Conflicts.OnClaim(address, by, LastTransitionAt, ClaimGrace, now, out Conflict conflict))
            Tell(conflict);
    }

    private void TellOfWishes(Instant now)
    {
        if (State == VrrpState.Active && Conflicts.IsDue(LastTransitionAt, ClaimGrace, now, out Conflict conflict))
            Tell(conflict);
    }

    private void WatchForConflicts(in VrrpPacket packet, IpAddress from, Instant now)
    {
        // Somebody else's virtual router is told of as such.
        if (!Watches || State != VrrpState.Active || _isForeign)
            return;
        Duration interval = Duration.Max(packet.Interval, Parameters.AdvertisementInterval);
        Conflicts.OnOther(Duration.Max(interval * GraceAdverts, ClaimGrace), now);
        // Of two owners WatchForOwners tells.
        if (packet.Priority.IsReleased || (packet.Priority.IsOwner && EffectivePriority.IsOwner))
            return;
        if (Conflicts.OnOtherActive(from, packet.Priority, EffectivePriority, LocalAddress, LastTransitionAt, interval, now, out Conflict conflict))
            Tell(conflict);
    }

    private void Tell(in Conflict conflict)
    {
        _log.Conflict(Parameters.Name, conflict);
        _effects.OnConflict(this, conflict);
    }
}
