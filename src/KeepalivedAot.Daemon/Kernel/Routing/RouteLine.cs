using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink.Routing;

namespace KeepalivedAot.Daemon.Kernel.Routing;

/// <summary>A line of <c>virtual_routes</c> or <c>static_routes</c>.</summary>
/// <param name="Route">All but the indices of its interfaces, which may change.</param>
/// <param name="Device">Null when the kernel is to find it by the gateway.</param>
/// <param name="HopDevices">One for each of the route's hops.</param>
/// <param name="Vrf">The VRF whose table it goes into; null when the route says which.</param>
internal sealed record RouteLine(
    string Text, KernelRoute Route, RouteInsertion Insertion, NetworkInterface? Device, NetworkInterface?[] HopDevices, NetworkInterface? Vrf = null)
    : RoutingLine(Text)
{
    private readonly NetworkInterface[] _interfaces = [.. HopDevices.Append(Device).Append(Vrf).OfType<NetworkInterface>().Distinct()];

    public override string Noun => "route";

    public override byte Protocol => Route.Protocol;

    public override IReadOnlyList<NetworkInterface> Interfaces => _interfaces;

    public override Errno Missing => Errno.ESRCH;

    public override bool IsPossible => base.IsPossible && (Vrf is null || Vrf.Link.VrfTable != 0);

    private uint Table => Vrf?.Link.VrfTable ?? Route.Table;

    private KernelRoute Present => Route with
    {
        Table = Table,
        OutputInterface = Device?.Index ?? 0,
        Hops = [.. Route.Hops.Select((hop, i) => hop with { Interface = HopDevices[i]?.Index ?? 0 })],
    };

    public override void Add(IKernel kernel, int tag) => kernel.AddRoute(Present, Insertion, tag);

    public override void Delete(IKernel kernel, int tag) => kernel.DeleteRoute(Present, tag);

    public override bool Is(in ReportedRoute route) => route.Is(Route, Device?.Index ?? 0, Table);
}
