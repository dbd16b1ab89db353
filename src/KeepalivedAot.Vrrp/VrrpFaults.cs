namespace KeepalivedAot.Vrrp;

/// <summary>What keeps an instance in FAULT; it recovers when none is left.</summary>
[Flags]
public enum VrrpFaults
{
    None = 0,

    /// <summary>The interface is missing, down, or has no carrier.</summary>
    InterfaceDown = 1,

    /// <summary>The interface under a VMAC is down.</summary>
    BaseInterfaceDown = 2,

    /// <summary>No source address. Kept by the router itself from what <c>SetLocalAddress</c> says.</summary>
    NoSourceAddress = 4,

    /// <summary>Another instance has the same VRID, family and interface.</summary>
    DuplicateVrid = 8,

    /// <summary>A weightless tracker is bad; who counts trackers keeps the flag set while any is.</summary>
    Tracker = 16,

    /// <summary>The configuration does not let it run, e.g. unicast without peers.</summary>
    Configuration = 32,

    /// <summary>
    /// A weightless tracker has not been heard of yet. Until then the router is held in FAULT, but nobody is told; one that runs already
    /// is not held.
    /// </summary>
    Awaited = 64,

    /// <summary>Somebody wants it to stay out of elections for a while.</summary>
    Maintenance = 128,
}
