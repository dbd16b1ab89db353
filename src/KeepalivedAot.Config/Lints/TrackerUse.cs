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
    public static List<TrackerUse> Of(Configuration configuration, VrrpInstanceBlock instance)
    {
        List<TrackerUse> uses = [];
        Add(uses, instance.TrackedInterfaces, instance.TrackedScripts, instance.TrackedFiles, instance.TrackedProcesses, instance.TrackedBfds);
        if (GroupOf(configuration, instance) is { } group)
            Add(uses, group.TrackedInterfaces, group.TrackedScripts, group.TrackedFiles, group.TrackedProcesses, group.TrackedBfds);
        return uses;
    }

    /// <summary>The sync group that an instance belongs to; null for none.</summary>
    public static VrrpSyncGroupBlock? GroupOf(Configuration configuration, VrrpInstanceBlock instance)
        => configuration.VrrpSyncGroups.Find(group => group.Members.Exists(member => member.Name == instance.Name));

    private static void Add(
        List<TrackerUse> uses, List<TrackedInterface> interfaces, List<TrackedScript> scripts, List<TrackedFile> files,
        List<TrackedProcess> processes, List<TrackedBfd> sessions)
    {
        foreach (TrackedInterface line in interfaces)
            Add(uses, "track_interface", line, line.IsReversed, line.Spans.Weight);
        foreach (TrackedScript line in scripts)
            Add(uses, "track_script", line, line.IsReversed, line.Spans.Weight);
        foreach (TrackedFile line in files)
            Add(uses, "track_file", line, line.IsReversed, line.Spans.Weight, isFile: true);
        foreach (TrackedProcess line in processes)
            Add(uses, "track_process", line, line.IsReversed, line.Spans.Weight);
        foreach (TrackedBfd line in sessions)
            Add(uses, "track_bfd", line, line.IsReversed, line.Spans.Weight);
    }

    // A weight that the line takes over from what it tracks is told of at the line.
    private static void Add(List<TrackerUse> uses, string word, ITrackLine line, bool isReversed, SourceSpan weight, bool isFile = false)
    {
        if (line.Weight is int amount and not 0)
            uses.Add(new TrackerUse(word, line.Name, isReversed ? -amount : amount, isFile, weight.IsGiven ? weight : line.NameSpan));
    }
}
