using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.VirtualServers;

/// <summary>What can only be told when the whole file has been read.</summary>
internal static class VirtualServerChecks
{
    public static void Run(Configuration configuration, DiagnosticBag diagnostics)
    {
        configuration.VirtualServerGroups.RemoveAll(group =>
        {
            if (group.Entries.Count > 0)
                return false;
            diagnostics.Report(DiagnosticCatalogue.EmptyGroup, group.Spans.Name, $"virtual server group {group.Name} has no entries - removing");
            return true;
        });
        HashSet<string> groups = [.. configuration.VirtualServerGroups.Select(static g => g.Name)];
        configuration.VirtualServers.RemoveAll(service => IsUseless(service, groups, diagnostics));
        bool? alert = configuration.GlobalDefs.SmtpAlertChecker ?? configuration.GlobalDefs.SmtpAlert;
        foreach (VirtualServerBlock service in configuration.VirtualServers)
            service.ChooseAlert(alert);
    }

    private static bool IsUseless(VirtualServerBlock service, HashSet<string> groups, DiagnosticBag diagnostics)
    {
        if (service.Address.Group is string group && !groups.Contains(group))
        {
            string? near = Parsing.Spelling.Nearest(group, groups);
            diagnostics.Report(
                DiagnosticCatalogue.UnknownGroup, service.Address.Spans.Group, $"Virtual server group {group} specified but not configured - ignoring virtual server",
                near is null ? $"define 'virtual_server_group {group} {{ … }}'" : $"did you mean '{near}'?");
            return true;
        }
        if (service.HasServers)
            return false;
        diagnostics.Report(
            DiagnosticCatalogue.ServiceWithoutServers, service.Spans.Block, $"Virtual server {service.DisplayName} has no real servers - ignoring", "add 'real_server ADDRESS PORT { … }'");
        return true;
    }
}
