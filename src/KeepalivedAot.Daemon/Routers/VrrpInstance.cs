using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>One <c>vrrp_instance</c> at work: the core, and what the core's wishes become in this world.</summary>
internal sealed class VrrpInstance : IVrrpEffects
{
    private readonly VrrpServices _services;
    private Errno _lastSendError;
    private bool _isHolding;

    public VrrpInstance(VrrpInstanceBlock block, VrrpServices services)
    {
        _services = services;
        Block = block;
        Router = new VrrpRouter(ParameterMapping.ToParameters(block), services.World.Timers, this, services.Log);
    }

    public VrrpInstanceBlock Block { get; private set; }

    public VrrpRouter Router { get; }

    public string Name => Router.Parameters.Name;

    public Vrid Vrid => Router.Parameters.Vrid;

    /// <summary>Hop limit of IPv6 unicast; 0 leaves it to the kernel.</summary>
    public byte HopLimit => Block.IsUnicast ? Block.UnicastTtl ?? 0 : byte.MaxValue;

    /// <summary>Null for unicast that is not bound to an interface.</summary>
    public NetworkInterface? Interface { get; private set; }

    public HeldAddress[] HeldAddresses { get; private set; } = [];

    public SharedTransport? Transport { get; private set; }

    /// <summary>The transport is wanted, but the kernel refused it.</summary>
    public bool LacksTransport { get; private set; }

    /// <summary>Takes the interfaces and addresses of the block; the old addresses are left as soon as the kernel is brought up to date.</summary>
    /// <returns>The addresses that this instance used before.</returns>
    public HeldAddress[] Attach()
    {
        Interface = Block.Interface is { } name ? _services.Interfaces.Track(name, out _) : null;
        List<HeldAddress> addresses = [];
        foreach (VirtualAddress address in Block.VirtualAddresses)
            Add(addresses, address);
        foreach (VirtualAddress address in Block.ExcludedAddresses)
            Add(addresses, address);
        HeldAddress[] former = HeldAddresses;
        HeldAddresses = [.. addresses];
        if (_isHolding)
        {
            // First the new ones, so that what is in both is never unwanted in between.
            foreach (HeldAddress held in HeldAddresses)
                _services.Addresses.Want(held.Slot, true);
            foreach (HeldAddress held in former)
                _services.Addresses.Want(held.Slot, false);
        }
        return former;
    }

    public void Start(Duration startupDelay, Instant now)
    {
        UpdateTransport();
        Router.Start(PresentFaults(), LocalAddress(), Mtu, startupDelay, now);
    }

    /// <summary>The same router with other parameters. What it held before and no longer does is returned, to be released after the next flush.</summary>
    public HeldAddress[] Reconfigure(VrrpInstanceBlock block, Instant now)
    {
        Block = block;
        HeldAddress[] former = Attach();
        Router.Reconfigure(ParameterMapping.ToParameters(block), now);
        OnSurroundingsChanged(now);
        return former;
    }

    /// <summary>Looks again at the interfaces and addresses that the instance depends on.</summary>
    public void OnSurroundingsChanged(Instant now)
    {
        UpdateTransport();
        if (Mtu != 0)
            Router.SetMtu(Mtu);
        Router.SetLocalAddress(LocalAddress(), now);
        VrrpFaults present = PresentFaults();
        Router.SetFault(VrrpFaults.InterfaceDown, (present & VrrpFaults.InterfaceDown) != 0, now);
        Router.SetFault(VrrpFaults.Configuration, (present & VrrpFaults.Configuration) != 0, now);
    }

    public void CloseTransport()
    {
        if (Transport is not null)
            _services.Transports.Leave(Transport, this);
        Transport = null;
    }

