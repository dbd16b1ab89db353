using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Lints;

// Sync groups: all or nothing, on each router by itself.
public static partial class PeerComparison
{
    private static void CompareGroups(List<List<PeerInstance>> routers, LoadResult[] files)
    {
        for (int i = 1; i < files.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                List<(PeerInstance Here, PeerInstance There)> pairs = [];
                foreach (List<PeerInstance> router in routers)
                {
                    if (router.Find(peer => peer.File == files[i]) is { } here && router.Find(peer => peer.File == files[j]) is { } there)
                        pairs.Add((here, there));
                }
                CompareGroups(pairs);
            }
        }
    }

    private static void CompareGroups(List<(PeerInstance Here, PeerInstance There)> pairs)
    {
        foreach ((PeerInstance Here, PeerInstance There)[] members in GroupedHere(pairs))
        {
            if (!ReportApart(members))
                CheckOrder(members);
        }
        foreach ((PeerInstance Here, PeerInstance There)[] members in GroupedHere(pairs.ConvertAll(static pair => (pair.There, pair.Here))))
            ReportApart(members);
    }

    private static IEnumerable<(PeerInstance Here, PeerInstance There)[]> GroupedHere(List<(PeerInstance Here, PeerInstance There)> pairs)
        => pairs.GroupBy(static pair => GroupOf(pair.Here)).Where(static group => group.Key is not null && group.Count() > 1).Select(static group => group.ToArray());

    // Members of one group here that are not of one group there.
    private static bool ReportApart((PeerInstance Here, PeerInstance There)[] members)
    {
        VrrpSyncGroupBlock? there = GroupOf(members[0].There);
        (PeerInstance Here, PeerInstance There) other = Array.Find(members[1..], pair => there is null || GroupOf(pair.There) != there);
        if (other.Here is null)
            return false;
        (PeerInstance here, PeerInstance peer) = members[0];
        VrrpSyncGroupBlock group = GroupOf(here)!;
        here.Report(
            DiagnosticCatalogue.GroupOnOneOnly, group.Spans.Name, $"in sync group {group.Name} with {other.Here.Block.Name}, but not in {peer.Path}",
            peer, default, $"{peer.Block.Name} there", "write the same sync groups on all routers");
        return true;
    }

    private static void CheckOrder((PeerInstance Here, PeerInstance There)[] members)
    {
        if (Array.Exists(members, static pair => HasWeights(pair.Here) || HasWeights(pair.There)))
            return;
        (PeerInstance Here, PeerInstance There) won = Array.Find(members, static pair => pair.Here.Block.Priority > pair.There.Block.Priority);
        (PeerInstance Here, PeerInstance There) lost = Array.Find(members, static pair => pair.Here.Block.Priority < pair.There.Block.Priority);
        if (won.Here is null || lost.Here is null)
            return;
        lost.Here.Report(
            DiagnosticCatalogue.GroupWonByBoth, PrioritySpan(lost.Here),
            $"priority {lost.Here.Block.Priority} is below the {lost.There.Block.Priority} of {lost.There.Path}, but {won.Here.Block.Name} of the same sync group "
            + $"{GroupOf(lost.Here)!.Name} is above it there",
            lost.There, PrioritySpan(lost.There), $"priority {lost.There.Block.Priority} here", "give all members the higher priority on the same router");
    }

    private static VrrpSyncGroupBlock? GroupOf(PeerInstance peer) => peer.Block.SyncGroup;
}
