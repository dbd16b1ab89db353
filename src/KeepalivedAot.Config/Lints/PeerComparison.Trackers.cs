using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Lints;

// What weights do to the election, which one file cannot say.
public static partial class PeerComparison
{
    private static void CompareWeights(List<PeerInstance> router)
    {
        foreach (PeerInstance peer in router)
        {
            List<TrackerUse> trackers = TrackerUse.Of(peer.Block);
            if (TrackerLints.WeightsOf(trackers) is not { Length: > 0 } weights)
                continue;
            List<(PeerInstance Peer, HashSet<int> Reach)> others = [];
            foreach (PeerInstance other in router)
            {
                if (other != peer && ReachOf(other) is { } reach)
                    others.Add((other, reach));
            }
            // A peer of which nothing can be said can be anywhere.
            if (others.Count < router.Count - 1)
                continue;
            for (int i = 0; i < weights.Length; i++)
            {
                // What changes nothing on its own router has been said of that file.
                if (!PriorityReach.IsUseless(peer.Block.Priority, weights, i)
                    && others.TrueForAll(other => PriorityReach.NeverDecides(peer.Block.Priority, weights, i, other.Reach, Tie(peer, other.Peer))))
                {
                    ReportWeight(peer, trackers[i], weights, others[0].Peer, others[0].Reach);
                }
            }
        }
    }

    private static void ReportWeight(PeerInstance peer, TrackerUse tracker, int[] weights, PeerInstance other, HashSet<int> reach)
    {
        HashSet<int> own = PriorityReach.Of(peer.Block.Priority, weights);
        string sign = tracker.Weight > 0 ? "+" : "";
        peer.Report(
            DiagnosticCatalogue.WeightWithoutFailover, tracker.Span,
            $"{sign}{tracker.Weight} of {tracker.Word} {tracker.Name} never changes who is active: {Range(own)} here, {Range(reach)} in {other.Path}",
            other, PrioritySpan(other), $"priority {other.Block.Priority} here", HowToDecide(peer, tracker, weights, other, reach));
    }

    // Exact where there is one weight against one priority; else whoever wrote the weights knows which of them is to grow.
    private static string HowToDecide(PeerInstance peer, TrackerUse tracker, int[] weights, PeerInstance other, HashSet<int> reach)
    {
        int distance = peer.Block.Priority - other.Block.Priority;
        bool isTowards = Math.Sign(distance) == -Math.Sign(tracker.Weight);
        if (weights.Length == 1 && reach.Count == 1 && isTowards && Math.Abs(distance) < byte.MaxValue - 1)
            return $"make the weight larger than the distance of the priorities, which is {Math.Abs(distance)}, or 0 for a fault";
        return "make the weight larger than the distance of the priorities, or 0 for a fault";
    }

    private static HashSet<int>? ReachOf(PeerInstance peer)
        => TrackerLints.WeightsOf(TrackerUse.Of(peer.Block)) is { } weights ? PriorityReach.Of(peer.Block.Priority, weights) : null;

    private static bool HasWeights(PeerInstance peer) => TrackerUse.Of(peer.Block).Count > 0;

    private static int Tie(PeerInstance peer, PeerInstance other)
        => peer.Block.Source.IsNone || other.Block.Source.IsNone ? 0 : Math.Sign(peer.Block.Source.CompareTo(other.Block.Source));

    private static string Range(HashSet<int> priorities) => priorities.Count == 1 ? $"{priorities.First()}" : $"{priorities.Min()} to {priorities.Max()}";
}
