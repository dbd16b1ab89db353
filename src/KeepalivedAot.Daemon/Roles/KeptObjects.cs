using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Kernel.Routing;
using KeepalivedAot.Daemon.Routers;

namespace KeepalivedAot.Daemon.Roles;

/// <summary>
/// Addresses, routes and rules of a process that was killed, which stay in the kernel until their instance has its role again, or somebody else can
/// have it.
/// </summary>
/// <remarks>A tracked script is heard of some time after the start. Until then the instance wants nothing, and what it held must not go.</remarks>
internal sealed class KeptObjects(AddressReconciler addresses, RoutingReconciler routing)
{
    private readonly List<Kept> _kept = [];

    // One of the two.
    private readonly record struct Kept(VrrpInstance Instance, AddressSlot? Address, RoutingSlot? Line);

    public bool IsEmpty => _kept.Count == 0;

    /// <summary>It is in the kernel, on our account, and the instance has been offered its role.</summary>
    public void Keep(VrrpInstance instance, AddressSlot slot)
    {
        addresses.Want(slot, true);
        _kept.Add(new Kept(instance, slot, null));
    }

    /// <inheritdoc cref="Keep(VrrpInstance, AddressSlot)"/>
    public void Keep(VrrpInstance instance, RoutingSlot slot)
    {
        routing.Adopt(slot);
        routing.Want(slot, true);
        _kept.Add(new Kept(instance, null, slot));
    }

    /// <summary>Gives up what has been decided, for the next flush; what the instance wants by now stays.</summary>
    /// <returns>When this is to be asked again at the latest; null: nothing is kept any more.</returns>
    public Instant? Release(Instant now)
    {
        Instant? until = null;
        for (int i = _kept.Count - 1; i >= 0; i--)
        {
            Kept kept = _kept[i];
            if (EndOf(kept) is { } end && now < end)
            {
                until = until is { } other && other < end ? other : end;
                continue;
            }
            if (kept.Address is not null)
                addresses.Want(kept.Address, false);
            if (kept.Line is not null)
                routing.Want(kept.Line, false);
            _kept.RemoveAt(i);
        }
        return until;
    }

    // From then on another router may be Active. Null: it is decided, or the object is not the instance's any more.
    private static Instant? EndOf(in Kept kept)
    {
        if (kept.Instance.Router is not { IsOffered: true, HeldRole: var (advertisedAt, limit) })
            return null;
        bool isListed = kept.Address is { } address ? kept.Instance.Lists(address) : kept.Instance.Lists(kept.Line!);
        return isListed ? advertisedAt + limit : null;
    }
}
