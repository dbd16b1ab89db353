using KeepalivedAot.Base.Net;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Watch;

namespace KeepalivedAot.Vrrp;

/// <summary>What a router does to its world. Nothing returns: what failed comes back later as an input, if it matters.</summary>
/// <remarks>
/// The calls come in the order that the protocol wants (first the advertisement, then the addresses, then the announcements,
/// then the notification; addresses go before the state does). An implementation must not call back into the router.
/// </remarks>
public interface IVrrpEffects
{
    /// <summary>One advertisement; with unicast one per peer.</summary>
    /// <param name="datagram">
    /// IPv4: a whole IP datagram for a raw socket with IP_HDRINCL. IPv6: the VRRP message, its checksum filled in.
    /// Valid during the call only; it lies in a pinned buffer.
    /// </param>
    void SendAdvertisement(VrrpRouter router, ReadOnlySpan<byte> datagram, IpAddress source, IpAddress destination);

    /// <summary>
    /// Which state of the virtual addresses is wanted in the kernel: those of <see cref="VrrpRouter.Parameters"/>, or none.
    /// Said again with <c>true</c> when a new configuration changed them. Not held: announcements still queued are dropped too.
    /// </summary>
    void HoldAddresses(VrrpRouter router, bool held);

    /// <summary>Gratuitous ARP or unsolicited neighbour advertisements, in rounds over the virtual and then the excluded
    /// addresses (A, B, A, B ...).</summary>
    /// <param name="rounds">At least 1.</param>
    void Announce(VrrpRouter router, int rounds, AnnounceReason reason);

    /// <summary>One announcement of a unicast instance's own source address, after a fault is over.</summary>
    void AnnounceSource(VrrpRouter router, IpAddress source);

    /// <summary>The state has changed and all that belongs to it has been done: for notifications and the journal.</summary>
    void OnTransition(VrrpRouter router, in Transition transition);

    /// <summary>An Active Router heard a lower priority (<c>notify_master_rx_lower_pri</c>).</summary>
    void OnLowerPriorityHeard(VrrpRouter router);

    /// <summary>Something is wrong on the segment: told once, until it has been quiet for a while.</summary>
    void OnConflict(VrrpRouter router, in Conflict conflict);

    /// <summary>The effective priority is another one now (<c>notify_priority_changes</c>).</summary>
    void OnPriorityChanged(VrrpRouter router);
}
