using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Kernel.Links;
using KeepalivedAot.Daemon.Kernel.Settings;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Daemon.Routers;

// The interfaces that are made for it (use_vmac, use_ipvlan), and what else it changes on those of the host.
internal sealed partial class VrrpInstance
{
    private const byte LinkLocalPrefixLength = 64;

    private string? _promotesOn;

    /// <summary>First its own, if it has one.</summary>
    public HeldDevice[] Devices { get; private set; } = [];

    /// <summary>The interface that the configuration names; null for unicast that is not bound to one.</summary>
    public NetworkInterface? Base { get; private set; }

    /// <summary>Where its addresses are: an interface of its own, or <see cref="Base"/>.</summary>
    public NetworkInterface? Interface { get; private set; }

    /// <summary>Where advertisements leave and come in.</summary>
    public NetworkInterface? Transport => Block.VmacTransmitBase ? Base : Interface;

    private bool IsIpvlan => Block.UseIpvlan is not null && Devices is [{ Configured.IsForAddresses: false }, ..];

    // What other datagrams come from: of the configuration, or that of the ipvlan.
    private IpAddress ConfiguredSource => Router.Parameters.SourceAddress;

    /// <summary>The interface of the host on which one stands that is made for the instance; any other is its own.</summary>
    public NetworkInterface BelowOf(NetworkInterface at)
    {
        foreach (HeldDevice device in Devices)
        {
            if (ReferenceEquals(device.Interface, at))
                return device.Base;
        }
        return at;
    }

    /// <summary>Whether this address is one that a device of the instance speaks from.</summary>
    public bool SpeaksFrom(AddressSlot slot) => Array.Exists(Devices, device => ReferenceEquals(device.Source, slot));

    private bool StandsOn(NetworkInterface at)
    {
        foreach (HeldDevice device in Devices)
        {
            if (ReferenceEquals(device.Base, at) || ReferenceEquals(device.Interface, at))
                return true;
        }
        return false;
    }

    private NetworkInterface? UnusableDevice()
    {
        foreach (HeldDevice device in Devices)
        {
            if (!device.IsUsable || !device.Interface.Exists)
                return device.Interface;
        }
        return null;
    }

    /// <summary>Wants nothing made or changed any more; what there is goes with the next flush.</summary>
    public void LeaveDevices()
    {
        Leave(Devices);
        Devices = [];
        PromoteSecondariesOn(null);
    }

    /// <summary>Looks which address of an interface below a device has to have.</summary>
    public void UpdateDeviceSources()
    {
        foreach (HeldDevice device in Devices)
        {
            InterfaceAddress wanted = SourceOf(device);
            if (device.Source?.Address.Address == wanted.Address || (device.Source is null && wanted.Address.IsNone))
                continue;
            LeaveSource(device);
            if (wanted.Address.IsNone)
                continue;
            device.Source = _services.Addresses.Acquire(device.Interface, wanted);
            _services.Addresses.Want(device.Source, true);
            FilterSource(device, isWanted: true);
        }
    }

    private void AttachDevices()
    {
        HeldDevice[] former = Devices;
        Base = Block.Interface is { } name ? _services.Interfaces.Track(name, out _) : null;
        Devices = [.. Block.OwnDevices.Select(Acquire)];
        Interface = Devices is [{ Configured.IsForAddresses: false } own, ..] ? own.Interface : Base;
        // First the new ones, so that what is in both is never unwanted in between.
        foreach (HeldDevice device in Devices)
        {
            _services.Links.Want(device.Slot, true);
            Filter(device, isWanted: true);
        }
        Leave(former);
        UpdateDeviceSources();
        PromoteSecondariesOn(Block.PromoteSecondaries ? Base?.Name : null);
    }

    private void Leave(HeldDevice[] devices)
    {
        foreach (HeldDevice device in devices)
        {
            LeaveSource(device);
            Filter(device, isWanted: false);
            _services.Links.Want(device.Slot, false);
            _services.Retired.Add(device.Slot);
        }
    }

    // Switches would learn the virtual MAC address from reports of a backup.
    private void Filter(HeldDevice device, bool isWanted)
    {
        LinkDefinition definition = device.Definition;
        if (definition is { IsMacvlan: true, CarriesIPv4: true })
            _services.Firewall.SetVirtualMac(device.Interface, device.Base, AddressFamily.IPv4, isWanted);
        if (definition is { IsMacvlan: true, CarriesIPv6: true })
            _services.Firewall.SetVirtualMac(device.Interface, device.Base, AddressFamily.IPv6, isWanted);
    }

