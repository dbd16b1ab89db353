using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Tracking;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>Groups of instances and of interfaces: who is in them.</summary>
internal static class GroupChecks
{
    private const int FewestMembers = 2;

    public static void Run(Configuration configuration, DiagnosticBag diagnostics)
    {
        Dictionary<string, VrrpInstanceBlock> instances = [];
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
            instances.TryAdd(instance.Name, instance);
        CheckSyncGroups(configuration, instances, diagnostics);
        configuration.TrackGroups.RemoveAll(group =>
        {
            RemoveUnknown(group.Name, group.Members, instances, diagnostics);
            if (group.Members.Count > 0)
                return false;
            diagnostics.Report(DiagnosticCatalogue.TrackGroupEmpty, group.Spans.Name, $"track_group {group.Name} has no members - removing");
            return true;
        });
        CheckGarpGroups(configuration, diagnostics);
    }

    private static void CheckSyncGroups(Configuration configuration, Dictionary<string, VrrpInstanceBlock> instances, DiagnosticBag diagnostics)
    {
        Dictionary<string, (VrrpSyncGroupBlock Group, ConfigName Member)> taken = [];
        configuration.VrrpSyncGroups.RemoveAll(group =>
        {
            RemoveUnknown(group.Name, group.Members, instances, diagnostics);
            group.Members.RemoveAll(member =>
            {
                if (taken.TryAdd(member.Name, (group, member)))
                    return false;
                Diagnostic again = diagnostics.Report(
                    DiagnosticCatalogue.MemberOfTwo, member.Span, $"({group.Name}) instance {member.Name} is already in sync group {taken[member.Name].Group.Name} - ignoring");
                diagnostics.Relate(again, taken[member.Name].Member.Span, "named first here");
                return true;
            });
            if (group.Members.Count == 0)
            {
                diagnostics.Report(
                    DiagnosticCatalogue.GroupWithoutMembers, group.Spans.Name, $"Sync group {group.Name} has no virtual router(s) - removing", "name its instances in 'group { … }'");
                return true;
            }
            if (group.Members.Count < FewestMembers)
                diagnostics.Report(DiagnosticCatalogue.GroupOfOne, group.Spans.Name, $"Sync group {group.Name} has only 1 virtual router(s) - this probably isn't what you want");
            int owners = group.Members.Count(m => instances[m.Name].Priority == byte.MaxValue);
            if (owners > 0 && owners < group.Members.Count)
                diagnostics.Report(DiagnosticCatalogue.GroupOfOwners, group.Spans.Name, $"Sync group {group.Name} has some member(s) as address owner and some not as address owner. This won't work");
            return false;
        });
        bool? alert = configuration.GlobalDefs.SmtpAlertVrrp ?? configuration.GlobalDefs.SmtpAlert;
        foreach (VrrpSyncGroupBlock group in configuration.VrrpSyncGroups)
        {
            group.ChooseNotifications(alert, configuration.GlobalDefs);
            foreach (ConfigName member in group.Members)
                instances[member.Name].ChoosePriorityChanges(group.NotifyPriorityChanges);
        }
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
            instance.ChooseNotifications(alert, configuration.GlobalDefs);
    }

    private static void RemoveUnknown(string group, List<ConfigName> members, Dictionary<string, VrrpInstanceBlock> instances, DiagnosticBag diagnostics)
        => members.RemoveAll(member =>
        {
            if (instances.ContainsKey(member.Name))
                return false;
            string? near = Parsing.Spelling.Nearest(member.Name, instances.Keys);
            diagnostics.Report(
                DiagnosticCatalogue.UnknownMember, member.Span, $"Virtual router {member.Name} specified in group {group} doesn't exist - ignoring",
                near is null ? $"define 'vrrp_instance {member.Name} {{ … }}'" : $"did you mean '{near}'?");
            return true;
        });

    private static void CheckGarpGroups(Configuration configuration, DiagnosticBag diagnostics)
    {
        Dictionary<string, Text.SourceSpan> taken = [];
        configuration.GarpGroups.RemoveAll(group =>
        {
            if (group.GarpInterval is null && group.GnaInterval is null)
            {
                diagnostics.Report(
                    DiagnosticCatalogue.GarpGroupWithoutInterval, group.Spans.Block, "garp_group has no garp_interval and no gna_interval - removing", "add 'garp_interval SECONDS'");
                return true;
            }
            if (group.GarpInterval is { WholeSeconds: >= 1 })
                diagnostics.Report(DiagnosticCatalogue.LongGarpInterval, group.Spans.GarpInterval, $"garp_interval of {group.GarpInterval} s is a second or more");
            if (group.GnaInterval is { WholeSeconds: >= 1 })
                diagnostics.Report(DiagnosticCatalogue.LongGarpInterval, group.Spans.GnaInterval, $"gna_interval of {group.GnaInterval} s is a second or more");
            if (group.Interface is string single && IsTaken(single, group.Spans.Interface))
                group.DropInterface();
            group.Interfaces.RemoveAll(name => IsTaken(name.Name, name.Span));
            return false;
        });

        bool IsTaken(string name, Text.SourceSpan span)
        {
            if (taken.TryAdd(name, span))
                return false;
            Diagnostic again = diagnostics.Report(DiagnosticCatalogue.GarpGroupInterface, span, $"interface {name} is in a garp_group already - ignoring");
            diagnostics.Relate(again, taken[name], "named first here");
            return true;
        }
    }
}
