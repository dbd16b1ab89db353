using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Vrrp.Watch;

/// <summary>Notices what is wrong with others on the segment, tells it once, and counts. It never changes what the protocol does.</summary>
/// <remarks>Nothing is allocated before the first suspicion, and a few of them are remembered: an attacker with many addresses costs no memory.</remarks>
public sealed class ConflictWatch
{
    /// <summary>So many are remembered; the one that was quiet for the longest time goes.</summary>
    public const int Capacity = 4;

    /// <summary>A router that hears us stops with our first answer; one that takes over from us is heard once or twice.</summary>
    private const int ProofOfTwoActive = 3;

    /// <summary>What comes again after this time is news.</summary>
    private static readonly Duration Quiet = Duration.FromSeconds(60);

    private Entry[]? _entries;

    /// <summary>How many were told of.</summary>
    public ulong Count { get; private set; }

    /// <summary>While we are active: an advertisement of somebody who thinks he is, too.</summary>
    /// <param name="since">When we became active: what was before does not count.</param>
    /// <param name="interval">Ours: so long it must have gone on, for a burst is no proof.</param>
    /// <param name="conflict">What to tell, if it is time for that.</param>
    public bool OnOtherActive(
        IpAddress peer, Priority peerPriority, Priority own, IpAddress ownAddress, Instant since, Duration interval, Instant now, out Conflict conflict)
    {
        ConflictKind kind = peer == ownAddress ? ConflictKind.OwnAddress : ConflictKind.TwoActive;
        ref Entry entry = ref Find(kind, peer, now);
        if (entry.Value.FirstSeen < since)
            entry.Value = entry.Value with { FirstSeen = now, Count = 0 };
        entry.Value = entry.Value with { PeerPriority = peerPriority, OwnPriority = own };
        return Note(ref entry, ProofOfTwoActive, interval, now, out conflict);
    }

    /// <summary>An advertisement for our VRID that lists none of our addresses.</summary>
    public bool OnForeign(IpAddress peer, Vrid vrid, IpAddress address, Instant now, out Conflict conflict)
    {
        ref Entry entry = ref Find(ConflictKind.ForeignVrid, peer, now);
        entry.Value = entry.Value with { Vrid = vrid, ForeignAddress = address };
        return Note(ref entry, 1, Duration.Zero, now, out conflict);
    }

    /// <summary>What goes on at the moment: those told of and seen lately.</summary>
    /// <param name="into">Of at least <see cref="Capacity"/>.</param>
    /// <returns>How many there are.</returns>
    public int Present(Instant now, Duration lately, Span<Conflict> into)
    {
        Invariant.Require(into.Length >= Capacity, "all of them fit");
        int count = 0;
        foreach (ref readonly Entry entry in _entries.AsSpan())
        {
            if (entry.IsTold && now - entry.Value.LastSeen <= lately)
                into[count++] = entry.Value;
        }
        return count;
    }

    /// <summary>Whether there ever was anything.</summary>
    public bool IsEmpty => _entries is null;

    private bool Note(ref Entry entry, int proof, Duration least, Instant now, out Conflict conflict)
    {
        entry.Value = conflict = entry.Value with { LastSeen = now, Count = entry.Value.Count == int.MaxValue ? int.MaxValue : entry.Value.Count + 1 };
        if (entry.IsTold || entry.Value.Count < proof || now - entry.Value.FirstSeen < least)
            return false;
        entry.IsTold = true;
        Count++;
        return true;
    }

    private ref Entry Find(ConflictKind kind, IpAddress peer, Instant now)
    {
        _entries ??= new Entry[Capacity];
        int oldest = 0;
        for (int i = 0; i < Capacity; i++)
        {
            ref Entry entry = ref _entries[i];
            if (entry.IsUsed && entry.Value.Kind == kind && entry.Value.Peer == peer)
            {
                if (now - entry.Value.LastSeen > Quiet)
                    entry = New(kind, peer, now);
                return ref entry;
            }
            if (!entry.IsUsed || (_entries[oldest].IsUsed && entry.Value.LastSeen < _entries[oldest].Value.LastSeen))
                oldest = _entries[oldest].IsUsed ? i : oldest;
        }
        _entries[oldest] = New(kind, peer, now);
        return ref _entries[oldest];
    }

    private static Entry New(ConflictKind kind, IpAddress peer, Instant now)
        => new() { IsUsed = true, Value = new Conflict(kind, peer) { FirstSeen = now, LastSeen = now } };

    private struct Entry
    {
        public bool IsUsed;
        public bool IsTold;
        public Conflict Value;
    }
}
