using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Routing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>One <c>vrrp_instance NAME { … }</c>.</summary>
/// <remarks>
/// After <see cref="ConfigurationLoader"/> has returned, every property is final: defaults, inheritance from
/// <c>global_defs</c>, the version's and strict mode's rules are applied (<c>VrrpInstanceBlock.Normalisation.cs</c>).
/// <c>Spans</c> tells for each property where it was written, if it was.
/// </remarks>
[Block("vrrp_instance", Label = "NAME")]
public sealed partial class VrrpInstanceBlock
{
    public string Name { get; private set; } = "";

    /// <summary>The interface that advertisements are sent and received on.</summary>
    /// <remarks>Null for unicast without one.</remarks>
    [Keyword("interface", Since = "0.5.3", Default = "required unless unicast"), InterfaceName]
    public string? Interface { get; private set; }

    /// <summary>The virtual router ID. It must be the same on all routers that share the addresses, and used once on the network.</summary>
    /// <remarks>0 only where the configuration cannot be run.</remarks>
    [Keyword("virtual_router_id", Since = "0.5.3", Required = true), Range(1, 255), Strict]
    public byte VirtualRouterId { get; private set; }

    /// <summary>The priority of this router: the highest one becomes master. 255 is for the owner of the addresses.</summary>
    [Keyword("priority", Since = "0.5.3", Default = "100, or 255 with state MASTER"), Range(1, 255), Strict, Fallback("100")]
    public byte Priority { get; private set; }

    /// <summary>
    /// The expected state. It decides only the default priority and whether nopreempt is possible; every start is as backup, except
    /// with priority 255.
    /// </summary>
    [Keyword("state", Since = "0.5.3", Default = "MASTER if priority 255 else BACKUP", Keeps = "MASTER"), Fallback("BACKUP")]
    public ConfiguredState State { get; private set; }

    /// <summary>The VRRP version: 2 or 3. It must be the same on all routers that share the addresses.</summary>
    [Keyword("version", Since = "1.2.17", Default = "vrrp_version; 3 for IPv6", Keeps = "*"), Range(2, 3)]
    public byte Version { get; private set; }

    /// <summary>Seconds between two advertisements of the master: whole seconds in version 2, 0.01 to 40.95 s in version 3.</summary>
    [Keyword("advert_int", Since = "0.5.3"), Seconds(Decimals = 6), Range(0.01, 255)]
    public Duration AdvertisementInterval { get; private set; } = Duration.FromSeconds(1);

    /// <summary>Make this an IPv6 instance, even if its first virtual address does not show it.</summary>
    [Sets("native_ipv6", Since = "1.2.1"), Deprecated("an IPv6 address in virtual_ipaddress")]
    public bool NativeIPv6 { get; private set; }

    /// <summary>
    /// Whether a master with a lower priority is replaced: 'preempt' does so, 'nopreempt' leaves it in place (RFC 9568, Preempt_Mode).
    /// </summary>
    [Sets("preempt", Since = "0.5.3"), Clears("nopreempt", Since = "1.1.8")]
    public bool PreemptMode { get; private set; } = true;

    /// <summary>How many seconds a master with a lower priority is left in place before it is replaced.</summary>
    [Keyword("preempt_delay", Since = "1.1.8"), Seconds(Decimals = 6), Range(0, 1000)]
    public Duration PreemptDelay { get; private set; }

    /// <summary>Authentication of VRRP version 2. It protects against mistakes, not against attackers.</summary>
    /// <remarks>What is in force is in <see cref="AuthenticationType"/>.</remarks>
    [Keyword("authentication", Since = "0.5.3")]
    public AuthenticationBlock? Authentication { get; private set; }

    /// <summary>
    /// Authentication with keys that are never sent (HMAC), for every VRRP version; keepalived 2.4 and later understand it.
    /// </summary>
    /// <remarks>Whether it is in force is in <see cref="UsesHmac"/>.</remarks>
    [Keyword("auth_hmac", Since = "2.4.0")]
    public AuthHmacBlock? AuthHmac { get; private set; }

    /// <summary>
    /// The virtual addresses, one to a line: all IPv4 or all IPv6. The master has them and names them in its advertisements.
    /// </summary>
    [Keyword("virtual_ipaddress", Since = "0.5.3")]
    public List<VirtualAddress> VirtualAddresses { get; } = [];

    /// <summary>More addresses that the master has, IPv4 or IPv6, that are not named in advertisements. One to a line.</summary>
    [Keyword("virtual_ipaddress_excluded", Since = "0.5.9")]
    public List<VirtualAddress> ExcludedAddresses => _excludedAddresses ??= [];

