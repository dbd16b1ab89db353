using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Routing;
using KeepalivedAot.Config.Routing.Encapsulation;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel.Routing;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink.Routing;
using RouteInsertion = KeepalivedAot.Linux.Netlink.Routing.RouteInsertion;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>Turns routes and rules of the configuration into what rtnetlink takes. Nothing is decided here: they have been checked.</summary>
internal static class RoutingMapping
{
    public static RouteLine ToLine(Route route, InterfaceTable interfaces)
    {
        IReadOnlyList<Nexthop> ways = route.Nexthops?.Ways ?? [];
        return new RouteLine(
            route.ToString()!, ToKernel(route, ways), InsertionOf(route), Track(route.Device, interfaces), [.. ways.Select(way => Track(way.Device, interfaces))],
            Track(route.Vrf, interfaces));
    }

    public static RuleLine ToLine(Rule rule) => new(rule.ToString()!, ToKernel(rule));

    private static KernelRoute ToKernel(Route route, IReadOnlyList<Nexthop> ways) => new()
    {
        Family = route.Family,
        Destination = route.Destination.Length == 0 ? default : route.Destination.Address,
        DestinationLength = route.Destination.Length,
        From = route.From is { Prefix.Length: > 0 } from ? from.Prefix.Address : default,
        FromLength = route.From?.Prefix.Length ?? 0,
        Type = (byte)route.Type.Type,
        Table = route.RoutingTable?.Number ?? KernelRoute.MainTable,
        Protocol = (byte)route.Protocol.Number,
        Scope = route.Scope.Number == 0 ? null : (byte)route.Scope.Number,
        TypeOfService = (byte)route.TypeOfService.Number,
        Priority = route.Metric,
        PreferredSource = route.Source,
        Gateway = route.Gateway?.Address ?? default,
        IsOnLink = route.OnLink,
        Flow = route.Realms?.Flow,
        Tunnel = ToTunnel(route.Encapsulation),
        Metrics = [.. route.Metrics().Select(static metric => ((ushort)metric.Kind, metric.Value))],
        CongestionControl = route.CongestionControl?.Name,
        ExpiresSeconds = route.Expires is { } expires ? (uint)expires.WholeSeconds : null,
        Preference = route.Preference?.Value,
        PropagatesTtl = route.TtlPropagation == TtlPropagation.Unspecified ? null : route.TtlPropagation == TtlPropagation.Enabled,
        Hops = [.. ways.Select(static way => new RouteHop
        {
            Gateway = way.Gateway?.Address ?? default,
            Weight = way.Weight,
            IsOnLink = way.OnLink,
            Flow = way.Realms?.Flow,
            Tunnel = ToTunnel(way.Encapsulation),
        })],
    };

    // What leads nowhere can be there only once, so a second one is refused and not put in front.
    private static RouteInsertion InsertionOf(Route route) => route.Insertion switch
    {
        Config.Routing.RouteInsertion.Add => RouteInsertion.Add,
        Config.Routing.RouteInsertion.Append => RouteInsertion.Append,
        _ => route.Type.IsWithoutWay ? RouteInsertion.Add : RouteInsertion.Prepend,
    };

    private static RouteTunnel? ToTunnel(RouteEncapsulation? encapsulation)
    {
        if (encapsulation?.Ip is { } ip)
        {
            return new IpRouteTunnel(AddressFamily.IPv4)
            {
                Id = ip.Id?.Value, Destination = ip.Destination, Source = ip.Source, HopLimit = ip.TimeToLive,
                TrafficClass = (byte?)ip.TypeOfService?.Number, Flags = ip.Flags,
            };
        }
        if (encapsulation?.Ip6 is { } ip6)
        {
            return new IpRouteTunnel(AddressFamily.IPv6)
            {
                Id = ip6.Id?.Value, Destination = ip6.Destination, Source = ip6.Source, HopLimit = ip6.HopLimit,
                TrafficClass = (byte?)ip6.TrafficClass?.Number, Flags = ip6.Flags,
            };
        }
        if (encapsulation?.Mpls is { } mpls)
            return new MplsRouteTunnel(mpls.Labels.Labels);
        return encapsulation?.Ila is { } ila ? new IlaRouteTunnel(ila.Locator.Value) : null;
    }

    private static KernelRule ToKernel(Rule rule) => new()
    {
        Family = rule.Family,
        Priority = rule.Preference!.Value.Value,
        Action = (byte)rule.Action,
        IsInverted = rule.Not,
        From = rule.From?.Prefix.Address ?? default,
        FromLength = rule.From?.Prefix.Length ?? 0,
        To = rule.To?.Prefix.Address ?? default,
        ToLength = rule.To?.Prefix.Length ?? 0,
        TypeOfService = (byte)rule.TypeOfService.Number,
        Mark = rule.Mark?.Mark,
        MarkMask = rule.Mark?.Mask,
        InputInterface = NameOf(rule.InputInterface),
        OutputInterface = NameOf(rule.OutputInterface),
        TunnelId = rule.TunnelId?.Value,
        Users = rule.Users is { } users ? (users.First, users.Last) : null,
        IpProtocol = (byte?)rule.IpProtocol?.Number,
        SourcePorts = rule.SourcePorts is { } source ? ((ushort)source.First, (ushort)source.Last) : null,
        DestinationPorts = rule.DestinationPorts is { } destination ? ((ushort)destination.First, (ushort)destination.Last) : null,
        Table = rule.RoutingTable?.Number ?? 0,
        LooksUpVrf = rule.L3mdev,
        Goto = rule.Goto,
        Flow = rule.Realms?.Flow,
        SuppressPrefixLength = rule.SuppressPrefixLength,
        SuppressInterfaceGroup = rule.SuppressInterfaceGroup?.Number,
        Protocol = rule.Protocol,
    };

    private static KernelName NameOf(string? name) => KernelName.TryParse(name ?? "", out KernelName kernel) ? kernel : default;

    private static NetworkInterface? Track(string? name, InterfaceTable interfaces) => name is null ? null : interfaces.Track(name, out _);
}
