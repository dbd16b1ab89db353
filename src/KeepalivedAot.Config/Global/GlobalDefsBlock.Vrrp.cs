using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Global;

// Defaults of instances, and what concerns all of them.
public sealed partial class GlobalDefsBlock
{
    /// <summary>The interface of static addresses that do not name one.</summary>
    [Keyword("default_interface", Since = "1.2.24", Default = "eth0", SurvivesMissingValue = true), InterfaceName, NotYet]
    public string? DefaultInterface { get; private set; }

    /// <summary>Do not report multicast groups of the local link by IGMP (sysctl igmp_link_local_mcast_reports).</summary>
    [Sets("disable_local_igmp", Since = "2.2.0")]
    public bool DisableLocalIgmp { get; private set; }

    /// <summary>
    /// Default of garp_extra_if: seconds between gratuitous ARPs on further interfaces with virtual addresses; with all, not only on
    /// VMACs.
    /// </summary>
    [Keyword("vrrp_garp_extra_if", Since = "2.2.3", Default = "off", SurvivesMissingValue = true, Arguments = "[all] uint 1..86400 (sec)")]
    [DeprecatedAlias("vrrp_vmac_garp_intvl", Since = "2.2.0", Counts = true)]
    public ExtraInterfaceGarp? ExtraInterfaceGarp { get; private set; }

    /// <summary>Take part in VRRP only when the host has been up for this many seconds.</summary>
    [Keyword("vrrp_delay_after_boot", Since = "2.4.0", Default = "0"), Seconds(Decimals = 6), Range(0.001, 4294.967295)]
    public Duration DelayAfterBoot { get; private set; }

    /// <summary>The first letters of VMAC interface names that are made up: 'vrrp' gives vrrp.51.</summary>
    [Keyword("vmac_prefix", Since = "2.2.0", Default = "vrrp", FirstWins = true)]
    public string? VmacPrefix { get; private set; }

    /// <summary>The first letters of the made-up names of VMAC interfaces for single addresses.</summary>
    [Keyword("vmac_addr_prefix", Since = "2.2.0", Default = "vmac_prefix", FirstWins = true)]
    public string? VmacAddressPrefix { get; private set; }

    /// <summary>
    /// The size of the receive buffers for advertisements: from the MTU, from the size of an advertisement (ADVERT), or in bytes.
    /// </summary>
    [Keyword("vrrp_rx_bufs_policy", Since = "2.0.3", Default = "the kernel's", SurvivesMissingValue = true, Adds = true)]
    public ReceiveBufferPolicy? ReceiveBufferPolicy { get; private set; }

    /// <summary>How many packets a receive buffer for advertisements is to hold.</summary>
    [Keyword("vrrp_rx_bufs_multiplier", Since = "2.0.3", ExactlyOne = true), Range(1, 4294967295), Strict]
    public uint ReceiveBufferMultiplier { get; private set; } = 3;
}
