using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Kernel.Links;
using KeepalivedAot.Daemon.Kernel.Routing;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Tracking;

namespace KeepalivedAot.Daemon.Routers;

// What the kernel reports of interfaces and addresses, and what an earlier run left in it.
internal sealed partial class VrrpModule
{
    private static readonly Duration RecordRetryInterval = Duration.FromSeconds(10);

    // What the last writing of the record failed with.
    private Errno _recordFailure;
    private Instant _recordRetryAt;

    public void OnInterfaceChanged(NetworkInterface changed, bool isAnother)
    {
        if (isAnother)
        {
            _services.Addresses.OnInterfaceReplaced(changed);
            // It may have been there under another name; the kernel does not report its addresses again by itself.
            // What we have just made has none.
            if (changed.Exists && _services.Links.Find(changed) is not { Presence: LinkPresence.Ours })
                _world.RequestSnapshot(changed.Index);
        }
        _services.Links.OnInterfaceChanged(changed, isAnother);
        _services.Routing.OnInterfaceChanged(changed);
        if (isAnother)
            _services.Firewall.OnInterfaceChanged(changed);
        _services.Neighbours.OnHoldingChanged();
        // Its addresses go with it, without a notification of their own.
        UpdatePrimaryAddresses(changed);
        OnSurroundingsChanged(changed);
        ReportInterface(changed, _world.Now);
    }

    public void OnInterfaceLeaving(NetworkInterface leaving, KernelName name)
    {
        OnSurroundingsChanged(leaving);
        ReportInterface(leaving, _world.Now);
        _world.FlushDatagrams();
        _services.Addresses.PrepareWithdrawal(leaving, name);
        if (_services.Settings.IsUnrecorded)
            WriteRecord();
        _services.Addresses.Withdraw(leaving);
        _services.Settings.OnInterfaceRenamed(leaving.Name, name.ToString());
        _services.Links.OnInterfaceRenamed(leaving, name);
    }

    public void OnResynchronised()
    {
        _services.Addresses.OnResynchronised();
        _services.Links.OnResynchronised();
        // An interface may have been down in between, which takes routes away without a word.
        _services.Routing.Reassert();
    }

    public void OnAddressReported(NetworkInterface at, in InterfaceAddress address)
    {
        _services.Addresses.OnAddressReported(at, address);
        OnAddressChanged(at, address.Address);
    }

    public void OnAddressGone(NetworkInterface at, in InterfaceAddress address)
    {
        AddressSlot? lost = _services.Addresses.OnAddressGone(at, address);
        if (lost is not null)
        {
            Instant now = _world.Now;
            // What goes while interfaces are made is our own doing, and is put back with the flush that follows.
            if (!_isMakingDevices && !TryReassert(lost, now))
                GiveUpFor(lost, now);
            OnStaticAddressGone(lost, now);
            OnDeviceSourceGone(lost);
        }
        if (address.Address.Family == AddressFamily.IPv4 && !at.HasAny(AddressFamily.IPv4))
            _services.Routing.OnRoutesDropped(at);
        OnAddressChanged(at, address.Address);
    }

    private void GiveUpFor(AddressSlot lost, Instant now)
    {
        foreach (VrrpInstance instance in _instances)
        {
            if (instance.Tracks(lost))
                instance.Router.OnVirtualAddressLost(lost.Address.Address, now, lost.Interface.Name);
        }
    }

    // Instances care for the address that they speak from, and no other: a takeover of thousands of addresses comes back as
    // thousands of notifications, and must not have each instance look around for each of them.
    private void OnAddressChanged(NetworkInterface at, IpAddress changed)
    {
        if (UpdatePrimaryAddress(at, changed.Family))
            OnSurroundingsChanged(at);
        else
            OnSurroundingsChanged(at, source: changed);
    }

