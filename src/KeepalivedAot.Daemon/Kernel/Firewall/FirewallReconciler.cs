using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Nftables;

namespace KeepalivedAot.Daemon.Kernel.Firewall;

/// <summary>
/// Brings the packet filter in the kernel to what is wanted: the addresses that are held and not accepted at (<c>no_accept</c>), and the
/// interfaces of virtual MACs.
/// </summary>
/// <remarks>
/// What is dropped must be so before its address is there and after it has gone, so <see cref="FlushAdditions"/> comes before the
/// addresses and <see cref="FlushRemovals"/> behind them. A table is made when its first element is, as keepalived does, and removed when no
/// configured instance needs it. Nothing is opened before that. Each family is a transaction of its own: what is refused in one leaves
/// the other alone. A refused transaction may mean that the table is not as it was left, so then it is made anew as a whole; only
/// what is refused again is told. The transactions: <c>Requests</c>.
/// </remarks>
internal sealed partial class FirewallReconciler(IFirewallKernel kernel, Func<Instant> clock, Log log) : INetlinkResults, IRulesetObserver
{
    // Two who take the same name for their tables must not keep each other busy.
    private static readonly Duration RestAfterRepair = Duration.FromSeconds(1);

    private readonly FirewallTable _ipv4 = new(AddressFamily.IPv4);
    private readonly FirewallTable _ipv6 = new(AddressFamily.IPv6);
    private readonly Dictionary<FirewallKey, FirewallSlot> _slots = [];
    private bool _isChosen;
    private bool _isChangedByOthers;
    private Instant _nextRepair = new(long.MinValue);

    public FirewallSettings Settings { get; private set; } = FirewallSettings.Of(new());

    /// <summary>Some configured instance may need it.</summary>
    public bool IsNeeded => _slots.Count > 0;

    /// <summary>The tables that are in the kernel or may come to be there.</summary>
    public IEnumerable<(AddressFamily Family, string Name)> Tables
        => Both.Where(static table => table.Needed != FirewallParts.None).Select(table => (table.Family, Settings.Table))
            .Union(Both.Where(static table => table.Installed is not null).Select(static table => (table.Family, table.Installed!.Name)));

    /// <summary>Something that we made is still in the kernel, as far as is known.</summary>
    public bool HoldsAny => Both.Any(static table => table.Installed is not null);

    /// <summary>Something that was refused may succeed when it is tried again: <see cref="Retry"/>.</summary>
    public bool IsBehind { get; private set; }

    private IEnumerable<FirewallTable> Both => [_ipv4, _ipv6];

    /// <summary>Takes up the settings of a configuration; tables that are there and look otherwise are made anew with the next flush.</summary>
    public void Adopt(FirewallSettings settings)
    {
        if (settings == Settings)
            return;
        bool isOtherLayout = settings with { PrefersIndex = Settings.PrefersIndex } != Settings;
        Settings = settings;
        if (!isOtherLayout)
            return;
        foreach (FirewallTable table in Both)
        {
            table.Layout = null;
            table.IsRenewalDue = table.Installed is not null;
        }
    }

    /// <summary>The slot of an address that is not to be answered for; instances that list the same one share it.</summary>
    /// <param name="mayBeAnother">The interface may be made anew while the address is held, with another index.</param>
    public FirewallSlot Acquire(NetworkInterface at, IpAddress address, bool mayBeAnother)
    {
        FirewallSet set = !address.IsLinkLocal || address.Family == AddressFamily.IPv4 ? FirewallSet.Vips
            : mayBeAnother && !Settings.PrefersIndex ? FirewallSet.LinkLocalByName
            : FirewallSet.LinkLocalByIndex;
        return Acquire(new FirewallKey(address.Family, set, address, set == FirewallSet.Vips ? null : at));
    }

    /// <summary>The instance does not list it any more; it must have said that it does not want it.</summary>
    public void Release(FirewallSlot? slot)
    {
        if (slot is null || --slot.Users > 0)
            return;
        _slots.Remove(slot.Key);
        slot.Table.Remove(slot);
    }

