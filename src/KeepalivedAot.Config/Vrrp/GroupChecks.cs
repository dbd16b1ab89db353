using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Routing;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Tracking;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>What instances, groups and what they track mean together.</summary>
internal static class GroupChecks
{
    private const string UsualVmacPrefix = "vrrp";

    public static void Run(Configuration configuration, DiagnosticBag diagnostics)
    {
        ResolveGroups(configuration, diagnostics);
        ChooseNotifications(configuration);
        foreach (VrrpSyncGroupBlock group in configuration.VrrpSyncGroups)
            group.CheckTracked(configuration.Trackers, configuration.Lost, diagnostics);
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
        {
            if (instance.TracksAnything)
                instance.CheckTracked(configuration.Trackers, configuration.Lost, diagnostics);
        }
        CheckScripts(configuration, diagnostics);
        ListOwnDevices(configuration, diagnostics);
        CheckGarpGroups(configuration, diagnostics);
        configuration.TrackFiles.RemoveAll(static f => !f.IsUsable);
        configuration.TrackProcesses.RemoveAll(static p => !p.IsUsable);
        configuration.BfdInstances.RemoveAll(static b => !b.IsUsable);
    }

    private static void ResolveGroups(Configuration configuration, DiagnosticBag diagnostics)
    {
        if (configuration.VrrpSyncGroups.Count + configuration.TrackGroups.Count == 0)
            return;
        Dictionary<string, VrrpInstanceBlock> instances = new(configuration.VrrpInstances.Count);
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
            instances.Add(instance.Name, instance);
        configuration.VrrpSyncGroups.RemoveAll(group => !group.Resolve(instances, configuration.Lost, diagnostics));
        if (configuration.TrackGroups.RemoveAll(group => !Resolve(group, instances, configuration.Lost, diagnostics)) > 0)
            DropRemovedGroups(configuration);
    }

    // What names a group that is gone has none; that it is gone has been said.
    private static void DropRemovedGroups(Configuration configuration)
    {
        HashSet<string> left = [.. configuration.TrackGroups.Select(static group => group.Name)];
        foreach (StaticAddress address in configuration.StaticAddresses.Where(a => IsGone(a.TrackGroup)))
            address.DropTrackGroup();
        foreach (StaticRoute route in configuration.StaticRoutes.Where(r => IsGone(r.TrackGroup)))
            route.DropTrackGroup();
        foreach (StaticRule rule in configuration.StaticRules.Where(r => IsGone(r.TrackGroup)))
            rule.DropTrackGroup();

        bool IsGone(string? name) => name is not null && !left.Contains(name);
    }

    private static void ChooseNotifications(Configuration configuration)
    {
        GlobalDefsBlock globals = configuration.GlobalDefs;
        bool alert = globals.SmtpAlertVrrp ?? globals.SmtpAlert ?? false;
        foreach (VrrpSyncGroupBlock group in configuration.VrrpSyncGroups)
            group.ChooseNotifications(alert, globals);
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
            instance.ChooseNotifications(alert, globals);
    }

    private static bool Resolve(
        TrackGroupBlock group, Dictionary<string, VrrpInstanceBlock> instances, LostBlocks lost, DiagnosticBag diagnostics)
    {
        bool isSaid = group.Spans.HasMistake(nameof(group.Members)) || group.Members.Count > 0 || group.Spans.Members.IsGiven;
        foreach (ConfigName member in group.Members.Where(m => !instances.ContainsKey(m.Name)))
        {
            diagnostics.ReportUnless(
                lost.Contains("vrrp_instance", member.Name), DiagnosticCatalogue.TrackGroupMember, member.Span, $"vrrp instance {member.Name} in track_group {group.Name} doesn't exist - ignoring");
        }
        if (group.Members.Count == 0 && group.Spans.Members.IsGiven)
        {
            diagnostics.ReportUnless(
                group.Spans.HasMistake(nameof(group.Members)), DiagnosticCatalogue.TrackGroupBlockEmpty, group.Spans.Members, $"track group {group.Name} has empty group block", "write 'group { INSTANCE }'");
        }
        group.Members.RemoveAll(m => !instances.ContainsKey(m.Name));
        if (group.Members.Count > 0)
            return true;
        diagnostics.ReportUnless(
            isSaid, DiagnosticCatalogue.TrackGroupEmpty, group.Spans.Block, $"track_group {group.Name} has no vrrp instances - removing", "name them in 'group { … }'");
        return false;
    }

    private static void CheckScripts(Configuration configuration, DiagnosticBag diagnostics)
    {
        configuration.VrrpScripts.RemoveAll(static s => !s.IsUsable);
        // What was dropped because of its weight is no use: keepalived does not run it either.
        foreach (VrrpSyncGroupBlock group in configuration.VrrpSyncGroups)
            NoteUses(group.TrackedScripts);
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
        {
            if (instance.TracksAnything)
                NoteUses(instance.TrackedScripts);
        }
        foreach (VrrpScriptBlock script in configuration.VrrpScripts.Where(static s => !s.IsUsed))
        {
            diagnostics.Report(
                DiagnosticCatalogue.ScriptUnused, script.Spans.Block, $"script {script.Name} is not used",
                "name it in a 'track_script { … }', or leave it out");
        }
    }

    private static void NoteUses(List<TrackedScript> lines)
    {
        foreach (TrackedScript line in lines)
            line.Script?.NoteUse();
    }

    private static void ListOwnDevices(Configuration configuration, DiagnosticBag diagnostics)
    {
        Dictionary<string, string> takenBy = [];
        int[] next = new int[byte.MaxValue + 1];
        string prefix = configuration.GlobalDefs.VmacPrefix ?? UsualVmacPrefix;
        string addressPrefix = configuration.GlobalDefs.VmacAddressPrefix ?? prefix;
        Dictionary<(string, MacAddress), string> macAddresses = [];
        // First come all names that are given, then those that are made up.
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
            instance.TakeGivenName(takenBy, diagnostics);
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
            instance.ListOwnDevices(takenBy, next, prefix, addressPrefix);
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
            instance.CheckMacAddresses(macAddresses, diagnostics);
    }

    private static void CheckGarpGroups(Configuration configuration, DiagnosticBag diagnostics)
    {
        Dictionary<string, SourceSpan> seen = [];
        int number = 0;
        configuration.GarpGroups.RemoveAll(group => !group.Normalise(number++, seen, diagnostics));
    }
}
