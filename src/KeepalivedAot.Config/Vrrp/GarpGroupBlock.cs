using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>One <c>garp_group { … }</c>: interfaces that share one limit of gratuitous ARP and neighbour advertisements.</summary>
[Block("garp_group")]
public sealed partial class GarpGroupBlock
{
    /// <summary>Shortest time between two gratuitous ARPs on these interfaces together, in seconds.</summary>
    [Keyword("garp_interval", Since = "1.2.21"), Seconds(Decimals = 6), Range(0, 4294.967295)]
    public Duration? GarpInterval { get; private set; }

    /// <summary>Shortest time between two unsolicited neighbour advertisements on these interfaces together, in seconds.</summary>
    [Keyword("gna_interval", Since = "1.2.21"), Seconds(Decimals = 6), Range(0, 4294.967295)]
    public Duration? GnaInterval { get; private set; }

    /// <summary>An interface of the group. A VMAC cannot be one.</summary>
    [Keyword("interface", Since = "1.2.21"), InterfaceName]
    public string? Interface { get; private set; }

    /// <summary>The interfaces of the group. VMACs cannot be among them.</summary>
    [Keyword("interfaces", Since = "1.2.21", Default = "none")]
    public List<ConfigName> Interfaces { get; } = [];
}
