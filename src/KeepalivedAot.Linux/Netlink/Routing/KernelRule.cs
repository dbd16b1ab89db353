using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink.Routing;

/// <summary>A rule of policy routing as rtnetlink takes it (RTM_NEWRULE, linux/fib_rules.h).</summary>
/// <remarks>Numbers are the kernel's own; what is null, or no address, does not matter to the rule.</remarks>
public sealed record KernelRule
{
    public required AddressFamily Family { get; init; }

    /// <summary>The place among all rules (FRA_PRIORITY).</summary>
    public required uint Priority { get; init; }

    /// <summary>FR_ACT_*.</summary>
    public required byte Action { get; init; }

    public bool IsInverted { get; init; }

    public IpAddress From { get; init; }

    public byte FromLength { get; init; }

    public IpAddress To { get; init; }

    public byte ToLength { get; init; }

    public byte TypeOfService { get; init; }

    public uint? Mark { get; init; }

    public uint? MarkMask { get; init; }

    public KernelName InputInterface { get; init; }

    public KernelName OutputInterface { get; init; }

    public ulong? TunnelId { get; init; }

    public (uint First, uint Last)? Users { get; init; }

    public byte? IpProtocol { get; init; }

    public (ushort First, ushort Last)? SourcePorts { get; init; }

    public (ushort First, ushort Last)? DestinationPorts { get; init; }

    /// <summary>Of a lookup; 0 for other actions and for <see cref="LooksUpVrf"/>.</summary>
    public uint Table { get; init; }

    /// <summary>The table is that of the packet's VRF (FRA_L3MDEV).</summary>
    public bool LooksUpVrf { get; init; }

    public uint? Goto { get; init; }

    public uint? Flow { get; init; }

    public int? SuppressPrefixLength { get; init; }

    public uint? SuppressInterfaceGroup { get; init; }

    /// <summary>RTPROT_*: who put it there (Linux 4.17; older kernels ignore it).</summary>
    public byte Protocol { get; init; }
}
