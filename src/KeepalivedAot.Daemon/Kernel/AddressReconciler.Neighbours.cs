using System.Runtime.InteropServices;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel.Settings;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Daemon.Kernel;

// The kernel removes the other IPv4 addresses of its subnet with the first one, unless promote_secondaries is on. Ours are put back; those of
// others would be gone, and the routes that go by them.
internal sealed partial class AddressReconciler
{
    // Where others have such addresses, as long as there is something to be removed; and where the setting is on because of that.
    private readonly List<(NetworkInterface At, bool HasOthers)> _lookedAt = [];
    private readonly List<NetworkInterface> _promoting = [];
    private string? _promotionOfRenamed;

    /// <summary>Looks what the next flush needs, so that the record can tell all that before it is done.</summary>
    public void Prepare()
    {
        foreach (AddressSlot slot in CollectionsMarshal.AsSpan(_dirty))
        {
            IsUnrecorded |= slot is { Wanted: > 0, Presence: AddressPresence.Absent, IsRecorded: false };
            bool goes = slot.Presence == AddressPresence.Ours && (slot.Wanted == 0 || slot.IsOutdated);
            if (goes && slot.Address.Address.Family == AddressFamily.IPv4 && slot.Interface.Exists && HasOthers(slot.Interface) && MayBeFirst(slot))
                Promote(slot.Interface);
        }
    }

    /// <summary>Looks what <see cref="Withdraw"/> needs, so that the record can tell it before it is done.</summary>
    /// <param name="at">It has another name by now.</param>
    /// <param name="now">Under which its settings are found.</param>
    public void PrepareWithdrawal(NetworkInterface at, KernelName now)
    {
        if (!_slots.Exists(slot => slot is { Presence: AddressPresence.Ours } && ReferenceEquals(slot.Interface, at)
                && slot.Address.Address.Family == AddressFamily.IPv4 && MayBeFirst(slot))
            || !HasOthers(at))
        {
            return;
        }
        kernel.AwaitName(now);
        _promotionOfRenamed = KernelSettings.Ipv4(now.ToString(), Ipv4SettingNames.Of(Ipv4Setting.PromoteSecondaries));
        settings.Require(_promotionOfRenamed, 1);
    }

    private void LeaveRenamed()
    {
        // Nothing more is known of what stands there.
        _lookedAt.Clear();
        if (_promotionOfRenamed is null)
            return;
        settings.Release(_promotionOfRenamed);
        _promotionOfRenamed = null;
    }

    private static bool MayBeFirst(AddressSlot slot)
        => !slot.Interface.TryGet(slot.Address.Address, slot.Address.PrefixLength, out InterfaceAddress present) || !IsSecondary(present);

    private static bool IsSecondary(in InterfaceAddress address) => address.Address.Family == AddressFamily.IPv4 && (address.Flags & AddressFlags.Secondary) != 0;

    // Once for each interface: it may have thousands of ours.
    private bool HasOthers(NetworkInterface at)
    {
        foreach ((NetworkInterface known, bool has) in CollectionsMarshal.AsSpan(_lookedAt))
        {
            if (ReferenceEquals(known, at))
                return has;
        }
        bool hasOthers = false;
        for (int i = 0; i < at.AddressCount && !hasOthers; i++)
        {
            InterfaceAddress candidate = at.AddressAt(i);
            hasOthers = IsSecondary(candidate) && Find(at, candidate) is not { Presence: AddressPresence.Ours };
        }
        _lookedAt.Add((at, hasOthers));
        return hasOthers;
    }

    private void Promote(NetworkInterface at)
    {
        if (_promoting.Contains(at))
            return;
        _promoting.Add(at);
        settings.Require(PromotionOf(at), 1);
    }

    private void LeaveNeighbours()
    {
        foreach (NetworkInterface at in CollectionsMarshal.AsSpan(_promoting))
            settings.Release(PromotionOf(at));
        _promoting.Clear();
        _lookedAt.Clear();
    }

    private static string PromotionOf(NetworkInterface at) => KernelSettings.Ipv4(at.Name, Ipv4SettingNames.Of(Ipv4Setting.PromoteSecondaries));
}
