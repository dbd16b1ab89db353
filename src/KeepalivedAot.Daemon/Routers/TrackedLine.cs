using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Tracking;
using TrackerWeight = KeepalivedAot.Tracking.TrackerWeight;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>One line of a <c>track_*</c> list, whatever its kind.</summary>
internal readonly record struct TrackedLine(TrackerId Id, TrackerWeight Weight)
{
    /// <summary>What an instance tracks: the lines of its sync group, which matter to every member, and its own for other things.</summary>
    public static IEnumerable<TrackedLine> Of(VrrpInstanceBlock block)
    {
        IEnumerable<TrackedLine> own = block.TracksAnything
            ? Of(block.TrackedInterfaces, block.TrackedScripts, block.TrackedFiles, block.TrackedProcesses, block.TrackedBfds) : [];
        // As keepalived 2.2.7 was seen to do: of two lines for one thing the group's counts, whatever their weights.
        return block.SyncGroup is { } group ? Of(group).Concat(own).DistinctBy(static line => line.Id) : own;
    }

    private static IEnumerable<TrackedLine> Of(VrrpSyncGroupBlock group)
        => Of(group.TrackedInterfaces, group.TrackedScripts, group.TrackedFiles, group.TrackedProcesses, group.TrackedBfds);

    private static IEnumerable<TrackedLine> Of(
        IEnumerable<TrackedInterface> interfaces, IEnumerable<TrackedScript> scripts, IEnumerable<TrackedFile> files,
        IEnumerable<TrackedProcess> processes, IEnumerable<TrackedBfd> sessions)
        => interfaces.Select(static line => Of(TrackerKind.Interface, line, line.IsReversed))
            .Concat(scripts.Select(static line => Of(TrackerKind.Script, line, line.IsReversed)))
            .Concat(files.Select(static line => Of(TrackerKind.File, line, line.IsReversed)))
            .Concat(processes.Select(static line => Of(TrackerKind.Process, line, line.IsReversed)))
            .Concat(sessions.Select(static line => Of(TrackerKind.Bfd, line, line.IsReversed)));

    private static TrackedLine Of(TrackerKind kind, ITrackLine line, bool isReversed)
        => new(new TrackerId(kind, line.Name), new TrackerWeight(line.Weight ?? 0, isReversed));
}
