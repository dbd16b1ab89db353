using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Routing;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Kernel.Firewall;
using KeepalivedAot.Daemon.Kernel.Routing;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>One <c>vrrp_instance</c> at work: the core, and what the core's wishes become in this world (<c>Effects</c>);
/// what it tracks is in <c>Tracking</c>.</summary>
internal sealed partial class VrrpInstance
{
    // IPV6_DEFAULT_HOPLIMIT (net/ipv6.h), which keepalived's unicast datagrams have too.
    private const byte KernelHopLimit = 64;

    private readonly VrrpServices _services;
    private bool _isHolding;
    private OsError _receiverFailure;

    // Its interface does not do multicast, which it needs: looked for when the interface is another one, and until it does.
    private bool _lacksMulticast;
    private int _multicastIndex;

    public VrrpInstance(VrrpInstanceBlock block, int tag, VrrpServices services)
    {
        _services = services;
        Tag = tag;
        Block = block;
        _sendErrors = NoErrors(block);
        VrrpParameters parameters = ParameterMapping.ToParameters(block);
        Router = new VrrpRouter(parameters, services.World.Timers, this, services.Log, services.UnixClock) { Watches = services.Neighbours.IsEnabled };
        WipeSecrets(parameters);
    }

    public VrrpInstanceBlock Block { get; private set; }

    public VrrpRouter Router { get; }

    /// <summary>Comes back with what became of its datagrams.</summary>
    public int Tag { get; }

    public string Name => Router.Parameters.Name;

    public Vrid Vrid => Router.Parameters.Vrid;

    private byte HopLimit => Block.IsUnicast ? Block.UnicastTtl ?? KernelHopLimit : byte.MaxValue;

    public HeldAddress[] HeldAddresses { get; private set; } = [];

    /// <summary>Its place in the record of roles; negative while it has none.</summary>
    public int RolePlace { get; set; } = -1;

    /// <summary>It wants its addresses, routes and rules in the kernel now: it is master.</summary>
    public bool IsHoldingAddresses => _isHolding;

    /// <summary>Its virtual routes and rules, in the order of the configuration.</summary>
    public HeldRoutingLine[] RoutingLines { get; private set; } = [];

    public SharedReceiver? Receiver { get; private set; }

    /// <summary>Hearing is wanted, but the kernel refused it.</summary>
    public bool LacksReceiver { get; private set; }

    /// <summary>Takes the interfaces and addresses of the block; the old addresses are left as soon as the kernel is brought up to date.</summary>
    /// <returns>The addresses that this instance used before.</returns>
    public HeldAddress[] Attach()
    {
        AttachDevices();
        List<HeldAddress> addresses = [];
        foreach (VirtualAddress address in Block.VirtualAddresses)
            Add(addresses, address);
        foreach (VirtualAddress address in Block.HasExcludedAddresses ? Block.ExcludedAddresses : [])
            Add(addresses, address);
        HeldAddress[] former = HeldAddresses;
        HeldAddresses = [.. addresses];
        HeldRoutingLine[] formerLines = RoutingLines;
        RoutingLines = AcquireLines();
        _services.Neighbours.OnConfigurationChanged();
        AttachTrackers();
        if (_isHolding)
        {
            // First the new ones, so that what is in both is never unwanted in between.
            WantAddresses(HeldAddresses, true);
            WantAddresses(former, false);
            WantLines(RoutingLines, true);
            WantLines(formerLines, false);
        }
        return former;
    }

    /// <summary>The first half of a start: what the instance finds. Its group wants to know that of all members first.</summary>
    public void Prepare(Instant now)
    {
        LookForMulticast();
        if (Base is { Exists: true } at && (at.Link.Flags & LinkFlags.NoArp) != 0)
            Router.Log.Write(LogLevel.Info, EventIds.NoArp, $"({Name}) disabling ARP since interface does not support it");
        UpdateDeviceSources();
        UpdateReceiver();
        Router.SetPriorityAdjustment(Adjustment, now);
        Router.Prepare(PresentFaults() | TrackerFaults(), LocalAddress(), Mtu);
    }

    /// <summary>The other half, after <see cref="Prepare"/>.</summary>
    public void Start(Duration startupDelay, Instant now)
    {
        LogFaultsAtStart();
        Router.Start(startupDelay, now, SubjectAtStart(), DownInterface()?.Name);
    }

    /// <summary>Goes over to a block that says the same, and touches nothing.</summary>
    public void Keep(VrrpInstanceBlock block) => Block = block;

    /// <summary>The first half of going over to another configuration of the same router: what it wants of the kernel, but not yet how it goes on.</summary>
    /// <returns>What it held before, for <see cref="Reconfigure"/>, and to be released after the next flush.</returns>
    public HeldAddress[] Attach(VrrpInstanceBlock block)
    {
        Block = block;
        _sendErrors = NoErrors(block);
        return Attach();
    }

