using KeepalivedAot.Config.Routing;

namespace KeepalivedAot.Daemon.Dumps.Data;

/// <summary>A rule as keepalived's dumps have it: <c>from 10.9.0.100 priority 501 tos 0x0 protocol 18 lookup 101</c>.</summary>
internal static class RuleText
{
    public static void Add(DumpText text, Rule rule)
    {
        text.Add(rule.Not ? "not from "u8 : "from "u8);
        if (rule.From is { Prefix.Address.IsNone: false } from)
            RouteText.AddPrefix(text, from.Prefix);
        else
            text.Add("all"u8);
        if (rule.To is { Prefix.Address.IsNone: false } to)
        {
            text.Add(" to "u8);
            RouteText.AddPrefix(text, to.Prefix);
        }
        text.Add($" priority {rule.Preference!.Value.Value} tos 0x{rule.TypeOfService.Number:x}");
        if (rule.Mark is { } mark)
        {
            text.Add($" fwmark 0x{mark.Mark:x}");
            if (mark.Mask is uint mask)
                text.Add($"/0x{mask:x}");
        }
        if (rule.InputInterface is { } input)
            text.Add($" iif {input}");
        if (rule.OutputInterface is { } output)
            text.Add($" oif {output}");
        if (rule.SuppressPrefixLength is int length)
            text.Add($" suppress_prefixlen {length}");
        if (rule.SuppressInterfaceGroup is { } group)
            text.Add($" suppress_ifgroup {group.Number}");
        if (rule.TunnelId is { } tunnel)
            text.Add($" tunnel-id {tunnel.Value}");
        if (rule.Users is { } users)
            text.Add($" uidrange {users.First}-{users.Last}");
        text.Add(rule.L3mdev ? " l3mdev"u8 : ""u8);
        // Nobody looks for a rule that is not tracked.
        if (!rule.NoTrack || rule.IsProtocolGiven)
            text.Add($" protocol {rule.Protocol}");
        if (rule.IpProtocol is { } protocol)
            text.Add($" ipproto {protocol.Number}");
        if (rule.SourcePorts is { } source)
            text.Add($" sport {source.First}-{source.Last}");
        if (rule.DestinationPorts is { } destination)
            text.Add($" dport {destination.First}-{destination.Last}");
        if (rule.Realms is { } realms)
            text.Add($" realms {realms.From.Number}/{realms.To.Number}");
        AddAction(text, rule);
        text.Add(rule.NoTrack ? " no_track"u8 : ""u8);
    }

    private static void AddAction(DumpText text, Rule rule)
    {
        switch (rule.Action)
        {
            case RuleAction.Goto:
                text.Add($" goto {rule.Goto ?? 0}");
                break;
            case RuleAction.Nop:
                text.Add(" nop"u8);
                break;
            case RuleAction.Blackhole:
                text.Add(" type blackhole"u8);
                break;
            case RuleAction.Unreachable:
                text.Add(" type unreachable"u8);
                break;
            case RuleAction.Prohibit:
                text.Add(" type prohibit"u8);
                break;
            default:
                text.Add($" lookup {rule.RoutingTable?.Number ?? 0}");
                break;
        }
    }
}