    /// <param name="source">Only for instances that are configured to speak from it; none is for all.</param>
    private void OnSurroundingsChanged(NetworkInterface at, IpAddress source = default)
    {
        if (!_isStarted)
            return;
        if (_isMakingDevices)
        {
            if (!_heardOf.Contains(at))
                _heardOf.Add(at);
            return;
        }
        Instant now = _world.Now;
        bool lacksReceiver = false;
        foreach (VrrpInstance instance in _instances)
        {
            if (!source.IsNone && instance.Block.Source != source)
                continue;
            if (!instance.DependsOn(at))
                continue;
            instance.OnSurroundingsChanged(now);
            lacksReceiver |= instance.LacksReceiver;
        }
        if (lacksReceiver)
            ArmRetry(now);
    }

    // Interfaces are tracked things like others.
    private void ReportInterface(NetworkInterface at, Instant now)
    {
        if (!_isMakingDevices)
            _services.Trackers.Report(new TrackerId(TrackerKind.Interface, at.Name), TrackerReading.Of(at.IsUp), now);
    }

    private void UpdatePrimaryAddresses(NetworkInterface at)
    {
        UpdatePrimaryAddress(at, AddressFamily.IPv4);
        UpdatePrimaryAddress(at, AddressFamily.IPv6);
    }

    /// <returns>Whether it is another one than before.</returns>
    private bool UpdatePrimaryAddress(NetworkInterface at, AddressFamily family)
    {
        ref IpAddress spoken = ref family == AddressFamily.IPv4 ? ref at.SpokenIPv4 : ref at.SpokenIPv6;
        IpAddress primary = _services.Addresses.PrimaryAddress(at, family);
        if (primary == spoken)
            return false;
        if (primary.IsNone)
            _log.Write(LogLevel.Detail, EventIds.AddressDeassigned, $"Deassigned address {spoken} from interface {at.Name}");
        else
            _log.Write(LogLevel.Detail, EventIds.AddressAssigned, $"Assigned address {primary} for interface {at.Name}");
        spoken = primary;
        return true;
    }

    // Addresses of this configuration that an earlier run of ours, or of keepalived, left behind.
    private void RemoveLeftovers(KernelRecord.Content recorded)
    {
        List<LinkSlot> links = AdoptLeftoverLinks(recorded);
        List<AddressSlot> borrowed = [];
        foreach (KernelRecord.Entry entry in recorded.Addresses)
        {
            // It may be an address, or an interface, that the present configuration does not name any more.
            NetworkInterface at = _interfaces.Track(entry.Interface, out bool isNew);
            if (isNew)
                _world.TakeSnapshot();
            InterfaceAddress address = new() { Address = entry.Address, PrefixLength = entry.PrefixLength };
            if (_services.Addresses.Find(at, address) is null)
                borrowed.Add(_services.Addresses.Acquire(at, address));
        }
        // Whoever may go on as MASTER finds its addresses where they were.
        VrrpInstance[] resuming = Array.FindAll(_instances, static instance => instance.Router.HeldRole is not null);
        HashSet<AddressSlot> offered = [.. resuming.SelectMany(static instance => instance.HeldAddresses).Select(static held => held.Slot)];
        List<(AddressSlot Slot, InterfaceAddress Present)> kept = [];
        foreach (AddressSlot slot in _services.Addresses.Slots)
        {
            if (slot.Presence != AddressPresence.Foreign || !IsLeftover(slot, recorded.Addresses, out InterfaceAddress present))
                continue;
            if (offered.Contains(slot))
            {
                _log.Write(LogLevel.Info, EventIds.StaleAddress,
                    $"Found {slot.Address.Address}/{slot.Address.PrefixLength} on {slot.Interface.Name}: an earlier run left it there");
                kept.Add((slot, present));
                continue;
            }
            _log.Write(LogLevel.Info, EventIds.StaleAddress,
                $"Removing {slot.Address.Address}/{slot.Address.PrefixLength} from {slot.Interface.Name}: an earlier run left it there");
            _services.Addresses.Adopt(slot, present);
        }
        List<RoutingSlot> left = AcquireLeftovers(recorded);
        // The present configuration need not name their interfaces.
        if (left.Exists(static slot => !slot.Line.IsPossible))
            _world.TakeSnapshot();
        // A route or a rule is keepalived's by its protocol number, so those of the present configuration are looked for as well; those of who may go
        // on as MASTER stay where they are.
        HashSet<RoutingSlot> recordedLines = [.. left];
        HashSet<RoutingSlot> keptLines = [.. resuming.SelectMany(static instance => instance.RoutingLines).Select(static held => held.Slot).Where(recordedLines.Contains)];
        foreach (RoutingSlot slot in _services.Routing.Slots)
        {
            if (!keptLines.Contains(slot) && (slot.Line.IsMarked || recordedLines.Contains(slot)))
                _services.Routing.RemoveLeftover(slot);
        }
        _services.Routing.FlushRemovals();
        _services.Addresses.Flush();
        foreach ((AddressSlot slot, InterfaceAddress present) in kept)
            _services.Addresses.Adopt(slot, present);
        HashSet<AddressSlot> keptAddresses = [.. kept.Select(static one => one.Slot)];
        foreach (VrrpInstance instance in resuming)
        {
            _kept.Keep(
                instance,
                Array.FindAll(instance.HeldAddresses, held => keptAddresses.Contains(held.Slot)),
                Array.FindAll(instance.RoutingLines, held => keptLines.Contains(held.Slot)));
        }
        _services.Firewall.RemoveLeftovers(recorded.Tables);
        // What is to be dropped is so again at once.
        _services.Firewall.FlushAdditions();
        foreach (AddressSlot slot in borrowed)
            _services.Addresses.Release(slot);
        foreach (RoutingSlot slot in left)
            _services.Routing.Release(slot);
        _services.Links.Prepare();
        _services.Links.FlushRemovals(int.MaxValue);
        foreach (LinkSlot slot in links)
            _services.Links.Release(slot);
        _services.DeviceNames.ForgetLeftovers();
    }