    /// <summary>The other half, when its interfaces are there.</summary>
    public void Reconfigure(HeldAddress[] former, Instant now)
    {
        // There may be thousands, and advertisements wait meanwhile.
        HashSet<AddressSlot> slots = [.. former.Select(static held => held.Slot)];
        // One that is not there went with an interface that has been made anew.
        bool moved = HeldAddresses.Any(held => !slots.Contains(held.Slot) || !held.IsPresent);
        VrrpParameters parameters = ParameterMapping.ToParameters(Block);
        Router.Reconfigure(parameters, now, moved, Adjustment);
        WipeSecrets(parameters);
        SetTrackerFaults(now, TrackerFaultText());
        LookForMulticast();
        OnSurroundingsChanged(now);
    }

    /// <summary>Looks again at the interfaces and addresses that the instance depends on.</summary>
    public void OnSurroundingsChanged(Instant now)
    {
        if (_lacksMulticast || Base?.Index != _multicastIndex)
            LookForMulticast();
        UpdateDeviceSources();
        UpdateReceiver();
        if (Mtu != 0)
            Router.SetMtu(Mtu);
        Router.SetLocalAddress(LocalAddress(), now);
        VrrpFaults present = PresentFaults();
        Router.SetFault(VrrpFaults.InterfaceDown, (present & VrrpFaults.InterfaceDown) != 0, now, DownInterface()?.DownText);
        SetTrackerFaults(now);
        Router.SetFault(VrrpFaults.Configuration, (present & VrrpFaults.Configuration) != 0, now);
    }

    /// <summary>Whether an interface's state or addresses matter to it.</summary>
    public bool DependsOn(NetworkInterface at)
    {
        if (ReferenceEquals(Base, at) || ReferenceEquals(Interface, at) || StandsOn(at))
            return true;
        foreach (HeldAddress held in HeldAddresses)
        {
            if (ReferenceEquals(held.Interface, at))
                return true;
        }
        foreach (HeldRoutingLine held in RoutingLines)
        {
            if (held.Watched.AsSpan().Contains(at))
                return true;
        }
        return TracksInterface(at.Name);
    }

    /// <summary>Whether the loss of this address is the instance's concern.</summary>
    public bool Tracks(AddressSlot slot)
    {
        foreach (HeldAddress held in HeldAddresses)
        {
            if (held.IsTracked && ReferenceEquals(held.Slot, slot))
                return true;
        }
        return false;
    }

    /// <summary>It is master, and this is one of its addresses, tracked or not.</summary>
    public bool IsHolding(AddressSlot slot) => _isHolding && Array.Exists(HeldAddresses, held => ReferenceEquals(held.Slot, slot));

    /// <summary>It is master, and this is one of its routes or rules, tracked or not.</summary>
    public bool IsHolding(RoutingSlot slot) => _isHolding && Array.Exists(RoutingLines, held => ReferenceEquals(held.Slot, slot));

    /// <summary>Adds those of its routes again that may have gone with an address.</summary>
    public void RestoreRoutes()
    {
        foreach (HeldRoutingLine held in RoutingLines)
        {
            if (held.Slot.Line is RouteLine)
                _services.Routing.Assure(held.Slot);
        }
    }

    /// <summary>Some of its addresses are yet to be sent to the kernel.</summary>
    public bool AwaitsAddresses
    {
        get
        {
            foreach (HeldAddress held in HeldAddresses)
            {
                if (held.IsPending)
                    return true;
            }
            return false;
        }
    }

    /// <summary>Somebody else removed a route or a rule that somebody of ours wants.</summary>
    public void OnRoutingGone(RoutingSlot gone, Instant now)
    {
        foreach (HeldRoutingLine held in RoutingLines)
        {
            if (held.IsTracked && ReferenceEquals(held.Slot, gone))
                Router.OnVirtualObjectLost(held.Name, now);
        }
    }

    public void CloseReceiver()
    {
        if (Receiver is not null)
            _services.Receivers.Leave(Receiver, this);
        Receiver = null;
    }

    // The router has what it needs of them in its hashes.
    private void WipeSecrets(VrrpParameters parameters)
    {
        parameters.WipeSecrets();
        Block.WipeSecrets();
    }

    /// <summary>Of its interface, in bytes; 0 without one.</summary>
    public int Mtu => Base?.Link.Mtu ?? 0;

    private HeldRoutingLine[] AcquireLines()
    {
        List<HeldRoutingLine> lines = [];
        // Of a route without an interface of its own the kernel's report does not tell enough.
        foreach (VirtualRoute route in Block.HasVirtualRoutes ? Block.VirtualRoutes : [])
        {
            NetworkInterface[] watched = !route.NoTrack && route.Device is { } device ? [_services.Interfaces.Track(device, out _)] : [];
            lines.Add(new(_services.Routing.Acquire(RoutingMapping.ToLine(route, _services.Interfaces)), watched.Length > 0, watched));
        }
        foreach (VirtualRule rule in Block.HasVirtualRules ? Block.VirtualRules : [])
        {
            NetworkInterface[] watched = rule.NoTrack ? [] : [.. rule.Interfaces.Select(named => _services.Interfaces.Track(named.Name, out _))];
            lines.Add(new(_services.Routing.Acquire(RoutingMapping.ToLine(rule)), !rule.NoTrack, watched));
        }
        return [.. lines];
    }

