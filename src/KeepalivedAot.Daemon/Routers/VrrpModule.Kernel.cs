using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Daemon.Routers;

// What the kernel reports of interfaces and addresses, and what an earlier run left in it.
internal sealed partial class VrrpModule
{
    public void OnInterfaceChanged(NetworkInterface changed, bool isAnother)
    {
        if (isAnother)
        {
            _services.Addresses.OnInterfaceReplaced(changed);
            // It may have been there under another name; the kernel does not report its addresses again by itself.
            if (changed.Exists)
                _world.RequestSnapshot(changed.Index);
        }
        OnSurroundingsChanged(changed);
    }

    public void OnInterfaceLeaving(NetworkInterface leaving)
    {
        OnSurroundingsChanged(leaving);
        _world.FlushDatagrams();
        _services.Addresses.Withdraw(leaving);
    }

    public void OnResynchronised() => _services.Addresses.OnResynchronised();

    public void OnAddressReported(NetworkInterface at, in InterfaceAddress address)
    {
        LogPrimaryAddresses(at);
        OnSurroundingsChanged(at);
    }

    public void OnAddressGone(NetworkInterface at, in InterfaceAddress address)
    {
        AddressSlot? lost = _services.Addresses.OnAddressGone(at, address);
        LogPrimaryAddresses(at);
        if (lost is not null)
        {
            Instant now = _world.Now;
            foreach (VrrpInstance instance in _instances)
            {
                if (instance.Tracks(lost))
                    instance.Router.OnVirtualAddressLost(address.Address, now, at.Name);
            }
        }
        OnSurroundingsChanged(at);
    }

    private void OnSurroundingsChanged(NetworkInterface at)
    {
        Instant now = _world.Now;
        bool lacksReceiver = false;
        foreach (VrrpInstance instance in _instances)
        {
            if (!instance.DependsOn(at))
                continue;
            instance.OnSurroundingsChanged(now);
            lacksReceiver |= instance.LacksReceiver;
        }
        if (lacksReceiver)
            ArmRetry(now);
    }

    private void LogPrimaryAddresses(NetworkInterface at)
    {
        LogPrimaryAddress(at, AddressFamily.IPv4, ref at.SpokenIPv4);
        LogPrimaryAddress(at, AddressFamily.IPv6, ref at.SpokenIPv6);
    }

    private void LogPrimaryAddress(NetworkInterface at, AddressFamily family, ref IpAddress spoken)
    {
        IpAddress primary = _services.Addresses.PrimaryAddress(at, family);
        if (primary == spoken)
            return;
        if (primary.IsNone)
            _log.Write(LogLevel.Detail, EventIds.AddressDeassigned, $"Deassigned address {spoken} from interface {at.Name}");
        else
            _log.Write(LogLevel.Detail, EventIds.AddressAssigned, $"Assigned address {primary} for interface {at.Name}");
        spoken = primary;
    }

    // Addresses of this configuration that an earlier run of ours, or of keepalived, left behind.
    private void RemoveLeftovers()
    {
        List<KernelRecord.Entry> recorded = _world.ReadRecord() is { } record ? KernelRecord.Read(record) : [];
        List<AddressSlot> borrowed = [];
        foreach (KernelRecord.Entry entry in recorded)
        {
            // It may be an address, or an interface, that the present configuration does not name any more.
            NetworkInterface at = _interfaces.Track(entry.Interface, out bool isNew);
            if (isNew)
                _world.TakeSnapshot();
            InterfaceAddress address = new() { Address = entry.Address, PrefixLength = entry.PrefixLength };
            if (_services.Addresses.Find(at, address) is null)
                borrowed.Add(_services.Addresses.Acquire(at, address));
        }
        foreach (AddressSlot slot in _services.Addresses.Slots)
        {
            if (slot.Presence != AddressPresence.Foreign || !IsLeftover(slot, recorded, out InterfaceAddress present))
                continue;
            _log.Write(LogLevel.Info, EventIds.StaleAddress,
                $"Removing {slot.Address.Address}/{slot.Address.PrefixLength} from {slot.Interface.Name}: an earlier run left it there");
            _services.Addresses.Adopt(slot, present);
        }
        _services.Addresses.Flush();
        foreach (AddressSlot slot in borrowed)
            _services.Addresses.Release(slot);
    }

    private bool IsLeftover(AddressSlot slot, List<KernelRecord.Entry> recorded, out InterfaceAddress present)
    {
        if (!slot.Interface.TryGet(slot.Address.Address, slot.Address.PrefixLength, out present))
            return false;
        if (_world.TellsWhoAddedAddresses)
            return present.Protocol == ParameterMapping.KeepalivedProtocol;
        return recorded.Contains(new KernelRecord.Entry(slot.Interface.Name, slot.Address.Address, slot.Address.PrefixLength));
    }

    private void WriteRecord()
    {
        OsError failure = _world.WriteRecord(KernelRecord.Write(_services.Addresses.Slots));
        if (failure.IsError)
            _log.Write(LogLevel.Warning, EventIds.KernelRecord,
                $"No record of kernel objects ({failure}): after a crash the next start finds only addresses that carry keepalived's protocol number");
    }
}
