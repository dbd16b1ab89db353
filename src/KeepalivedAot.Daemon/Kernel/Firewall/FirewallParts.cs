namespace KeepalivedAot.Daemon.Kernel.Firewall;

/// <summary>What a table is made of; a part is put there when the first element of one of its sets is.</summary>
[Flags]
internal enum FirewallParts : byte
{
    None = 0,

    /// <summary>Multicast reports of virtual MACs leave by the interface below.</summary>
    VirtualMac = 1,

    /// <summary>Packets for and from virtual addresses are dropped.</summary>
    Drop = 2,

    /// <summary>The same for link-local addresses, each on its interface, which is told by its index.</summary>
    LinkLocalByIndex = 4,

    /// <summary>The same, the interface being told by its name.</summary>
    LinkLocalByName = 8,

    /// <summary>Neighbour advertisements of virtual MACs for the link-local address of the interface below are dropped.</summary>
    ParentLinkLocal = 16,
}
