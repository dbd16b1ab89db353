using System.Runtime.InteropServices;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel.Settings;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Daemon.Kernel;

/// <summary>Brings the addresses in the kernel to what is wanted: the difference, many requests to a message.</summary>
/// <remarks>
/// Start, failover, reload, stop and repair are all the same: somebody says what is wanted, and <see cref="Flush"/> sends what is
/// missing or too much. Only what is ours is ever removed. The requests and what becomes of them: <c>Requests</c>; what stands beside ours:
/// <c>Neighbours</c>.
/// </remarks>
internal sealed partial class AddressReconciler(IKernel kernel, KernelSettings settings, Log log) : INetlinkResults
{
    // By tag, and by what they are for: a takeover of thousands of addresses comes back as thousands of notifications.
    private readonly List<AddressSlot?> _slots = [];
    private readonly Dictionary<AddressKey, AddressSlot> _byKey = [];
    private readonly List<AddressSlot> _dirty = [];

    // Places among the slots.
    private int _freeCount;
    private readonly List<AddressSlot> _reassert = [];
    private readonly List<AddressSlot> _arrived = [];
    private bool _hasCaughtUp;

    public IEnumerable<AddressSlot> Slots => _slots.OfType<AddressSlot>();

    /// <summary>Something is about to be added that is not on record: it was somebody else's when that was written.</summary>
    public bool IsUnrecorded { get; private set; }

    /// <summary>The record names all that is not somebody else's.</summary>
    public void OnRecorded()
    {
        IsUnrecorded = false;
        foreach (AddressSlot? slot in CollectionsMarshal.AsSpan(_slots))
        {
            if (slot is not null)
                slot.IsRecorded = slot.Presence != AddressPresence.Foreign;
        }
    }

    /// <summary>How often the kernel refused something (other than what is already so).</summary>
    public ulong RefusedCount { get; private set; }

