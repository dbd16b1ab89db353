using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Daemon.Kernel.Routing;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>A line of <c>static_ipaddress</c>, <c>static_routes</c> or <c>static_rules</c>: it is there as long as the daemon runs.</summary>
/// <param name="Address">The slot of an address, or null.</param>
/// <param name="Line">The slot of a route or a rule, or null.</param>
/// <param name="Name">For the log: <c>static route 10.1.0.0/16 dev eth0</c>.</param>
/// <param name="IsTracked">It is put back when somebody removes it.</param>
/// <param name="TrackGroup">Whose instances stop being master when it is lost; null for nobody's.</param>
internal sealed record StaticObject(AddressSlot? Address, RoutingSlot? Line, string Name, bool IsTracked, string? TrackGroup);
