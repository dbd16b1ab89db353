using KeepalivedAot.Config.Routing.Encapsulation;
using KeepalivedAot.Config.Routing.Names;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Routing;

/// <summary>What <c>static_rules</c> and <c>virtual_rules</c> have in common: one line, one rule of policy routing.</summary>
/// <remarks>
/// After loading everything is a number, as rtnetlink wants it, and <see cref="Action"/> and <see cref="Preference"/> are decided.
/// What contradicts itself: <c>Rule.Checks.cs</c>.
/// </remarks>
public abstract partial class Rule
{
    /// <summary>The rule is IPv4. keepalived passes over the next word, so it is better left out.</summary>
    [Keyword("inet", Since = "2.0.1", Default = "from addresses, else inet")]
    public PassedOver? Inet { get; protected set; }

    /// <summary>The rule is IPv6. keepalived passes over the next word.</summary>
    [Keyword("inet6", Since = "2.0.1", Default = "from addresses")]
    public PassedOver? Inet6 { get; protected set; }

    /// <summary>Matches all packets but those that the rest of the line describes.</summary>
    [Sets("not", Since = "1.2.24")]
    public bool Not { get; protected set; }

    /// <summary>Matches packets of these sources; any, default and all match every one.</summary>
    [Keyword("from", Since = "1.2.20", Default = "any", Arguments = "ip[/len]|default|any|all")]
    public PrefixOrAny? From { get; protected set; }

    /// <summary>Matches packets for these destinations; any, default and all match every one.</summary>
    [Keyword("to", Since = "1.2.20", Default = "any", Arguments = "ip[/len]|default|any|all")]
    public PrefixOrAny? To { get; protected set; }

    /// <summary>Matches packets of this type of service.</summary>
    [Keyword("tos", Since = "1.2.24", Default = "0"), Alias("dsfield", Since = "1.2.24")]
    public NamedNumber<TrafficClassKind> TypeOfService { get; protected set; }

    /// <summary>Matches packets with this firewall mark.</summary>
    [Keyword("fwmark", Since = "1.2.24", Default = "none")]
    public FirewallMark? Mark { get; protected set; }

    /// <summary>Matches packets that came in by this interface.</summary>
    [Keyword("iif", Since = "1.2.24", Default = "none"), Alias("dev", Since = "1.2.24"), InterfaceName]
    public string? InputInterface { get; protected set; }

    /// <summary>Matches packets of sockets that are bound to this interface.</summary>
    [Keyword("oif", Since = "1.2.24", Default = "none"), InterfaceName]
    public string? OutputInterface { get; protected set; }

    /// <summary>Matches packets that came through the tunnel with this identifier.</summary>
    [Keyword("tunnel-id", Since = "1.2.24", Default = "none")]
    public TunnelId? TunnelId { get; protected set; }

    /// <summary>Matches packets of these users' sockets.</summary>
    [Keyword("uidrange", Since = "1.3.5", Default = "none")]
    public NumberRange<UserIdKind>? Users { get; protected set; }

    /// <summary>Matches packets of this protocol. keepalived's manual spells it ip_proto, which it rejects.</summary>
    [Keyword("ipproto", Since = "2.0.1", Default = "none", SurvivesRejection = true)]
    public NamedNumber<IpProtocolKind>? IpProtocol { get; protected set; }

    /// <summary>Matches packets from these ports.</summary>
    [Keyword("sport", Since = "2.0.1", Default = "none", SurvivesRejection = true)]
    public NumberRange<PortKind>? SourcePorts { get; protected set; }

    /// <summary>Matches packets to these ports.</summary>
    [Keyword("dport", Since = "2.0.1", Default = "none", SurvivesRejection = true)]
    public NumberRange<PortKind>? DestinationPorts { get; protected set; }

    /// <summary>Action: look for a route in this table.</summary>
    [Keyword("table", Since = "1.2.20", Default = "-", Arguments = "uint 1..|rt_tables name"), Alias("lookup", Since = "1.2.24")]
    public NamedNumber<RoutingTableKind>? RoutingTable { get; protected set; }

    /// <summary>Action: look for a route in the table of the packet's VRF.</summary>
    [Sets("l3mdev", Since = "1.4.3", Default = "-")]
    public bool L3mdev { get; protected set; }

    /// <summary>Stands in front of the word of the action, if anybody likes that.</summary>
    [Keyword("type", Since = "1.2.24", Default = "-")]
    public ActionAhead? TypeWord { get; protected set; }

    /// <summary>Action: go on with the rule of this preference, which must be larger than the rule's own.</summary>
    [Keyword("goto", Since = "1.2.24", Default = "-"), Range(0, 4294967295), Strict]
    public uint? Goto { get; protected set; }

    /// <summary>Action: none, go on with the next rule.</summary>
    [Sets("nop", Since = "1.2.24", Default = "-")]
    public bool Nop { get; protected set; }

    /// <summary>Action: drop the packet.</summary>
    [Sets("blackhole", Default = "-")]
    public bool Blackhole { get; protected set; }

    /// <summary>Action: answer that the destination cannot be reached.</summary>
    [Sets("unreachable", Default = "-")]
    public bool Unreachable { get; protected set; }

    /// <summary>Action: answer that it is not allowed.</summary>
    [Sets("prohibit", Default = "-")]
    public bool Prohibit { get; protected set; }

    /// <summary>Realms for the classification of traffic; IPv4 and with a table only.</summary>
    [Keyword("realms", Since = "1.2.24", Default = "none")]
    public Realms? Realms { get; protected set; }

    /// <summary>Routes of this prefix length or shorter do not count; with a table only.</summary>
    [Keyword("suppress_prefixlength", Since = "1.2.24", Default = "none"), Alias("sup_pl", Since = "1.2.24"), Range(0, 2147483647), Strict]
    public int? SuppressPrefixLength { get; protected set; }

    /// <summary>Routes by interfaces of this group do not count; with a table only.</summary>
    [Keyword("suppress_ifgroup", Since = "1.2.24", Default = "none"), Alias("sup_group", Since = "1.2.24")]
    public NamedNumber<InterfaceGroupKind>? SuppressInterfaceGroup { get; protected set; }

    /// <summary>Where the rule stands among the others, the smallest first. When it is left out keepalived counts downwards from 16384.</summary>
    [Keyword("preference", Since = "1.2.24", Default = "16384 downwards, with error"), Alias("order", Since = "1.2.24"), Alias("priority", Since = "1.2.24")]
    public RulePriority? Preference { get; protected set; }

    /// <summary>Who installed the rule, as others see it. Anything but 18 needs no_track.</summary>
    [Keyword("protocol", Since = "2.0.1", Default = "keepalived (18)", SurvivesRejection = true), Range(0, 255), Strict]
    public byte Protocol { get; protected set; } = Route.KeepalivedProtocol;

    /// <summary>Somebody else's removal of the rule does not matter, and it is not put back.</summary>
    [Sets("no_track", Since = "2.0.3")]
    public bool NoTrack { get; protected set; }

    /// <summary>Where the setting was written; the derived class knows.</summary>
    protected abstract SourceSpan SpanOf(string setting);

    /// <summary>The setting is as if it had not been written.</summary>
    protected abstract void Forget(string setting);
}