    /// <summary>Routes that are there while this router is master. One to a line.</summary>
    [Keyword("virtual_routes", Since = "1.0.1")]
    public List<VirtualRoute> VirtualRoutes => _virtualRoutes ??= [];

    /// <summary>Rules of policy routing that are there while this router is master. One to a line.</summary>
    [Keyword("virtual_rules", Since = "1.2.20")]
    public List<VirtualRule> VirtualRules => _virtualRules ??= [];

    /// <summary>The instance has no virtual address on purpose; no warning is given.</summary>
    [Sets("no_virtual_ipaddress", Since = "2.2.8")]
    public bool NoVirtualAddress { get; private set; }

    /// <summary>The other routers, one address to a line. Advertisements go to each of them in place of the multicast group.</summary>
    [Keyword("unicast_peer", Since = "1.2.8")]
    public List<UnicastPeer> UnicastPeers => _unicastPeers ??= [];

    /// <summary>Go to FAULT when a unicast instance has no peers, and not back to multicast.</summary>
    [Sets("unicast_fault_no_peer", Since = "2.2.5")]
    public bool UnicastFaultNoPeer { get; private set; }

    /// <summary>Accept unicast advertisements only from addresses in unicast_peer.</summary>
    [Sets("check_unicast_src", Since = "2.1.0", Default = "vrrp_check_unicast_src")]
    public bool CheckUnicastSource { get; private set; }

    /// <summary>The TTL or hop limit of unicast advertisements.</summary>
    /// <remarks>Null is 255 for IPv4 and the kernel's choice for IPv6.</remarks>
    [Keyword("unicast_ttl", Since = "2.1.0", Default = "255 (IPv4), the kernel's (IPv6)"), Range(0, 255), Strict]
    public byte? UnicastTtl { get; private set; }

    /// <summary>The source address of unicast advertisements.</summary>
    [Keyword("unicast_src_ip", Since = "1.2.10", Default = "the interface's primary address")]
    public IpAddress UnicastSource { get; private set; }

    /// <summary>The source address of multicast advertisements.</summary>
    [Keyword("mcast_src_ip", Since = "0.6.1", Default = "the interface's primary address")]
    public IpAddress MulticastSource { get; private set; }

    /// <summary>The multicast group that advertisements are sent to.</summary>
    /// <remarks>Final: never "no address" when the instance is multicast.</remarks>
    [Keyword("mcast_dst_ip", Since = "2.2.5", Default = "vrrp_mcast_group4/6"), Multicast]
    public IpAddress MulticastGroup { get; private set; }

    /// <summary>Stay in FAULT while the configured source address is missing.</summary>
    [Sets("track_src_ip", Since = "2.0.0")]
    public bool TrackSource { get; private set; }

    /// <summary>
    /// Compute checksums of VRRPv3 unicast advertisements as keepalived before 1.3.6 did; with never, do not even detect such peers.
    /// </summary>
    [Keyword("old_unicast_checksum", Since = "1.3.7", Default = "detect", Optional = true)]
    public OldUnicastChecksum OldUnicastChecksum { get; private set; }

    /// <summary>Compute checksums of VRRPv3 over IPv4 without the pseudo header, for peers that do so.</summary>
    [Keyword("v3_checksum_as_v2", Since = "2.2.8", Default = "global v3_checksum_as_v2", Optional = true)]
    public bool V3ChecksumAsV2 { get; private set; }

    /// <summary>As backup, do not compare the addresses in further advertisements of the same master.</summary>
    [Keyword("skip_check_adv_addr", Since = "1.2.20", Default = "vrrp_skip_check_adv_addr", Optional = true)]
    public bool SkipCheckAdvertisedAddresses { get; private set; }

    /// <summary>As master, do not answer an advertisement of a lower priority with one of this router.</summary>
    [Keyword("lower_prio_no_advert", Since = "1.2.20", Default = "vrrp_lower_prio_no_advert; true if strict", Optional = true)]
    public bool LowerPriorityNoAdvert { get; private set; }

    /// <summary>As master, send one more advertisement before giving way to a higher priority.</summary>
    [Keyword("higher_prio_send_advert", Since = "1.3.5", Default = "vrrp_higher_prio_send_advert; false if strict", Optional = true)]
    public bool HigherPrioritySendAdvert { get; private set; }

    /// <summary>With priority 255, ignore what other routers advertise.</summary>
    [Keyword("owner_ignore_adverts", Since = "2.3.3", Default = "vrrp_owner_ignore_adverts; true if strict", Optional = true)]
    public bool OwnerIgnoreAdverts { get; private set; }

    /// <summary>How many advertisements may be missed before the master counts as dead.</summary>
    [Keyword("down_timer_adverts", Since = "2.2.3", Default = "vrrp_down_timer_adverts"), Range(1, 100)]
    public byte DownTimerAdverts { get; private set; } = 3;

