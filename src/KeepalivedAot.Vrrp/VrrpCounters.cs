namespace KeepalivedAot.Vrrp;

/// <summary>What one instance has counted, under the names of keepalived's statistics.</summary>
public sealed class VrrpCounters
{
    public ulong AdvertRcvd { get; internal set; }
    public ulong AdvertSent { get; internal set; }
    public ulong BecomeMaster { get; internal set; }
    public ulong ReleaseMaster { get; internal set; }

    public ulong PacketLenErr { get; internal set; }
    public ulong AdvertIntervalErr { get; internal set; }
    public ulong IpTtlErr { get; internal set; }
    public ulong InvalidTypeRcvd { get; internal set; }
    public ulong AddrListErr { get; internal set; }

    public ulong InvalidAuthtype { get; internal set; }
    public ulong AuthtypeMismatch { get; internal set; }
    public ulong AuthFailure { get; internal set; }

    public ulong AuthExtMissing { get; internal set; }
    public ulong AuthExtMalformed { get; internal set; }
    public ulong AuthExtUnknownKey { get; internal set; }
    public ulong AuthExtInvalidHmac { get; internal set; }
    public ulong AuthExtStale { get; internal set; }
    public ulong AuthExtReplay { get; internal set; }

    public ulong PriZeroRcvd { get; internal set; }
    public ulong PriZeroSent { get; internal set; }

    /// <summary>Not in keepalived's statistics file.</summary>
    public ulong VersErr { get; internal set; }

    /// <summary>Not in keepalived's statistics file.</summary>
    public ulong ChkErr { get; internal set; }

    /// <summary>Unicast from somebody who is no peer, where that is checked. Not in keepalived's statistics file.</summary>
    public ulong NotAPeer { get; internal set; }

    /// <summary>What has been counted up to now, as a value of its own.</summary>
    public VrrpCounters Copy() => (VrrpCounters)MemberwiseClone();

    /// <summary>Takes off what was counted up to a copy: what has been counted since then stays.</summary>
    public void Subtract(VrrpCounters copy)
    {
        AdvertRcvd -= copy.AdvertRcvd;
        AdvertSent -= copy.AdvertSent;
        BecomeMaster -= copy.BecomeMaster;
        ReleaseMaster -= copy.ReleaseMaster;
        PacketLenErr -= copy.PacketLenErr;
        AdvertIntervalErr -= copy.AdvertIntervalErr;
        IpTtlErr -= copy.IpTtlErr;
        InvalidTypeRcvd -= copy.InvalidTypeRcvd;
        AddrListErr -= copy.AddrListErr;
        InvalidAuthtype -= copy.InvalidAuthtype;
        AuthtypeMismatch -= copy.AuthtypeMismatch;
        AuthFailure -= copy.AuthFailure;
        AuthExtMissing -= copy.AuthExtMissing;
        AuthExtMalformed -= copy.AuthExtMalformed;
        AuthExtUnknownKey -= copy.AuthExtUnknownKey;
        AuthExtInvalidHmac -= copy.AuthExtInvalidHmac;
        AuthExtStale -= copy.AuthExtStale;
        AuthExtReplay -= copy.AuthExtReplay;
        PriZeroRcvd -= copy.PriZeroRcvd;
        PriZeroSent -= copy.PriZeroSent;
        VersErr -= copy.VersErr;
        ChkErr -= copy.ChkErr;
        NotAPeer -= copy.NotAPeer;
    }

    /// <summary>All back to 0.</summary>
    public void Clear()
    {
        AdvertRcvd = AdvertSent = BecomeMaster = ReleaseMaster = 0;
        PacketLenErr = AdvertIntervalErr = IpTtlErr = InvalidTypeRcvd = AddrListErr = 0;
        InvalidAuthtype = AuthtypeMismatch = AuthFailure = 0;
        AuthExtMissing = AuthExtMalformed = AuthExtUnknownKey = AuthExtInvalidHmac = AuthExtStale = AuthExtReplay = 0;
        PriZeroRcvd = PriZeroSent = VersErr = ChkErr = NotAPeer = 0;
    }
}