    /// <summary>Something that was refused may succeed when it is tried again: <see cref="Retry"/>.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>Something that we added is still in the kernel, as far as is known.</summary>
    public bool HoldsAny => _slots.Exists(slot => slot is { Presence: AddressPresence.Ours });

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
            int tag = _freeCount == 0 ? -1 : _slots.IndexOf(null);
            if (tag >= 0)
            {
                _freeCount--;
            }
            else
            {
                tag = _slots.Count;
                _slots.Add(null);
            }
            slot = new AddressSlot(tag, at, address);
            _slots[tag] = slot;
            _byKey.Add(slot.Key, slot);
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
            ForgetUnused(slot);
    }

    // One whose removal was refused is kept in mind until the kernel lets it go.
    private void ForgetUnused(AddressSlot slot)
    {
        if (slot.Users > 0 || slot is { IsBehind: true, Presence: AddressPresence.Ours })
            return;
        _slots[slot.Tag] = null;
        _freeCount++;
        _byKey.Remove(slot.Key);
    }

    public void Want(AddressSlot slot, bool wanted)
    {
        slot.Wanted += wanted ? 1 : -1;
        slot.IsLate &= slot.Wanted > 0;
        MarkDirty(slot);
    }

    /// <summary>
    /// The address with which this host speaks on an interface: the first IPv4 address, or the link-local IPv6 one, that is
    /// not there on our account and can be a source.
    /// </summary>
    public IpAddress PrimaryAddress(NetworkInterface at, AddressFamily family)
    {
        for (int i = 0; i < at.AddressCount; i++)
        {
            InterfaceAddress candidate = at.AddressAt(i);
            if (candidate.Address.Family != family || (family == AddressFamily.IPv6 && !candidate.Address.IsLinkLocal))
                continue;
            // One whose uniqueness is being checked will do, as for keepalived: by the time of the first advertisement it is mostly over, and
            // no router begins with a FAULT because its interface has just come up.
            if ((candidate.Flags & AddressFlags.DadFailed) == 0 && BelongsToHost(Find(at, candidate)))
                return candidate.Address;
        }
        return default;

        // One of ours that is absent, and yet stands here: word of its removal is on the way.
        static bool BelongsToHost(AddressSlot? slot)
            => slot is null or { Presence: AddressPresence.Foreign } or { Presence: AddressPresence.Absent, IsHosts: true };
    }

    /// <summary>Puts back with the next flush what somebody else took away.</summary>
    public void Restore(AddressSlot slot)
    {
        slot.IsLate = true;
        MarkDirty(slot);
    }

    /// <summary>
    /// What has come into the kernel later than it was wanted, since the last time that was asked. Nobody has heard of it yet, and nobody
    /// will before its interface is up.
    /// </summary>
    public void TakeArrived(List<AddressSlot> arrived)
    {
        if (_arrived.Count == 0)
            return;
        foreach (AddressSlot slot in CollectionsMarshal.AsSpan(_arrived))
        {
            if (IsThere(slot) && slot.Interface.LinkIsUp)
                arrived.Add(slot);
        }
        _arrived.RemoveAll(static slot => !IsThere(slot) || slot.Interface.LinkIsUp);
    }

    /// <summary>Whether anything has come later than it was wanted, since the last time that was asked: what goes by it was refused with it.</summary>
    public bool TakeHasCaughtUp()
    {
        bool hasCaughtUp = _hasCaughtUp;
        _hasCaughtUp = false;
        return hasCaughtUp;
    }

    private static bool IsThere(AddressSlot slot) => slot is { Wanted: > 0, Presence: not AddressPresence.Absent };

    /// <summary>The last flush has left something for the next one.</summary>
    public bool HasMore => _dirty.Count > 0;

    /// <summary>For all addresses at once: a takeover of thousands shall not end with a collection.</summary>
    public void MakeRoom()
    {
        _dirty.EnsureCapacity(_slots.Count);
        foreach (AddressSlot? slot in CollectionsMarshal.AsSpan(_slots))
            slot?.Interface.AwaitedAddresses += 1;
        foreach (AddressSlot? slot in CollectionsMarshal.AsSpan(_slots))
            slot?.Interface.MakeRoom();
    }

    /// <summary>Sends the difference and reads the answers.</summary>
    /// <param name="most">Of the addresses that differ; for the others the next flush goes on where this one ends.</param>
    public void Flush(int most = int.MaxValue)
    {
        if (_dirty.Count == 0)
            return;
        Prepare();
        settings.FlushChanges();
        // Removing comes first, since IPv6 knows an address once only, whatever its prefix length, and since the first address
        // of a subnet takes the others along: nothing is added before that. Adding comes in the order of wanting.
        int left = most;
        foreach (AddressSlot slot in CollectionsMarshal.AsSpan(_dirty))
        {
            if (slot.Wanted == 0 && TryTake(slot, ref left))
                RequestRemoval(slot);
        }
        foreach (AddressSlot slot in CollectionsMarshal.AsSpan(_dirty))
        {
            if (slot is { Wanted: > 0, IsOutdated: true } && TryTake(slot, ref left))
                RequestRenewal(slot);
        }
        foreach (AddressSlot slot in CollectionsMarshal.AsSpan(_dirty))
        {
            if (slot.Wanted > 0 && TryTake(slot, ref left))
                RequestAddition(slot);
        }
        kernel.FlushAddresses();
        Reassert();
        _reassert.Clear();
        _dirty.RemoveAll(static slot => !slot.IsDirty);
        if (_dirty.Count == 0)
            LeaveNeighbours();
    }

    private static bool TryTake(AddressSlot slot, ref int left)
    {
        if (left == 0 || !slot.IsDirty)
            return false;
        slot.IsDirty = false;
        left--;
        return true;
    }

    /// <summary>Tries again with the next flush what was refused for a reason that may have passed.</summary>
    /// <remarks>Only that: what somebody else took away stays away.</remarks>
    public void Retry()
    {
        IsBehind = false;
        foreach (AddressSlot? slot in CollectionsMarshal.AsSpan(_slots))
        {
            if (slot is not { IsBehind: true })
                continue;
            slot.IsBehind = false;
            MarkDirty(slot);
        }
    }

    /// <summary>The kernel reports an address. One that is wanted and not known to be there is ours: the answer to adding it was lost.</summary>
    public void OnAddressReported(NetworkInterface at, in InterfaceAddress address)
    {
        if (Find(at, address) is { Wanted: > 0, Presence: AddressPresence.Absent, OwnRemovals: 0, IsHosts: false } slot)
        {
            slot.Presence = AddressPresence.Ours;
            slot.Refusal = Errno.None;
            Arrive(slot);
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
                Restore(slot);
        }
    }

    /// <summary>Takes away all that is ours on an interface, wanted or not, at once: its index is about to mean something else.</summary>
    /// <remarks>After <see cref="PrepareWithdrawal"/>.</remarks>
    public void Withdraw(NetworkInterface at)
    {
        settings.FlushChanges();
        foreach (AddressSlot? slot in CollectionsMarshal.AsSpan(_slots))
        {
            if (slot is { Presence: AddressPresence.Ours } && ReferenceEquals(slot.Interface, at))
                Send(slot, AddressRequest.Delete);
        }
        kernel.FlushAddresses();
        LeaveRenamed();
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

    /// <summary>The slot of this address with this prefix length, if any instance lists it.</summary>
    public AddressSlot? Find(NetworkInterface at, in InterfaceAddress address)
        => _byKey.GetValueOrDefault(new AddressKey(at, address.Address, address.PrefixLength));
}
