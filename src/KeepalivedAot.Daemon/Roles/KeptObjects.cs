using System.Runtime.InteropServices;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Kernel.Firewall;
using KeepalivedAot.Daemon.Kernel.Routing;
using KeepalivedAot.Daemon.Routers;

namespace KeepalivedAot.Daemon.Roles;

/// <summary>
/// Addresses, routes and rules of a process that was killed, which stay in the kernel until their instance has its role again, or somebody else can
/// have it.
/// </summary>
/// <remarks>A tracked script is heard of some time after the start. Until then the instance wants nothing, and what it held must not go.</remarks>
internal sealed class KeptObjects(AddressReconciler addresses, FirewallReconciler firewall, RoutingReconciler routing)
{
    private readonly List<Kept> _kept = [];

    private readonly record struct Kept(VrrpInstance Instance, HeldAddress[] Addresses, HeldRoutingLine[] Lines);

    public bool IsEmpty => _kept.Count == 0;

    /// <summary>They are in the kernel, on our account, and the instance has been offered its role.</summary>
    public void Keep(VrrpInstance instance, HeldAddress[] held, HeldRoutingLine[] lines)
    {
        Want(held, true);
        Keep(lines, true);
        _kept.Add(new Kept(instance, held, lines));
    }

    /// <summary>Instances list other things now: what they do not list any more is given up.</summary>
    public void OnReconfigured()
    {
        foreach (ref Kept kept in CollectionsMarshal.AsSpan(_kept))
        {
            Kept before = kept;
            // The same address may be dropped now, or not be dropped any more.
            HeldAddress[] held = Array.FindAll(kept.Instance.HeldAddresses, now => Array.Exists(before.Addresses, former => ReferenceEquals(former.Slot, now.Slot)));
            HeldRoutingLine[] lines = Array.FindAll(kept.Instance.RoutingLines, now => Array.Exists(before.Lines, former => ReferenceEquals(former.Slot, now.Slot)));
            // First what stays, so that it is never unwanted in between.
            Want(held, true);
            Keep(lines, true);
            Want(before.Addresses, false);
            Keep(before.Lines, false);
            kept = kept with { Addresses = held, Lines = lines };
        }
    }

    /// <summary>Gives up what has been decided, for the next flush; what the instance wants by now stays.</summary>
    /// <param name="decided">Those that have their role, or will not have it by having had it.</param>
    /// <returns>When this is to be asked again at the latest; null: nothing is kept any more.</returns>
    public Instant? Release(Instant now, Action<VrrpInstance> decided)
    {
        Instant? until = null;
        for (int i = _kept.Count - 1; i >= 0; i--)
        {
            Kept kept = _kept[i];
            if (kept.Instance.Router is { IsOffered: true, HeldRole: var (advertisedAt, limit) } && now < advertisedAt + limit)
            {
                Instant end = advertisedAt + limit;
                until = until is { } other && other < end ? other : end;
                continue;
            }
            Want(kept.Addresses, false);
            Keep(kept.Lines, false);
            _kept.RemoveAt(i);
            decided(kept.Instance);
        }
        return until;
    }

    private void Want(HeldAddress[] held, bool wanted)
    {
        foreach (HeldAddress one in held)
        {
            addresses.Want(one.Slot, wanted);
            firewall.Want(one.Dropped, wanted);
        }
    }

    private void Keep(HeldRoutingLine[] lines, bool kept)
    {
        foreach (HeldRoutingLine one in lines)
        {
            if (kept)
                routing.Keep(one.Slot);
            else
                routing.Let(one.Slot);
        }
    }
}
