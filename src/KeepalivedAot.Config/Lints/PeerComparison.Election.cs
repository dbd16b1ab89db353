using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Lints;

// Who wins.
public static partial class PeerComparison
{
    private const byte OwnerPriority = 255;

    private static void CompareElection(PeerInstance here, PeerInstance there)
    {
        if (ClearsNopreempt(here) && ClearsNopreempt(there))
        {
            here.Report(
                DiagnosticCatalogue.PeersPreempt, here.Block.Spans.State, $"state MASTER and nopreempt, as in {there.Path}: nopreempt does not hold on either",
                there, there.Block.Spans.State, "state MASTER here", "write 'state BACKUP' on both");
        }
        if (here.Block.Priority == there.Block.Priority)
            ReportTie(here, there);
        else
            CheckPreemption(here, there);
    }

    private static void ReportTie(PeerInstance here, PeerInstance there)
    {
        if (here.Block.Priority == OwnerPriority)
        {
            here.Report(
                DiagnosticCatalogue.TwoOwners, PrioritySpan(here), $"priority 255, and in {there.Path} too", there, PrioritySpan(there), "the other address owner",
                "give 255 to the router whose own addresses they are, and less to the others; if they are nobody's, give it to none");
            return;
        }
        // Whoever is active stays so: that is what nopreempt asks for.
        if (!here.Block.PreemptMode && !there.Block.PreemptMode)
            return;
        // Weights decide.
        if (HasWeights(here) || HasWeights(there))
            return;
        string message = $"priority {here.Block.Priority}, and in {there.Path} too";
        if (!here.Block.Source.IsNone && !there.Block.Source.IsNone && here.Block.Source != there.Block.Source)
        {
            bool wins = here.Block.Source.CompareTo(there.Block.Source) > 0;
            message += $": {(wins ? here : there).Block.Source} wins, the higher source address";
        }
        here.Report(
            DiagnosticCatalogue.PriorityTie, PrioritySpan(here), message, there, PrioritySpan(there), "the same priority here",
            "write a higher one on the router that is to be preferred, or 'nopreempt' on both if none is");
    }

    private static void CheckPreemption(PeerInstance here, PeerInstance there)
    {
        (PeerInstance higher, PeerInstance lower) = here.Block.Priority > there.Block.Priority ? (here, there) : (there, here);
        if (lower.Block.PreemptMode || !higher.Block.PreemptMode || HasWeights(here) || HasWeights(there))
            return;
        lower.Report(
            DiagnosticCatalogue.NopreemptOnTheLower, lower.Block.Spans.PreemptMode,
            $"nopreempt with priority {lower.Block.Priority}, but {higher.Path} has {higher.Block.Priority} and preempts",
            higher, PrioritySpan(higher), $"priority {higher.Block.Priority} here", $"write 'nopreempt' in {higher.Path} if the addresses are not to move back");
    }

    // It has been reported for each of them, and is gone from the block.
    private static bool ClearsNopreempt(PeerInstance peer)
        => peer.Block.State == ConfiguredState.Master && peer.Block.Spans.PreemptMode.IsGiven
            && peer.File.Diagnostics.Any(d => d.Kind == DiagnosticCatalogue.NopreemptCleared && d.Span == peer.Block.Spans.PreemptMode);

    private static Text.SourceSpan PrioritySpan(PeerInstance peer)
        => peer.Block.Spans.Priority.IsGiven ? peer.Block.Spans.Priority : peer.Block.Spans.State;
}
