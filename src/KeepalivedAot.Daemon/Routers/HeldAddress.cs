using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Kernel.Firewall;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>A virtual address of one instance.</summary>
/// <param name="IsTracked">Its removal by others, and its interface going down, matter (no <c>no_track</c>).</param>
/// <param name="Dropped">What has packets for it dropped; null where they are accepted.</param>
internal sealed record HeldAddress(AddressSlot Slot, bool IsTracked, FirewallSlot? Dropped = null)
{
    /// <summary>The line of the configuration that it comes from.</summary>
    public required VirtualAddress Line { get; init; }

    public IpAddress Address => Slot.Address.Address;

    /// <summary>False when the kernel refused it, or somebody else took it away: nobody may be told that it is here.</summary>
    public bool IsPresent => Slot.Presence != AddressPresence.Absent;

    /// <summary>What is wanted of it is yet to be sent to the kernel.</summary>
    public bool IsPending => Slot.IsDirty;

    public NetworkInterface Interface => Slot.Interface;
}
