using System.Runtime.InteropServices;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Daemon.Kernel;

/// <summary>Brings the addresses in the kernel to what is wanted: the difference, many requests to a message.</summary>
/// <remarks>
/// Start, failover, reload, stop and repair are all the same: somebody says what is wanted, and <see cref="Flush"/> sends what is
/// missing or too much. Only what we added is ever removed.
/// </remarks>
internal sealed class AddressReconciler(IKernel kernel, Log log) : INetlinkResults
{
    private readonly List<AddressSlot?> _slots = [];
    private readonly List<AddressSlot> _dirty = [];
    private readonly List<AddressSlot> _reassert = [];

    public IEnumerable<AddressSlot> Slots => _slots.OfType<AddressSlot>();

    /// <summary>How often the kernel refused something (other than what is already so).</summary>
    public ulong RefusedCount { get; private set; }

    /// <summary>
    /// The slot of an address on an interface; instances that list the same one share it. Settings that differ from those of an
    /// earlier configuration replace them.
    /// </summary>
    /// <param name="isOwners">The instance is the address owner: what is found in the kernel is the host's own address.</param>
    public AddressSlot Acquire(NetworkInterface at, in InterfaceAddress address, bool isOwners = false)
    {
        AddressSlot? slot = Find(at, address);
        if (slot is null)
        {
            int tag = _slots.IndexOf(null);
            if (tag < 0)
            {
                tag = _slots.Count;
                _slots.Add(null);
            }
            slot = new AddressSlot(tag, at, address);
            _slots[tag] = slot;
            slot.IsHosts = at.Has(address.Address, address.PrefixLength);
            if (slot.IsHosts)
                slot.Presence = AddressPresence.Foreign;
        }
        else if (slot.Update(address))
        {
            MarkDirty(slot);
        }
        slot.IsHosts |= isOwners;
        slot.Users++;
        return slot;
    }

    /// <summary>The instance does not list it any more; it must have said that it does not want it, and <see cref="Flush"/> must have run.</summary>
    public void Release(AddressSlot slot)
    {
        if (--slot.Users == 0)
            _slots[slot.Tag] = null;
    }

    public void Want(AddressSlot slot, bool wanted)
    {
        slot.Wanted += wanted ? 1 : -1;
        MarkDirty(slot);
    }

    /// <summary>
    /// The address with which this host speaks on an interface: the first IPv4 address, or the link-local IPv6 one, that is
    /// not there on our account and can be a source.
    /// </summary>
    public IpAddress PrimaryAddress(NetworkInterface at, AddressFamily family)
    {
        const AddressFlags Unusable = AddressFlags.Tentative | AddressFlags.DadFailed;
        for (int i = 0; i < at.AddressCount; i++)
        {
            InterfaceAddress candidate = at.AddressAt(i);
            if (candidate.Address.Family != family || (family == AddressFamily.IPv6 && !candidate.Address.IsLinkLocal))
                continue;
            if ((candidate.Flags & Unusable) == 0 && Find(at, candidate) is not { Presence: AddressPresence.Ours })
                return candidate.Address;
        }
        return default;
    }

    /// <summary>Sends the difference and reads the answers.</summary>
    public void Flush()
    {
        if (_dirty.Count == 0)
            return;
        // Removing comes first, since IPv6 knows an address once only, whatever its prefix length. Adding comes in the order of
        // wanting. What is removed may take its neighbours along: look after them last.
        foreach (AddressSlot slot in CollectionsMarshal.AsSpan(_dirty))
            RequestRemoval(slot);
        foreach (AddressSlot slot in CollectionsMarshal.AsSpan(_dirty))
            RequestAddition(slot);
        foreach (AddressSlot slot in CollectionsMarshal.AsSpan(_reassert))
            Send(slot, AddressRequest.Reassert);
        kernel.FlushAddresses();
        foreach (AddressSlot slot in CollectionsMarshal.AsSpan(_dirty))
            slot.IsDirty = false;
        _dirty.Clear();
        _reassert.Clear();
    }

