using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Global;

/// <summary>What can only be said of all <c>global_defs</c> blocks of a configuration together, and of words beside them.</summary>
internal static class GlobalChecks
{
    public static void Run(Configuration configuration, DiagnosticBag diagnostics)
    {
        if (configuration.InstanceName is { } name && name.Contains('/'))
            diagnostics.Report(DiagnosticCatalogue.InstanceWithSlash, configuration.Spans.InstanceName, $"no file can be named after the instance {name}");
        GlobalDefsBlock globals = configuration.GlobalDefs;
        if (globals.Iptables is not null)
        {
            string also = globals.Ipsets is null ? "" : " and 'vrrp_ipsets'";
            diagnostics.Report(
                DiagnosticCatalogue.Iptables, globals.Spans.Iptables,
                $"iptables not supported, using nftables instead: 'vrrp_iptables'{also} mean{(globals.Ipsets is null ? "s" : "")} 'nftables'",
                globals.Nftables is null ? "write 'nftables'" : "take the line out, 'nftables' says it");
        }
        // By itself the word says that no sets are used, which is so.
        if (globals is not { Iptables: null, Ipsets.Names.Count: > 0 })
            return;
        diagnostics.Report(
            DiagnosticCatalogue.IpsetsWithoutIptables, globals.Spans.Ipsets, "'vrrp_ipsets' without 'vrrp_iptables' changes nothing",
            "take the line out; 'nftables' needs none");
    }
}
