using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Lints;

// One router before and after a change: what others notice who have not changed yet.
public static partial class PeerComparison
{
    private static readonly HashSet<DiagnosticKind> s_rejections =
    [
        DiagnosticCatalogue.PeerVrid, DiagnosticCatalogue.PeerTransport, DiagnosticCatalogue.PeerGroup, DiagnosticCatalogue.PeerVersion,
        DiagnosticCatalogue.PeerAuthentication, DiagnosticCatalogue.PeerInterval, DiagnosticCatalogue.PeerChecksum, DiagnosticCatalogue.PeerAddresses,
    ];

    /// <summary>What makes a router with the former configuration discard advertisements of one with the next, or the other way round.</summary>
    /// <param name="pairs">Instances that are one virtual router.</param>
    /// <returns>Findings of the next configuration, which are not put among its own.</returns>
    public static List<(VrrpInstanceBlock Next, Diagnostic Finding)> Rejections(
        LoadResult next, LoadResult former, IEnumerable<(VrrpInstanceBlock Next, VrrpInstanceBlock Former)> pairs)
    {
        List<(VrrpInstanceBlock, Diagnostic)> found = [];
        LoadResult there = WithoutFindings(former);
        foreach ((VrrpInstanceBlock nextBlock, VrrpInstanceBlock formerBlock) in pairs)
        {
            LoadResult here = WithoutFindings(next);
            PeerInstance one = new(here, nextBlock);
            PeerInstance other = new(there, formerBlock);
            ComparePackets(one, other);
            // Whether a receiver looks at the list it says itself, and it has the former configuration.
            if (!formerBlock.SkipCheckAdvertisedAddresses)
                CompareAddresses(one, other);
            foreach (Diagnostic finding in here.Diagnostics)
            {
                if (s_rejections.Contains(finding.Kind))
                    found.Add((nextBlock, finding));
            }
        }
        return found;
    }

    private static LoadResult WithoutFindings(LoadResult read) => new(read.Configuration, new DiagnosticBag(read.Sources), read.Sources);
}
