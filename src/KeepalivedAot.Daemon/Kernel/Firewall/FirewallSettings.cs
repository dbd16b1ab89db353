using KeepalivedAot.Config.Global;

namespace KeepalivedAot.Daemon.Kernel.Firewall;

/// <summary>What <c>global_defs</c> says of the packet filter.</summary>
/// <param name="Table">The name of the tables of both families.</param>
/// <param name="Priority">Of the base chains.</param>
/// <param name="PrefersIndex">Interfaces are matched by index even where they may be made anew.</param>
internal sealed record FirewallSettings(string Table, int Priority, bool HasCounters, bool PrefersIndex)
{
    /// <summary>The kernel tells rules what kind an interface is; an older one does without, since a virtual MAC's map names no other interface.</summary>
    public bool TellsKinds { get; init; } = true;

    private const string UsualTable = "keepalived";

    public static FirewallSettings Of(GlobalDefsBlock globals)
        => new(globals.Nftables ?? UsualTable, globals.NftablesPriority, globals.NftablesCounters, globals.NftablesInterfaceIndex);
}
