using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Routing.Names;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Routing;

/// <summary>What is done when the whole file has been read: names become numbers, and lines whose names nobody knows are left out.</summary>
internal static class RoutingChecks
{
    public static void Run(Configuration configuration, INameTables names, DiagnosticBag diagnostics)
    {
        names.UseDirectories(configuration.GlobalDefs.IprouteEtcDirectory, configuration.GlobalDefs.IprouteUsrDirectory);
        NameResolver resolver = new(names, diagnostics);
        foreach (StaticAddress address in configuration.StaticAddresses)
            address.Check(resolver);
        configuration.StaticRoutes.RemoveAll(r => !r.Check(resolver));
        configuration.StaticRules.RemoveAll(r => !r.Check(resolver));
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
            instance.ResolveNames(resolver);
    }
}