    /// <summary>Seconds from becoming master to the second burst of gratuitous ARP; 0 sends no second one.</summary>
    [Keyword("garp_master_delay", Since = "0.7.1", Default = "vrrp_garp_master_delay"), Seconds, Range(0, 4294)]
    public Duration GarpDelay { get; private set; }

    /// <summary>How many gratuitous ARPs are sent for each address in a burst; 0 counts as 1.</summary>
    [Keyword("garp_master_repeat", Since = "1.2.14", Default = "vrrp_garp_master_repeat"), Range(0, 4294967295)]
    public uint GarpRepeat { get; private set; }

    /// <summary>Seconds between further gratuitous ARPs while master; 0 sends none.</summary>
    [Keyword("garp_master_refresh", Since = "1.2.10", Default = "vrrp_garp_master_refresh"), Seconds, Range(0, 4294967295), Fallback("0")]
    public Duration GarpRefresh { get; private set; }

    /// <summary>How many gratuitous ARPs are sent for each address at each refresh; 0 counts as 1.</summary>
    [Keyword("garp_master_refresh_repeat", Since = "1.2.14", Default = "vrrp_garp_master_refresh_repeat"), Range(0, 4294967295)]
    public uint GarpRefreshRepeat { get; private set; }

    /// <summary>Seconds to the second burst of gratuitous ARP after an advertisement of a lower priority; 0 sends no second one.</summary>
    [Keyword("garp_lower_prio_delay", Since = "1.2.20", Default = "vrrp_garp_lower_prio_delay; 0 if strict"), Seconds, Range(0, 4294)]
    public Duration GarpLowerPriorityDelay { get; private set; }

    /// <summary>How many gratuitous ARPs are sent for each address after an advertisement of a lower priority; 0 sends none.</summary>
    [Keyword("garp_lower_prio_repeat", Since = "1.2.20", Default = "vrrp_garp_lower_prio_repeat; 0 if strict"), Range(0, 2147483647)]
    public uint GarpLowerPriorityRepeat { get; private set; }

    /// <summary>Hold to the VRRP standard and refuse what goes beyond it, such as unicast or authentication.</summary>
    [Keyword("strict_mode", Since = "1.2.20", Default = "vrrp_strict", Optional = true)]
    public bool StrictMode { get; private set; }

    /// <summary>
    /// Whether the master, unless it is the owner, answers packets to the virtual addresses: 'accept' does, 'no_accept' drops them
    /// (RFC 9568, Accept_Mode).
    /// </summary>
    [Sets("accept", Since = "1.2.17", Default = "on unless strict; the owner always"), Clears("no_accept", Since = "1.3.0")]
    public bool AcceptMode { get; private set; } = true;

    /// <summary>Do not go to FAULT when the instance's own interface goes down.</summary>
    [Sets("dont_track_primary", Since = "1.1.8")]
    public bool DontTrackPrimary { get; private set; }

    /// <summary>To ask makes no list, unlike <see cref="ExcludedAddresses"/>.</summary>
    public bool HasExcludedAddresses => _excludedAddresses is { Count: > 0 };

    /// <summary>To ask makes no list, unlike <see cref="UnicastPeers"/>.</summary>
    public bool HasUnicastPeers => _unicastPeers is { Count: > 0 };

    /// <summary>To ask makes no list, unlike <see cref="VirtualRoutes"/>.</summary>
    public bool HasVirtualRoutes => _virtualRoutes is { Count: > 0 };

    /// <summary>To ask makes no list, unlike <see cref="VirtualRules"/>.</summary>
    public bool HasVirtualRules => _virtualRules is { Count: > 0 };

    // Whoever goes through all words of a block makes them.
    internal void DropEmptyLists()
    {
        Drop(ref _excludedAddresses);
        Drop(ref _virtualRoutes);
        Drop(ref _virtualRules);
        Drop(ref _unicastPeers);
        Drop(ref _trackedInterfaces);
        Drop(ref _trackedScripts);
        Drop(ref _trackedFiles);
        Drop(ref _trackedProcesses);
        Drop(ref _trackedBfds);

        static void Drop<T>(ref List<T>? list)
        {
            if (list is { Count: 0 })
                list = null;
        }
    }

    // There may be thousands of instances, and few have any of these. A list is made for whoever wants it, and what looks at every
    // instance asks first.
    private List<VirtualAddress>? _excludedAddresses;
    private List<VirtualRoute>? _virtualRoutes;
    private List<VirtualRule>? _virtualRules;
    private List<UnicastPeer>? _unicastPeers;
}
