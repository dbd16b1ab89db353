using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Global;

// iptables and nftables.
public sealed partial class GlobalDefsBlock
{
    private const int DefaultChainPriority = -1;
    private const uint DefaultStartMark = 1000;

    /// <summary>
    /// An older form of nftables without a name: packets for no_accept are dropped with nftables. The chains for packets in and out, without names
    /// INPUT and OUTPUT, are read and not used.
    /// </summary>
    [Keyword("vrrp_iptables", Since = "1.2.20", Default = "off")]
    public IptablesChains? Iptables { get; private set; }

    /// <summary>Names of the ipsets of vrrp_iptables; read and not used, as nftables has sets of its own.</summary>
    [Keyword("vrrp_ipsets", Since = "1.2.20", Default = "keepalived keepalived6 keepalived_if6 keepalived_igmp keepalived_mld keepalived_nd")]
    public IpsetNames? Ipsets { get; private set; }

    /// <summary>Drop packets for no_accept with nftables, in this table; without a name, in table keepalived.</summary>
    [Keyword("nftables", Since = "2.0.11", Default = "off", FirstWins = true, Bare = "keepalived"), MaxLength(254)]
    public string? Nftables { get; private set; }

    /// <summary>The priority of the nftables chains.</summary>
    [Keyword("nftables_priority", Since = "2.0.11"), Range(-2147483648, 2147483647), Strict]
    public int NftablesPriority { get; private set; } = -1;

    /// <summary>
    /// Match interfaces by number for link-local addresses of instances with dont_track_primary too, where names are matched otherwise.
    /// </summary>
    [Sets("nftables_ifindex", Since = "2.0.11")]
    public bool NftablesInterfaceIndex { get; private set; }

    /// <summary>Count packets and bytes in the nftables rules.</summary>
    [Sets("nftables_counters", Since = "2.0.11")]
    public bool NftablesCounters { get; private set; }

    /// <summary>Mark the packets of virtual server groups with nftables, in this table; without a name, in table keepalived_ipvs.</summary>
    [Keyword("nftables_ipvs", Since = "2.2.2", Default = "off; without a name keepalived_ipvs", FirstWins = true), NotYet]
    public IpvsTable? NftablesIpvs { get; private set; }

    /// <summary>The priority of the nftables chain for virtual server groups.</summary>
    [Keyword("nftables_ipvs_priority", Since = "2.2.2", Default = "-1"), Range(-2147483648, 2147483647), Strict, NotYet]
    public int NftablesIpvsPriority { get; private set; } = DefaultChainPriority;

    /// <summary>The first firewall mark that is chosen for virtual server groups.</summary>
    [Keyword("nftables_ipvs_start_fwmark", Since = "2.2.2", Default = "1000"), Range(1, 4294967295), Strict, NotYet]
    public uint NftablesIpvsStartMark { get; private set; } = DefaultStartMark;

    /// <summary>What keepalived does at <c>nftables_ipvs</c>: lines before it that belong to it no longer count.</summary>
    internal void ResetIpvsTable(Parser parser)
    {
        if (_spans.NftablesIpvsPriority.IsGiven)
        {
            NftablesIpvsPriority = DefaultChainPriority;
            ReportReset(parser, "nftables_ipvs_priority", _spans.NftablesIpvsPriority);
        }
        if (_spans.NftablesIpvsStartMark.IsGiven)
        {
            NftablesIpvsStartMark = DefaultStartMark;
            ReportReset(parser, "nftables_ipvs_start_fwmark", _spans.NftablesIpvsStartMark);
        }
    }

    private static void ReportReset(Parser parser, string word, SourceSpan span)
        => parser.Diagnostics.Report(
            DiagnosticCatalogue.ResetByLater, span, $"'{word}' is reset by the 'nftables_ipvs' behind it", $"write '{word}' behind 'nftables_ipvs'");
}
