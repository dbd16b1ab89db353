using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Vrrp;

namespace KeepalivedAot.Daemon.Planning;

/// <summary>What makes an instance the same router to others after a reload (vrrp.md, section 20); its name is not part of it.</summary>
/// <param name="Source">None: the interface's address.</param>
/// <param name="Group">The one that is spoken to, the default one filled in; none for unicast.</param>
internal readonly record struct RouterIdentity(byte Vrid, AddressFamily Family, string Interface, bool IsUnicast, IpAddress Source, IpAddress Group)
{
    public static RouterIdentity Of(VrrpInstanceBlock block) => new(
        block.VirtualRouterId, block.Family, block.Interface ?? "", ParameterMapping.SpeaksUnicast(block), ParameterMapping.SourceOf(block), GroupOf(block));

    /// <summary>Why it is another router, in a word or two; null when it is the same.</summary>
    public string? DifferenceTo(in RouterIdentity next)
        => Vrid != next.Vrid ? "VRID"
            : Interface != next.Interface ? "interface"
            : Family != next.Family ? "address family"
            : IsUnicast != next.IsUnicast ? "kind of peers"
            : Group != next.Group ? "multicast group"
            : Source != next.Source ? "source address"
            : null;

    private static IpAddress GroupOf(VrrpInstanceBlock block)
        => !block.IsUnicast && !block.MulticastGroup.IsNone ? block.MulticastGroup
            : block.Family == AddressFamily.IPv6 ? VrrpParameters.DefaultGroupIPv6 : VrrpParameters.DefaultGroupIPv4;
}
