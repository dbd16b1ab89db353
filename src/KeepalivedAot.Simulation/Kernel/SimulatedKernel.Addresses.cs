using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Simulation.Kernel;

// Addresses: the first of an IPv4 subnet is its primary one, and takes the others with it unless promote_secondaries is set.
internal sealed partial class SimulatedKernel
{
    private readonly List<InterfaceAddress> _addresses = [];

    // On how many interfaces each is.
    private readonly Dictionary<IpAddress, int> _counts = [];
    private readonly List<(InterfaceAddress Address, int Tag, bool IsAddition)> _addressRequests = [];
    private INetlinkResults? _addressResults;

    public IReadOnlyList<InterfaceAddress> Addresses => _addresses;

    /// <summary>The host's own.</summary>
    public void AddOwn(int interfaceIndex, IpAddress address, byte prefixLength)
        => Insert(new InterfaceAddress { InterfaceIndex = interfaceIndex, Address = address, PrefixLength = prefixLength });

    /// <summary>Whether the host answers for it.</summary>
    public bool Has(IpAddress address) => _counts.ContainsKey(address);

    /// <summary>Somebody on the host removes an address.</summary>
    /// <returns>False: it is not there.</returns>
    public bool Remove(IpAddress address)
    {
        int at = _addresses.FindIndex(other => other.Address == address);
        if (at < 0)
            return false;
        Take(_addresses[at]);
        return true;
    }

    public void SetAddressResults(INetlinkResults results) => _addressResults = results;

    public void AddAddress(in InterfaceAddress address, int tag) => _addressRequests.Add((address, tag, true));

    public void DeleteAddress(in InterfaceAddress address, int tag) => _addressRequests.Add((address, tag, false));

    public void FlushAddresses()
    {
        foreach ((InterfaceAddress address, int tag, bool isAddition) in _addressRequests.ToArray())
            _addressResults!.OnResult(tag, Refusal != Errno.None ? Refusal : isAddition ? Add(address) : Delete(address), default);
        _addressRequests.Clear();
    }

    private Errno Add(in InterfaceAddress address)
    {
        if (FindLink(address.InterfaceIndex) is null)
            return Errno.ENODEV;
        InterfaceAddress wanted = address;
        // IPv6 knows an address of an interface once only, whatever its prefix length.
        bool isThere = _addresses.Exists(other => other.InterfaceIndex == wanted.InterfaceIndex && other.Address == wanted.Address
            && (other.PrefixLength == wanted.PrefixLength || wanted.Address.Family == AddressFamily.IPv6));
        if (isThere)
            return Errno.EEXIST;
        Insert(address);
        return Errno.None;
    }

    private Errno Delete(in InterfaceAddress address)
    {
        InterfaceAddress wanted = address;
        int at = _addresses.FindIndex(other => other.InterfaceIndex == wanted.InterfaceIndex && other.Address == wanted.Address && other.PrefixLength == wanted.PrefixLength);
        if (at < 0)
            return Errno.EADDRNOTAVAIL;
        InterfaceAddress found = _addresses[at];
        bool takesOthers = found.Address.Family == AddressFamily.IPv4 && (found.Flags & AddressFlags.Secondary) == 0
            && FindLink(found.InterfaceIndex) is { } link && _settings.GetValueOrDefault($"net/ipv4/conf/{link.Name}/promote_secondaries") == 0
            && _settings.GetValueOrDefault("net/ipv4/conf/all/promote_secondaries") == 0;
        Take(found);
        if (takesOthers)
        {
            foreach (InterfaceAddress secondary in _addresses.FindAll(other => IsOfSubnet(other, found)))
                Take(secondary);
        }
        return Errno.None;
    }

    private void Insert(InterfaceAddress address)
    {
        if (_addresses.Exists(other => IsOfSubnet(other, address)))
            address = address with { Flags = address.Flags | AddressFlags.Secondary };
        _addresses.Add(address);
        _counts[address.Address] = _counts.GetValueOrDefault(address.Address) + 1;
        Tell(address, isThere: true);
        Notify(() => _observer!.OnAddress(address));
    }

    private void Take(InterfaceAddress address)
    {
        Forget(address);
        Tell(address, isThere: false);
        Notify(() => _observer!.OnAddressGone(address));
    }

    private void Forget(InterfaceAddress address)
    {
        if (!_addresses.Remove(address))
            return;
        if (_counts[address.Address] == 1)
            _counts.Remove(address.Address);
        else
            _counts[address.Address]--;
    }

    private void Tell(in InterfaceAddress address, bool isThere)
    {
        if (FindLink(address.InterfaceIndex) is { } link && Below(link) is { } below)
            events.OnAddress(below.Name.ToString(), address.Address, isThere);
    }

    private static bool IsOfSubnet(in InterfaceAddress a, in InterfaceAddress b)
        => a.InterfaceIndex == b.InterfaceIndex && a.PrefixLength == b.PrefixLength && a.PrefixLength > 0
            && a.Address.Family == AddressFamily.IPv4 && b.Address.Family == AddressFamily.IPv4
            && (a.Address.ToUInt32() ^ b.Address.ToUInt32()) >> (32 - a.PrefixLength) == 0;
}