    private KernelRecord.Content ReadRecord()
    {
        OsError failure = _world.ReadRecord(out byte[]? record);
        if (failure.IsError)
            _log.Write(LogLevel.Warning, EventIds.KernelRecord, $"What an earlier run left in the kernel is not known: {failure}");
        return KernelRecord.Read(record);
    }

    private List<RoutingSlot> AcquireLeftovers(KernelRecord.Content recorded)
    {
        List<RoutingSlot> left = [];
        if (recorded.Routes.Count + recorded.Rules.Count == 0)
            return left;
        Config.Configuration lines = RecordedLines.Parse(recorded.Routes, recorded.Rules);
        foreach (Config.Routing.StaticRoute route in lines.StaticRoutes)
            left.Add(_services.Routing.Acquire(RoutingMapping.ToLine(route, _interfaces)));
        foreach (Config.Routing.StaticRule rule in lines.StaticRules)
            left.Add(_services.Routing.Acquire(RoutingMapping.ToLine(rule)));
        return left;
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
        _services.Settings.OnRecorded();
        _services.Addresses.OnRecorded();
        _services.Routing.OnRecorded();
        _services.Links.OnRecorded();
        OsError failure = _world.WriteRecord(KernelRecord.Write(
            _services.Addresses.Slots, _services.Routing.Slots, _services.Links.Slots, _services.Settings.Changed, _services.Firewall.Tables).Written);
        // Once for a row of equal failures.
        if (failure.IsError && failure.Errno != _recordFailure)
            _log.Write(LogLevel.Warning, EventIds.KernelRecord,
                $"No record of kernel objects ({failure}): after a crash the next start finds only what carries keepalived's protocol number");
        else if (!failure.IsError && _recordFailure != Errno.None)
            _log.Write(LogLevel.Info, EventIds.KernelRecord, "The record of kernel objects is written again"u8);
        _recordFailure = failure.Errno;
        if (failure.IsError)
            _recordRetryAt = _world.Now + RecordRetryInterval;
    }

    // A directory may be full for days, and the record be long.
    private void RetryRecord(Instant now)
    {
        if (_recordFailure != Errno.None && now >= _recordRetryAt)
            WriteRecord();
    }
}
