using System.Buffers.Binary;
using System.Runtime.InteropServices;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink.Routing;

/// <summary>RTM_NEWRULE and RTM_DELRULE as bytes (linux/fib_rules.h). A removal is matched by all that is written.</summary>
internal static class RuleMessage
{
    public static void Write(ref NetlinkMessageWriter writer, KernelRule rule)
    {
        writer.Append(new fib_rule_hdr
        {
            family = RouteMessage.FamilyOf(rule.Family),
            dst_len = rule.ToLength,
            src_len = rule.FromLength,
            tos = rule.TypeOfService,
            table = rule.Table <= byte.MaxValue ? (byte)rule.Table : Libc.RT_TABLE_UNSPEC,
            action = rule.Action,
            flags = rule.IsInverted ? Libc.FIB_RULE_INVERT : 0,
        });
        writer.Attribute(Libc.FRA_PRIORITY, rule.Priority);
        WriteSelectors(ref writer, rule);
        if (rule.Table != 0)
            writer.Attribute(Libc.FRA_TABLE, rule.Table);
        if (rule.LooksUpVrf)
            writer.Attribute(Libc.FRA_L3MDEV, (byte)1);
        if (rule.Goto is uint target)
            writer.Attribute(Libc.FRA_GOTO, target);
        if (rule.Flow is uint realms)
            writer.Attribute(Libc.FRA_FLOW, realms);
        if (rule.SuppressPrefixLength is int length)
            writer.Attribute(Libc.FRA_SUPPRESS_PREFIXLEN, length);
        if (rule.SuppressInterfaceGroup is uint group)
            writer.Attribute(Libc.FRA_SUPPRESS_IFGROUP, group);
        if (rule.Protocol != 0)
            writer.Attribute(Libc.FRA_PROTOCOL, rule.Protocol);
    }

    public static NetlinkFault TryParse(ReadOnlySpan<byte> payload, out ReportedRule rule)
    {
        rule = default;
        if (!NetlinkAttributes.TrySplit(payload, out fib_rule_hdr message, out NetlinkAttributes attributes))
            return NetlinkFault.TruncatedPayload;
        int addressLength = message.family == AddressMessage.AF_INET6 ? IpAddress.IPv6Length : IpAddress.IPv4Length;
        IpAddress from = default;
        IpAddress to = default;
        uint priority = 0;
        uint table = message.table;
        byte protocol = 0;
        while (attributes.TryRead(out ushort type, out ReadOnlySpan<byte> value))
        {
            bool valid = type switch
            {
                Libc.FRA_SRC or Libc.FRA_DST => value.Length == addressLength,
                Libc.FRA_PRIORITY => MemoryMarshal.TryRead(value, out priority),
                Libc.FRA_TABLE => MemoryMarshal.TryRead(value, out table),
                Libc.FRA_PROTOCOL => MemoryMarshal.TryRead(value, out protocol),
                _ => true,
            };
            if (!valid)
                return NetlinkFault.AttributeSize;
            if (type == Libc.FRA_SRC)
                from = IpAddress.FromBytes(value);
            else if (type == Libc.FRA_DST)
                to = IpAddress.FromBytes(value);
        }
        rule = new ReportedRule
        {
            Family = message.family == AddressMessage.AF_INET6 ? AddressFamily.IPv6 : AddressFamily.IPv4,
            Priority = priority,
            Action = message.action,
            From = from,
            FromLength = message.src_len,
            To = to,
            ToLength = message.dst_len,
            Table = table,
            Protocol = protocol,
        };
        return attributes.Fault;
    }

    private static void WriteSelectors(ref NetlinkMessageWriter writer, KernelRule rule)
    {
        // Of all addresses nothing is said: the kernel takes an address without a prefix for a mistake.
        if (!rule.From.IsNone && rule.FromLength > 0)
            writer.Attribute(Libc.FRA_SRC, rule.From);
        if (!rule.To.IsNone && rule.ToLength > 0)
            writer.Attribute(Libc.FRA_DST, rule.To);
        if (rule.Mark is uint mark)
            writer.Attribute(Libc.FRA_FWMARK, mark);
        if (rule.MarkMask is uint mask)
            writer.Attribute(Libc.FRA_FWMASK, mask);
        if (!rule.InputInterface.IsNone)
            writer.Attribute(Libc.FRA_IIFNAME, rule.InputInterface);
        if (!rule.OutputInterface.IsNone)
            writer.Attribute(Libc.FRA_OIFNAME, rule.OutputInterface);
        if (rule.TunnelId is ulong tunnel)
            writer.Attribute(Libc.FRA_TUN_ID, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(tunnel) : tunnel);
        if (rule.Users is { } users)
            writer.Attribute(Libc.FRA_UID_RANGE, new fib_rule_uid_range { start = users.First, end = users.Last });
        if (rule.IpProtocol is byte protocol)
            writer.Attribute(Libc.FRA_IP_PROTO, protocol);
        if (rule.SourcePorts is { } source)
            writer.Attribute(Libc.FRA_SPORT_RANGE, new fib_rule_port_range { start = source.First, end = source.Last });
        if (rule.DestinationPorts is { } destination)
            writer.Attribute(Libc.FRA_DPORT_RANGE, new fib_rule_port_range { start = destination.First, end = destination.Last });
    }
}