    public void OnResult(int tag, Errno error, ReadOnlySpan<byte> extack)
    {
        if (tag >= _slots.Count || _slots[tag] is not { } slot)
            return;
        AddressRequest request = slot.Request;
        slot.Request = AddressRequest.None;
        switch (request)
        {
            case AddressRequest.Add:
                OnAdded(slot, error, extack);
                break;
            case AddressRequest.Delete:
                OnDeleted(slot, error, extack);
                break;
            case AddressRequest.Renew:
                OnDeleted(slot, error, extack);
                slot.Request = AddressRequest.Add;
                break;
            case AddressRequest.Reassert:
                // It was gone and is back: the notification of its going is on the way, and means nothing.
                if (error == Errno.None)
                    slot.OwnRemovals++;
                else if (error != Errno.EEXIST)
                    OnAdded(slot, error, extack);
                break;
        }
    }

    /// <summary>The kernel reports that an address is gone.</summary>
    /// <returns>The slot, when it was somebody else who took away what is wanted; otherwise null.</returns>
    public AddressSlot? OnAddressGone(NetworkInterface at, in InterfaceAddress address)
    {
        if (Find(at, address) is not { } slot)
            return null;
        if (slot.OwnRemovals > 0)
        {
            slot.OwnRemovals--;
            return null;
        }
        slot.Presence = AddressPresence.Absent;
        return slot.Wanted > 0 ? slot : null;
    }

    /// <summary>The interface is gone, or is another one of the same name: nothing of what we knew of its addresses holds.</summary>
    public void OnInterfaceReplaced(NetworkInterface at)
    {
        foreach (AddressSlot? slot in CollectionsMarshal.AsSpan(_slots))
        {
            if (slot is null || !ReferenceEquals(slot.Interface, at))
                continue;
            slot.Presence = AddressPresence.Absent;
            slot.OwnRemovals = 0;
            if (slot.Wanted > 0)
                MarkDirty(slot);
        }
    }

    /// <summary>Takes away all that is ours on an interface, wanted or not, at once: its index is about to mean something else.</summary>
    public void Withdraw(NetworkInterface at)
    {
        foreach (AddressSlot? slot in CollectionsMarshal.AsSpan(_slots))
        {
            if (slot is { Presence: AddressPresence.Ours } && ReferenceEquals(slot.Interface, at))
                Send(slot, AddressRequest.Delete);
        }
        kernel.FlushAddresses();
    }

    /// <summary>Notifications were lost: those of our own removals, which would have been passed over, may be among them.</summary>
    public void OnResynchronised()
    {
        foreach (AddressSlot? slot in CollectionsMarshal.AsSpan(_slots))
        {
            if (slot is not null)
                slot.OwnRemovals = 0;
        }
    }

    /// <summary>What is found in the kernel and known to be a leftover of ours: it is removed at the next flush.</summary>
    /// <param name="present">As the kernel reports it.</param>
    public void Adopt(AddressSlot slot, in InterfaceAddress present)
    {
        slot.Presence = AddressPresence.Ours;
        slot.IsHosts = false;
        slot.Installed = present;
        MarkDirty(slot);
    }

    private void MarkDirty(AddressSlot slot)
    {
        if (slot.IsDirty)
            return;
        slot.IsDirty = true;
        _dirty.Add(slot);
    }

    private void RequestRemoval(AddressSlot slot)
    {
        if (slot.Wanted > 0 || slot.Presence != AddressPresence.Ours)
            return;
        Send(slot, AddressRequest.Delete);
        CollectNeighbours(slot);
    }

    private void RequestAddition(AddressSlot slot)
    {
        if (slot.Wanted == 0)
            return;
        if (slot.Presence != AddressPresence.Ours)
        {
            Send(slot, AddressRequest.Add);
        }
        else if (slot.IsOutdated)
        {
            Send(slot, AddressRequest.Renew);
            CollectNeighbours(slot);
        }
    }

