using KeepalivedAot.Base.Net;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Routing;
using KeepalivedAot.Config.Routing.Encapsulation;
using KeepalivedAot.Config.Routing.Names;

namespace KeepalivedAot.Daemon.Dumps.Data;

/// <summary>A route as keepalived's dumps have it: <c>prepend 10.1.0.0/16 via inet 10.9.0.2 dev eth0 proto 18 metric 10</c>.</summary>
/// <remarks>The order of its words was read off keepalived's own dumps. What went into the kernel, and where, it does not tell.</remarks>
internal static class RouteText
{
    // Metrics of which the kernel counts fractions of a millisecond.
    private const uint MillisecondsPerSecond = 1000;

    public static void Add(DumpText text, Route route)
    {
        bool isUnicast = route.Type.Type == RouteType.Unicast;
        // Only unicast routes can stand beside others to the same destination.
        text.Add(route.Insertion == RouteInsertion.Add || !isUnicast ? "add"u8 : route.Insertion == RouteInsertion.Append ? "append"u8 : "prepend"u8);
        if (!isUnicast)
            text.Add($" {route.Type.ToString()}");
        text.Add(" "u8);
        AddPrefix(text, route.Destination);
        if (!route.Source.IsNone)
            text.Add($" src {route.Source}");
        if (route.From is { Prefix.Address.IsNone: false } from)
        {
            text.Add(" from "u8);
            AddPrefix(text, from.Prefix);
        }
        if (route.TypeOfService.Number != 0)
            text.Add($" tos {route.TypeOfService.Number}");
        AddEncapsulation(text, route.Encapsulation);
        AddWay(text, route.Gateway, route.Device);
        if (route.RoutingTable is { } table)
            text.Add($" table {table.Number}");
        text.Add($" proto {route.Protocol.Number}");
        if (route.IsScopeGiven)
            text.Add($" scope {route.Scope.Number}");
        if (route.Metric is uint metric)
            text.Add($" metric {metric}");
        text.Add(route.OnLink ? " onlink"u8 : ""u8);
        AddRealms(text, route.Realms);
        if (route.Expires is { } expires)
            text.Add($" expires {expires.WholeSeconds}sec");
        AddMetrics(text, route);
        if (route.Preference is { } preference)
            text.Add($" pref {preference.ToString()}");
        if (route.TtlPropagation != TtlPropagation.Unspecified)
            text.Add(route.TtlPropagation == TtlPropagation.Enabled ? " ttl-propagate enabled"u8 : " ttl-propagate disabled"u8);
        foreach (Nexthop way in route.Nexthops?.Ways ?? [])
            AddNexthop(text, way);
        text.Add(route.NoTrack || route.Device is null ? " no_track"u8 : ""u8);
    }

    private static void AddNexthop(DumpText text, Nexthop way)
    {
        text.Add(" nexthop"u8);
        AddEncapsulation(text, way.Encapsulation);
        AddWay(text, way.Gateway, way.Device);
        if (way.Spans.Weight.IsGiven)
            text.Add($" weight {way.Weight}");
        text.Add(way.OnLink ? " onlink"u8 : ""u8);
        AddRealms(text, way.Realms);
    }

    private static void AddWay(DumpText text, Gateway? gateway, string? device)
    {
        if (gateway is { } via)
            text.Add($" via {(via.Address.Family == AddressFamily.IPv6 ? "inet6" : "inet")} {via.Address}");
        if (device is not null)
            text.Add($" dev {device}");
    }

