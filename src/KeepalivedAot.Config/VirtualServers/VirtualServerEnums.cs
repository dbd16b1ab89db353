using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.VirtualServers;

/// <summary>How packets get to a real server (linux/ip_vs.h, IP_VS_CONN_F_FWD_MASK).</summary>
public enum ForwardingKind : byte
{
    Nat,
    DirectRoute,
    Tunnel,
}

/// <summary>The kind of tunnel (linux/ip_vs.h, IP_VS_CONN_F_TUNNEL_TYPE).</summary>
public enum TunnelType : byte
{
    [Word("ipip")] Ipip,
    [Word("gue")] Gue,
    [Word("gre")] Gre,
}

/// <summary>The family of a service that has no address.</summary>
public enum ServiceFamily : byte
{
    Unknown,
    [Word("inet")] IPv4,
    [Word("inet6")] IPv6,
}

/// <summary>The schedulers of IPVS.</summary>
public enum Scheduler : byte
{
    None,
    [Word("rr")] RoundRobin,
    [Word("wrr")] WeightedRoundRobin,
    [Word("lc")] LeastConnection,
    [Word("wlc")] WeightedLeastConnection,
    [Word("lblc")] LocalityBasedLeastConnection,
    [Word("sh")] SourceHashing,
    [Word("mh")] MaglevHashing,
    [Word("dh")] DestinationHashing,
    [Word("fo")] WeightedFailover,
    [Word("ovf")] WeightedOverflow,
    [Word("lblcr")] LocalityBasedLeastConnectionWithReplication,
    [Word("sed")] ShortestExpectedDelay,
    [Word("nq")] NeverQueue,
    [Word("twos")] PowerOfTwoChoices,
}
