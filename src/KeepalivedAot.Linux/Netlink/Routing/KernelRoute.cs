using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Linux.Netlink.Routing;

/// <summary>A route as rtnetlink takes it (RTM_NEWROUTE, linux/rtnetlink.h).</summary>
/// <remarks>Numbers are the kernel's own; what is null, or no address, is left to the kernel.</remarks>
public sealed record KernelRoute
{
    /// <summary>RT_TABLE_MAIN.</summary>
    public const uint MainTable = Interop.Libc.RT_TABLE_MAIN;

    public required AddressFamily Family { get; init; }

    /// <summary>No address for the default route.</summary>
    public IpAddress Destination { get; init; }

    public byte DestinationLength { get; init; }

    /// <summary>Of the packets that may take it; IPv6 only.</summary>
    public IpAddress From { get; init; }

    public byte FromLength { get; init; }

    /// <summary>RTN_*: unicast, blackhole and so on.</summary>
    public byte Type { get; init; } = Interop.Libc.RTN_UNICAST;

    public uint Table { get; init; } = MainTable;

    /// <summary>RTPROT_*: who put it there.</summary>
    public byte Protocol { get; init; }

    /// <summary>RT_SCOPE_*; null is universe, and for a removal whatever there is.</summary>
    public byte? Scope { get; init; }

    public byte TypeOfService { get; init; }

    /// <summary>The metric by which routes to one destination are chosen (RTA_PRIORITY).</summary>
    public uint? Priority { get; init; }

    public IpAddress PreferredSource { get; init; }

    /// <summary>May be of IPv6 for a destination of IPv4 (RFC 8950).</summary>
    public IpAddress Gateway { get; init; }

    /// <summary>The index of the interface that packets leave by; 0 for none.</summary>
    public int OutputInterface { get; init; }

    public bool IsOnLink { get; init; }

    /// <summary>Realms (RTA_FLOW).</summary>
    public uint? Flow { get; init; }

    public RouteTunnel? Tunnel { get; init; }

    /// <summary>RTAX_* and what it is.</summary>
    public IReadOnlyList<(ushort Kind, uint Value)> Metrics { get; init; } = [];

    /// <summary>RTAX_CC_ALGO.</summary>
    public string? CongestionControl { get; init; }

    public uint? ExpiresSeconds { get; init; }

    /// <summary>RFC 4191, 2.1, as the kernel has it: 0 medium, 1 high, 3 low.</summary>
    public byte? Preference { get; init; }

    /// <summary>Whether the TTL is copied into MPLS labels.</summary>
    public bool? PropagatesTtl { get; init; }

    /// <summary>Several ways, in place of <see cref="Gateway"/> and <see cref="OutputInterface"/>.</summary>
    public IReadOnlyList<RouteHop> Hops { get; init; } = [];
}
