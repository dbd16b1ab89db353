using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Lints;

// Who sends to whom.
public static partial class PeerComparison
{
    private static void CompareUnicast(PeerInstance here, PeerInstance there)
    {
        if (!here.Block.Source.IsNone && here.Block.Source == there.Block.Source)
        {
            here.Report(
                DiagnosticCatalogue.PeerSameSource, SourceSpanOf(here), $"{here.Block.Source} is the source in {there.Path} too",
                there, SourceSpanOf(there), "the same source here", "write an address that is this router's own");
            return;
        }
        if (!here.Block.IsUnicast || !there.Block.IsUnicast)
            return;
        CheckSendsTo(here, there);
        CheckSendsTo(there, here);
    }

    private static void CheckSendsTo(PeerInstance sender, PeerInstance receiver)
    {
        // The source of a router that does not name it is the kernel's to choose.
        if (!receiver.Block.Source.IsNone && !sender.Block.UnicastPeers.Exists(peer => receiver.SpeaksFrom(peer.Address)))
        {
            sender.Report(
                DiagnosticCatalogue.PeerNotListed, sender.Block.Spans.UnicastPeers,
                $"unicast_peer lacks {receiver.Block.Source}, the source of {receiver.Block.Name} in {receiver.Path}",
                receiver, SourceSpanOf(receiver), "the source", $"add {receiver.Block.Source} to 'unicast_peer {{ … }}'");
        }
        if (TtlOf(sender.Block) is not byte ttl || receiver.Block.UnicastPeers.Find(peer => sender.SpeaksFrom(peer.Address)) is not UnicastPeer entry)
            return;
        if (entry.MinTtl > ttl)
        {
            receiver.Report(
                DiagnosticCatalogue.PeerTtl, entry.Spans.MinTtl, $"min_ttl {entry.MinTtl} for {entry.Address}, but {sender.Path} sends with {ttl}",
                sender, sender.Block.Spans.UnicastTtl, $"TTL {ttl} here", $"write 'unicast_ttl 255' in {sender.Path}, or a smaller min_ttl here");
        }
    }

    // For IPv6 the kernel chooses unless told.
    private static byte? TtlOf(VrrpInstanceBlock block) => block.UnicastTtl ?? (block.Family == AddressFamily.IPv4 ? (byte)255 : null);

    private static SourceSpan SourceSpanOf(PeerInstance peer)
        => peer.Block.Source == peer.Block.UnicastSource ? peer.Block.Spans.UnicastSource : peer.Block.Spans.MulticastSource;
}
