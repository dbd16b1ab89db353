using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

// Receive buffers.
public sealed partial class GlobalDefsBlock
{
    /// <summary>Receive buffer for netlink commands of VRRP, in bytes; 0 is the kernel's default.</summary>
    [Keyword("vrrp_netlink_cmd_rcv_bufs", Since = "2.0.0", Default = "the kernel's", SurvivesMissingValue = true), Range(0, 4294967295), Strict]
    public uint VrrpNetlinkCommandBuffer { get; private set; }

    /// <summary>Let the buffer of the same name be larger than net.core.rmem_max.</summary>
    [Keyword("vrrp_netlink_cmd_rcv_bufs_force", Since = "2.0.0", Optional = true)]
    public bool VrrpNetlinkCommandBufferForce { get; private set; }

    /// <summary>Receive buffer for netlink notifications of VRRP, in bytes; 0 is the kernel's default.</summary>
    [Keyword("vrrp_netlink_monitor_rcv_bufs", Since = "2.0.0", Default = "the kernel's", SurvivesMissingValue = true), Range(0, 4294967295), Strict]
    public uint VrrpNetlinkMonitorBuffer { get; private set; }

    /// <summary>Let the buffer of the same name be larger than net.core.rmem_max.</summary>
    [Keyword("vrrp_netlink_monitor_rcv_bufs_force", Since = "2.0.0", Optional = true)]
    public bool VrrpNetlinkMonitorBufferForce { get; private set; }

    /// <summary>Receive buffer for events of tracked processes, in bytes; 0 is the kernel's default.</summary>
    [Keyword("process_monitor_rcv_bufs", Since = "2.0.11", Default = "the kernel's", SurvivesMissingValue = true), Range(0, 4294967295), Strict]
    public uint ProcessMonitorBuffer { get; private set; }

    /// <summary>Let the buffer of the same name be larger than net.core.rmem_max.</summary>
    [Keyword("process_monitor_rcv_bufs_force", Since = "2.0.11", Optional = true)]
    public bool ProcessMonitorBufferForce { get; private set; }

    /// <summary>Receive buffer for netlink commands of IPVS, in bytes; 0 is the kernel's default.</summary>
    [Keyword("lvs_netlink_cmd_rcv_bufs", Since = "2.0.0", Default = "the kernel's", SurvivesMissingValue = true), Range(0, 4294967295), Strict, NotYet]
    public uint LvsNetlinkCommandBuffer { get; private set; }

    /// <summary>Let the buffer of the same name be larger than net.core.rmem_max.</summary>
    [Keyword("lvs_netlink_cmd_rcv_bufs_force", Since = "2.0.0", Optional = true), NotYet]
    public bool LvsNetlinkCommandBufferForce { get; private set; }

    /// <summary>Receive buffer for netlink notifications of the checkers, in bytes; 0 is the kernel's default.</summary>
    [Keyword("lvs_netlink_monitor_rcv_bufs", Since = "2.0.0", Default = "the kernel's", SurvivesMissingValue = true), Range(0, 4294967295), Strict, NotYet]
    public uint LvsNetlinkMonitorBuffer { get; private set; }

    /// <summary>Let the buffer of the same name be larger than net.core.rmem_max.</summary>
    [Keyword("lvs_netlink_monitor_rcv_bufs_force", Since = "2.0.0", Optional = true), NotYet]
    public bool LvsNetlinkMonitorBufferForce { get; private set; }
}
