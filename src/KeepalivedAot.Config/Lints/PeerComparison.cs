using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Lints;

/// <summary>Compares configurations of routers that share virtual routers: <c>check m1.conf m2.conf</c> (KA095x, KA096x).</summary>
/// <remarks>
/// Each finding goes to the <see cref="DiagnosticBag"/> of the file in which its place is and has the place in the other file as
/// a related one. So each file is rendered with its own <see cref="LoadResult.Sources"/>, which knows its secrets; a
/// <see cref="RelatedPlace"/> has its own file. Passwords are compared and never shown. What counts as a difference is what makes
/// a receiver discard an advertisement, or an election end otherwise than it looks. Partial files: what is in a packet
/// (…Packets.cs) and whom it goes to (…Unicast.cs), addresses (…Addresses.cs), who wins (…Election.cs, …Trackers.cs, …Groups.cs).
/// </remarks>
public static partial class PeerComparison
{
    /// <summary>Two or more files, each read by itself; of one file there is nothing to say. Warnings and hints only.</summary>
    public static void Compare(IReadOnlyList<LoadResult> files)
    {
        LoadResult[] readable = [.. files.Where(static file => !file.Diagnostics.HasMissingFile)];
        if (readable.Length < 2)
            return;
        List<List<PeerInstance>> routers = PeerMatching.Match(readable);
        foreach (List<PeerInstance> router in routers)
        {
            if (router.Count == 1)
                ReportAlone(router[0], readable);
            for (int i = 1; i < router.Count; i++)
                ComparePackets(router[i], router[0]);
            for (int i = 1; i < router.Count; i++)
                CompareAddresses(router[i], router[0]);
            for (int i = 1; i < router.Count; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    CompareUnicast(router[i], router[j]);
                    CompareElection(router[i], router[j]);
                }
            }
            CompareWeights(router);
        }
        CompareGroups(routers, readable);
    }

    private static void ReportAlone(PeerInstance alone, LoadResult[] files)
    {
        string where = files.Length == 2 ? files[files[0] == alone.File ? 1 : 0].Name : "the other files";
        alone.File.Diagnostics.Report(
            DiagnosticCatalogue.PeerMissing, alone.Block.Spans.Name.IsGiven ? alone.Block.Spans.Name : alone.Block.Spans.Block,
            $"({alone.Block.Name}) no instance in {where} has VRID {alone.Block.VirtualRouterId} with "
            + $"IPv{(alone.Block.Family == Base.Net.AddressFamily.IPv6 ? 6 : 4)}, or one of its addresses");
    }

    // Both are heard by a router on its own; a third one is compared with the first, which is enough to say what differs.
    private static void ComparePackets(PeerInstance here, PeerInstance there)
    {
        CompareVrid(here, there);
        if (CompareTransport(here, there))
            CompareGroup(here, there);
        if (!CompareVersion(here, there))
            return;
        CompareAuthentication(here, there);
        CheckHmac(here, there);
        CheckHmac(there, here);
        CompareInterval(here, there);
        CompareChecksum(here, there);
    }
}
