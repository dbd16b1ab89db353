using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Lints;

/// <summary>One line of a <c>track_*</c> list that changes the priority of an instance.</summary>
/// <param name="Word">Of the list: "track_script".</param>
/// <param name="Weight">What it adds or does not add, with the sign that <c>reverse</c> gives it; never 0.</param>
/// <param name="IsFile">What it adds is the weight times the number in a file, whatever that is.</param>
internal readonly record struct TrackerUse(string Word, string Name, int Weight, bool IsFile, SourceSpan Span)
{
    /// <summary>Those of the instance and those of its sync group, in this order. Weight 0 is a fault and no change.</summary>
    /// <remarks>Beyond <see cref="PriorityReach.MostTrackers"/> nobody looks at them, so there is one more at most.</remarks>
    /// <param name="ofGroups">What was found of groups before; many instances may be in one.</param>
    public static List<TrackerUse> Of(VrrpInstanceBlock instance, Dictionary<VrrpSyncGroupBlock, List<TrackerUse>>? ofGroups = null)
    {
        List<TrackerUse> uses = [];
        Add(uses, instance.TrackedInterfaces, instance.TrackedScripts, instance.TrackedFiles, instance.TrackedProcesses, instance.TrackedBfds);
        if (instance.SyncGroup is not { } group)
            return uses;
        if (ofGroups is null || !ofGroups.TryGetValue(group, out List<TrackerUse>? more))
        {
            more = [];
            Add(more, group.TrackedInterfaces, group.TrackedScripts, group.TrackedFiles, group.TrackedProcesses, group.TrackedBfds);
            ofGroups?.Add(group, more);
        }
        uses.AddRange(more.Take(PriorityReach.MostTrackers + 1 - uses.Count));
        return uses;
    }

    private static void Add(
        List<TrackerUse> uses, List<TrackedInterface> interfaces, List<TrackedScript> scripts, List<TrackedFile> files,
        List<TrackedProcess> processes, List<TrackedBfd> sessions)
    {
        Add(uses, "track_interface", interfaces, static line => line.IsReversed, static line => line.Spans.Weight);
        Add(uses, "track_script", scripts, static line => line.IsReversed, static line => line.Spans.Weight);
        Add(uses, "track_file", files, static line => line.IsReversed, static line => line.Spans.Weight, isFile: true);
        Add(uses, "track_process", processes, static line => line.IsReversed, static line => line.Spans.Weight);
        Add(uses, "track_bfd", sessions, static line => line.IsReversed, static line => line.Spans.Weight);
    }

    // A weight that the line takes over from what it tracks is told of at the line.
    private static void Add<T>(
        List<TrackerUse> uses, string word, List<T> lines, Func<T, bool> isReversed, Func<T, SourceSpan> weight, bool isFile = false)
        where T : ITrackLine
    {
        foreach (T line in lines)
        {
            if (uses.Count > PriorityReach.MostTrackers)
                return;
            if (line.Weight is not int amount || amount == 0)
                continue;
            SourceSpan where = weight(line);
            uses.Add(new TrackerUse(word, line.Name, isReversed(line) ? -amount : amount, isFile, where.IsGiven ? where : line.NameSpan));
        }
    }
}
