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

    /// <summary>What the kernel does with packets for the destination. Stands directly in front of it.</summary>
    [Positional("type", Optional = true, Anywhere = true, Since = "1.2.24", Default = "unicast")]
    public RouteKind Type { get; protected set; } = new(RouteType.Unicast);

    /// <summary>Where the route leads: a prefix, or default, any or all for every address. Any word that is no option is taken for it.</summary>
    [Positional("destination", Anywhere = true, Since = "1.0.1", Default = "required")]
    public PrefixOrAny To { get; protected set; }

    /// <summary>Stands in front of the destination, if anybody likes that.</summary>
    [Keyword("to", Since = "1.0.1", Default = "-", Arguments = "destination")]
    public PrefixOrAny? Towards { get; protected set; }

    /// <summary>The route is IPv4. keepalived passes over the next word, so it is better left out.</summary>
    [Keyword("inet", Since = "1.2.24", Default = "from addresses, else inet")]
    public PassedOver? Inet { get; protected set; }

    /// <summary>The route is IPv6. keepalived passes over the next word, so it is better left out.</summary>
    [Keyword("inet6", Since = "1.2.24", Default = "from addresses")]
    public PassedOver? Inet6 { get; protected set; }

    /// <summary>The source address that packets of this host get.</summary>
    [Keyword("src", Since = "1.0.2", Default = "none")]
    public IpAddress Source { get; protected set; }

    /// <summary>Reported as unsupported.</summary>
    [Keyword("as", Since = "1.2.24"), NoEffect(SaysItself = true)]
    public Unsupported? As { get; protected set; }

    /// <summary>The next router.</summary>
    [Keyword("via", Since = "1.0.1", Default = "none"), DeprecatedAlias("gw", Since = "1.0.1", Counts = true)]
    public Gateway? Gateway { get; protected set; }

    /// <summary>The route is for packets of these sources only; IPv6 only.</summary>
    [Keyword("from", Since = "1.2.24", Default = "none", Arguments = "ip6[/len]")]
    public PrefixOrAny? From { get; protected set; }

    /// <summary>Type of service, which the packet must have; IPv4.</summary>
    [Keyword("tos", Since = "1.2.24", Default = "0"), Alias("dsfield", Since = "1.2.24")]
    public NamedNumber<TrafficClassKind> TypeOfService { get; protected set; }

    /// <summary>The routing table.</summary>
    [Keyword("table", Since = "1.0.2", Default = "main")]
    public NamedNumber<RoutingTableKind>? RoutingTable { get; protected set; }

    /// <summary>Who installed the route, as others see it. Anything but 18 needs no_track.</summary>
    [Keyword("protocol", Since = "1.2.24", Default = "keepalived (18)")]
    public NamedNumber<RoutingProtocolKind> Protocol { get; protected set; } = new(KeepalivedProtocol);

    /// <summary>How far the destination is; IPv4.</summary>
    [Keyword("scope", Since = "1.0.3", Default = "global")]
    public NamedNumber<ScopeKind> Scope { get; protected set; }

    /// <summary>The smaller, the better the route among those for one destination.</summary>
    [Keyword("metric", Since = "1.1.15", Default = "kernel"), Alias("priority", Since = "1.2.24"), Alias("preference", Since = "1.2.24")]
    [Range(0, 4294967295), Strict]
    public uint? Metric { get; protected set; }

    /// <summary>The interface that packets leave by.</summary>
    [Keyword("dev", Since = "1.0.1", Default = "none"), Alias("oif", Since = "1.0.1"), InterfaceName]
    public string? Device { get; protected set; }

    /// <summary>The gateway is on the link although no route says so; IPv4.</summary>
    [Sets("onlink", Since = "1.2.24")]
    public bool OnLink { get; protected set; }

    /// <summary>How packets are wrapped. Needs Linux 4.4.</summary>
    [Keyword("encap", Since = "1.2.24", Default = "none", SurvivesRejection = true)]
    [Form("ip", typeof(IpEncapsulation)), Form("ip6", typeof(Ip6Encapsulation)), Form("mpls", typeof(MplsEncapsulation)), Form("ila", typeof(IlaEncapsulation))]
    public RouteEncapsulation? Encapsulation { get; protected set; }

    /// <summary>After how many seconds the kernel removes the route; IPv6 only. Needs Linux 4.4.</summary>
    [Keyword("expires", Since = "1.2.24", Default = "none"), Seconds, Range(0, 4294967295), Strict]
    public Duration? Expires { get; protected set; }

    /// <summary>Largest packet on the way, in bytes.</summary>
    [Keyword("mtu", Since = "1.2.24", Default = "none")]
    public RouteMetric? Mtu { get; protected set; }

    /// <summary>The hop limit, or time to live, that packets of this host get.</summary>
    [Keyword("hoplimit", Since = "1.2.24", Default = "none"), Range(0, 255), Strict]
    public byte? HopLimit { get; protected set; }

    /// <summary>Largest TCP segment that is offered, in bytes.</summary>
    [Keyword("advmss", Since = "1.2.24", Default = "none")]
    public RouteMetric? AdvertisedMss { get; protected set; }

    /// <summary>The round trip time to begin with; without a unit in eighths of a millisecond.</summary>
    [Keyword("rtt", Since = "1.2.24", Default = "none")]
    public RouteTime<EighthsOfMillisecond>? RoundTripTime { get; protected set; }

    /// <summary>The variance of the round trip time to begin with; without a unit in quarters of a millisecond.</summary>
    [Keyword("rttvar", Since = "1.2.24", Default = "none")]
    public RouteTime<QuartersOfMillisecond>? RoundTripVariance { get; protected set; }

    /// <summary>How many packets may overtake one before it counts as lost.</summary>
    [Keyword("reordering", Since = "1.2.24", Default = "none")]
    public RouteMetric? Reordering { get; protected set; }

    /// <summary>Largest window that is offered, in bytes.</summary>
    [Keyword("window", Since = "1.2.24", Default = "none"), Range(0, 4294967295), Strict]
    public uint? Window { get; protected set; }

    /// <summary>Upper bound of the congestion window, in segments.</summary>
    [Keyword("cwnd", Since = "1.2.24", Default = "none")]
    public RouteMetric? CongestionWindow { get; protected set; }

    /// <summary>Slow start threshold to begin with, in segments.</summary>
    [Keyword("ssthresh", Since = "1.2.24", Default = "none")]
    public RouteMetric? SlowStartThreshold { get; protected set; }

    /// <summary>Realms for the classification of traffic; IPv4 only.</summary>
    [Keyword("realms", Since = "1.2.24", Default = "none")]
    public Realms? Realms { get; protected set; }

    /// <summary>Shortest time before TCP sends again; without a unit in milliseconds.</summary>
    [Keyword("rto_min", Since = "1.2.24", Default = "none")]
    public RouteTime<WholeMilliseconds>? RetransmissionMinimum { get; protected set; }

    /// <summary>Congestion window to begin with, in segments.</summary>
    [Keyword("initcwnd", Since = "1.2.24", Default = "none"), Range(0, 4294967295), Strict]
    public uint? InitialCongestionWindow { get; protected set; }

    /// <summary>Receive window to begin with, in segments.</summary>
    [Keyword("initrwnd", Since = "1.2.24", Default = "none"), Range(0, 4294967295), Strict]
    public uint? InitialReceiveWindow { get; protected set; }

    /// <summary>What is demanded of TCP: ecn.</summary>
    [Keyword("features", Since = "1.2.24", Default = "none")]
    public RouteFeatures Features { get; protected set; }

    /// <summary>1: TCP acknowledges at once.</summary>
    [Keyword("quickack", Since = "1.2.24", Default = "none"), Range(0, 1), Strict]
    public byte? QuickAck { get; protected set; }

    /// <summary>The algorithm by which TCP keeps off congestion.</summary>
    [Keyword("congctl", Since = "1.2.24", Default = "none")]
    public CongestionControl? CongestionControl { get; protected set; }

    /// <summary>How much the route is preferred to others of its length; IPv6 only.</summary>
    [Keyword("pref", Since = "1.2.24", Default = "none")]
    public RouterPreference? Preference { get; protected set; }

    /// <summary>Whether the TTL is carried over into MPLS labels, and back.</summary>
    [Keyword("ttl-propagate", Since = "2.0.8", Default = "none")]
    public TtlPropagation TtlPropagation { get; protected set; }

    /// <summary>1: TCP Fast Open works without its cookie.</summary>
    [Keyword("fastopen_no_cookie", Since = "1.4.3", Default = "none"), Range(0, 1), Strict]
    public byte? FastOpenNoCookie { get; protected set; }

    /// <summary>There must be no such route yet.</summary>
    [Sets("add", Since = "2.2.5")]
    public bool Add { get; protected set; }

    /// <summary>The route goes in front of those for the same destination, as it does anyway.</summary>
    [Sets("prepend", Since = "2.2.5", Default = "on")]
    public bool Prepend { get; protected set; }

    /// <summary>The route goes behind those for the same destination.</summary>
    [Sets("append", Since = "2.2.5")]
    public bool Append { get; protected set; }

    /// <summary>Somebody else's removal of the route does not matter, and it is not put back.</summary>
    [Sets("no_track", Since = "2.0.3")]
    public bool NoTrack { get; protected set; }

    /// <summary>The route goes into the table of this VRF device.</summary>
    [Keyword("vrf", Since = "2.2.5", Default = "none"), InterfaceName]
    public string? Vrf { get; protected set; }

    /// <summary>A second gateway, by which half of the traffic goes.</summary>
    [Keyword("or", Since = "1.1.16", Default = "none"), Deprecated("a 'nexthop via ADDRESS' for each gateway", Counts = true)]
    public IpAddress SecondGateway { get; protected set; }

    /// <summary>Several ways, by which traffic is shared out. Must be the last option; it is repeated for each way.</summary>
    [Keyword("nexthop", Since = "1.2.24", Default = "none"), Form("", typeof(Nexthop))]
    public Nexthops? Nexthops { get; protected set; }

    /// <summary>Where the setting was written; the derived class knows.</summary>
    protected abstract SourceSpan SpanOf(string setting);

    /// <summary>The setting is as if it had not been written.</summary>
    protected abstract void Forget(string setting);
}
