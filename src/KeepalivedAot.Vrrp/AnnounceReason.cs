namespace KeepalivedAot.Vrrp;

/// <summary>Why virtual addresses are announced to the segment.</summary>
public enum AnnounceReason : byte
{
    BecameActive,
    Delayed,
    Refresh,
    LowerPriorityHeard,
    LowerPriorityDelayed,
    AddressesChanged,

    /// <summary>One address on each other interface that holds any (<c>garp_extra_if</c>).</summary>
    ExtraInterfaces,

    /// <summary>Somebody asked for it.</summary>
    Requested,

    /// <summary>Nothing could be sent for so long that another router may have announced them.</summary>
    StoodStill,
}
