using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Lints;

// Receivers compare how many addresses there are and whether each of theirs is among them; the order does not matter.
public static partial class PeerComparison
{
    private static void CompareAddresses(PeerInstance here, PeerInstance there)
    {
        if (here.Block.Family != there.Block.Family)
            return;
        List<VirtualAddress> onlyHere = Missing(here.Addresses, there.Addresses);
        List<VirtualAddress> onlyThere = Missing(there.Addresses, here.Addresses);
        if (onlyHere.Count > 0)
        {
            here.Report(
                DiagnosticCatalogue.PeerAddresses, onlyHere[0].Spans.Address, $"{Named(onlyHere)} not in {there.Path}",
                there, there.Block.Spans.VirtualAddresses, "the addresses there");
        }
        if (onlyThere.Count > 0)
        {
            here.Report(
                DiagnosticCatalogue.PeerAddresses, here.Block.Spans.VirtualAddresses, $"{Named(onlyThere)} in {there.Path} and not here",
                there, onlyThere[0].Spans.Address, "this one");
        }
        if (onlyHere.Count == 0 && onlyThere.Count == 0)
            CompareAdvertised(here, there);
        ComparePrefixes(here, there);
    }

    // All of them move, but the receiver expects other ones in the packet, and says so.
    private static void CompareAdvertised(PeerInstance here, PeerInstance there)
    {
        List<VirtualAddress> onlyHere = Missing(here.Block.VirtualAddresses, there.Block.VirtualAddresses);
        List<VirtualAddress> onlyThere = Missing(there.Block.VirtualAddresses, here.Block.VirtualAddresses);
        if (onlyHere.Count + onlyThere.Count == 0)
            return;
        VirtualAddress differs = onlyHere.Count > 0 ? onlyHere[0] : onlyThere[0];
        (PeerInstance one, PeerInstance other) = onlyHere.Count > 0 ? (here, there) : (there, here);
        one.Report(
            DiagnosticCatalogue.PeerAddresses, differs.Spans.Address,
            $"{differs.Address.Address} is advertised, but in virtual_ipaddress_excluded of {other.Path}",
            other, other.Block.ExcludedAddresses.Find(a => a.Address.Address == differs.Address.Address)?.Spans.Address ?? default, "excluded here",
            "write it in the same list on all routers");
    }

    private static void ComparePrefixes(PeerInstance here, PeerInstance there)
    {
        Dictionary<IpAddress, VirtualAddress> theirs = [];
        foreach (VirtualAddress address in there.Addresses)
            theirs.TryAdd(address.Address.Address, address);
        foreach (VirtualAddress address in here.Addresses)
        {
            if (!theirs.TryGetValue(address.Address.Address, out VirtualAddress? other) || other.Address.Length == address.Address.Length)
                continue;
            here.Report(
                DiagnosticCatalogue.PeerPrefixes, address.Spans.Address, $"{address.Address}, but {other.Address} in {there.Path}",
                there, other.Spans.Address, $"/{other.Address.Length} here", "write the same prefix length on all routers");
            return;
        }
    }

    private static List<VirtualAddress> Missing(IEnumerable<VirtualAddress> from, IEnumerable<VirtualAddress> among)
    {
        HashSet<IpAddress> there = [.. among.Select(static a => a.Address.Address)];
        return [.. from.Where(a => !there.Contains(a.Address.Address))];
    }

    private static string Named(List<VirtualAddress> addresses)
        => addresses.Count == 1 ? $"{addresses[0].Address.Address} is" : $"{addresses[0].Address.Address} and {addresses.Count - 1} more are";
}
