using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Kernel.Links;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Daemon.Routers;

// Interfaces that are made for instances, and settings of the host that are changed for all of them.
internal sealed partial class VrrpModule
{
    // net.ipv4.igmp_link_local_mcast_reports: membership of 224.0.0.0/24, where VRRP's group is, is reported.
    private const string LocalReports = "net/ipv4/igmp_link_local_mcast_reports";

    private bool _holdsLocalReports;

    // What is heard while interfaces are made is told to instances afterwards: what goes and comes in between is our own doing.
    private bool _isMakingDevices;
    private readonly List<NetworkInterface> _heardOf = [];

    /// <param name="recorded">What an earlier run left; null while running.</param>
    private void AdoptDevices(Config.Configuration configuration, KernelRecord.Content? recorded)
    {
        _services.DeviceNames.Adopt(configuration.VrrpInstances.SelectMany(static block => block.OwnDevices).Select(static device => device.Name));
        bool isNew = false;
        foreach (KernelRecord.Link link in recorded?.Links ?? [])
        {
            _interfaces.Track(link.Interface, out bool isNewDevice);
            _interfaces.Track(link.Base, out bool isNewBase);
            isNew |= isNewDevice || isNewBase;
        }
        // The present configuration need not name them.
        if (isNew)
            _world.TakeSnapshot();
        foreach (KernelRecord.Link link in recorded?.Links ?? [])
        {
            if (link.Is(_interfaces.Track(link.Interface, out _), _interfaces.Track(link.Base, out _)))
                _services.DeviceNames.AddLeftover(link.Interface);
        }
        if (configuration.GlobalDefs.DisableLocalIgmp && !_holdsLocalReports)
        {
            _holdsLocalReports = true;
            _services.Settings.Require(LocalReports, 0);
        }
        else if (!configuration.GlobalDefs.DisableLocalIgmp)
        {
            ReleaseGlobalSettings();
        }
    }

    private void ReleaseGlobalSettings()
    {
        if (_holdsLocalReports)
            _services.Settings.Release(LocalReports);
        _holdsLocalReports = false;
    }

    /// <summary>Takes over what an earlier run made and is still wanted; the rest goes with the next removals.</summary>
    /// <returns>The slots of the rest, to be released after that.</returns>
    private List<LinkSlot> AdoptLeftoverLinks(KernelRecord.Content recorded)
    {
        List<LinkSlot> left = [];
        foreach (KernelRecord.Link link in recorded.Links)
        {
            NetworkInterface device = _interfaces.Track(link.Interface, out _);
            NetworkInterface below = _interfaces.Track(link.Base, out _);
            // Somebody may have made another one of that name since.
            if (!link.Is(device, below))
                continue;
            LinkSlot? wanted = _services.Links.Find(device);
            if (wanted is null)
            {
                _log.Write(LogLevel.Info, EventIds.StaleAddress, $"Removing interface {device.Name}: an earlier run left it there");
                left.Add(wanted = _services.Links.Acquire("leftover", device, DefinitionOf(device, below)));
            }
            _services.Links.Adopt(wanted, below);
        }
        return left;
    }

    private static LinkDefinition DefinitionOf(NetworkInterface device, NetworkInterface below)
    {
        // It only goes: which kind of ipvlan it is does not matter.
        VirtualLinkKind kind = device.Link.Kind == LinkKinds.Macvlan ? VirtualLinkKind.MacvlanPrivate : VirtualLinkKind.IpvlanBridge;
        return new LinkDefinition(below, kind, device.Link.Address, null, CarriesIPv4: false, CarriesIPv6: false, NotifiesBase: false);
    }

    // Before instances look for them, so that none begins in a fault that passes at once, and none that is active loses its role because its interface
    // is made, renamed or made anew by a reload.
    private void MakeDevices()
    {
        if (!_services.Links.IsDirty)
            return;
        // A farewell leaves on the interface that its instance had.
        _world.FlushDatagrams();
        _services.Links.Prepare();
        WriteRecord();
        if (!_services.Links.FlushAdditions())
            return;
        _interfaces.IsQuiet = true;
        _isMakingDevices = true;
        _world.HearNotifications();
        _isMakingDevices = false;
        _interfaces.IsQuiet = false;
        foreach (VrrpInstance instance in _instances)
            instance.UpdateDeviceSources();
        // Instances join their groups next, and what reports that must not leave with the virtual MAC address.
        _services.Firewall.FlushAdditions();
    }

    private void ReportWhatWasHeard(Instant now)
    {
        foreach (NetworkInterface at in _heardOf)
        {
            OnSurroundingsChanged(at);
            ReportInterface(at, now);
        }
        _heardOf.Clear();
    }

    // The address that a device speaks from is nobody's virtual address: it is put back at once.
    private void OnDeviceSourceGone(AddressSlot gone)
    {
        foreach (VrrpInstance instance in _instances)
        {
            if (instance.SpeaksFrom(gone))
                _services.Addresses.Restore(gone);
        }
    }
}
