using System.Runtime.InteropServices;
using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink.Routing;

/// <summary>RTM_NEWROUTE and RTM_DELROUTE as bytes (linux/rtnetlink.h).</summary>
internal static class RouteMessage
{
    private const byte UniverseScope = 0;

    // An interface index and the attributes of each hop; the kernel's MAX is far above what anybody writes on a line.
    private const int LongestName = 16;

    public static void Write(ref NetlinkMessageWriter writer, KernelRoute route)
    {
        WriteIdentity(ref writer, route, route.Scope ?? UniverseScope);
        if (!route.PreferredSource.IsNone)
            writer.Attribute(Libc.RTA_PREFSRC, route.PreferredSource);
        WriteMetrics(ref writer, route);
        if (route.ExpiresSeconds is uint expires)
            writer.Attribute(Libc.RTA_EXPIRES, expires);
        if (route.Preference is byte preference)
            writer.Attribute(Libc.RTA_PREF, preference);
        if (route.PropagatesTtl is bool propagates)
            writer.Attribute(Libc.RTA_TTL_PROPAGATE, (byte)(propagates ? 1 : 0));
    }

    /// <summary>What a removal is matched by.</summary>
    public static void WriteRemoval(ref NetlinkMessageWriter writer, KernelRoute route)
        => WriteIdentity(ref writer, route, route.Scope ?? Libc.RT_SCOPE_NOWHERE);

    public static NetlinkFault TryParse(ReadOnlySpan<byte> payload, out ReportedRoute route)
    {
        route = default;
        if (!NetlinkAttributes.TrySplit(payload, out rtmsg message, out NetlinkAttributes attributes))
            return NetlinkFault.TruncatedPayload;
        int addressLength = message.rtm_family == AddressMessage.AF_INET6 ? IpAddress.IPv6Length : IpAddress.IPv4Length;
        IpAddress destination = default;
        uint table = message.rtm_table;
        uint priority = 0;
        int output = 0;
        while (attributes.TryRead(out ushort type, out ReadOnlySpan<byte> value))
        {
            bool valid = type switch
            {
                Libc.RTA_DST => value.Length == addressLength,
                Libc.RTA_TABLE => MemoryMarshal.TryRead(value, out table),
                Libc.RTA_PRIORITY => MemoryMarshal.TryRead(value, out priority),
                Libc.RTA_OIF => MemoryMarshal.TryRead(value, out output),
                _ => true,
            };
            if (!valid)
                return NetlinkFault.AttributeSize;
            if (type == Libc.RTA_DST)
                destination = IpAddress.FromBytes(value);
        }
        route = new ReportedRoute
        {
            Family = message.rtm_family == AddressMessage.AF_INET6 ? AddressFamily.IPv6 : AddressFamily.IPv4,
            Destination = destination,
            DestinationLength = message.rtm_dst_len,
            TypeOfService = message.rtm_tos,
            Type = message.rtm_type,
            Table = table,
            Protocol = message.rtm_protocol,
            Priority = priority,
            OutputInterface = output,
        };
        return attributes.Fault;
    }

    private static void WriteIdentity(ref NetlinkMessageWriter writer, KernelRoute route, byte scope)
    {
        writer.Append(new rtmsg
        {
            rtm_family = FamilyOf(route.Family),
            rtm_dst_len = route.DestinationLength,
            rtm_src_len = route.FromLength,
            rtm_tos = route.TypeOfService,
            rtm_table = route.Table <= byte.MaxValue ? (byte)route.Table : Libc.RT_TABLE_UNSPEC,
            rtm_protocol = route.Protocol,
            rtm_scope = scope,
            rtm_type = route.Type,
            rtm_flags = route.IsOnLink ? Libc.RTNH_F_ONLINK : 0u,
        });
        if (!route.Destination.IsNone)
            writer.Attribute(Libc.RTA_DST, route.Destination);
        if (!route.From.IsNone)
            writer.Attribute(Libc.RTA_SRC, route.From);
        writer.Attribute(Libc.RTA_TABLE, route.Table);
        if (route.Priority is uint priority)
            writer.Attribute(Libc.RTA_PRIORITY, priority);
        WriteWay(ref writer, route.Family, route.Gateway, route.Flow, route.Tunnel);
        if (route.OutputInterface != 0)
            writer.Attribute(Libc.RTA_OIF, route.OutputInterface);
        if (route.Hops.Count > 0)
            WriteHops(ref writer, route);
    }

    private static void WriteHops(ref NetlinkMessageWriter writer, KernelRoute route)
    {
        int mark = writer.BeginNested(Libc.RTA_MULTIPATH);
        foreach (RouteHop hop in route.Hops)
        {
            int begin = writer.BeginStructure(new rtnexthop
            {
                rtnh_flags = hop.IsOnLink ? Libc.RTNH_F_ONLINK : (byte)0,
                rtnh_hops = (byte)(hop.Weight - 1),
                rtnh_ifindex = hop.Interface,
            });
            WriteWay(ref writer, route.Family, hop.Gateway, hop.Flow, hop.Tunnel);
            writer.EndNested(begin);
        }
        writer.EndNested(mark);
    }

    private static void WriteWay(ref NetlinkMessageWriter writer, AddressFamily family, IpAddress gateway, uint? flow, RouteTunnel? tunnel)
    {
        tunnel?.Write(ref writer);
        if (!gateway.IsNone && gateway.Family == family)
            writer.Attribute(Libc.RTA_GATEWAY, gateway);
        else if (!gateway.IsNone)
            WriteVia(ref writer, gateway);
        if (flow is uint realms)
            writer.Attribute(Libc.RTA_FLOW, realms);
    }

    // struct rtvia: the family as a number of the host, then the address.
    private static void WriteVia(ref NetlinkMessageWriter writer, IpAddress gateway)
    {
        Span<byte> via = stackalloc byte[sizeof(ushort) + IpAddress.IPv6Length];
        MemoryMarshal.Write(via, (ushort)FamilyOf(gateway.Family));
        gateway.CopyTo(via[sizeof(ushort)..]);
        writer.Attribute(Libc.RTA_VIA, via[..(sizeof(ushort) + gateway.Length)]);
    }

    private static void WriteMetrics(ref NetlinkMessageWriter writer, KernelRoute route)
    {
        if (route.Metrics.Count == 0 && route.CongestionControl is null)
            return;
        int mark = writer.BeginNested(Libc.RTA_METRICS);
        foreach ((ushort kind, uint value) in route.Metrics)
            writer.Attribute(kind, value);
        if (route.CongestionControl is string algorithm)
        {
            // TCP_CA_NAME_MAX, with its NUL.
            Span<byte> name = stackalloc byte[LongestName];
            if (Encoding.ASCII.TryGetBytes(algorithm, name[..^1], out int length))
                writer.Attribute(Libc.RTAX_CC_ALGO, name[..(length + 1)]);
        }
        writer.EndNested(mark);
    }

    public static byte FamilyOf(AddressFamily family) => family == AddressFamily.IPv6 ? AddressMessage.AF_INET6 : AddressMessage.AF_INET;
}
