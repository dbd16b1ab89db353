using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Simulation.Kernel;

// Interfaces, those that the daemon makes with them.
internal sealed partial class SimulatedKernel
{
    private const int EthernetMtu = 1500;

    private readonly List<LinkInfo> _links = [];
    private readonly Dictionary<int, LinkInfo> _byIndex = [];
    private readonly List<(int Tag, Func<Errno> Do)> _linkRequests = [];
    private INetlinkResults? _linkResults;
    private int _lastIndex = 1;

    public IReadOnlyList<LinkInfo> Links => _links;

    /// <summary>Plugs an interface in, which is up.</summary>
    public int AddInterface(string name, MacAddress address)
    {
        LinkInfo link = new()
        {
            Index = ++_lastIndex, Name = NameOf(name), Flags = LinkFlags.Multicast | LinkFlags.Broadcast | LinkFlags.Up | LinkFlags.Running, Mtu = EthernetMtu,
            HardwareType = 1, HasMacAddress = true, Address = address,
        };
        Put(link);
        MakeSettings(name);
        return link.Index;
    }

    public LinkInfo? FindLink(string name) => _links.Exists(link => link.Name == NameOf(name)) ? _links.Find(link => link.Name == NameOf(name)) : null;

    public bool IsUp(int interfaceIndex) => FindLink(interfaceIndex) is { IsUp: true };

    /// <summary>The cable is pulled, or plugged in again.</summary>
    public void SetCarrier(string name, bool isUp)
    {
        if (FindLink(name) is not { } link)
            return;
        Put(link with { Flags = isUp ? link.Flags | LinkFlags.Running : link.Flags & ~LinkFlags.Running });
        // What stands on it has no carrier either.
        foreach (LinkInfo above in _links.FindAll(above => above.LinkIndex == link.Index))
            Put(above with { Flags = isUp ? above.Flags | LinkFlags.Running : above.Flags & ~LinkFlags.Running });
        events.OnCarrier(link.Index);
    }

    public void SetLinkResults(INetlinkResults results) => _linkResults = results;

    public void AddLink(VirtualLink link, int tag) => Ask(tag, () =>
    {
        if (HasInterface(link.Name))
            return Errno.EEXIST;
        LinkInfo? below = FindLink(link.BaseIndex);
        if (below is not { } under)
            return Errno.ENODEV;
        bool isMacvlan = link.Kind == VirtualLinkKind.MacvlanPrivate;
        Put(new LinkInfo
        {
            Index = ++_lastIndex, Name = link.Name, Flags = LinkFlags.Multicast | LinkFlags.Broadcast, Mtu = under.Mtu, HardwareType = 1, HasMacAddress = true,
            Address = isMacvlan ? link.Address : under.Address, LinkIndex = under.Index, Group = link.Group,
            Kind = NameOf(isMacvlan ? "macvlan" : "ipvlan"), MacvlanMode = isMacvlan ? 1u : 0, IpvlanFlags = LinkKinds.IpvlanFlagsOf(link.Kind),
        });
        MakeSettings(link.Name.ToString());
        return Errno.None;
    });

    public void DeleteLink(KernelName name, int tag) => Ask(tag, () =>
    {
        if (FindLink(name.ToString()) is not { } link)
            return Errno.ENODEV;
        foreach (InterfaceAddress address in _addresses.FindAll(address => address.InterfaceIndex == link.Index))
            Take(address);
        Forget(link);
        RemoveSettings(name.ToString());
        Notify(() => _observer!.OnLinkGone(link.Index, link.Name));
        return Errno.None;
    });

    public void GenerateNoAddress(KernelName name, int tag) => Change(name, tag, static link => link);

    public void SetIpv4(KernelName name, ReadOnlySpan<(Ipv4Setting Setting, int Value)> settings, int tag)
    {
        foreach ((Ipv4Setting setting, int value) in settings)
            _settings[$"net/ipv4/conf/{name}/{Ipv4SettingNames.Of(setting)}"] = value;
        Change(name, tag, static link => link);
    }

    public void SetMaster(KernelName name, int master, int tag) => Change(name, tag, link => link with { MasterIndex = master });

    public void SetGroup(KernelName name, uint group, int tag) => Change(name, tag, link => link with { Group = group });

    public void SwitchOn(KernelName name, int tag) => Change(name, tag, link => link with
    {
        Flags = link.Flags | LinkFlags.Up | (FindLink(link.LinkIndex) is { IsUp: true } ? LinkFlags.Running : LinkFlags.None),
    });

    public void FlushLinks()
    {
        foreach ((int tag, Func<Errno> request) in _linkRequests.ToArray())
            _linkResults!.OnResult(tag, Refusal == Errno.None ? request() : Refusal, default);
        _linkRequests.Clear();
    }

    /// <summary>Whoever renames an interface here is heard of by everybody.</summary>
    public void AwaitName(KernelName name)
    {
        // Nothing is filtered.
    }

    public bool HasInterface(KernelName name) => _links.Exists(link => link.Name == name);

    private LinkInfo? FindLink(int index) => _byIndex.TryGetValue(index, out LinkInfo link) ? link : null;

    // The interface that is plugged in somewhere.
    private LinkInfo? Below(LinkInfo link) => link.LinkIndex == 0 ? link : FindLink(link.LinkIndex);

    private void Ask(int tag, Func<Errno> request) => _linkRequests.Add((tag, request));

    private void Change(KernelName name, int tag, Func<LinkInfo, LinkInfo> change) => Ask(tag, () =>
    {
        if (FindLink(name.ToString()) is not { } link)
            return Errno.ENODEV;
        Put(change(link));
        return Errno.None;
    });

    private void Put(LinkInfo link)
    {
        int at = _links.FindIndex(other => other.Index == link.Index);
        if (at < 0)
            _links.Add(link);
        else
            _links[at] = link;
        _byIndex[link.Index] = link;
        _listening.Clear();
        Notify(() => _observer!.OnLink(link));
    }

    private void Forget(LinkInfo link)
    {
        _links.RemoveAll(other => other.Index == link.Index);
        _byIndex.Remove(link.Index);
        _listening.Clear();
    }

    private static KernelName NameOf(string name)
        => KernelName.TryParse(name, out KernelName parsed) ? parsed : throw new ArgumentException($"no interface can be called {name}", nameof(name));
}
