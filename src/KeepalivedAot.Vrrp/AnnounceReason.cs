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
}
