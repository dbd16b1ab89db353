using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Tracking;

/// <summary>What becomes of lines that track something, and of definitions that nobody can or does track.</summary>
internal static class TrackingChecks
{
    public static void Run(Configuration configuration, DiagnosticBag diagnostics)
    {
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
        {
            CheckInterfaces(instance.Name, instance.TrackedInterfaces, instance, diagnostics);
            Check(configuration, diagnostics, instance.Name, instance.TrackedScripts, instance.TrackedFiles, instance.TrackedProcesses, instance.TrackedBfds);
        }
        foreach (VrrpSyncGroupBlock group in configuration.VrrpSyncGroups)
        {
            CheckInterfaces(group.Name, group.TrackedInterfaces, null, diagnostics);
            Check(configuration, diagnostics, group.Name, group.TrackedScripts, group.TrackedFiles, group.TrackedProcesses, group.TrackedBfds);
            if (!group.TracksWeights)
                DropWeights(group, diagnostics);
        }
        configuration.TrackFiles.RemoveAll(static f => !f.IsUsable);
        configuration.TrackProcesses.RemoveAll(static p => !p.IsUsable);
        configuration.BfdInstances.RemoveAll(static b => !b.IsUsable);
        configuration.VrrpScripts.RemoveAll(script => IsUseless(script, diagnostics));
    }

    private static void Check(
        Configuration configuration, DiagnosticBag diagnostics, string owner,
        List<TrackedScript> scripts, List<TrackedFile> files, List<TrackedProcess> processes, List<TrackedBfd> sessions)
    {
        Trackers trackers = configuration.Trackers;
        TrackLines.Check(scripts, owner, "track_script", "track script", trackers.PlaceOfScript, diagnostics);
        TrackLines.Check(files, owner, "track_file", "track file", trackers.PlaceOfFile, diagnostics);
        TrackLines.Check(processes, owner, "track_process", "track process", trackers.PlaceOfProcess, diagnostics);
        TrackLines.Check(sessions, owner, "track_bfd", "track BFD", trackers.PlaceOfBfd, diagnostics);
    }

    private static void CheckInterfaces(string owner, List<TrackedInterface> lines, VrrpInstanceBlock? instance, DiagnosticBag diagnostics)
    {
        TrackLines.Check(lines, owner, "track_interface", "interface", static _ => default, diagnostics);
        if (instance?.Interface is not string own || instance.DontTrackPrimary)
            return;
        lines.RemoveAll(line =>
        {
            if (line.Name != own)
                return false;
            Diagnostic again = diagnostics.Report(
                DiagnosticCatalogue.TrackedOwnInterface, line.Spans.Name, $"({owner}) own interface {own} is tracked anyway - ignoring", "leave the line out");
            diagnostics.Relate(again, instance.Spans.Interface, "the interface of the instance");
            return true;
        });
    }

    // Members have priorities of their own, which a group changes only when it is told to.
    private static void DropWeights(VrrpSyncGroupBlock group, DiagnosticBag diagnostics)
    {
        foreach (ITrackLine line in AllLines(group))
        {
            if (line.Weight is null or 0)
                continue;
            diagnostics.Report(
                DiagnosticCatalogue.WeightIgnored, line.NameSpan, $"({group.Name}) ignoring weight of {line.Name} as sync group has no sync_group_tracking_weight",
                "add 'sync_group_tracking_weight', or leave the weight out");
            line.DropWeight();
        }
    }

    private static IEnumerable<ITrackLine> AllLines(VrrpSyncGroupBlock group)
        => group.TrackedInterfaces.Cast<ITrackLine>().Concat(group.TrackedScripts).Concat(group.TrackedFiles)
            .Concat(group.TrackedProcesses).Concat(group.TrackedBfds);

    private static bool IsUseless(VrrpScriptBlock script, DiagnosticBag diagnostics)
    {
        if (script.Script is null)
            return true;
        if (script.IsUsed)
            return false;
        diagnostics.Report(
            DiagnosticCatalogue.ScriptUnused, script.Spans.Name, $"Warning - script {script.Name} is not used", $"add '{script.Name}' to a 'track_script {{ … }}', or leave it out");
        return true;
    }
}
