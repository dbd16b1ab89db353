using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Linux.Netlink.Routing;

/// <summary>One of several ways of a route (struct rtnexthop, linux/rtnetlink.h).</summary>
public sealed record RouteHop
{
    public IpAddress Gateway { get; init; }

    /// <summary>The index of the interface; 0 for none.</summary>
    public int Interface { get; init; }

    /// <summary>1 to 256: its share of the traffic.</summary>
    public int Weight { get; init; } = 1;

    public bool IsOnLink { get; init; }

    public uint? Flow { get; init; }

    public RouteTunnel? Tunnel { get; init; }
}