    private void WantAddresses(HeldAddress[] addresses, bool wanted)
    {
        foreach (HeldAddress held in addresses)
        {
            _services.Addresses.Want(held.Slot, wanted);
            _services.Firewall.Want(held.Dropped, wanted);
        }
    }

    private void WantLines(HeldRoutingLine[] lines, bool wanted)
    {
        foreach (HeldRoutingLine held in lines)
            _services.Routing.Want(held.Slot, wanted);
    }

    private void Add(List<HeldAddress> addresses, VirtualAddress address)
    {
        // Without an interface of either there is nowhere to put it; the configuration has complained.
        if (InterfaceOf(address) is not { } at)
            return;
        bool isOwners = Block.Priority == Priority.Owner.Value;
        AddressSlot slot = _services.Addresses.Acquire(at, ParameterMapping.ToInterfaceAddress(address), isOwners);
        // Only an interface that is no reason for a fault can go and come back under an address that is held.
        bool mayBeAnother = Block.DontTrackPrimary && (ReferenceEquals(at, Interface) || address.NoTrack);
        FirewallSlot? dropped = Block.AcceptMode ? null : _services.Firewall.Acquire(at, address.Address.Address, mayBeAnother);
        addresses.Add(new HeldAddress(slot, !address.NoTrack, dropped) { Line = address });
    }

    private NetworkInterface? InterfaceOf(VirtualAddress address)
    {
        if (Block.DeviceOf(address) is { } own)
            return Array.Find(Devices, device => device.Configured == own)!.Interface;
        return (address.Device ?? Block.Interface) is { } name ? _services.Interfaces.Track(name, out _) : null;
    }

    // As keepalived, which looks once: a running router goes on when the flag is taken away, for the kernel sends all the same.
    private void LookForMulticast()
    {
        _multicastIndex = Base?.Index ?? 0;
        _lacksMulticast = !Block.IsUnicast && Base is { Exists: true } at && (at.Link.Flags & LinkFlags.Multicast) == 0;
    }

    // A VMAC speaks with the address of the interface below: its own addresses are those of the virtual router.
    private IpAddress LocalAddress()
        => (IsIpvlan ? Interface : Base) is { } at ? _services.Addresses.PrimaryAddress(at, Router.Parameters.Family) : default;

    private VrrpFaults PresentFaults()
    {
        VrrpFaults faults = VrrpFaults.None;
        if (LacksReceiver || DownInterface() is not null)
            faults |= VrrpFaults.InterfaceDown;
        if (_lacksMulticast || (Block.IsUnicast && !Block.HasUnicastPeers))
            faults |= VrrpFaults.Configuration;
        if (_services.Maintenance is not null)
            faults |= VrrpFaults.Maintenance;
        return faults;
    }

    /// <summary>Its own interface, or that of a virtual address, route or rule, when that is down and matters; else null.</summary>
    private NetworkInterface? DownInterface()
    {
        if (Base is { IsUp: false } && !Block.DontTrackPrimary)
            return Base;
        // One of its own that is not there, or is another's, is a fault whatever is tracked.
        if (UnusableDevice() is { } unusable)
            return unusable;
        if (Interface is { IsUp: false } && !ReferenceEquals(Interface, Base) && !Block.DontTrackPrimary)
            return Interface;
        foreach (HeldAddress held in HeldAddresses)
        {
            if (held.IsTracked && !ReferenceEquals(held.Interface, Interface) && !held.Interface.IsUp)
                return held.Interface;
        }
        foreach (HeldRoutingLine held in RoutingLines)
        {
            foreach (NetworkInterface at in held.Watched)
            {
                if (!at.IsUp && !ReferenceEquals(at, Interface))
                    return at;
            }
        }
        return null;
    }

    private void UpdateReceiver()
    {
        ReceiverKey? wanted = WantedReceiver();
        if (Receiver?.Key == wanted)
            return;
        CloseReceiver();
        if (wanted is not { } key)
        {
            _receiverFailure = default;
            LacksReceiver = false;
            return;
        }
        Receiver = _services.Receivers.Join(key, this, out OsError failure);
        // One line for a row of equal refusals.
        bool isNew = failure.IsError && failure != _receiverFailure;
        _receiverFailure = failure;
        LacksReceiver = Receiver is null;
        if (isNew)
            Router.Log.Write(LogLevel.Error, EventIds.TransportFailed, $"({Name}) cannot open its sockets: {failure}");
    }

    private byte Protocol => Router.Parameters.Authentication.Type == Vrrp.AuthenticationType.AuthenticationHeader
        ? Ipv4Header.ProtocolAuthenticationHeader : Ipv4Header.ProtocolVrrp;

    private ReceiverKey? WantedReceiver()
    {
        if (Transport is { Exists: false })
            return null;
        IpAddress local = !Block.IsUnicast ? Router.Parameters.Group
            : !ConfiguredSource.IsNone ? ConfiguredSource : LocalAddress();
        return local.IsNone ? null : new ReceiverKey(Transport?.Index ?? 0, local, Protocol);
    }
}
