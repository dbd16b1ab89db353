using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Linux.Netlink.Routing;

/// <summary>What of a route the kernel reports that tells it from others.</summary>
public readonly record struct ReportedRoute
{
    /// <summary>IP6_RT_PRIO_USER (net/ip6_fib.h): what an IPv6 route has when no metric was asked for.</summary>
    private const uint UsualIPv6Priority = 1024;

    public AddressFamily Family { get; init; }

    /// <summary>No address for the default route.</summary>
    public IpAddress Destination { get; init; }

    public byte DestinationLength { get; init; }

    public byte TypeOfService { get; init; }

    public byte Type { get; init; }

    public uint Table { get; init; }

    public byte Protocol { get; init; }

    public uint Priority { get; init; }

    /// <summary>0 when it has none, or several.</summary>
    public int OutputInterface { get; init; }

    /// <summary>Whether this is that route, or one of its ways.</summary>
    /// <param name="output">The index that its interface has now; 0 for none.</param>
    /// <param name="table">Its table as it is now.</param>
    public bool Is(KernelRoute route, int output, uint table)
        => Family == route.Family && DestinationLength == route.DestinationLength && Table == table && Type == route.Type
            && (Destination == route.Destination || DestinationLength == 0) && TypeOfService == route.TypeOfService && Protocol == route.Protocol
            && Priority == (route.Priority is > 0 and uint priority ? priority : Family == AddressFamily.IPv6 ? UsualIPv6Priority : 0)
            && (OutputInterface == output || output == 0 || OutputInterface == 0);
}
