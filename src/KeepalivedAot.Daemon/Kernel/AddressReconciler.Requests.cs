using System.Runtime.InteropServices;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Daemon.Kernel;

// What is asked of the kernel for one slot, and what its answer means.
internal sealed partial class AddressReconciler
{
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
                ForgetUnused(slot);
                break;
            case AddressRequest.Renew:
                OnDeleted(slot, error, extack);
                // What is there is still the former one, whatever becomes of the new one.
                if (slot.Presence == AddressPresence.Ours)
                {
                    slot.Installed = slot.Former;
                    slot.IsOutdated = true;
                }
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

    private void RequestRemoval(AddressSlot slot)
    {
        if (slot.Wanted > 0 || slot.Presence != AddressPresence.Ours)
            return;
        Send(slot, AddressRequest.Delete);
        CollectNeighbours(slot);
    }

    private void RequestRenewal(AddressSlot slot)
    {
        if (slot is not { Wanted: > 0, Presence: AddressPresence.Ours, IsOutdated: true })
            return;
        Send(slot, AddressRequest.Renew);
        CollectNeighbours(slot);
    }

    private void RequestAddition(AddressSlot slot)
    {
        if (slot.Wanted > 0 && slot.Presence != AddressPresence.Ours)
            Send(slot, AddressRequest.Add);
    }

    // A slot has one request at a time, so this comes when the batch has been answered.
    private void Reassert()
    {
        if (_reassert.Count == 0)
            return;
        foreach (AddressSlot slot in CollectionsMarshal.AsSpan(_reassert))
        {
            // One that was put there anew meanwhile may have been refused.
            if (slot.Presence == AddressPresence.Ours)
                Send(slot, AddressRequest.Reassert);
        }
        kernel.FlushAddresses();
    }

    private void Send(AddressSlot slot, AddressRequest request)
    {
        // Without the interface there is nothing to do; its return marks the slot again.
        if (!slot.Interface.Exists)
        {
            slot.Presence = AddressPresence.Absent;
            slot.IsLate = slot.Wanted > 0;
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
        slot.Former = slot.Installed;
        slot.Installed = slot.Address;
        kernel.AddAddress(slot.Address with { InterfaceIndex = index }, slot.Tag);
    }

    // Removing the first IPv4 address of a subnet removes the others of that subnet too, unless promote_secondaries is on.
    private void CollectNeighbours(AddressSlot removed)
    {
        ref readonly InterfaceAddress address = ref removed.Address;
        // The only one of its subnet takes nobody along. Thousands of such may go at once.
        if (address.Address.Family != AddressFamily.IPv4 || address.PrefixLength == address.Address.HostPrefixLength)
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
                slot.Refusal = Errno.None;
                Arrive(slot);
                break;
            case Errno.EEXIST:
                AddressPresence found = slot.IsHosts || IsThereOtherwise(slot) ? AddressPresence.Foreign : AddressPresence.Ours;
                if (slot.Presence != found)
                    log.Write(LogLevel.Detail, EventIds.AddressWasThere,
                        $"{slot.Address.Address} is already on {slot.Interface.Name}: {(found == AddressPresence.Foreign ? "it stays when we leave" : "taken for ours")}");
                slot.Presence = found;
                slot.Refusal = Errno.None;
                Arrive(slot);
                break;
            default:
                slot.Presence = AddressPresence.Absent;
                slot.IsLate = slot.Wanted > 0;
                // EACCES: IPv6 is switched off on the interface, and nobody tells when it is switched on.
                if (Refusals.MayPass(error) || Refusals.LacksWay(error)
                    || (error == Errno.EACCES && slot.Address.Address.Family == AddressFamily.IPv6))
                {
                    FallBehind(slot);
                }
                Refused(slot, "add", error, extack);
                break;
        }
    }

    private void OnDeleted(AddressSlot slot, Errno error, ReadOnlySpan<byte> extack)
    {
        switch (error)
        {
            // One that was known to be there and is not went along with another one, or just now: that notification is on its way too.
            case Errno.None or Errno.EADDRNOTAVAIL:
                slot.Presence = AddressPresence.Absent;
                slot.Refusal = Errno.None;
                slot.OwnRemovals++;
                break;
            // So do all its addresses, and what is known of them with the interface.
            case Errno.ENODEV:
                slot.Presence = AddressPresence.Absent;
                break;
            default:
                // It is still there, and another router has it by now: it goes as soon as the kernel lets it.
                FallBehind(slot);
                Refused(slot, "remove", error, extack);
                break;
        }
    }

    // IPv6 knows an address of an interface once only: with another prefix length it is somebody else's.
    private static bool IsThereOtherwise(AddressSlot slot)
        => slot.Address.Address.Family == AddressFamily.IPv6 && slot.Interface.HasWithAnotherLength(slot.Address.Address, slot.Address.PrefixLength);

    private void Arrive(AddressSlot slot)
    {
        if (!slot.IsLate)
            return;
        slot.IsLate = false;
        _arrived.Add(slot);
        _hasCaughtUp = true;
    }

    private void FallBehind(AddressSlot slot)
    {
        slot.IsBehind = true;
        IsBehind = true;
    }

    private void Refused(AddressSlot slot, string verb, Errno error, ReadOnlySpan<byte> extack)
    {
        RefusedCount++;
        // One line for a row of equal refusals.
        if (slot.Refusal == error)
            return;
        slot.Refusal = error;
        ref readonly InterfaceAddress address = ref slot.Address;
        if (extack.IsEmpty)
            log.Write(LogLevel.Error, EventIds.AddressRefused,
                $"Netlink: cannot {verb} {address.Address}/{address.PrefixLength} on {slot.Interface.Name} - {new ErrnoText(error)}");
        else
            log.Write(LogLevel.Error, EventIds.AddressRefused,
                $"Netlink: cannot {verb} {address.Address}/{address.PrefixLength} on {slot.Interface.Name} - {new ErrnoText(error)}: {extack}");
    }
}
