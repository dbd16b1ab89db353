using System.Collections.Immutable;
using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Vrrp.Authentication;

/// <summary>Remembers how far each sender has counted, so that a recorded advertisement is not taken for a new one.</summary>
/// <remarks>
/// Numbers are 64 bits wide and compared as serial numbers (RFC 1982). A unicast peer has a place of its own; everybody else shares
/// <see cref="SharedPlaces"/>, of which the one that was quiet for longest is given to a newcomer. Only for what carries a right
/// authentication code: else anybody could push the marks.
/// </remarks>
public sealed class ReplayGuard
{
    /// <summary>How many senders that are no configured peer are remembered.</summary>
    public const int SharedPlaces = 4;

    private Place[] _places = [];
    private int _shared;
    private ulong _uses;

    private struct Place
    {
        public IpAddress Source;
        public ulong Mark;

        /// <summary>When it was used last, as a number of its own; 0 = never.</summary>
        public ulong UsedAt;
    }

    /// <summary>Gives each peer a place; what is known of a sender stays known.</summary>
    public void SetPeers(ImmutableArray<UnicastPeer> peers)
    {
        Place[] former = _places;
        _shared = peers.Length;
        _places = new Place[_shared + SharedPlaces];
        for (int i = 0; i < peers.Length; i++)
            _places[i].Source = peers[i].Address;
        foreach (ref readonly Place known in former.AsSpan())
        {
            if (known.UsedAt == 0)
                continue;
            ref Place place = ref PlaceOf(known.Source);
            if (place.UsedAt < known.UsedAt)
                place = known;
        }
    }

    /// <summary>Whether a number is new, and if so notes it.</summary>
    /// <param name="latestPossible">
    /// A mark beyond it cannot be right (the sender's clock has been put back since) and is forgotten; null = marks are for ever.
    /// </param>
    public bool TryAccept(IpAddress source, ulong number, ulong? latestPossible)
    {
        ref Place place = ref PlaceOf(source);
        bool isKnown = place.UsedAt != 0 && !(latestPossible is { } latest && IsAfter(place.Mark, latest));
        place.UsedAt = ++_uses;
        if (isKnown && !IsAfter(number, place.Mark))
            return false;
        place.Mark = number;
        return true;
    }

    /// <summary>Whether a number comes after another (RFC 1982).</summary>
    public static bool IsAfter(ulong number, ulong other) => (long)(number - other) > 0;

    private ref Place PlaceOf(IpAddress source)
    {
        int longestQuiet = _shared;
        for (int i = 0; i < _places.Length; i++)
        {
            ref Place place = ref _places[i];
            if (place.Source == source && (i < _shared || place.UsedAt != 0))
                return ref place;
            if (i >= _shared && place.UsedAt < _places[longestQuiet].UsedAt)
                longestQuiet = i;
        }
        ref Place given = ref _places[longestQuiet];
        given = new Place { Source = source };
        return ref given;
    }
}
