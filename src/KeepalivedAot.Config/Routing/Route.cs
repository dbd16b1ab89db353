using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Routing.Encapsulation;
using KeepalivedAot.Config.Routing.Names;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Routing;

/// <summary>What <c>static_routes</c> and <c>virtual_routes</c> have in common: one line, one route.</summary>
/// <remarks>
/// After loading everything is a number, as rtnetlink wants it: <see cref="Family"/>, <see cref="Destination"/>, <see cref="Type"/>,
/// <see cref="RoutingTable"/>, <see cref="Metrics"/>. Partial files: reading (<c>Route.Reading.cs</c>), what contradicts itself
/// (<c>Route.Checks.cs</c>), metrics (<c>Route.Metrics.cs</c>).
/// </remarks>
public abstract partial class Route
{
    /// <summary>rtnetlink's RTPROT_KEEPALIVED.</summary>
    public const byte KeepalivedProtocol = 18;

    /// <summary>The type of the route: what the kernel does with packets for the destination. Stands directly in front of it.</summary>
    [Positional("type", Optional = true, Anywhere = true, Since = "1.2.24", Default = "unicast")]
    public RouteKind Type { get; protected set; } = new(RouteType.Unicast);

    /// <summary>Where the route leads: a prefix, or default, any or all for every address. Any word that is no option is taken for it.</summary>
    [Positional("destination", Anywhere = true, Since = "1.0.1", Default = "required")]
    public PrefixOrAny To { get; protected set; }

    /// <summary>May stand in front of the destination and changes nothing.</summary>
    [Keyword("to", Since = "1.0.1", Default = "-", Arguments = "destination")]
    public PrefixOrAny? Towards { get; protected set; }

    /// <summary>The route is IPv4. Better left out: the addresses show it, and keepalived skips the word after it.</summary>
    [Keyword("inet", Since = "1.2.24", Default = "from addresses, else inet")]
    public PassedOver? Inet { get; protected set; }

    /// <summary>The route is IPv6. Better left out: the addresses show it, and keepalived skips the word after it.</summary>
    [Keyword("inet6", Since = "1.2.24", Default = "from addresses")]
    public PassedOver? Inet6 { get; protected set; }

    /// <summary>The source address that packets of this host get when they take the route.</summary>
    [Keyword("src", Since = "1.0.2", Default = "none")]
    public IpAddress Source { get; protected set; }

    /// <summary>Not supported; the word and its value are reported and ignored.</summary>
    [Keyword("as", Since = "1.2.24"), NoEffect(SaysItself = true)]
    public Unsupported? As { get; protected set; }

    /// <summary>The gateway: the address of the next router.</summary>
    [Keyword("via", Since = "1.0.1", Default = "none"), DeprecatedAlias("gw", Since = "1.0.1", Counts = true)]
    public Gateway? Gateway { get; protected set; }

    /// <summary>The route is for packets from these sources only; IPv6 only.</summary>
    [Keyword("from", Since = "1.2.24", Default = "none", Arguments = "ip6[/len]")]
    public PrefixOrAny? From { get; protected set; }

    /// <summary>The type of service that packets must have to take the route; IPv4 only.</summary>
    [Keyword("tos", Since = "1.2.24", Default = "0"), Alias("dsfield", Since = "1.2.24")]
    public NamedNumber<TrafficClassKind> TypeOfService { get; protected set; }

    /// <summary>The routing table that the route goes into, by number or name.</summary>
    [Keyword("table", Since = "1.0.2", Default = "main")]
    public NamedNumber<RoutingTableKind>? RoutingTable { get; protected set; }

    /// <summary>The origin of the route that 'ip route' shows. Anything but keepalived (18) needs no_track.</summary>
    [Keyword("protocol", Since = "1.2.24", Default = "keepalived (18)")]
    public NamedNumber<RoutingProtocolKind> Protocol { get; protected set; } = new(KeepalivedProtocol);

    /// <summary>How far away the destination is, such as global or link; IPv4 only.</summary>
    [Keyword("scope", Since = "1.0.3", Default = "global")]
    public NamedNumber<ScopeKind> Scope { get; protected set; }

