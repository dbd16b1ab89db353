using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Lints;

/// <summary>Weights that do less than they look like.</summary>
internal static class TrackerLints
{
    public static void Run(Configuration configuration, DiagnosticBag diagnostics)
    {
        Dictionary<VrrpSyncGroupBlock, List<TrackerUse>> ofGroups = [];
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
        {
            List<TrackerUse> trackers = TrackerUse.Of(instance, ofGroups);
            if (trackers.Count == 0)
                continue;
            CheckPreemption(instance, trackers[0], diagnostics);
            foreach (int useless in Useless(instance, trackers))
                ReportUseless(instance, trackers[useless], diagnostics);
        }
    }

    /// <summary>Those that never change the priority of their own instance.</summary>
    public static IEnumerable<int> Useless(VrrpInstanceBlock instance, List<TrackerUse> trackers)
    {
        if (WeightsOf(trackers) is not { } weights)
            return [];
        return Enumerable.Range(0, weights.Length).Where(i => PriorityReach.IsUseless(instance.Priority, weights, i));
    }

    /// <summary>Null where nothing can be proved: a file can hold any number.</summary>
    public static int[]? WeightsOf(List<TrackerUse> trackers)
        => trackers.Count > PriorityReach.MostTrackers || trackers.Exists(static t => t.IsFile) ? null : [.. trackers.Select(static t => t.Weight)];

    private static void CheckPreemption(VrrpInstanceBlock instance, TrackerUse tracker, DiagnosticBag diagnostics)
    {
        if (instance.PreemptMode)
            return;
        Diagnostic found = diagnostics.Report(
            DiagnosticCatalogue.WeightsWithNopreempt, instance.Spans.PreemptMode,
            $"({instance.Name}) nopreempt, and {tracker.Word} {tracker.Name} changes the priority",
            "leave the weight out if a failure is to move the addresses, and 'nopreempt' in force");
        diagnostics.Relate(found, tracker.Span, "the weight");
    }

    private static void ReportUseless(VrrpInstanceBlock instance, TrackerUse tracker, DiagnosticBag diagnostics)
    {
        Diagnostic found = diagnostics.Report(
            DiagnosticCatalogue.WeightWithoutEffect, tracker.Span,
            $"({instance.Name}) the weight of {tracker.Word} {tracker.Name} never changes the priority, which is {instance.Priority} with and without it",
            tracker.Weight > 0 ? $"lower the priority by {tracker.Weight}, or write a weight of -{tracker.Weight}" : "raise the priority, or write 'weight 0' for a fault");
        diagnostics.Relate(found, instance.Spans.Priority, "the priority");
    }
}
