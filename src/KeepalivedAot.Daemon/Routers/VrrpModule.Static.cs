using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Routing;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Kernel.Routing;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Routers;

// Routes and rules, virtual and static, and static addresses: what is there while the daemon runs, and what others take away.
internal sealed partial class VrrpModule
{
    private readonly List<RoutingSlot> _gone = [];
    private StaticObject[] _static = [];

    /// <summary>Takes up the static objects of a configuration; those that it does not have any more go.</summary>
    /// <returns>The former ones, to be released after the next flush.</returns>
    private StaticObject[] AdoptStatic(Config.Configuration configuration)
    {
        StaticObject[] former = _static;
        _static =
        [
            .. configuration.StaticAddresses.Select(ToStatic), .. configuration.StaticRoutes.Select(ToStatic), .. configuration.StaticRules.Select(ToStatic),
        ];
        // First the new ones, so that what is in both is never unwanted in between.
        foreach (StaticObject added in _static)
            Want(added, true);
        foreach (StaticObject left in former)
            Want(left, false);
        return former;
    }

    private void Release(StaticObject[] former)
    {
        foreach (StaticObject left in former)
        {
            if (left.Address is not null)
                _services.Addresses.Release(left.Address);
            else
                _services.Routing.Release(left.Line!);
        }
    }

    private void Want(StaticObject it, bool wanted)
    {
        if (it.Address is not null)
            _services.Addresses.Want(it.Address, wanted);
        else
            _services.Routing.Want(it.Line!, wanted);
    }

    private StaticObject ToStatic(StaticAddress address)
    {
        NetworkInterface at = _interfaces.Track(address.Device!, out _);
        AddressSlot slot = _services.Addresses.Acquire(at, ParameterMapping.ToInterfaceAddress(address));
        return new StaticObject(slot, null, $"static address {address}", !address.NoTrack, address.TrackGroup);
    }

    private StaticObject ToStatic(StaticRoute route)
        => new(null, _services.Routing.Acquire(RoutingMapping.ToLine(route, _interfaces)), $"static route {route}", !route.NoTrack, route.TrackGroup);

    private StaticObject ToStatic(StaticRule rule)
        => new(null, _services.Routing.Acquire(RoutingMapping.ToLine(rule)), $"static rule {rule}", !rule.NoTrack, rule.TrackGroup);

    /// <summary>Whether something static, or a route, needs the interface.</summary>
    private bool IsNeeded(NetworkInterface at)
    {
        foreach (StaticObject it in _static)
        {
            if (ReferenceEquals(it.Address?.Interface, at))
                return true;
        }
        foreach (RoutingSlot slot in _services.Routing.Slots)
        {
            if (slot.Line.IsOn(at))
                return true;
        }
        return false;
    }

    // A configuration without routes and rules need not hear of them.
    private void ObserveRouting()
    {
        if (!_services.Routing.Slots.Any())
            return;
        OsError failure = _world.ObserveRouting(_services.Routing, ParameterMapping.KeepalivedProtocol);
        if (failure.IsError)
            _log.Write(LogLevel.Error, EventIds.RoutingRefused, $"Routes and rules that others remove go unnoticed: {failure}");
    }

    // At the end of a turn, when what happened to the interfaces has been heard too.
    private void ReactToGoneRouting(Instant now)
    {
        _gone.Clear();
        _services.Routing.TakeGone(_gone);
        foreach (RoutingSlot gone in _gone)
        {
            if (!TryReassert(gone, now))
            {
                foreach (VrrpInstance instance in _instances)
                    instance.OnRoutingGone(gone, now);
            }
            foreach (StaticObject it in _static)
            {
                if (ReferenceEquals(it.Line, gone))
                    OnStaticGone(it, now);
            }
        }
    }

    private void OnStaticAddressGone(AddressSlot gone, Instant now)
    {
        foreach (StaticObject it in _static)
        {
            if (ReferenceEquals(it.Address, gone))
                OnStaticGone(it, now);
        }
    }

    private void OnStaticGone(StaticObject gone, Instant now)
    {
        if (!gone.IsTracked)
            return;
        _log.Write(LogLevel.Info, EventIds.RoutingRestored, $"Restoring deleted {gone.Name}");
        if (gone.Address is not null)
            _services.Addresses.Restore(gone.Address);
        else
            _services.Routing.Restore(gone.Line!);
        // It is back before anybody misses it; who wants the role to stay with a virtual address wants it to stay with this.
        if (gone.TrackGroup is null || _reasserts)
            return;
        foreach (VrrpInstance instance in _trackGroups.GetValueOrDefault(gone.TrackGroup) ?? [])
            instance.Router.OnVirtualObjectLost(gone.Name, now);
    }
}