    /// <summary>The metric: of several routes to a destination the one with the smallest is used.</summary>
    [Keyword("metric", Since = "1.1.15", Default = "kernel"), Alias("priority", Since = "1.2.24"), Alias("preference", Since = "1.2.24")]
    [Range(0, 4294967295), Strict]
    public uint? Metric { get; protected set; }

    /// <summary>The interface that packets leave by.</summary>
    [Keyword("dev", Since = "1.0.1", Default = "none"), Alias("oif", Since = "1.0.1"), InterfaceName]
    public string? Device { get; protected set; }

    /// <summary>The gateway can be reached directly although no route says so; IPv4 only.</summary>
    [Sets("onlink", Since = "1.2.24")]
    public bool OnLink { get; protected set; }

    /// <summary>How packets are encapsulated: ip, ip6, mpls or ila, and their options. Needs Linux 4.4.</summary>
    [Keyword("encap", Since = "1.2.24", Default = "none", SurvivesRejection = true)]
    [Form("ip", typeof(IpEncapsulation)), Form("ip6", typeof(Ip6Encapsulation)), Form("mpls", typeof(MplsEncapsulation)), Form("ila", typeof(IlaEncapsulation))]
    public RouteEncapsulation? Encapsulation { get; protected set; }

    /// <summary>After how many seconds the kernel removes the route; IPv6 only. Needs Linux 4.4.</summary>
    [Keyword("expires", Since = "1.2.24", Default = "none"), Seconds, Range(0, 4294967295), Strict]
    public Duration? Expires { get; protected set; }

    /// <summary>The largest packet along the route (MTU), in bytes; with lock, path MTU discovery does not lower it.</summary>
    [Keyword("mtu", Since = "1.2.24", Default = "none")]
    public RouteMetric? Mtu { get; protected set; }

    /// <summary>The hop limit, or time to live, that packets of this host get.</summary>
    [Keyword("hoplimit", Since = "1.2.24", Default = "none"), Range(0, 255), Strict]
    public byte? HopLimit { get; protected set; }

    /// <summary>The largest TCP segment (MSS) that is offered to peers, in bytes.</summary>
    [Keyword("advmss", Since = "1.2.24", Default = "none")]
    public RouteMetric? AdvertisedMss { get; protected set; }

    /// <summary>The first estimate of the round-trip time, with s or ms; a number without a unit is in eighths of a millisecond.</summary>
    [Keyword("rtt", Since = "1.2.24", Default = "none")]
    public RouteTime<EighthsOfMillisecond>? RoundTripTime { get; protected set; }

    /// <summary>
    /// The first estimate of the variance of the round-trip time, with s or ms; a number without a unit is in quarters of a
    /// millisecond.
    /// </summary>
    [Keyword("rttvar", Since = "1.2.24", Default = "none")]
    public RouteTime<QuartersOfMillisecond>? RoundTripVariance { get; protected set; }

    /// <summary>How many packets may overtake another one before TCP takes it for lost.</summary>
    [Keyword("reordering", Since = "1.2.24", Default = "none")]
    public RouteMetric? Reordering { get; protected set; }

    /// <summary>The largest TCP window that is offered to peers, in bytes.</summary>
    [Keyword("window", Since = "1.2.24", Default = "none"), Range(0, 4294967295), Strict]
    public uint? Window { get; protected set; }

    /// <summary>The largest TCP congestion window, in segments.</summary>
    [Keyword("cwnd", Since = "1.2.24", Default = "none")]
    public RouteMetric? CongestionWindow { get; protected set; }

    /// <summary>The first TCP slow-start threshold, in segments.</summary>
    [Keyword("ssthresh", Since = "1.2.24", Default = "none")]
    public RouteMetric? SlowStartThreshold { get; protected set; }

    /// <summary>Realms for the classification of traffic; IPv4 only.</summary>
    [Keyword("realms", Since = "1.2.24", Default = "none")]
    public Realms? Realms { get; protected set; }

    /// <summary>The shortest time before TCP sends again, with s or ms; a number without a unit is in milliseconds.</summary>
    [Keyword("rto_min", Since = "1.2.24", Default = "none")]
    public RouteTime<WholeMilliseconds>? RetransmissionMinimum { get; protected set; }

