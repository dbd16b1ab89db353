using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel.Routing;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>A virtual route or rule of one instance.</summary>
/// <param name="IsTracked">Its removal by others matters.</param>
/// <param name="Watched">Interfaces that it names, if these going down matter.</param>
internal sealed record HeldRoutingLine(RoutingSlot Slot, bool IsTracked, NetworkInterface[] Watched)
{
    /// <summary>For the reason of a transition.</summary>
    public string Name { get; } = $"virtual {Slot.Line.Noun} {Slot.Line.Text}";
}
