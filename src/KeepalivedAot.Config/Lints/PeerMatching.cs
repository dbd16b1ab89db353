using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Lints;

/// <summary>Finds out which instances of several files are the same virtual router.</summary>
/// <remarks>
/// VRID and family name a virtual router on its network, but no file names the network: interfaces have other names on other
/// hosts. So of several instances with one VRID those belong together that share an address, or of which one lists the other
/// as its peer; then those on interfaces of one name; then the only ones that are left. Last come instances that share an
/// address and differ in the VRID, which is a mistake worth a finding.
/// </remarks>
internal sealed class PeerMatching
{
    private readonly List<List<PeerInstance>> _routers = [];

    /// <summary>The virtual routers in the order of the files; those with one member have no peer.</summary>
    public static List<List<PeerInstance>> Match(IEnumerable<LoadResult> files)
    {
        PeerMatching matching = new();
        foreach (LoadResult file in files)
            matching.Add(file);
        return matching._routers;
    }

    private void Add(LoadResult file)
    {
        List<PeerInstance> rest = [.. file.Configuration.VrrpInstances.Where(static i => i.VirtualRouterId != 0).Select(i => new PeerInstance(file, i))];
        List<List<PeerInstance>> open = [.. _routers];
        Join(rest, open, static (router, instance) => IsSameId(router, instance) && router.Exists(other => AreTied(other, instance)));
        Join(rest, open, static (router, instance) => IsSameId(router, instance) && router.Exists(other => other.Block.Interface == instance.Block.Interface));
        Join(rest, open, (router, instance) => IsSameId(router, instance)
            && rest.Count(other => IsSameId(router, other)) == 1 && open.Count(other => IsSameId(other, instance)) == 1);
        Join(rest, open, static (router, instance) => router[0].Block.Family == instance.Block.Family && router.Exists(other => ShareAddress(other, instance)));
        foreach (PeerInstance instance in rest)
            _routers.Add([instance]);
    }

    // A router of which this file has its part is not open any more.
    private static void Join(List<PeerInstance> rest, List<List<PeerInstance>> open, Func<List<PeerInstance>, PeerInstance, bool> belongs)
    {
        for (int i = 0; i < rest.Count; i++)
        {
            PeerInstance instance = rest[i];
            int at = open.FindIndex(router => belongs(router, instance));
            if (at < 0)
                continue;
            open[at].Add(instance);
            open.RemoveAt(at);
            rest.RemoveAt(i--);
        }
    }

    private static bool IsSameId(List<PeerInstance> router, PeerInstance instance)
    {
        VrrpInstanceBlock first = router[0].Block;
        return first.VirtualRouterId == instance.Block.VirtualRouterId && first.Family == instance.Block.Family;
    }

    private static bool AreTied(PeerInstance one, PeerInstance other) => ShareAddress(one, other) || Lists(one, other) || Lists(other, one);

    private static bool Lists(PeerInstance one, PeerInstance other) => one.Block.UnicastPeers.Exists(peer => other.SpeaksFrom(peer.Address));

    private static bool ShareAddress(PeerInstance one, PeerInstance other)
    {
        if (one.Block.VirtualAddresses.Count == 0)
            return false;
        HashSet<IpAddress> addresses = [.. one.Block.VirtualAddresses.Select(static a => a.Address.Address)];
        return other.Block.VirtualAddresses.Exists(a => addresses.Contains(a.Address.Address));
    }
}
