using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>What can only be said of all instances together.</summary>
internal static class VrrpChecks
{
    public static void Run(Configuration configuration, DiagnosticBag diagnostics)
    {
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
            instance.Normalise(configuration.GlobalDefs, diagnostics);
        CheckDuplicateVrids(configuration, diagnostics);
    }

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
