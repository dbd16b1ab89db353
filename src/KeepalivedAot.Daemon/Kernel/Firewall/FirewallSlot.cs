using KeepalivedAot.Base.Net;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Linux.Netlink.Nftables;

namespace KeepalivedAot.Daemon.Kernel.Firewall;

/// <summary>The set that an element is in.</summary>
internal enum FirewallSet : byte
{
    Vips,
    LinkLocalByIndex,
    LinkLocalByName,
    VmacMap,
    VmacSet,
    ParentLinkLocal,
}

/// <summary>What tells one element from another.</summary>
/// <param name="Address">None for virtual MACs.</param>
/// <param name="Interface">Null where an address is meant on all interfaces.</param>
internal readonly record struct FirewallKey(AddressFamily Family, FirewallSet Set, IpAddress Address, NetworkInterface? Interface);

/// <summary>One element of a set that somebody may want: what is wanted, and what is.</summary>
internal sealed class FirewallSlot(FirewallKey key, FirewallTable table)
{
    public FirewallKey Key => key;

    public FirewallTable Table => table;

    /// <summary>What a virtual MAC's interface stands for in the map; null in other sets.</summary>
    public NetworkInterface? Below { get; set; }

    public FirewallParts Part => key.Set switch
    {
        FirewallSet.Vips => FirewallParts.Drop,
        FirewallSet.LinkLocalByIndex => FirewallParts.Drop | FirewallParts.LinkLocalByIndex,
        FirewallSet.LinkLocalByName => FirewallParts.Drop | FirewallParts.LinkLocalByName,
        FirewallSet.ParentLinkLocal => FirewallParts.ParentLinkLocal,
        _ => FirewallParts.VirtualMac,
    };

    /// <summary>How many list it.</summary>
    public int Users { get; set; }

    /// <summary>How many want it in the kernel now.</summary>
    public int Wanted { get; set; }

    public bool IsPresent { get; set; }

    public bool IsDirty { get; set; }

    /// <summary>As it was put into the kernel last: interfaces may have got other indices since.</summary>
    public SetElement Installed { get; set; }

    /// <summary>It belongs into the kernel as things are: an interface that is told by its index has to exist.</summary>
    public bool IsDue => Wanted > 0 && (key.Interface is null || key.Interface.Exists || key.Set == FirewallSet.LinkLocalByName) && Below is null or { Exists: true };

    /// <summary>As it would be put into the kernel now.</summary>
    public SetElement Element => key.Set switch
    {
        FirewallSet.Vips => SetElement.Of(key.Address),
        FirewallSet.LinkLocalByIndex or FirewallSet.ParentLinkLocal => SetElement.Of(key.Address, key.Interface!.Index),
        FirewallSet.LinkLocalByName => SetElement.Of(key.Address, key.Interface!.KernelName),
        FirewallSet.VmacMap => SetElement.Mapping(key.Interface!.Index, Below!.Index),
        _ => SetElement.OfInterface(key.Interface!.Index),
    };

    /// <summary>Whether an interface's coming and going matters to it.</summary>
    public bool IsOn(NetworkInterface at) => ReferenceEquals(key.Interface, at) || ReferenceEquals(Below, at);

    public NftablesSet SetOf(FirewallLayout layout) => key.Set switch
    {
        FirewallSet.Vips => layout.Vips,
        FirewallSet.LinkLocalByIndex => layout.LinkLocalByIndex!,
        FirewallSet.LinkLocalByName => layout.LinkLocalByName!,
        FirewallSet.VmacMap => layout.VmacMap,
        FirewallSet.ParentLinkLocal => layout.ParentLinkLocal!,
        _ => layout.VmacSet!,
    };

    /// <summary>As the log names it.</summary>
    public override string ToString()
    {
        string set = table.Layout is { } layout ? SetOf(layout).ToString() : "";
        return key.Interface is null ? $"{key.Address} in {set}"
            : key.Address.IsNone ? $"{key.Interface.Name} in {set}"
            : $"{key.Address} on {key.Interface.Name} in {set}";
    }
}