    public void OnSendFailed(IpAddress destination, Errno error)
    {
        // One line for a row of equal failures. A released interface has no use for priority 0.
        if (error == _lastSendError || (Router.State != VrrpState.Active && error is Errno.ENETUNREACH or Errno.ENETDOWN))
            return;
        _lastSendError = error;
        if (Block.IsUnicast)
            _services.Log.Write(LogLevel.Error, EventIds.SendFailed, $"({Name}) Cant send advert to {destination} ({new ErrnoText(error)})");
        else
            _services.Log.Write(LogLevel.Error, EventIds.SendFailed, $"({Name}): send advert error {(int)error} ({new ErrnoText(error)})");
    }

    void IVrrpEffects.SendAdvertisement(VrrpRouter router, ReadOnlySpan<byte> datagram, IpAddress source, IpAddress destination)
        => Transport?.Send(this, datagram, source, destination);

    void IVrrpEffects.HoldAddresses(VrrpRouter router, bool held)
    {
        if (!held)
            _services.Announcer.Drop(this);
        // Said again after a change of addresses: Attach has seen to it.
        if (held == _isHolding)
            return;
        _isHolding = held;
        foreach (HeldAddress address in HeldAddresses)
            _services.Addresses.Want(address.Slot, held);
    }

    void IVrrpEffects.Announce(VrrpRouter router, int rounds, AnnounceReason reason) => _services.Announcer.Queue(this, rounds);

    void IVrrpEffects.AnnounceSource(VrrpRouter router, IpAddress source) => _services.Announcer.QueueSource(this, source);

    void IVrrpEffects.OnTransition(VrrpRouter router, in Transition transition) => _lastSendError = Errno.None;

    void IVrrpEffects.OnLowerPriorityHeard(VrrpRouter router)
    {
        // notify_master_rx_lower_pri has no script to run yet.
    }

    private int Mtu => Interface?.Link.Mtu ?? 0;

    private void Add(List<HeldAddress> addresses, VirtualAddress address)
    {
        string? name = address.Device ?? Block.Interface;
        // Without an interface of either there is nowhere to put it; the configuration has complained.
        if (name is null)
            return;
        NetworkInterface at = _services.Interfaces.Track(name, out _);
        addresses.Add(new HeldAddress(_services.Addresses.Acquire(at, ParameterMapping.ToInterfaceAddress(address)), !address.NoTrack));
    }

    private IpAddress LocalAddress()
        => Interface?.PrimaryAddress(Router.Parameters.Family, _services.Addresses.IsOurs) ?? default;

    private VrrpFaults PresentFaults()
    {
        VrrpFaults faults = VrrpFaults.None;
        if (LacksTransport || (Interface is { IsUp: false } && !Block.DontTrackPrimary))
            faults |= VrrpFaults.InterfaceDown;
        foreach (HeldAddress held in HeldAddresses)
        {
            if (held.IsTracked && !ReferenceEquals(held.Interface, Interface) && !held.Interface.IsUp)
                faults |= VrrpFaults.InterfaceDown;
        }
        if (Block.IsUnicast && Block.UnicastPeers.Count == 0)
            faults |= VrrpFaults.Configuration;
        return faults;
    }

    private void UpdateTransport()
    {
        TransportKey? wanted = WantedTransport();
        if (Transport?.Key == wanted)
            return;
        CloseTransport();
        if (wanted is not { } key)
        {
            LacksTransport = false;
            return;
        }
        Transport = _services.Transports.Join(key, this, out OsError failure);
        bool isNew = Transport is null && !LacksTransport;
        LacksTransport = Transport is null;
        if (isNew)
            _services.Log.Write(LogLevel.Error, EventIds.TransportFailed, $"({Name}) cannot open its sockets: {failure}");
    }

    private TransportKey? WantedTransport()
    {
        if (Interface is { Exists: false })
            return null;
        IpAddress local = !Block.IsUnicast ? Router.Parameters.Group
            : !Block.Source.IsNone ? Block.Source : LocalAddress();
        return local.IsNone ? null : new TransportKey(Interface?.Index ?? 0, local);
    }
}