    private void FilterSource(HeldDevice device, bool isWanted)
    {
        if (device is { Definition.IsMacvlan: true, Source.Address.Address: { Family: AddressFamily.IPv6 } source })
            _services.Firewall.SetParentLinkLocal(device.Interface, source, isWanted);
    }

    private void LeaveSource(HeldDevice device)
    {
        if (device.Source is not { } source)
            return;
        FilterSource(device, isWanted: false);
        _services.Addresses.Want(source, false);
        _services.Retired.Add(source);
        device.Source = null;
    }

    private HeldDevice Acquire(OwnDevice configured)
    {
        NetworkInterface below = _services.Interfaces.Track(configured.Base, out _);
        LinkDefinition definition = new(
            below,
            KindOf(configured),
            Block.MacOf(configured),
            (Block.UseVmac?.Group ?? Block.UseIpvlan?.Group)?.Number,
            Carries(configured, AddressFamily.IPv4),
            Carries(configured, AddressFamily.IPv6),
            Block.UseVmac is { NetlinkNotify: true });
        return new HeldDevice(configured, _services.Links.Acquire(Name, ChooseInterface(configured, definition), definition), definition);
    }

    private VirtualLinkKind KindOf(OwnDevice configured) => Block.UseIpvlan switch
    {
        null => VirtualLinkKind.MacvlanPrivate,
        _ when configured.IsForAddresses => VirtualLinkKind.MacvlanPrivate,
        { Private: true } => VirtualLinkKind.IpvlanPrivate,
        { Vepa: true } => VirtualLinkKind.IpvlanVepa,
        _ => VirtualLinkKind.IpvlanBridge,
    };

    private bool Carries(OwnDevice configured, AddressFamily family)
        => configured.Family == family || (!configured.IsForAddresses && Block.Family == family)
            || Block.VirtualAddresses.Concat(Block.ExcludedAddresses).Any(address => address.Address.Address.Family == family && Block.DeviceOf(address) == configured);

    // A name that was made up gives way to an interface that is none of ours.
    private NetworkInterface ChooseInterface(OwnDevice configured, LinkDefinition definition)
    {
        HeldDevice? same = Array.Find(Devices, device => device.Configured == configured);
        if (same is not null)
            return same.Interface;
        NetworkInterface at = _services.Interfaces.Track(configured.Name, out _);
        if (configured.Prefix is null || !at.Exists || _services.DeviceNames.IsLeftover(at.Name) || definition.Is(at.Link) || _services.Links.Find(at) is not null)
            return at;
        for (int number = 1; ; number++)
        {
            string other = $"{configured.Prefix}{number}.{Block.VirtualRouterId}";
            if (!_services.DeviceNames.IsTaken(other) && KernelName.TryParse(other, out KernelName name) && !_services.World.HasInterface(name))
            {
                _services.DeviceNames.Take(other);
                return _services.Interfaces.Track(other, out _);
            }
        }
    }

    private InterfaceAddress SourceOf(HeldDevice device)
    {
        if (!device.Definition.IsMacvlan)
            return OwnAddress();
        bool isSilent = Block.VmacTransmitBase && !device.Configured.IsForAddresses;
        if (isSilent || !device.Definition.CarriesIPv6)
            return default;
        return new InterfaceAddress
        {
            Address = _services.Addresses.PrimaryAddress(device.Base, AddressFamily.IPv6),
            PrefixLength = LinkLocalPrefixLength,
            Flags = AddressFlags.NoDad,
            PreferredLifetimeSeconds = 0,
            Protocol = ParameterMapping.KeepalivedProtocol,
        };
    }

    // Of an ipvlan: what use_ipvlan names, or nothing.
    private InterfaceAddress OwnAddress() => Block.UseIpvlan is { Address: { Address.IsNone: false } own }
        ? new InterfaceAddress
        {
            Address = own.Address,
            PrefixLength = own.Length,
            Flags = own.Address.Family == AddressFamily.IPv6 ? AddressFlags.NoDad : AddressFlags.None,
            Protocol = ParameterMapping.KeepalivedProtocol,
        }
        : default;

    private void PromoteSecondariesOn(string? interfaceName)
    {
        if (_promotesOn == interfaceName)
            return;
        if (interfaceName is not null)
            _services.Settings.Require(KernelSettings.Ipv4(interfaceName, Ipv4SettingNames.Of(Ipv4Setting.PromoteSecondaries)), 1);
        if (_promotesOn is not null)
            _services.Settings.Release(KernelSettings.Ipv4(_promotesOn, Ipv4SettingNames.Of(Ipv4Setting.PromoteSecondaries)));
        _promotesOn = interfaceName;
    }
}