    private static void AddMetrics(DumpText text, Route route)
    {
        if (route.CongestionControl is { } congestion)
            text.Add($" congctl {(congestion.IsLocked ? "lock " : "")}{congestion.Name}");
        AddTime(text, " rtt", route.RoundTripTime);
        AddTime(text, " rttvar", route.RoundTripVariance);
        AddTime(text, " rto_min", route.RetransmissionMinimum);
        text.Add((route.Features & RouteFeatures.Ecn) != 0 ? " features ecn"u8 : ""u8);
        AddMetric(text, " mtu", route.Mtu);
        AddNumber(text, " window", route.Window);
        AddMetric(text, " ssthresh", route.SlowStartThreshold);
        AddMetric(text, " cwnd", route.CongestionWindow);
        AddMetric(text, " advmss", route.AdvertisedMss);
        AddMetric(text, " reordering", route.Reordering);
        AddNumber(text, " hoplimit", route.HopLimit);
        AddNumber(text, " initcwnd", route.InitialCongestionWindow);
        AddNumber(text, " initrwnd", route.InitialReceiveWindow);
        AddNumber(text, " quickack", route.QuickAck);
        AddNumber(text, " fastopen_no_cookie", route.FastOpenNoCookie);
    }

    private static void AddMetric(DumpText text, string name, RouteMetric? metric)
    {
        if (metric is { } given)
            text.Add($"{name}{(given.IsLocked ? " lock" : "")} {given.Value}");
    }

    private static void AddNumber(DumpText text, string name, uint? number)
    {
        if (number is uint given)
            text.Add($"{name} {given}");
    }

    // From a second on in seconds.
    private static void AddTime<TUnit>(DumpText text, string name, RouteTime<TUnit>? time) where TUnit : struct, IRouteTimeUnit
    {
        if (time is not { } given)
            return;
        uint milliseconds = given.Value / TUnit.PerMillisecond;
        text.Add($"{name}{(given.IsLocked ? " lock" : "")} ");
        if (milliseconds >= MillisecondsPerSecond)
            text.Add($"{new PlainSeconds(Base.Time.Duration.FromMilliseconds(milliseconds))}s");
        else
            text.Add($"{milliseconds}ms");
    }

    private static void AddRealms(DumpText text, Realms? realms)
    {
        if (realms is not { } given)
            return;
        if (given.From.Number == 0)
            text.Add($" realm {given.To.Number}");
        else
            text.Add($" realms {given.From.Number}/{given.To.Number}");
    }

    private static void AddEncapsulation(DumpText text, RouteEncapsulation? encapsulation)
    {
        if (encapsulation?.Ip is { } ip)
        {
            text.Add(" encap ip"u8);
            AddTunnel(text, ip.Id, ip.Destination, ip.Source);
            AddNumber(text, " tos", ip.TypeOfService?.Number);
            AddNumber(text, " ttl", ip.TimeToLive);
            AddFlags(text, ip.Flags);
        }
        else if (encapsulation?.Ip6 is { } ip6)
        {
            text.Add(" encap ip6"u8);
            AddTunnel(text, ip6.Id, ip6.Destination, ip6.Source);
            AddNumber(text, " tc", ip6.TrafficClass?.Number);
            AddNumber(text, " hoplimit", ip6.HopLimit);
            AddFlags(text, ip6.Flags);
        }
        else if (encapsulation?.Mpls is { } mpls)
        {
            text.Add($" encap mpls {mpls.Labels.ToString()}");
        }
        else if (encapsulation?.Ila is { } ila)
        {
            text.Add($" encap ila {ila.Locator.ToString()}");
        }
    }

    private static void AddTunnel(DumpText text, TunnelId? id, IpAddress destination, IpAddress source)
    {
        if (id is { } given)
            text.Add($" id {given.Value}");
        if (!destination.IsNone)
            text.Add($" dst {destination}");
        if (!source.IsNone)
            text.Add($" src {source}");
    }

    private static void AddFlags(DumpText text, ushort? flags)
    {
        if (flags is ushort given)
            text.Add($" flags 0x{given:x}");
    }

    /// <summary>Of one host without its length.</summary>
    internal static void AddPrefix(DumpText text, IpPrefix prefix)
    {
        text.Add($"{prefix.Address}");
        if (prefix.Length != prefix.Address.HostPrefixLength)
            text.Add($"/{prefix.Length}");
    }
}
