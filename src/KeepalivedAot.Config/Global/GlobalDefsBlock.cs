using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

/// <summary>The <c>global_defs { … }</c>.</summary>
[Block("global_defs")]
public sealed partial class GlobalDefsBlock
{
    /// <summary>The name of this router in mails and in dumps of its state.</summary>
    /// <remarks>Null is the host's name.</remarks>
    [Keyword("router_id", Since = "1.1.8", Default = "the host's name", SurvivesMissingValue = true)]
    public string? RouterId { get; private set; }

    /// <summary>The VRRP version of IPv4 instances that have no 'version' of their own.</summary>
    [Keyword("vrrp_version", Since = "1.2.20"), Range(2, 3)]
    public byte VrrpVersion { get; private set; } = 2;

    /// <summary>The multicast group that IPv4 instances advertise to.</summary>
    [Keyword("vrrp_mcast_group4", Since = "1.2.10", Default = "224.0.0.18"), Family(AddressFamily.IPv4), Multicast]
    public IpAddress MulticastGroup4 { get; private set; } = IpAddress.FromIPv4(0xE000_0012);

    /// <summary>The multicast group that IPv6 instances advertise to.</summary>
    [Keyword("vrrp_mcast_group6", Since = "1.2.10", Default = "ff02::12"), Family(AddressFamily.IPv6), Multicast]
    public IpAddress MulticastGroup6 { get; private set; } = IpAddress.FromBytes([0xFF, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x12]);

    /// <summary>How many seconds to wait after the start before any instance takes part in VRRP.</summary>
    [Keyword("vrrp_startup_delay", Since = "2.0.14"), Seconds(Decimals = 6), Range(0.001, 4294.967295)]
    public Duration StartupDelay { get; private set; }

    /// <summary>Default of strict_mode in all instances: hold to the VRRP standard, refuse what goes beyond it.</summary>
    [Keyword("vrrp_strict", Since = "1.2.20", Optional = true)]
    public bool Strict { get; private set; }

    /// <summary>Default of garp_master_delay: seconds from becoming master to the second burst of gratuitous ARP.</summary>
    [Keyword("vrrp_garp_master_delay", Since = "1.2.20"), Seconds, Range(0, 4294)]
    public Duration GarpDelay { get; private set; } = Duration.FromSeconds(5);

    /// <summary>Default of garp_master_repeat: gratuitous ARPs for each address in a burst.</summary>
    [Keyword("vrrp_garp_master_repeat", Since = "1.2.20"), Range(0, 4294967295)]
    public uint GarpRepeat { get; private set; } = 5;

    /// <summary>Default of garp_master_refresh: seconds between further gratuitous ARPs while master; 0 sends none.</summary>
    [Keyword("vrrp_garp_master_refresh", Since = "1.2.20"), Seconds, Range(0, 4294967295), Fallback("0")]
    public Duration GarpRefresh { get; private set; }

    /// <summary>Default of garp_master_refresh_repeat: gratuitous ARPs for each address at a refresh.</summary>
    [Keyword("vrrp_garp_master_refresh_repeat", Since = "1.2.20"), Range(0, 4294967295)]
    public uint GarpRefreshRepeat { get; private set; } = 1;

    /// <summary>Default of garp_lower_prio_delay: seconds to the second burst of gratuitous ARP after a lower priority was heard.</summary>
    [Keyword("vrrp_garp_lower_prio_delay", Since = "1.2.20", Default = "vrrp_garp_master_delay"), Seconds, Range(0, 4294)]
    public Duration GarpLowerPriorityDelay { get; private set; } = Duration.FromSeconds(5);

    /// <summary>Default of garp_lower_prio_repeat: gratuitous ARPs for each address after a lower priority was heard.</summary>
    [Keyword("vrrp_garp_lower_prio_repeat", Since = "1.2.20", Default = "vrrp_garp_master_repeat"), Range(0, 2147483647)]
    public uint GarpLowerPriorityRepeat { get; private set; } = 5;

    /// <summary>Shortest time between two gratuitous ARPs on one interface, in seconds.</summary>
    [Keyword("vrrp_garp_interval", Since = "1.2.21"), Seconds(Decimals = 6), Range(0.000001, 4294.967295)]
    public Duration GarpInterval { get; private set; }

    /// <summary>Shortest time between two unsolicited neighbour advertisements on one interface, in seconds.</summary>
    [Keyword("vrrp_gna_interval", Since = "1.2.21"), Seconds(Decimals = 6), Range(0.000001, 4294.967295)]
    public Duration GnaInterval { get; private set; }

    /// <summary>Send one gratuitous ARP for each address, with no second burst and no refresh, where nothing else is set.</summary>
    [Keyword("vrrp_min_garp", Since = "2.0.12", Optional = true)]
    public bool MinGarp { get; private set; }

    /// <summary>Default of lower_prio_no_advert: do not answer a lower priority with an advertisement.</summary>
    [Keyword("vrrp_lower_prio_no_advert", Since = "1.2.20", Optional = true)]
    public bool LowerPriorityNoAdvert { get; private set; }

    /// <summary>Default of higher_prio_send_advert: send one more advertisement before giving way to a higher priority.</summary>
    [Keyword("vrrp_higher_prio_send_advert", Since = "1.3.5", Optional = true)]
    public bool HigherPrioritySendAdvert { get; private set; }

    /// <summary>Default of down_timer_adverts: how many missed advertisements make the master dead.</summary>
    [Keyword("vrrp_down_timer_adverts", Since = "2.2.3"), Range(1, 100)]
    public byte DownTimerAdverts { get; private set; } = 3;

    /// <summary>Default of check_unicast_src: accept unicast advertisements of configured peers only.</summary>
    [Sets("vrrp_check_unicast_src", Since = "1.2.20")]
    public bool CheckUnicastSource { get; private set; }

    /// <summary>Default of skip_check_adv_addr: do not compare the addresses in the current master's advertisements.</summary>
    [Keyword("vrrp_skip_check_adv_addr", Since = "1.2.20", Optional = true)]
    public bool SkipCheckAdvertisedAddresses { get; private set; }

    /// <summary>
    /// Default of v3_checksum_as_v2 in all instances: version 3 checksums over IPv4 without the pseudo header. An argument is ignored.
    /// </summary>
    [Sets("v3_checksum_as_v2", Since = "2.2.8")]
    public bool V3ChecksumAsV2 { get; private set; }

    /// <summary>Default of owner_ignore_adverts in instances with priority 255.</summary>
    [Keyword("vrrp_owner_ignore_adverts", Since = "2.3.3", Optional = true)]
    public bool OwnerIgnoreAdverts { get; private set; }

    /// <summary>Log advertisements with virtual router IDs that are not configured here.</summary>
    [Sets("log_unknown_vrids", Since = "2.0.16")]
    public bool LogUnknownVrids { get; private set; }

    /// <summary>
    /// Let instances name interfaces that do not exist yet, or that are deleted and made again; with allow_if_changes also as another
    /// type.
    /// </summary>
    [Keyword("dynamic_interfaces", Since = "2.0.0", Optional = true)]
    public DynamicInterfaces DynamicInterfaces { get; private set; }
}
