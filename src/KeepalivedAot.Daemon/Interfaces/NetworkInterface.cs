using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Daemon.Interfaces;

/// <summary>An interface that the configuration names, as far as the kernel has told of it. It may not exist (yet, or any more).</summary>
public sealed class NetworkInterface
{
    private readonly List<Entry> _addresses = [];

    // Which of them are there: nearly every address of a takeover is new, and need not be looked for among thousands.
    private readonly HashSet<(IpAddress Address, byte PrefixLength)> _present = [];
    private LinkInfo _link;

    internal NetworkInterface(string name, KernelName kernelName)
    {
        Name = name;
        KernelName = kernelName;
        DownText = $"interface {name} is down";
    }

    public string Name { get; }

    public KernelName KernelName { get; }

    /// <summary>What is said of it as the reason of a fault.</summary>
    internal string DownText { get; }

    /// <summary>What RTM_NEWLINK said last; meaningless while <see cref="Exists"/> is false.</summary>
    public ref readonly LinkInfo Link => ref _link;

    /// <summary>The kernel's index, or 0 while there is no such interface.</summary>
    public int Index => _link.Index;

    public bool Exists => _link.Index != 0;

    /// <summary>It counts as up: for who decides by it. The kernel may think otherwise already (<see cref="LinkIsUp"/>).</summary>
    public bool IsUp => Exists && CountsAsUp;

    /// <summary>What is known of the link right now: by asking its driver where that is wanted, else from the kernel's reports.</summary>
    public bool LinkIsUp => Exists && (Beat is bool beat ? beat && (_link.Flags & LinkFlags.Up) != 0 : _link.IsUp);

    /// <summary>What has been believed of <see cref="LinkIsUp"/>; set by who judges that.</summary>
    internal bool CountsAsUp { get; set; }

    /// <summary>What the driver answered when it was asked; null = it is not asked, or has not answered.</summary>
    internal bool? Beat { get; set; }

    /// <summary>Gratuitous ARP makes sense here: Ethernet, and not switched off (IFF_NOARP).</summary>
    public bool SpeaksArp => Exists && _link.HasMacAddress && (_link.Flags & LinkFlags.NoArp) == 0;

    internal int SeenInSnapshot { get; set; }

    /// <summary>The kernel has been heard or asked about it: what it says from now on is a change.</summary>
    internal bool IsFamiliar { get; set; }

    // The addresses that instances speak from, as the log named them last.
    internal IpAddress SpokenIPv4;
    internal IpAddress SpokenIPv6;

    internal void SetLink(in LinkInfo link) => _link = link;

    internal void SetGone()
    {
        _link = default;
        CountsAsUp = false;
        Beat = null;
        _addresses.Clear();
        _present.Clear();
    }

    /// <summary>Whether exactly this address with this prefix length is on the interface.</summary>
    public bool Has(IpAddress address, byte prefixLength) => Find(address, prefixLength) >= 0;

    /// <summary>The address as the kernel reported it.</summary>
    public bool TryGet(IpAddress address, byte prefixLength, out InterfaceAddress found)
    {
        int at = Find(address, prefixLength);
        found = at < 0 ? default : _addresses[at].Address;
        return at >= 0;
    }

    /// <summary>Whether the address is on the interface, but with another prefix length.</summary>
    public bool HasWithAnotherLength(IpAddress address, byte prefixLength)
    {
        foreach (Entry entry in _addresses)
        {
            if (entry.Address.Address == address && entry.Address.PrefixLength != prefixLength)
                return true;
        }
        return false;
    }

    /// <summary>Whether the address is here, whatever its prefix length, and usable as a source.</summary>
    public bool CanSpeakFrom(IpAddress address)
    {
        foreach (Entry entry in _addresses)
        {
            if (entry.Address.Address == address && (entry.Address.Flags & (AddressFlags.Tentative | AddressFlags.DadFailed)) == 0)
                return true;
        }
        return false;
    }

    public bool HasAny(AddressFamily family)
    {
        foreach (Entry entry in _addresses)
        {
            if (entry.Address.Address.Family == family)
                return true;
        }
        return false;
    }

    /// <summary>In the order in which the kernel reported them.</summary>
    public int AddressCount => _addresses.Count;

    public InterfaceAddress AddressAt(int index) => _addresses[index].Address;

    internal bool SetAddress(in InterfaceAddress address, int snapshot)
    {
        int at = Find(address.Address, address.PrefixLength);
        if (at >= 0)
            _addresses[at] = new Entry(address, snapshot);
        else
            Add(new Entry(address, snapshot));
        return at < 0;
    }

    internal bool RemoveAddress(in InterfaceAddress address)
    {
        int at = Find(address.Address, address.PrefixLength);
        if (at >= 0)
            RemoveAt(at);
        return at >= 0;
    }

    /// <summary>Takes out one address that the snapshot did not report, if there is one.</summary>
    internal bool TryRemoveUnseen(int snapshot, out InterfaceAddress address)
    {
        int at = _addresses.FindIndex(entry => entry.Snapshot != snapshot);
        address = at < 0 ? default : _addresses[at].Address;
        if (at >= 0)
            RemoveAt(at);
        return at >= 0;
    }

    /// <summary>So many more may come at once.</summary>
    internal int AwaitedAddresses { get; set; }

    /// <summary>For those that are awaited.</summary>
    internal void MakeRoom()
    {
        if (AwaitedAddresses == 0)
            return;
        _addresses.EnsureCapacity(_addresses.Count + AwaitedAddresses);
        _present.EnsureCapacity(_addresses.Count + AwaitedAddresses);
        AwaitedAddresses = 0;
    }

    private void Add(Entry entry)
    {
        _addresses.Add(entry);
        _present.Add((entry.Address.Address, entry.Address.PrefixLength));
    }

    private void RemoveAt(int at)
    {
        InterfaceAddress gone = _addresses[at].Address;
        _present.Remove((gone.Address, gone.PrefixLength));
        _addresses.RemoveAt(at);
    }

    private int Find(IpAddress address, byte prefixLength)
    {
        if (!_present.Contains((address, prefixLength)))
            return -1;
        for (int i = 0; i < _addresses.Count; i++)
        {
            InterfaceAddress known = _addresses[i].Address;
            if (known.Address == address && known.PrefixLength == prefixLength)
                return i;
        }
        return -1;
    }

    private readonly record struct Entry(InterfaceAddress Address, int Snapshot);
}
