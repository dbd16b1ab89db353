using System.Globalization;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Tracking;

namespace KeepalivedAot.Config.Vrrp;

public sealed partial class VrrpSyncGroupBlock
{
    private const byte OwnerPriority = 255;

    private Dictionary<string, TrackedInterface>? _interfacesByName;

    /// <summary>Keeps the members that exist and are in no other group; false, and said, when none is left.</summary>
    /// <param name="lost">Instances that are not there, which has been said.</param>
    internal bool Resolve(
        IReadOnlyDictionary<string, VrrpInstanceBlock> instances, LostBlocks lost, DiagnosticBag diagnostics)
    {
        if (Members.Count == 0)
        {
            diagnostics.ReportUnless(
                _spans.HasMistake(nameof(Members)), DiagnosticCatalogue.GroupWithoutMembers, _spans.Block, $"Sync group {Name} has no virtual router(s). removing", "name them in 'group { … }'");
            return false;
        }
        // Why a member is left out is said; that fewer are left follows from it.
        bool isSaid = Members.RemoveAll(member => !TryJoin(member, instances, lost, diagnostics)) > 0;
        if (Members.Count == 0)
        {
            diagnostics.ReportUnless(
                isSaid, DiagnosticCatalogue.GroupWithoutMembers, _spans.Members,
                $"Sync group {Name}, no matching virtual router found in group declaration - removing");
            return false;
        }
        if (Members.Count == 1)
        {
            diagnostics.ReportUnless(
                isSaid, DiagnosticCatalogue.GroupOfOne, _spans.Members, $"Sync group {Name} has only 1 virtual router(s) - this probably isn't what you want");
        }
        CheckOwners(instances, diagnostics);
        return true;
    }

    /// <summary>Drops lines that cannot be tracked.</summary>
    internal void CheckTracked(Trackers trackers, LostBlocks lost, DiagnosticBag diagnostics)
    {
        TrackLines.Check(TrackedInterfaces, Name, "track_interface", "track interface", trackers, lost, diagnostics);
        TrackLines.Check(TrackedScripts, Name, "track_script", "track script", trackers, lost, diagnostics);
        TrackLines.Check(TrackedFiles, Name, "track_file", "track file", trackers, lost, diagnostics);
        TrackLines.Check(TrackedProcesses, Name, "track_process", "track process", trackers, lost, diagnostics);
        TrackLines.Check(TrackedBfds, Name, "track_bfd", "track bfd", trackers, lost, diagnostics);
    }

    /// <summary>The line of an interface; null when it is not tracked. After <see cref="CheckTracked"/>.</summary>
    internal TrackedInterface? FindTrackedInterface(string name)
    {
        _interfacesByName ??= TrackedInterfaces.ToDictionary(static line => line.Name);
        return _interfacesByName.GetValueOrDefault(name);
    }

    private bool TryJoin(
        ConfigName member, IReadOnlyDictionary<string, VrrpInstanceBlock> instances, LostBlocks lost, DiagnosticBag diagnostics)
    {
        if (!instances.TryGetValue(member.Name, out VrrpInstanceBlock? instance))
        {
            string? near = diagnostics.IsFull ? null : Spelling.Nearest(member.Name, instances.Keys);
            diagnostics.ReportUnless(
                lost.Contains("vrrp_instance", member.Name), DiagnosticCatalogue.UnknownMember, member.Span, $"Virtual router {member.Name} specified in sync group {Name} doesn't exist - ignoring",
                near is null ? $"define 'vrrp_instance {member.Name} {{ … }}'" : $"did you mean '{near}'?");
            return false;
        }
        if (instance.SyncGroup is VrrpSyncGroupBlock other)
        {
            Diagnostic second = diagnostics.Report(
                DiagnosticCatalogue.MemberOfTwo, member.Span, $"Virtual router {member.Name} cannot exist in more than one sync group; ignoring {Name}");
            if (!diagnostics.IsFull)
                diagnostics.Relate(second, other.Members.Find(m => m.Name == member.Name).Span, "it is a member here");
            return false;
        }
        instance.SyncGroup = this;
        return true;
    }

    private void CheckOwners(IReadOnlyDictionary<string, VrrpInstanceBlock> instances, DiagnosticBag diagnostics)
    {
        int owners = Members.Count(m => instances[m.Name].Priority == OwnerPriority);
        if (owners == 0 || owners == Members.Count)
            return;
        diagnostics.Report(
            DiagnosticCatalogue.GroupOfOwners, _spans.Members,
            string.Create(CultureInfo.InvariantCulture, $"Sync group {Name} has {owners} address owner(s) (priority 255) among its {Members.Count} members"),
            "give all of them priority 255, or none");
    }
}
