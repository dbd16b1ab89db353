using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Routers;

namespace KeepalivedAot.Daemon.Roles;

/// <summary>Addresses of a process that was killed, which stay in the kernel until their instance has its role again, or somebody else can have it.</summary>
/// <remarks>A tracked script is heard of some time after the start. Until then the instance wants nothing, and what it held must not go.</remarks>
internal sealed class KeptAddresses(AddressReconciler addresses)
{
    private readonly List<(VrrpInstance Instance, AddressSlot Slot)> _kept = [];

    public bool IsEmpty => _kept.Count == 0;

    /// <summary>It is in the kernel, on our account, and the instance has been offered its role.</summary>
    public void Keep(VrrpInstance instance, AddressSlot slot)
    {
        addresses.Want(slot, true);
        _kept.Add((instance, slot));
    }

    /// <summary>Gives up what has been decided, for the next flush; what the instance wants by now stays.</summary>
    /// <returns>When this is to be asked again at the latest; null: nothing is kept any more.</returns>
    public Instant? Release(Instant now)
    {
        Instant? until = null;
        for (int i = _kept.Count - 1; i >= 0; i--)
        {
            (VrrpInstance instance, AddressSlot slot) = _kept[i];
            if (EndOf(instance, slot) is { } end && now < end)
            {
                until = until is { } other && other < end ? other : end;
                continue;
            }
            addresses.Want(slot, false);
            _kept.RemoveAt(i);
        }
        return until;
    }

    // From then on another router may be Active. Null: it is decided, or the address is not the instance's any more.
    private static Instant? EndOf(VrrpInstance instance, AddressSlot slot)
        => instance.Router is { IsOffered: true, HeldRole: var (advertisedAt, limit) } && instance.Lists(slot) ? advertisedAt + limit : null;
}
