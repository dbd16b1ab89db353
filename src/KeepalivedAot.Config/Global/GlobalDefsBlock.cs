using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

/// <summary>The <c>global_defs { … }</c>.</summary>
[Block("global_defs")]
public sealed partial class GlobalDefsBlock
{
    /// <summary>The name of this router in mails and dumps; null is the host's name.</summary>
    [Keyword("router_id", Since = "1.1.8", Default = "the host's name", SurvivesMissingValue = true)]
    public string? RouterId { get; private set; }

    /// <summary>The version of IPv4 instances that do not say otherwise.</summary>
    [Keyword("vrrp_version", Since = "1.2.20"), Range(2, 3)]
    public byte VrrpVersion { get; private set; } = 2;

    /// <summary>The multicast group of IPv4 instances.</summary>
    [Keyword("vrrp_mcast_group4", Since = "1.2.10", Default = "224.0.0.18"), Family(AddressFamily.IPv4), Multicast]
    public IpAddress MulticastGroup4 { get; private set; } = IpAddress.FromIPv4(0xE000_0012);

    /// <summary>The multicast group of IPv6 instances.</summary>
    [Keyword("vrrp_mcast_group6", Since = "1.2.10", Default = "ff02::12"), Family(AddressFamily.IPv6), Multicast]
    public IpAddress MulticastGroup6 { get; private set; } = IpAddress.FromBytes([0xFF, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x12]);

    /// <summary>How long to wait after the start before any instance takes part.</summary>
    [Keyword("vrrp_startup_delay", Since = "2.0.14"), Seconds(Decimals = 6), Range(0.001, 4294.967295)]
    public Duration StartupDelay { get; private set; }

    /// <summary>Default of strict_mode.</summary>
    [Keyword("vrrp_strict", Since = "1.2.20", Optional = true)]
    public bool Strict { get; private set; }

    /// <summary>Default of garp_master_delay.</summary>
    [Keyword("vrrp_garp_master_delay", Since = "1.2.20"), Seconds, Range(0, 4294)]
    public Duration GarpDelay { get; private set; } = Duration.FromSeconds(5);

    /// <summary>Default of garp_master_repeat.</summary>
    [Keyword("vrrp_garp_master_repeat", Since = "1.2.20"), Range(0, 4294967295)]
    public uint GarpRepeat { get; private set; } = 5;

    /// <summary>Default of garp_master_refresh.</summary>
    [Keyword("vrrp_garp_master_refresh", Since = "1.2.20"), Seconds, Range(0, 4294967295), Fallback("0")]
    public Duration GarpRefresh { get; private set; }

    /// <summary>Default of garp_master_refresh_repeat.</summary>
    [Keyword("vrrp_garp_master_refresh_repeat", Since = "1.2.20"), Range(0, 4294967295)]
    public uint GarpRefreshRepeat { get; private set; } = 1;

    /// <summary>Default of garp_lower_prio_delay.</summary>
    [Keyword("vrrp_garp_lower_prio_delay", Since = "1.2.20", Default = "vrrp_garp_master_delay"), Seconds, Range(0, 4294)]
    public Duration GarpLowerPriorityDelay { get; private set; } = Duration.FromSeconds(5);

    /// <summary>Default of garp_lower_prio_repeat.</summary>
    [Keyword("vrrp_garp_lower_prio_repeat", Since = "1.2.20", Default = "vrrp_garp_master_repeat"), Range(0, 2147483647)]
    public uint GarpLowerPriorityRepeat { get; private set; } = 5;

    /// <summary>The smallest distance of two gratuitous ARPs on one interface.</summary>
    [Keyword("vrrp_garp_interval", Since = "1.2.21"), Seconds(Decimals = 6), Range(0.000001, 4294.967295)]
    public Duration GarpInterval { get; private set; }

    /// <summary>The smallest distance of two unsolicited neighbour advertisements on one interface.</summary>
    [Keyword("vrrp_gna_interval", Since = "1.2.21"), Seconds(Decimals = 6), Range(0.000001, 4294.967295)]
    public Duration GnaInterval { get; private set; }

    /// <summary>One gratuitous ARP per address and no more, unless a number is given.</summary>
    [Keyword("vrrp_min_garp", Since = "2.0.12", Optional = true)]
    public bool MinGarp { get; private set; }

    /// <summary>Default of lower_prio_no_advert.</summary>
    [Keyword("vrrp_lower_prio_no_advert", Since = "1.2.20", Optional = true)]
    public bool LowerPriorityNoAdvert { get; private set; }

    /// <summary>Default of higher_prio_send_advert.</summary>
    [Keyword("vrrp_higher_prio_send_advert", Since = "1.3.5", Optional = true)]
    public bool HigherPrioritySendAdvert { get; private set; }

    /// <summary>Default of down_timer_adverts.</summary>
    [Keyword("vrrp_down_timer_adverts", Since = "2.2.3"), Range(1, 100)]
    public byte DownTimerAdverts { get; private set; } = 3;

    /// <summary>Default of check_unicast_src.</summary>
    [Sets("vrrp_check_unicast_src", Since = "1.2.20")]
    public bool CheckUnicastSource { get; private set; }

    /// <summary>Default of skip_check_adv_addr.</summary>
    [Keyword("vrrp_skip_check_adv_addr", Since = "1.2.20", Optional = true)]
    public bool SkipCheckAdvertisedAddresses { get; private set; }

    /// <summary>Default of an instance's v3_checksum_as_v2. keepalived's manual shows an argument; it is ignored.</summary>
    [Sets("v3_checksum_as_v2", Since = "2.2.8")]
    public bool V3ChecksumAsV2 { get; private set; }

    /// <summary>Default of owner_ignore_adverts for instances of priority 255.</summary>
    [Keyword("vrrp_owner_ignore_adverts", Since = "2.3.3", Optional = true)]
    public bool OwnerIgnoreAdverts { get; private set; }

    /// <summary>Log advertisements for virtual routers that are not configured.</summary>
    [Sets("log_unknown_vrids", Since = "2.0.16")]
    public bool LogUnknownVrids { get; private set; }

    /// <summary>Interfaces may be named that do not exist (yet).</summary>
    [Keyword("dynamic_interfaces", Since = "2.0.0", Optional = true)]
    public DynamicInterfaces DynamicInterfaces { get; private set; }
}
