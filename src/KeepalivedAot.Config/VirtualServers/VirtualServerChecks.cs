using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;

namespace KeepalivedAot.Config.VirtualServers;

/// <summary>What can only be told when the whole file has been read.</summary>
internal static class VirtualServerChecks
{
    public static void Run(Configuration configuration, bool keepsServers, DiagnosticBag diagnostics)
    {
        configuration.VirtualServerGroups.RemoveAll(group =>
        {
            if (group.Entries.Count > 0)
                return false;
            configuration.Lost.Add("virtual_server_group", group.Name);
            diagnostics.ReportUnless(
                group.Spans.HasMistake(nameof(group.Entries)), DiagnosticCatalogue.EmptyGroup, group.Spans.Name, $"virtual server group {group.Name} has no entries - removing");
            return true;
        });
        Dictionary<string, VirtualServerGroupBlock> groups = [];
        foreach (VirtualServerGroupBlock group in configuration.VirtualServerGroups)
            groups.TryAdd(group.Name, group);
        configuration.VirtualServers.RemoveAll(service => IsUseless(service, groups, configuration.Lost, diagnostics));
        bool? alert = configuration.GlobalDefs.SmtpAlertChecker ?? configuration.GlobalDefs.SmtpAlert;
        foreach (VirtualServerBlock service in configuration.VirtualServers)
        {
            if (service.Address.Group is string group)
                service.CheckGroup(groups[group], diagnostics);
            service.ChooseAlert(alert);
            if (!keepsServers)
                service.ForgetServers();
        }
    }

    private static bool IsUseless(
        VirtualServerBlock service, Dictionary<string, VirtualServerGroupBlock> groups, LostBlocks lost, DiagnosticBag diagnostics)
    {
        if (service.Address.Group is string group && !groups.ContainsKey(group))
        {
            string? near = diagnostics.IsFull ? null : Spelling.Nearest(group, groups.Keys);
            diagnostics.ReportUnless(
                lost.Contains("virtual_server_group", group), DiagnosticCatalogue.UnknownGroup, service.Address.Spans.Group, $"Virtual server group {group} specified but not configured - ignoring virtual server",
                near is null ? $"define 'virtual_server_group {group} {{ … }}'" : $"did you mean '{near}'?");
            return true;
        }
        if (service.HasServers)
            return false;
        diagnostics.ReportUnless(
            !service.MissesServers, DiagnosticCatalogue.ServiceWithoutServers, service.Spans.Block, $"Virtual server {service.DisplayName} has no real servers - ignoring", "add 'real_server ADDRESS PORT { … }'");
        return true;
    }
}
