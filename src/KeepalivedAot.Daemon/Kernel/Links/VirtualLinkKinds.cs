using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Kernel.Links;

/// <summary>The drivers' words for kinds of interfaces (IFLA_INFO_KIND).</summary>
internal static class VirtualLinkKinds
{
    /// <summary>MACVLAN_MODE_PRIVATE (linux/if_link.h).</summary>
    public const uint PrivateMode = 1;

    public static readonly KernelName Macvlan = KernelName.FromBytes("macvlan"u8);
    public static readonly KernelName Ipvlan = KernelName.FromBytes("ipvlan"u8);
    public static readonly KernelName Vrf = KernelName.FromBytes("vrf"u8);
}
