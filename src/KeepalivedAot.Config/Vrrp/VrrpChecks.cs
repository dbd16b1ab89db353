using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>What can only be said of all instances together.</summary>
internal static class VrrpChecks
{
    public static void Run(Configuration configuration, DiagnosticBag diagnostics)
    {
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
            instance.Normalise(configuration.GlobalDefs, diagnostics);
        CheckDuplicateVrids(configuration, diagnostics);
        CheckWhatIsNotYet(configuration, diagnostics);
    }

    private static void CheckWhatIsNotYet(Configuration configuration, DiagnosticBag diagnostics)
    {
        foreach (IGrouping<SourceSpan, VrrpInstanceBlock> silent in configuration.VrrpInstances.Where(static i => !i.AcceptMode)
            .GroupBy(instance => WhereNotAccepting(instance, configuration.GlobalDefs)))
        {
            string more = silent.Count() == 1 ? "" : $" and {silent.Count() - 1} more";
            diagnostics.Report(
                DiagnosticCatalogue.NotYet, silent.Key,
                $"({silent.First().Name}{more}) keepalived-aot does not do 'no_accept' yet: packets to the virtual addresses are answered all the same");
        }
    }

    // It is what strict mode means, unless it is said.
    private static SourceSpan WhereNotAccepting(VrrpInstanceBlock instance, GlobalDefsBlock globals)
        => instance.Spans.AcceptMode.IsGiven ? instance.Spans.AcceptMode
            : instance.Spans.StrictMode.IsGiven ? instance.Spans.StrictMode
            : globals.Spans.Strict;

    private static void CheckDuplicateVrids(Configuration configuration, DiagnosticBag diagnostics)
    {
        Dictionary<(byte Vrid, AddressFamily Family, string Interface), VrrpInstanceBlock> seen = [];
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
        {
            if (instance.VirtualRouterId == 0 || instance.Interface is null)
                continue;
            if (seen.TryAdd((instance.VirtualRouterId, instance.Family, instance.Interface), instance))
                continue;
            VrrpInstanceBlock first = seen[(instance.VirtualRouterId, instance.Family, instance.Interface)];
            Diagnostic duplicate = diagnostics.Report(
                DiagnosticCatalogue.DuplicateVrid, instance.Spans.VirtualRouterId,
                $"{first.Name} and {instance.Name} both use VRID {instance.VirtualRouterId} "
                + $"with IPv{(instance.Family == AddressFamily.IPv6 ? 6 : 4)} on interface {instance.Interface}");
            diagnostics.Relate(duplicate, first.Spans.VirtualRouterId, $"used by {first.Name} here");
        }
    }
}
