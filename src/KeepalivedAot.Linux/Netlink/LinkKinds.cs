using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>The drivers' words for kinds of interfaces (IFLA_INFO_KIND).</summary>
public static class LinkKinds
{
    /// <summary>The mode of a macvlan whose neighbours on the same base do not reach it (linux/if_link.h).</summary>
    public const uint MacvlanPrivateMode = Libc.MACVLAN_MODE_PRIVATE;

    public static readonly KernelName Macvlan = KernelName.FromBytes("macvlan"u8);
    public static readonly KernelName Ipvlan = KernelName.FromBytes("ipvlan"u8);
    public static readonly KernelName Vrf = KernelName.FromBytes("vrf"u8);
}
