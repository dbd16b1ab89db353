using KeepalivedAot.Base.Net;
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
            if (group.Entries.Count > 0 && !HasMarkOfAnyFamily(group, diagnostics))
                return false;
            configuration.Lost.Add("virtual_server_group", group.Name);
            diagnostics.ReportUnless(
                group.Entries.Count > 0 || group.Spans.HasMistake(nameof(group.Entries)), DiagnosticCatalogue.EmptyGroup, group.Spans.Name, $"virtual server group {group.Name} has no entries - removing");
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

    private static bool HasMarkOfAnyFamily(VirtualServerGroupBlock group, DiagnosticBag diagnostics)
    {
        if (group.Has(AddressFamily.IPv4) is not { } first || group.Has(AddressFamily.IPv6) is not { } other || group.Has(AddressFamily.None) is not { } mark)
            return false;
        Diagnostic mixed = diagnostics.Report(
            DiagnosticCatalogue.GroupFamily, mark.Spans.Mark,
            $"virtual server group {group.Name} cannot have IPv4, IPv6 and fwmark without family - removing",
            $"write 'fwmark {mark.Mark!.Value.Mark} inet' or 'fwmark {mark.Mark.Value.Mark} inet6', or make a group for each family");
        diagnostics.Relate(mixed, first.Place, "IPv4 here");
        diagnostics.Relate(mixed, other.Place, "IPv6 here");
        return true;
    }

    private static bool IsUseless(
        VirtualServerBlock service, Dictionary<string, VirtualServerGroupBlock> groups, LostBlocks lost, DiagnosticBag diagnostics)
    {
        if (service.Address.Group is string name && !CanServe(service, name, groups, lost, diagnostics))
            return true;
        if (service.HasServers)
            return false;
        diagnostics.ReportUnless(
            service.Spans.HasMistake(nameof(service.RealServers)), DiagnosticCatalogue.ServiceWithoutServers, service.Spans.Block, $"Virtual server {service.DisplayName} has no real servers - ignoring", "add 'real_server ADDRESS PORT { … }'");
        return true;
    }

    private static bool CanServe(
        VirtualServerBlock service, string name, Dictionary<string, VirtualServerGroupBlock> groups, LostBlocks lost, DiagnosticBag diagnostics)
    {
        if (!groups.TryGetValue(name, out VirtualServerGroupBlock? group))
        {
            string? near = diagnostics.IsFull ? null : Spelling.Nearest(name, groups.Keys);
            diagnostics.ReportUnless(
                lost.Contains("virtual_server_group", name), DiagnosticCatalogue.UnknownGroup, service.Address.Spans.Group, $"Virtual server group {name} specified but not configured - ignoring virtual server",
                near is null ? $"define 'virtual_server_group {name} {{ … }}'" : $"did you mean '{near}'?");
            return false;
        }
        if (service.FindForeign(group) is not { } foreign)
            return true;
        bool isIPv6 = service.Family == AddressFamily.IPv6;
        Diagnostic other = diagnostics.Report(
            DiagnosticCatalogue.GroupOfOtherFamily, service.Address.Spans.Group,
            $"{name}: address family doesn't match virtual server {service.DisplayName} - ignoring",
            $"make a group of IPv{(isIPv6 ? 6 : 4)} only, or reach all its servers by TUN without naming a family");
        diagnostics.Relate(other, foreign.Place, $"IPv{(isIPv6 ? 4 : 6)} here");
        return false;
    }
}
