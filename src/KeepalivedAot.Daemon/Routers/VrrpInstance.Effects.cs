using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Mail;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Watch;

namespace KeepalivedAot.Daemon.Routers;

// What the core wants of this world, and what became of its datagrams.
internal sealed partial class VrrpInstance : IVrrpEffects
{
    // By destination: what became of the last datagram, so that a row of equal failures is one line.
    private Errno[] _sendErrors;

    private AlertState? _lastMailed;

    /// <summary>What changed the state, and how often.</summary>
    public TransitionCounts Transitions { get; } = new();

    /// <param name="destination">As in <see cref="DatagramTag.Destination"/>; a reload may have taken it away meanwhile.</param>
    public void OnSent(int destination, Errno error)
    {
        if (destination >= _sendErrors.Length || _sendErrors[destination] == error)
            return;
        _sendErrors[destination] = error;
        if (error == Errno.None)
            return;
        // Priority 0 on an interface that is down or gone cannot arrive, and that is no news.
        if (Router.State != VrrpState.Active && error is Errno.ENETUNREACH or Errno.ENETDOWN or Errno.ENODEV)
            return;
        string text = ErrnoText.Of(error);
        if (Block.HasUnicastPeers && destination < Block.UnicastPeers.Count)
            Router.Events.SendToPeerFailed(Name, Block.UnicastPeers[destination].Address, text);
        else
            Router.Events.SendFailed(Name, (int)error, text);
    }

    void IVrrpEffects.SendAdvertisement(VrrpRouter router, ReadOnlySpan<byte> datagram, IpAddress source, IpAddress destination)
    {
        // Without its interface there is no way out; a datagram of another one's would be a lie.
        if (Transport is { Exists: false })
            return;
        _services.Roles.Note(this);
        DatagramTag tag = new(Tag, PlaceOf(destination));
        _services.World.QueueDatagram(datagram, new DatagramRoute(Transport?.Index ?? 0, source, destination, HopLimit), tag.Value);
    }

    void IVrrpEffects.HoldAddresses(VrrpRouter router, bool held)
    {
        if (!held)
            _services.Announcer.Drop(this);
        // Said again after a change of addresses: Attach has seen to it.
        if (held == _isHolding)
            return;
        _isHolding = held;
        _services.Neighbours.OnHoldingChanged();
        WantAddresses(HeldAddresses, held);
        WantLines(RoutingLines, held);
    }

    void IVrrpEffects.Announce(VrrpRouter router, int rounds, AnnounceReason reason)
    {
        if (reason == AnnounceReason.ExtraInterfaces)
            AnnounceOnExtraInterfaces();
        else
            _services.Announcer.Queue(this, rounds);
    }

    /// <summary>An address has come into the kernel after the others: as often as those it is announced.</summary>
    public void AnnounceArrived(AddressSlot arrived)
    {
        if (!_isHolding)
            return;
        foreach (HeldAddress held in HeldAddresses)
        {
            if (ReferenceEquals(held.Slot, arrived))
                _services.Announcer.QueueOne(this, held, Router.Parameters.Announcements.ActiveRepeat);
        }
    }

    // A switch forgets where a MAC address is when it hears nothing from there, and advertisements go out on one interface only:
    // the first address of each other one is enough.
    private void AnnounceOnExtraInterfaces()
    {
        for (int i = 0; i < HeldAddresses.Length; i++)
        {
            HeldAddress held = HeldAddresses[i];
            bool isFirst = !ReferenceEquals(held.Interface, Transport) && held.IsPresent
                && (Block.GarpExtraInterfaces.OnAll || !ReferenceEquals(BelowOf(held.Interface), held.Interface));
            for (int earlier = 0; isFirst && earlier < i; earlier++)
                isFirst = !ReferenceEquals(HeldAddresses[earlier].Interface, held.Interface) || !HeldAddresses[earlier].IsPresent;
            if (isFirst)
                _services.Announcer.QueueOne(this, held);
        }
    }

    void IVrrpEffects.AnnounceSource(VrrpRouter router, IpAddress source) => _services.Announcer.QueueSource(this, source);

    void IVrrpEffects.OnTransition(VrrpRouter router, in Transition transition)
    {
        Array.Clear(_sendErrors);
        _services.Roles.Note(this);
        _services.Journal.OnTransition(Name, transition, router.EffectivePriority);
        Transitions.Count(transition.Reason.Cause);
        _services.Notifier?.OnTransition(Block, transition, router.EffectivePriority);
        _services.Alerts.OnInstanceState(Name, AlertOf(transition), Block.SmtpAlert, ref _lastMailed);
    }

    // One that a reload removes is reported as FAULT where notify_deleted does not say that it is no fault.
    private AlertState AlertOf(in Transition transition) => transition.To switch
    {
        VrrpState.Active => AlertState.Active,
        VrrpState.Backup => AlertState.Backup,
        VrrpState.Initialize when transition.Reason.Cause == TransitionCause.Shutdown => AlertState.Stop,
        VrrpState.Initialize when Block.NotifyDeleted is not null => AlertState.Deleted,
        _ => AlertState.Fault,
    };

    void IVrrpEffects.OnLowerPriorityHeard(VrrpRouter router) => _services.Notifier?.OnLowerPriorityHeard(Block, router.EffectivePriority);

    void IVrrpEffects.OnConflict(VrrpRouter router, in Conflict conflict)
    {
        _services.Journal.OnConflict(Name, conflict);
        _services.Notifier?.OnConflict(Block, conflict);
    }

    void IVrrpEffects.OnPriorityChanged(VrrpRouter router)
    {
        _services.Journal.OnPriorityChanged(Name, router.State, router.EffectivePriority, router.PrioritySubject);
        _services.Notifier?.OnPriorityChanged(Block, router.State, router.EffectivePriority);
    }

    private static Errno[] NoErrors(VrrpInstanceBlock block) => new Errno[block.HasUnicastPeers ? block.UnicastPeers.Count : 1];

    private int PlaceOf(IpAddress destination)
    {
        int place = 0;
        if (!Block.HasUnicastPeers)
            return place;
        while (place < Block.UnicastPeers.Count && Block.UnicastPeers[place].Address != destination)
            place++;
        return place;
    }
}
