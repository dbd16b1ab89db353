using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Vrrp;

// Interfaces of its own, and settings of the one it runs on.
public sealed partial class VrrpInstanceBlock
{
    /// <summary>Run on a macvlan interface with the MAC address of the virtual router.</summary>
    [Keyword("use_vmac", Since = "1.2.3", Default = "off", Arguments = "[[name] iface] [MAC] [netlink_notify_msg] [group ID]"), NotYet]
    public UseVmac? UseVmac { get; private set; }

    /// <summary>Give each virtual address that is on another interface a VMAC there.</summary>
    [Sets("use_vmac_addr", Since = "2.2.0"), NotYet]
    public bool UseVmacForAddresses { get; private set; }

    /// <summary>Send and receive advertisements on the parent interface of the VMAC; always so for unicast.</summary>
    [Sets("vmac_xmit_base", Since = "1.2.10", Default = "off (forced on for unicast VMAC)"), NotYet]
    public bool VmacTransmitBase { get; private set; }

    /// <summary>Run on an ipvlan interface, which has the parent's MAC address and an address of its own.</summary>
    [Keyword("use_ipvlan", Since = "2.0.17", Default = "off", Arguments = "[[name] iface] [ip[/len]] [bridge|private|vepa] [group ID]"), NotYet]
    public UseIpvlan? UseIpvlan { get; private set; }

    /// <summary>The VRF that unicast without an interface runs in.</summary>
    [Keyword("vrf", Since = "2.2.5", Default = "none"), InterfaceName, NotYet]
    public string? Vrf { get; private set; }

    /// <summary>When the primary address of an interface is removed the next one takes its place; ignored with a VMAC.</summary>
    [Sets("promote_secondaries", Since = "1.3.0"), NotYet]
    public bool PromoteSecondaries { get; private set; }

    /// <summary>Poll the interface for its link.</summary>
    [Sets("linkbeat_use_polling", Since = "2.0.0"), Deprecated("the interface into linkbeat_interfaces", Counts = true), NotYet]
    public bool LinkbeatUsePolling { get; private set; }

    /// <summary>Bytes that the kernel keeps of advertisements that have not been read yet.</summary>
    [Keyword("kernel_rx_buf_size", Since = "2.0.3", Default = "vrrp_rx_bufs_policy"), Range(0, 4294967295), Strict, NotYet]
    public uint? KernelReceiveBufferSize { get; private set; }

    /// <summary>Gratuitous ARP again and again, in seconds, on the VMACs of virtual addresses; with all, on every interface. 0 is none.</summary>
    [Keyword("garp_extra_if", Since = "2.2.3", Default = "vrrp_garp_extra_if"), DeprecatedAlias("vmac_garp_intvl", Since = "2.2.0", Counts = true), NotYet]
    public ExtraGarp GarpExtraInterfaces { get; private set; }

    /// <summary>The interface of the IPVS synchronisation.</summary>
    [Keyword("lvs_sync_daemon_interface", Since = "0.5.5", Default = "none"), InterfaceName]
    [Deprecated("'lvs_sync_daemon' in global_defs", Counts = true), NotYet]
    public string? LvsSyncDaemonInterface { get; private set; }

    /// <summary>The name of the VMAC or ipvlan interface: what was given, or one that no other instance has; null without either.</summary>
    public string? OwnInterfaceName { get; private set; }
}
