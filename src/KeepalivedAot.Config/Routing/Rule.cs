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
    /// <summary>The rule is IPv4. Better left out: the addresses show it, and keepalived skips the word after it.</summary>
    [Keyword("inet", Since = "2.0.1", Default = "from addresses, else inet")]
    public PassedOver? Inet { get; protected set; }

    /// <summary>The rule is IPv6. Needed when no address shows it; keepalived skips the word after it.</summary>
    [Keyword("inet6", Since = "2.0.1", Default = "from addresses")]
    public PassedOver? Inet6 { get; protected set; }

    /// <summary>Matches all packets except those that the rest of the line describes.</summary>
    [Sets("not", Since = "1.2.24")]
    public bool Not { get; protected set; }

    /// <summary>Matches packets from these sources; any, default and all match every one.</summary>
    [Keyword("from", Since = "1.2.20", Default = "any", Arguments = "ip[/len]|default|any|all")]
    public PrefixOrAny? From { get; protected set; }

    /// <summary>Matches packets for these destinations; any, default and all match every one.</summary>
    [Keyword("to", Since = "1.2.20", Default = "any", Arguments = "ip[/len]|default|any|all")]
    public PrefixOrAny? To { get; protected set; }

    /// <summary>Matches packets with this type of service.</summary>
    [Keyword("tos", Since = "1.2.24", Default = "0"), Alias("dsfield", Since = "1.2.24")]
    public NamedNumber<TrafficClassKind> TypeOfService { get; protected set; }

    /// <summary>Matches packets with this firewall mark; with a mask, only its bits are compared.</summary>
    [Keyword("fwmark", Since = "1.2.24", Default = "none")]
    public FirewallMark? Mark { get; protected set; }

    /// <summary>Matches packets that arrive on this interface.</summary>
    [Keyword("iif", Since = "1.2.24", Default = "none"), Alias("dev", Since = "1.2.24"), InterfaceName]
    public string? InputInterface { get; protected set; }

    /// <summary>Matches packets of local programs that have bound their socket to this interface.</summary>
    [Keyword("oif", Since = "1.2.24", Default = "none"), InterfaceName]
    public string? OutputInterface { get; protected set; }

    /// <summary>Matches packets from the tunnel with this identifier.</summary>
    [Keyword("tunnel-id", Since = "1.2.24", Default = "none")]
    public TunnelId? TunnelId { get; protected set; }

    /// <summary>Matches packets of local programs that run under these user numbers.</summary>
    [Keyword("uidrange", Since = "1.3.5", Default = "none")]
    public NumberRange<UserIdKind>? Users { get; protected set; }

    /// <summary>Matches packets of this IP protocol. keepalived's manual calls it ip_proto, a word that it rejects.</summary>
    [Keyword("ipproto", Since = "2.0.1", Default = "none", SurvivesRejection = true)]
    public NamedNumber<IpProtocolKind>? IpProtocol { get; protected set; }

    /// <summary>Matches packets from this range of TCP or UDP ports.</summary>
    [Keyword("sport", Since = "2.0.1", Default = "none", SurvivesRejection = true)]
    public NumberRange<PortKind>? SourcePorts { get; protected set; }

    /// <summary>Matches packets to this range of TCP or UDP ports.</summary>
    [Keyword("dport", Since = "2.0.1", Default = "none", SurvivesRejection = true)]
    public NumberRange<PortKind>? DestinationPorts { get; protected set; }

    /// <summary>Action: look up a route in this table.</summary>
    [Keyword("table", Since = "1.2.20", Default = "-", Arguments = "uint 1..|rt_tables name"), Alias("lookup", Since = "1.2.24"), RuleAction]
    public NamedNumber<RoutingTableKind>? RoutingTable { get; protected set; }

    /// <summary>Action: look up a route in the table of the packet's VRF.</summary>
    [Sets("l3mdev", Since = "1.4.3", Default = "-"), RuleAction]
    public bool L3mdev { get; protected set; }

    /// <summary>May stand in front of the action and changes nothing.</summary>
    [Keyword("type", Since = "1.2.24", Default = "-")]
    public ActionAhead? TypeWord { get; protected set; }

    /// <summary>Action: go on with the rule that has this preference, which must be larger than that of this rule.</summary>
    [Keyword("goto", Since = "1.2.24", Default = "-"), Range(0, 4294967295), Strict, RuleAction]
    public uint? Goto { get; protected set; }

    /// <summary>Action: do nothing and go on with the next rule.</summary>
    [Sets("nop", Since = "1.2.24", Default = "-"), RuleAction]
    public bool Nop { get; protected set; }

    /// <summary>Action: drop the packet without an answer.</summary>
    [Sets("blackhole", Default = "-"), RuleAction]
    public bool Blackhole { get; protected set; }

    /// <summary>Action: drop the packet and answer that the destination is unreachable.</summary>
    [Sets("unreachable", Default = "-"), RuleAction]
    public bool Unreachable { get; protected set; }

    /// <summary>Action: drop the packet and answer that it is prohibited.</summary>
    [Sets("prohibit", Default = "-"), RuleAction]
    public bool Prohibit { get; protected set; }

    /// <summary>Realms for the classification of traffic; IPv4 and with a table only.</summary>
    [Keyword("realms", Since = "1.2.24", Default = "none")]
    public Realms? Realms { get; protected set; }

    /// <summary>Ignore routes of the table whose prefix is this long or shorter; 0 ignores the default route.</summary>
    [Keyword("suppress_prefixlength", Since = "1.2.24", Default = "none"), Alias("sup_pl", Since = "1.2.24"), Range(0, 2147483647), Strict]
    public int? SuppressPrefixLength { get; protected set; }

    /// <summary>Ignore routes of the table that leave by interfaces of this group.</summary>
    [Keyword("suppress_ifgroup", Since = "1.2.24", Default = "none"), Alias("sup_group", Since = "1.2.24")]
    public NamedNumber<InterfaceGroupKind>? SuppressInterfaceGroup { get; protected set; }

    /// <summary>
    /// The place of the rule among all others: smaller ones are tried first. Without it the rule gets 16384, the next one 16383, and
    /// so on, with an error.
    /// </summary>
    [Keyword("preference", Since = "1.2.24", Default = "16384 downwards, with error"), Alias("order", Since = "1.2.24"), Alias("priority", Since = "1.2.24")]
    public RulePriority? Preference { get; protected set; }

    /// <summary>The origin of the rule that 'ip rule' shows. Anything but keepalived (18) needs no_track.</summary>
    [Keyword("protocol", Since = "2.0.1", Default = "keepalived (18)", SurvivesRejection = true), Range(0, 255), Strict]
    public byte Protocol { get; protected set; } = Route.KeepalivedProtocol;

    /// <summary>Whether the line has a <see cref="Protocol"/>.</summary>
    public bool IsProtocolGiven => SpanOf(nameof(Protocol)).IsGiven;

    /// <summary>Do not react when somebody removes the rule, and do not put it back.</summary>
    [Sets("no_track", Since = "2.0.3")]
    public bool NoTrack { get; protected set; }

    /// <summary>The interfaces that the rule names, and where. The kernel takes it without them.</summary>
    public IEnumerable<(string Name, SourceSpan Where)> Interfaces
    {
        get
        {
            if (InputInterface is not null)
                yield return (InputInterface, SpanOf(nameof(InputInterface)));
            if (OutputInterface is not null)
                yield return (OutputInterface, SpanOf(nameof(OutputInterface)));
        }
    }

    /// <summary>Where the setting was written; the derived class knows.</summary>
    protected abstract SourceSpan SpanOf(string setting);

    /// <summary>The setting is as if it had not been written.</summary>
    protected abstract void Forget(string setting);
}
