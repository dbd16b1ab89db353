using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Kernel.Links;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>An interface that is made for an instance.</summary>
internal sealed class HeldDevice(OwnDevice configured, LinkSlot slot)
{
    public OwnDevice Configured => configured;

    public LinkSlot Slot => slot;

    public NetworkInterface Interface => slot.Device;

    public NetworkInterface Base => slot.Definition.Base;

    /// <summary>
    /// The address that the interface speaks from, beside the virtual ones: the link-local address of the one below, or an ipvlan's own; null
    /// without.
    /// </summary>
    public AddressSlot? Source { get; set; }
}
