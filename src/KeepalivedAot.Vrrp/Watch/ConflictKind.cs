namespace KeepalivedAot.Vrrp.Watch;

/// <summary>What may be wrong on a segment.</summary>
public enum ConflictKind : byte
{
    /// <summary>Another router goes on being active although we are, and our advertisements should have stopped it: it does not hear us.</summary>
    TwoActive,

    /// <summary>Another router sends with the address that we send with.</summary>
    OwnAddress,

    /// <summary>Somebody uses our VRID for other addresses.</summary>
    ForeignVrid,
}
