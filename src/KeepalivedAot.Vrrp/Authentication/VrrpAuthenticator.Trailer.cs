using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Vrrp.Authentication;

// auth_hmac: several keys, told apart by their numbers, so that they can be changed on one router after the other.
public sealed partial class VrrpAuthenticator
{
    private readonly TrailerStamps _stamps = new();
    private readonly ReplayGuard _replays = new();
    private HmacParameters? _hmac;
    private Key[] _keys = [];
    private AddressFamily _family;

    private readonly record struct Key(byte Id, KeyedHash Hash);

    /// <summary>Messages may carry a trailer, and those without one are judged by the mode.</summary>
    public bool UsesTrailer => _hmac is not null;

    /// <summary>What a message without a trailer is.</summary>
    internal bool RequiresTrailer => _hmac is { Policy: HmacPolicy.Enforce };

    /// <summary>One without a trailer is worth a line.</summary>
    internal bool ReportsMissingTrailer => _hmac is { Policy: HmacPolicy.Permissive };

    /// <summary>Writes the trailer behind a message whose checksum field is empty.</summary>
    /// <param name="signed">The message, and room for the trailer.</param>
    internal void WriteTrailer(Span<byte> signed, IpAddress source, UnixTime now)
    {
        byte active = _hmac!.ActiveKey;
        bool isThere = TryFind(active, out KeyedHash? hash);
        Invariant.Require(isThere, "the active key is one of the keys");
        HmacTrailer.Write(signed, _family, source, active, _stamps.Next(now, _hmac.TimeWindowSeconds), hash!);
    }

    // A wrong time first: it costs no hash. The mark of a sender moves last, and only for what is genuine.
    internal VrrpFault VerifyTrailer(ReadOnlySpan<byte> signed, IpAddress source, UnixTime now, out PacketMismatch mismatch)
    {
        mismatch = default;
        ReadOnlySpan<byte> trailer = signed[^HmacTrailer.Length..];
        if (!HmacTrailer.IsWellFormed(trailer))
            return VrrpFault.TrailerMalformed;
        int window = _hmac!.TimeWindowSeconds;
        if (window != 0)
        {
            // Also when the seconds start again from 0, in 2106.
            int behind = unchecked((int)((uint)now.Seconds - HmacTrailer.SecondsOf(trailer)));
            mismatch = new PacketMismatch(behind, window);
            if (behind > window || behind < -window)
                return VrrpFault.TrailerStale;
        }
        byte id = HmacTrailer.KeyIdOf(trailer);
        mismatch = new PacketMismatch(id, _hmac.ActiveKey);
        if (!TryFind(id, out KeyedHash? hash))
            return VrrpFault.TrailerUnknownKey;
        if (!HmacTrailer.IsRight(signed, _family, source, hash!))
            return VrrpFault.TrailerCode;
        mismatch = default;
        ulong? latest = window == 0 ? null : TrailerStamps.Of(now) + ((ulong)window + 1 << 32);
        return _replays.TryAccept(source, HmacTrailer.StampOf(trailer), latest) ? VrrpFault.None : VrrpFault.TrailerReplay;
    }

    private bool TryFind(byte id, out KeyedHash? hash)
    {
        foreach (ref readonly Key key in _keys.AsSpan())
        {
            hash = key.Hash;
            if (key.Id == id)
                return true;
        }
        hash = null;
        return false;
    }

    private bool AdoptHmac(VrrpParameters parameters)
    {
        HmacParameters? former = _hmac;
        HmacParameters? wanted = parameters.Hmac;
        _family = parameters.Family;
        _hmac = wanted;
        if (wanted is null)
        {
            WipeHmac();
            return former is { SignsAdvertisements: true };
        }
        _replays.SetPeers(parameters.UnicastPeers);
        bool wasActiveKept = former?.ActiveKey == wanted.ActiveKey && TryFind(wanted.ActiveKey, out KeyedHash? active)
            && active!.IsOf(wanted.Keys.First(key => key.Id == wanted.ActiveKey).Secret);
        WipeKeys();
        _keys = [.. wanted.Keys.Select(static key => new Key(key.Id, KeyedHash.Sha256(key.Secret)))];
        return former?.SignsAdvertisements != wanted.SignsAdvertisements || (wanted.SignsAdvertisements && !wasActiveKept);
    }

    private void WipeHmac()
    {
        _hmac = null;
        WipeKeys();
    }

    private void WipeKeys()
    {
        foreach (ref readonly Key key in _keys.AsSpan())
            key.Hash.Dispose();
        _keys = [];
    }
}