    private void Send(AddressSlot slot, AddressRequest request)
    {
        // Without the interface there is nothing to do; its return marks the slot again.
        if (!slot.Interface.Exists)
        {
            slot.Presence = AddressPresence.Absent;
            return;
        }
        slot.Request = request;
        slot.IsOutdated = false;
        int index = slot.Interface.Index;
        // What is there is named as it was put there, since its peer may be another by now; but for the label, which the kernel
        // changes when it renames the interface.
        if (request is AddressRequest.Delete or AddressRequest.Renew)
            kernel.DeleteAddress(slot.Installed with { InterfaceIndex = index, Label = default }, slot.Tag);
        if (request == AddressRequest.Delete)
            return;
        slot.Installed = slot.Address;
        kernel.AddAddress(slot.Address with { InterfaceIndex = index }, slot.Tag);
    }

    // Removing the first IPv4 address of a subnet removes the others of that subnet too, unless promote_secondaries is on.
    private void CollectNeighbours(AddressSlot removed)
    {
        ref readonly InterfaceAddress address = ref removed.Address;
        if (address.Address.Family != AddressFamily.IPv4)
            return;
        // A secondary goes alone.
        if (removed.Interface.TryGet(address.Address, address.PrefixLength, out InterfaceAddress present)
            && (present.Flags & AddressFlags.Secondary) != 0)
        {
            return;
        }
        foreach (AddressSlot? other in CollectionsMarshal.AsSpan(_slots))
        {
            if (other is { Wanted: > 0, Presence: AddressPresence.Ours } && ReferenceEquals(other.Interface, removed.Interface)
                && other.Address.Address.Family == AddressFamily.IPv4
                && other.Address.PrefixLength == address.PrefixLength
                && SameSubnet(other.Address.Address, address.Address, address.PrefixLength)
                && !_reassert.Contains(other))
            {
                _reassert.Add(other);
            }
        }
    }

    private static bool SameSubnet(IpAddress a, IpAddress b, int prefixLength)
        => prefixLength == 0 || (a.ToUInt32() ^ b.ToUInt32()) >> (a.HostPrefixLength - prefixLength) == 0;

    private void OnAdded(AddressSlot slot, Errno error, ReadOnlySpan<byte> extack)
    {
        switch (error)
        {
            case Errno.None:
                slot.Presence = AddressPresence.Ours;
                break;
            case Errno.EEXIST:
                AddressPresence found = slot.IsHosts ? AddressPresence.Foreign : AddressPresence.Ours;
                if (slot.Presence != found)
                    log.Write(LogLevel.Detail, EventIds.AddressWasThere,
                        $"{slot.Address.Address} is already on {slot.Interface.Name}: {(slot.IsHosts ? "it stays when we leave" : "taken for ours")}");
                slot.Presence = found;
                break;
            default:
                slot.Presence = AddressPresence.Absent;
                Refused(slot, "add", error, extack);
                break;
        }
    }

    private void OnDeleted(AddressSlot slot, Errno error, ReadOnlySpan<byte> extack)
    {
        slot.Presence = AddressPresence.Absent;
        if (error == Errno.None)
            slot.OwnRemovals++;
        else if (error is not (Errno.EADDRNOTAVAIL or Errno.ENODEV))
            Refused(slot, "remove", error, extack);
    }

    private void Refused(AddressSlot slot, string verb, Errno error, ReadOnlySpan<byte> extack)
    {
        RefusedCount++;
        ref readonly InterfaceAddress address = ref slot.Address;
        if (extack.IsEmpty)
            log.Write(LogLevel.Error, EventIds.AddressRefused,
                $"Netlink: cannot {verb} {address.Address}/{address.PrefixLength} on {slot.Interface.Name} - {new ErrnoText(error)}");
        else
            log.Write(LogLevel.Error, EventIds.AddressRefused,
                $"Netlink: cannot {verb} {address.Address}/{address.PrefixLength} on {slot.Interface.Name} - {new ErrnoText(error)}: {extack}");
    }

    /// <summary>The slot of this address with this prefix length, if any instance lists it.</summary>
    public AddressSlot? Find(NetworkInterface at, in InterfaceAddress address)
    {
        foreach (AddressSlot? slot in CollectionsMarshal.AsSpan(_slots))
        {
            if (slot is not null && slot.IsFor(at, address))
                return slot;
        }
        return null;
    }
}
