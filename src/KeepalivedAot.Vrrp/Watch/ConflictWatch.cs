using System.Runtime.CompilerServices;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp.Events;

namespace KeepalivedAot.Vrrp.Watch;

/// <summary>Notices what is wrong with others on the segment, tells it once, and counts. It never changes what the protocol does.</summary>
/// <remarks>
/// Nothing is allocated before the first suspicion, and a few of them are remembered: an attacker with many addresses costs no memory. How many are
/// told is limited, too; what there was no line left for counts as not told, and is when there is one.
/// The parts: what advertisements show (this file), <c>Claims</c> (who else has our addresses).
/// </remarks>
public sealed partial class ConflictWatch
{
    /// <summary>So many are remembered that advertisements show; the one that was quiet for the longest time goes.</summary>
    public const int Capacity = 4;

    /// <summary>How many <see cref="Present"/> may come to.</summary>
    public const int MostPresent = Capacity + ClaimCapacity;

    public const int KindCount = (int)ConflictKind.AddressWanted + 1;

    /// <summary>A router that hears us stops with our first answer; one that takes over from us is heard once or twice.</summary>
    private const int ProofOfTwoActive = 3;

    private const int SilentAdverts = 3;

    /// <summary>What comes again after this time is news.</summary>
    private static readonly Duration Quiet = Duration.FromSeconds(60);

    private Entry[]? _entries;
    private Counts _counts;

    // Of its own: whoever causes other lines, such as those about malformed packets, shall not silence this.
    private LineBudget _lines = LineBudget.Full;

    /// <summary>How many were told of.</summary>
    public ulong Count { get; private set; }

    /// <summary>How many of one kind were told of.</summary>
    public ulong CountOf(ConflictKind kind) => _counts[(int)kind];

    /// <summary>While we are active: an advertisement of somebody who thinks he is, too.</summary>
    /// <param name="since">When we became active: what was before does not count.</param>
    /// <param name="interval">Between his advertisements, or ours if that is longer: so long it must have gone on, for a burst is no proof.</param>
    /// <param name="conflict">What to tell, if it is time for that.</param>
    public bool OnOtherActive(
        IpAddress peer, Priority peerPriority, Priority own, IpAddress ownAddress, Instant since, Duration interval, Instant now, out Conflict conflict)
    {
        ConflictKind kind = peer == ownAddress ? ConflictKind.OwnAddress : ConflictKind.TwoActive;
        ref Entry entry = ref Find(kind, peer, now);
        // Who falls silent in between has heard us, and has come anew: a partition that heals again and again.
        if (entry.Value.FirstSeen < since || (!entry.IsTold && now - entry.Value.LastSeen > interval * SilentAdverts))
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
    /// <param name="lately">For what advertisements show. A claim is seen now and then only, and shown for a minute.</param>
    /// <param name="into">Of at least <see cref="MostPresent"/>.</param>
    /// <returns>How many there are.</returns>
    public int Present(Instant now, Duration lately, Span<Conflict> into)
    {
        Invariant.Require(into.Length >= MostPresent, "all of them fit");
        int count = 0;
        foreach (ref readonly Entry entry in _entries.AsSpan())
        {
            if (entry.IsTold && now - entry.Value.LastSeen <= lately)
                into[count++] = entry.Value;
        }
        foreach (ref readonly Entry entry in _claims.AsSpan())
        {
            if (entry.IsTold && now - entry.Value.LastSeen <= Duration.Max(lately, Quiet))
                into[count++] = entry.Value;
        }
        return count;
    }

    /// <summary>Whether there ever was anything.</summary>
    public bool IsEmpty => _entries is null && _claims is null;

    private bool Note(ref Entry entry, int proof, Duration least, Instant now, out Conflict conflict)
    {
        entry.Value = conflict = entry.Value with { LastSeen = now, Count = entry.Value.Count == int.MaxValue ? int.MaxValue : entry.Value.Count + 1 };
        return !entry.IsTold && entry.Value.Count >= proof && now - entry.Value.FirstSeen >= least && MayTell(ref entry, now);
    }

    // Whoever invents senders shall not fill the log and the journal.
    private bool MayTell(ref Entry entry, Instant now)
    {
        if (!_lines.TryTake(now, out _))
            return false;
        entry.IsTold = true;
        Count++;
        _counts[(int)entry.Value.Kind]++;
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

    private static Entry New(ConflictKind kind, IpAddress peer, Instant now, MacAddress mac = default)
        => new() { IsUsed = true, Value = new Conflict(kind, peer) { Mac = mac, FirstSeen = now, LastSeen = now } };

    [InlineArray(KindCount)]
    private struct Counts
    {
        private ulong _first;
    }

    private struct Entry
    {
        public bool IsUsed;
        public bool IsTold;
        public Conflict Value;
    }
}