    public void Want(FirewallSlot? slot, bool wanted)
    {
        if (slot is null)
            return;
        slot.Wanted += wanted ? 1 : -1;
        slot.Table.MarkDirty(slot);
    }

    /// <summary>
    /// Has the interface of a virtual MAC send its IGMP or MLD reports by the interface below, whose MAC address switches know, and, with
    /// IPv6, ask for no routers; or ends that.
    /// </summary>
    /// <remarks>
    /// To be said once each way, for each family of which the virtual MAC has addresses. What is wanted for an interface that does not exist, or
    /// is made anew, is done when it is there.
    /// </remarks>
    public void SetVirtualMac(NetworkInterface virtualMac, NetworkInterface below, AddressFamily family, bool isWanted)
    {
        SetVirtualMac(new FirewallKey(family, FirewallSet.VmacMap, default, virtualMac), below, isWanted);
        if (family == AddressFamily.IPv6)
            SetVirtualMac(new FirewallKey(family, FirewallSet.VmacSet, default, virtualMac), below, isWanted);
    }

    /// <summary>
    /// Has the interface of a virtual MAC not answer for the link-local address that it has from the interface below, to speak from; or ends that.
    /// </summary>
    /// <remarks>To be said once each way, as <see cref="SetVirtualMac(NetworkInterface, NetworkInterface, AddressFamily, bool)"/>.</remarks>
    public void SetParentLinkLocal(NetworkInterface virtualMac, IpAddress address, bool isWanted)
    {
        FirewallKey key = new(AddressFamily.IPv6, FirewallSet.ParentLinkLocal, address, virtualMac);
        FirewallSlot slot = isWanted ? Acquire(key) : _slots[key];
        Want(slot, isWanted);
        if (!isWanted)
            Release(slot);
    }

    /// <summary>An interface came, went, or is another one of the same name.</summary>
    public void OnInterfaceChanged(NetworkInterface at)
    {
        MarkDirty(_ipv4, at);
        MarkDirty(_ipv6, at);
    }

    /// <summary>Says, when one is needed for the first time, which packet filter is used where the configuration does not.</summary>
    public void LogChoice(GlobalDefsBlock globals)
    {
        if (!IsNeeded || _isChosen)
            return;
        _isChosen = true;
        if (globals is { Nftables: null, Iptables: null })
            log.Write(LogLevel.Info, EventIds.FirewallTable, "use_vmac or no_accept/strict specified, but no firewall configured - using nftables"u8);
    }

    /// <summary>Tries again with the next flush what was refused for a reason that may have passed.</summary>
    public void Retry()
    {
        IsBehind = false;
        Retry(_ipv4);
        Retry(_ipv6);
    }

    private static void Retry(FirewallTable table)
    {
        // What was refused before anything was asked for is still missing.
        table.IsRenewalDue |= table.IsDoubtful || table.Slots.Any(IsMissing);
    }

    /// <summary>Somebody has changed something: the next flush looks whether it was a table of ours.</summary>
    public void OnRulesetChanged() => _isChangedByOthers = true;

    private FirewallTable Of(AddressFamily family) => family == AddressFamily.IPv6 ? _ipv6 : _ipv4;

    private FirewallSlot Acquire(FirewallKey key)
    {
        if (!_slots.TryGetValue(key, out FirewallSlot? slot))
        {
            slot = new FirewallSlot(key, Of(key.Family));
            _slots.Add(key, slot);
            slot.Table.Add(slot);
        }
        slot.Users++;
        return slot;
    }

    private void SetVirtualMac(FirewallKey key, NetworkInterface below, bool isWanted)
    {
        FirewallSlot slot = isWanted ? Acquire(key) : _slots[key];
        // A reload may have put it on another interface, and lets go of the former one only after this.
        if (isWanted)
            slot.Below = below;
        Want(slot, isWanted);
        if (!isWanted)
            Release(slot);
    }

    private static void MarkDirty(FirewallTable table, NetworkInterface at)
    {
        foreach (FirewallSlot slot in table.Slots)
        {
            if (slot.IsOn(at))
                table.MarkDirty(slot);
        }
    }
}
