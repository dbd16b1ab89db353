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

    /// <summary>While we are active, another host says that a virtual address of ours is its own (ARP, neighbour advertisement).</summary>
    AddressClaimed,

    /// <summary>While we are active, another host asks whether a virtual address of ours is free (duplicate address detection, RFC 4862, 5.4).</summary>
    AddressWanted,
}
