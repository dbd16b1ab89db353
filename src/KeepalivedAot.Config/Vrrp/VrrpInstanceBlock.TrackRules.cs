using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Tracking;

namespace KeepalivedAot.Config.Vrrp;

public sealed partial class VrrpInstanceBlock
{
    /// <summary>The group it is in; null when it is in none.</summary>
    public VrrpSyncGroupBlock? SyncGroup { get; internal set; }

    /// <summary>Drops what cannot be tracked; groups are settled by then.</summary>
    internal void CheckTracked(Trackers trackers, LostBlocks lost, DiagnosticBag diagnostics)
    {
        if (_trackedInterfaces is not null)
        {
            TrackLines.Check(_trackedInterfaces, Name, "track_interface", "track interface", trackers, lost, diagnostics);
            _trackedInterfaces.RemoveAll(line => IsOwnInterface(line, diagnostics));
        }
        if (_trackedScripts is not null)
            TrackLines.Check(_trackedScripts, Name, "track_script", "track script", trackers, lost, diagnostics);
        if (_trackedFiles is not null)
            TrackLines.Check(_trackedFiles, Name, "track_file", "track file", trackers, lost, diagnostics);
        if (_trackedProcesses is not null)
            TrackLines.Check(_trackedProcesses, Name, "track_process", "track process", trackers, lost, diagnostics);
        if (_trackedBfds is not null)
            TrackLines.Check(_trackedBfds, Name, "track_bfd", "track bfd", trackers, lost, diagnostics);
        CheckWeights(diagnostics);
        if (_trackedInterfaces is not null && SyncGroup is not null)
            TrackLines.CheckAgainstGroup(_trackedInterfaces, SyncGroup, Name, diagnostics);
    }

    private bool IsOwnInterface(TrackedInterface line, DiagnosticBag diagnostics)
    {
        if (line.Name != Interface)
            return false;
        Diagnostic own = Report(
            diagnostics, DiagnosticCatalogue.TrackedOwnInterface, line.Spans.Name, $"({Name}) Ignoring track_interface {line.Name} since own interface",
            "leave it out");
        diagnostics.Relate(own, _spans.Interface, "its interface");
        return true;
    }

    private void CheckWeights(DiagnosticBag diagnostics)
    {
        if (SyncGroup is { TracksWeights: false })
            DropWeights("SYNC group", diagnostics);
        else if (IsOwner)
            DropWeights("address owner", diagnostics);
    }

    private void DropWeights(string why, DiagnosticBag diagnostics)
    {
        // An interface with a weight is a fault to a member, and nothing to an owner.
        _trackedInterfaces?.RemoveAll(line => IsWeightOfInterfaceIgnored(line, diagnostics));
        // A file that nobody has given a weight has 1, which is not meant as such; keepalived does not look whether it was given.
        foreach (TrackedFile line in _trackedFiles ?? [])
        {
            if (line.Weight != TrackFileBlock.UsualWeight)
                continue;
            Report(
                diagnostics, DiagnosticCatalogue.WeightIgnored, line.Spans.Name,
                $"({Name}) ignoring weight from tracked file {line.Name} due to {why}. specify weight 0", $"write '{line.Name} weight 0'");
            ((ITrackLine)line).DropWeight();
        }
        _trackedScripts?.RemoveAll(line => IsWeightIgnored(line, "tracked script", why, diagnostics));
        _trackedFiles?.RemoveAll(line => IsWeightIgnored(line, "tracked file", why, diagnostics));
        _trackedProcesses?.RemoveAll(line => IsWeightIgnored(line, "tracked process", why, diagnostics));
        _trackedBfds?.RemoveAll(line => IsWeightIgnored(line, "tracked bfd", why, diagnostics));
    }

    private bool IsWeightOfInterfaceIgnored(TrackedInterface line, DiagnosticBag diagnostics)
    {
        if (line.Weight == 0)
            return false;
        bool isMember = SyncGroup is { TracksWeights: false };
        Report(
            diagnostics, DiagnosticCatalogue.WeightIgnored, line.Spans.Weight,
            isMember
                ? $"({Name}) ignoring {line.Name} tracked interface weight due to SYNC group"
                : $"({Name}) ignoring {line.Name} tracked interface due to address owner");
        ((ITrackLine)line).DropWeight();
        return !isMember;
    }

    private bool IsWeightIgnored(ITrackLine line, string what, string why, DiagnosticBag diagnostics)
    {
        if (line.Weight == 0)
            return false;
        Report(
            diagnostics, DiagnosticCatalogue.WeightIgnored, line.NameSpan,
            $"({Name}) ignoring {what} {line.Name} with {(line is TrackedFile ? $"weight {line.Weight}" : "weights")} due to {why}",
            SyncGroup is { TracksWeights: false } ? "track it in the group, or write 'sync_group_tracking_weight' there" : "leave it out, or write 'weight 0'");
        return true;
    }
}
