using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Vrrp.Watch;

// Who else has our addresses. A router that takes over from us, or gives the role back, claims them as well, and for a moment both do: what is told
// must still be so when that is long over.
public sealed partial class ConflictWatch
{
    /// <summary>So many claims, of an address by a host, are remembered; while each of them was seen within a minute, others are passed over.</summary>
    public const int ClaimCapacity = 8;

    /// <summary>
    /// A host that has an address says so when it looks for another one, at times that the caches of hosts set: 20 minutes with the BSDs. A claim that
    /// comes later than this after the one before is not the same matter.
    /// </summary>
    private static readonly Duration Memory = Duration.FromSeconds(3600);

    private Entry[]? _claims;

    // When we last learned that another router thought it was active, and that it was not the one that we know of.
    private Instant _changeOver = new(long.MinValue / 2);
    private Instant _otherHeard = new(long.MinValue / 2);

    /// <summary>While we are active: an advertisement of another active router, whatever its priority.</summary>
    /// <param name="grace">Who was silent for longer has come anew: what was claimed until now was its doing, when it did not hear us.</param>
    public void OnOther(Duration grace, Instant now)
    {
        if (now - _otherHeard > grace)
            _changeOver = now;
        _otherHeard = now;
    }

    /// <summary>While we are active: somebody says that an address of ours is his.</summary>
    /// <param name="since">When we became active: what was before does not count.</param>
    /// <param name="grace">He must say so again after this time: whoever gives the role back to us has stopped by then.</param>
    /// <param name="conflict">What to tell, if it is time for that.</param>
    public bool OnClaim(IpAddress address, MacAddress by, Instant since, Duration grace, Instant now, out Conflict conflict)
    {
        conflict = default;
        int place = FindClaim(ConflictKind.AddressClaimed, address, by, since, now);
        return place >= 0 && Note(ref _claims![place], proof: 2, grace, now, out conflict);
    }

    /// <summary>While we are active: somebody asks whether an address of ours is free. Whether that is told of <see cref="IsDue"/> says.</summary>
    /// <inheritdoc cref="OnClaim"/>
    public void OnWish(IpAddress address, MacAddress by, Instant since, Instant now)
    {
        int place = FindClaim(ConflictKind.AddressWanted, address, by, since, now);
        // Not yet: he may be the one who takes over from us.
        if (place >= 0)
            _ = Note(ref _claims![place], int.MaxValue, Duration.Zero, now, out _);
    }

    /// <summary>
    /// While we are active, from time to time: a wish that was heard before the grace, and has not turned out to be part of a change-over. He does not
    /// ask again when he is told that the address is ours.
    /// </summary>
    /// <inheritdoc cref="OnClaim"/>
    public bool IsDue(Instant since, Duration grace, Instant now, out Conflict conflict)
    {
        conflict = default;
        foreach (ref Entry entry in _claims.AsSpan())
        {
            if (!entry.IsUsed || entry.IsTold || entry.Value.Kind != ConflictKind.AddressWanted || now - entry.Value.FirstSeen < grace)
                continue;
            if (IsVoid(entry, since, now))
                entry = default;
            else if (MayTell(ref entry, now))
            {
                conflict = entry.Value;
                return true;
            }
        }
        return false;
    }

    private int FindClaim(ConflictKind kind, IpAddress address, MacAddress by, Instant since, Instant now)
    {
        _claims ??= new Entry[ClaimCapacity];
        int place = -1;
        for (int i = 0; i < ClaimCapacity; i++)
        {
            ref Entry entry = ref _claims[i];
            if (entry.IsUsed && entry.Value.Kind == kind && entry.Value.Peer == address && entry.Value.Mac == by)
            {
                if (IsVoid(entry, since, now))
                    entry = New(kind, address, now, by);
                return i;
            }
            if (entry.IsUsed && now - entry.Value.LastSeen <= Quiet)
                continue;
            if (place < 0 || (_claims[place].IsUsed && (!entry.IsUsed || entry.Value.LastSeen < _claims[place].Value.LastSeen)))
                place = i;
        }
        if (place >= 0)
            _claims[place] = New(kind, address, now, by);
        return place;
    }

    private bool IsVoid(in Entry entry, Instant since, Instant now) => entry.IsTold
        ? now - entry.Value.LastSeen > Quiet
        : entry.Value.FirstSeen < since || entry.Value.FirstSeen <= _changeOver || now - entry.Value.LastSeen > Memory;
}
