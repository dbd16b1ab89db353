using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Tests.Linux.Netlink;

/// <summary>Keeps the model that an observer is expected to keep (mark and sweep included), and what it was told.</summary>
internal sealed class LinkRecorder : ILinkObserver
{
    private readonly HashSet<int> _markedLinks = [];
    private readonly HashSet<(int, string)> _markedAddresses = [];

    public Dictionary<int, LinkInfo> Links { get; } = [];

    public Dictionary<(int Index, string Address), InterfaceAddress> Addresses { get; } = [];

    public List<string> Told { get; } = [];

    public List<Errno> LostReasons { get; } = [];

    public List<(int Index, Errno Error)> SnapshotEnds { get; } = [];

    public List<NetlinkFault> Faults { get; } = [];

    public LinkInfo? Find(string name)
    {
        foreach (LinkInfo link in Links.Values)
        {
            if (link.Name.ToString() == name)
                return link;
        }
        return null;
    }

    public bool Has(int interfaceIndex, string addressAndPrefix) => Addresses.ContainsKey((interfaceIndex, addressAndPrefix));

    public void OnLink(in LinkInfo link)
    {
        Links[link.Index] = link;
        _markedLinks.Remove(link.Index);
        Told.Add($"link {link.Name} {(link.IsUp ? "up" : "down")}");
    }

    public void OnLinkGone(int interfaceIndex, KernelName name)
    {
        Links.Remove(interfaceIndex);
        Told.Add($"link {name} gone");
    }

    public void OnAddress(in InterfaceAddress address)
    {
        Addresses[Key(address)] = address;
        _markedAddresses.Remove(Key(address));
        Told.Add($"address {address.Address}/{address.PrefixLength}");
    }

    public void OnAddressGone(in InterfaceAddress address)
    {
        Addresses.Remove(Key(address));
        Told.Add($"address {address.Address}/{address.PrefixLength} gone");
    }

    public void OnLost(Errno why)
    {
        LostReasons.Add(why);
        Told.Add($"lost {why}");
    }

    public void OnSnapshotBegin(int interfaceIndex)
    {
        _markedLinks.Clear();
        _markedAddresses.Clear();
        _markedLinks.UnionWith(Links.Keys.Where(index => interfaceIndex == 0 || index == interfaceIndex));
        _markedAddresses.UnionWith(Addresses.Keys.Where(key => interfaceIndex == 0 || key.Index == interfaceIndex));
        Told.Add("snapshot begin");
    }

    public void OnSnapshotEnd(int interfaceIndex, Errno error)
    {
        SnapshotEnds.Add((interfaceIndex, error));
        Told.Add($"snapshot end {error}");
        if (error is not (Errno.None or Errno.ENODEV))
            return;
        foreach (int index in _markedLinks)
            Links.Remove(index);
        foreach ((int, string) key in _markedAddresses)
            Addresses.Remove(key);
    }

    public void OnMalformed(NetlinkFault fault) => Faults.Add(fault);

    private static (int, string) Key(in InterfaceAddress address)
        => (address.InterfaceIndex, $"{address.Address}/{address.PrefixLength}");
}
