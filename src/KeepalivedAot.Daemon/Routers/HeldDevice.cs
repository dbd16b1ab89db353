using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Kernel.Links;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>An interface that is made for an instance.</summary>
/// <param name="definition">As this configuration has it; the slot may have another by now.</param>
internal sealed class HeldDevice(OwnDevice configured, LinkSlot slot, LinkDefinition definition)
{
    public OwnDevice Configured => configured;

    public LinkSlot Slot => slot;

    public NetworkInterface Interface => slot.Device;

    public LinkDefinition Definition => definition;

    public NetworkInterface Base => definition.Base;

    /// <summary>It is the one that is wanted, and not another of its name that is in the way.</summary>
    public bool IsUsable => slot is { Presence: not LinkPresence.Absent, IsOutdated: false };

    /// <summary>
    /// The address that the interface speaks from, beside the virtual ones: the link-local address of the one below, or an ipvlan's own; null
    /// without.
    /// </summary>
    public AddressSlot? Source { get; set; }
}
