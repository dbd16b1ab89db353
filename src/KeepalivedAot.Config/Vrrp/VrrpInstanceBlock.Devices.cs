using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Vrrp;

// Interfaces of its own, and settings of the one it runs on.
public sealed partial class VrrpInstanceBlock
{
    /// <summary>Use the MAC address of the virtual router (00:00:5e:00:01:VRID), on a macvlan interface that is made for it.</summary>
    [Keyword("use_vmac", Since = "1.2.3", Default = "off", Adds = true, Arguments = "[[name] iface] [MAC] [netlink_notify_msg] [group ID]")]
    public UseVmac? UseVmac { get; private set; }

    /// <summary>Make a VMAC also on each other interface that a virtual address names with dev.</summary>
    [Sets("use_vmac_addr", Since = "2.2.0")]
    public bool UseVmacForAddresses { get; private set; }

    /// <summary>Send and receive advertisements on the interface below the VMAC; unicast always does so.</summary>
    [Sets("vmac_xmit_base", Since = "1.2.10", Default = "off (forced on for unicast VMAC)")]
    public bool VmacTransmitBase { get; private set; }

    /// <summary>
    /// Use an ipvlan interface that is made for it, with an address of its own and the MAC address of the interface below.
    /// </summary>
    [Keyword("use_ipvlan", Since = "2.0.17", Default = "off", FirstWins = true, Arguments = "[[name] iface] [ip[/len]] [bridge|private|vepa] [group ID]")]
    public UseIpvlan? UseIpvlan { get; private set; }

    /// <summary>The VRF that a unicast instance without an interface belongs to.</summary>
    [Keyword("vrf", Since = "2.2.5", Default = "none"), InterfaceName, NotYet]
    public string? Vrf { get; private set; }

    /// <summary>
    /// Keep the other addresses of the interface when its first one is removed (sysctl promote_secondaries); not for VMACs.
    /// </summary>
    [Sets("promote_secondaries", Since = "1.3.0")]
    public bool PromoteSecondaries { get; private set; }

    /// <summary>Ask the interface for its link once a second, for drivers that do not report changes themselves.</summary>
    [Sets("linkbeat_use_polling", Since = "2.0.0"), Deprecated("the interface into linkbeat_interfaces", Counts = true)]
    public bool LinkbeatUsePolling { get; private set; }

    /// <summary>The receive buffer for advertisements, in bytes.</summary>
    [Keyword("kernel_rx_buf_size", Since = "2.0.3", Default = "vrrp_rx_bufs_policy"), Range(0, 4294967295), Strict]
    public uint? KernelReceiveBufferSize { get; private set; }

    /// <summary>
    /// Seconds between gratuitous ARPs on further interfaces with virtual addresses; with all, not only on VMACs. 0 sends none.
    /// </summary>
    [Keyword("garp_extra_if", Since = "2.2.3", Default = "vrrp_garp_extra_if"), DeprecatedAlias("vmac_garp_intvl", Since = "2.2.0", Counts = true)]
    public ExtraInterfaceGarp GarpExtraInterfaces { get; private set; }

    /// <summary>The interface of the IPVS sync daemon of this instance.</summary>
    [Keyword("lvs_sync_daemon_interface", Since = "0.5.5", Default = "none"), InterfaceName]
    [Deprecated("'lvs_sync_daemon' in global_defs", Counts = true), NotYet]
    public string? LvsSyncDaemonInterface { get; private set; }

    /// <summary>The interfaces that are made for the instance: first its own VMAC or ipvlan interface, if it has one.</summary>
    public IReadOnlyList<OwnDevice> OwnDevices => _ownDevices ?? [];

    private List<OwnDevice>? _ownDevices;
}