    /// <summary>The first TCP congestion window, in segments.</summary>
    [Keyword("initcwnd", Since = "1.2.24", Default = "none"), Range(0, 4294967295), Strict]
    public uint? InitialCongestionWindow { get; protected set; }

    /// <summary>The first TCP receive window, in segments.</summary>
    [Keyword("initrwnd", Since = "1.2.24", Default = "none"), Range(0, 4294967295), Strict]
    public uint? InitialReceiveWindow { get; protected set; }

    /// <summary>TCP features to switch on; ecn (explicit congestion notification) is the only one.</summary>
    [Keyword("features", Since = "1.2.24", Default = "none")]
    public RouteFeatures Features { get; protected set; }

    /// <summary>With 1, TCP acknowledges at once; with 0 it may wait.</summary>
    [Keyword("quickack", Since = "1.2.24", Default = "none"), Range(0, 1), Strict]
    public byte? QuickAck { get; protected set; }

    /// <summary>The TCP congestion control algorithm, such as cubic or bbr.</summary>
    [Keyword("congctl", Since = "1.2.24", Default = "none")]
    public CongestionControl? CongestionControl { get; protected set; }

    /// <summary>The router preference of the route (RFC 4191); IPv6 only.</summary>
    [Keyword("pref", Since = "1.2.24", Default = "none")]
    public RouterPreference? Preference { get; protected set; }

    /// <summary>Whether the TTL is copied between packets and their MPLS labels.</summary>
    [Keyword("ttl-propagate", Since = "2.0.8", Default = "none")]
    public TtlPropagation TtlPropagation { get; protected set; }

    /// <summary>With 1, TCP Fast Open needs no cookie.</summary>
    [Keyword("fastopen_no_cookie", Since = "1.4.3", Default = "none"), Range(0, 1), Strict]
    public byte? FastOpenNoCookie { get; protected set; }

    /// <summary>Fail if there is such a route already, as 'ip route add' does.</summary>
    [Sets("add", Since = "2.2.5")]
    public bool Add { get; protected set; }

    /// <summary>Put the route before others to the same destination; this is the default.</summary>
    [Sets("prepend", Since = "2.2.5", Default = "on")]
    public bool Prepend { get; protected set; }

    /// <summary>Put the route behind others to the same destination, as 'ip route append' does.</summary>
    [Sets("append", Since = "2.2.5")]
    public bool Append { get; protected set; }

    /// <summary>Do not react when somebody removes the route, and do not put it back.</summary>
    [Sets("no_track", Since = "2.0.3")]
    public bool NoTrack { get; protected set; }

    /// <summary>The VRF device whose routing table the route goes into.</summary>
    [Keyword("vrf", Since = "2.2.5", Default = "none"), InterfaceName]
    public string? Vrf { get; protected set; }

    /// <summary>A second gateway that takes half of the traffic.</summary>
    [Keyword("or", Since = "1.1.16", Default = "none"), Deprecated("a 'nexthop via ADDRESS' for each gateway", Counts = true)]
    public IpAddress SecondGateway { get; protected set; }

    /// <summary>One of several gateways that share the traffic; repeat it for each, behind all other options.</summary>
    [Keyword("nexthop", Since = "1.2.24", Default = "none"), Form("", typeof(Nexthop))]
    public Nexthops? Nexthops { get; protected set; }

    /// <summary>Whether the line has a <see cref="Scope"/>.</summary>
    public bool IsScopeGiven => SpanOf(nameof(Scope)).IsGiven;

    /// <summary>Where <see cref="Vrf"/> was written.</summary>
    public SourceSpan VrfSpan => SpanOf(nameof(Vrf));

    /// <summary>Where <see cref="Device"/> was written.</summary>
    public SourceSpan DeviceSpan => SpanOf(nameof(Device));

    /// <summary>Where the setting was written; the derived class knows.</summary>
    protected abstract SourceSpan SpanOf(string setting);

    /// <summary>The setting is as if it had not been written.</summary>
    protected abstract void Forget(string setting);
}
