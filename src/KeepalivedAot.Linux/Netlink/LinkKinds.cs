using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>The drivers' words for kinds of interfaces (IFLA_INFO_KIND).</summary>
public static class LinkKinds
{
    /// <summary>The mode of a macvlan whose neighbours on the same base do not reach it (linux/if_link.h).</summary>
    public const uint MacvlanPrivateMode = Libc.MACVLAN_MODE_PRIVATE;

    /// <summary>The mode of an ipvlan that speaks ARP itself (linux/if_link.h).</summary>
    public const ushort IpvlanLayer2Mode = Libc.IPVLAN_MODE_L2;

    public static readonly KernelName Macvlan = KernelName.FromBytes("macvlan"u8);
    public static readonly KernelName Ipvlan = KernelName.FromBytes("ipvlan"u8);
    public static readonly KernelName Vrf = KernelName.FromBytes("vrf"u8);

    /// <summary>IPVLAN_F_* of a kind of ipvlan (linux/if_link.h).</summary>
    public static ushort IpvlanFlagsOf(VirtualLinkKind kind) => kind switch
    {
        VirtualLinkKind.IpvlanPrivate => Libc.IPVLAN_F_PRIVATE,
        VirtualLinkKind.IpvlanVepa => Libc.IPVLAN_F_VEPA,
        _ => 0,
    };
}
