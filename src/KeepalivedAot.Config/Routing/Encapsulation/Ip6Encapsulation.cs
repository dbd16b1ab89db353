using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Routing.Names;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Routing.Encapsulation;

/// <summary>What follows <c>encap ip6</c>: the tunnel that packets of the route go through (LWTUNNEL_IP6_… of linux/lwtunnel.h).</summary>
[LineBlock(TakesOthers = true, DemandsValues = true)]
public sealed partial class Ip6Encapsulation
{
    /// <summary>The identifier of the tunnel. This or dst is mandatory.</summary>
    [Keyword("id", Since = "1.2.24", Default = "none")]
    public TunnelId? Id { get; private set; }

    /// <summary>The address at the far end of the tunnel.</summary>
    [Keyword("dst", Since = "1.2.24", Default = "none"), Family(AddressFamily.IPv6)]
    public IpAddress Destination { get; private set; }

    /// <summary>The address at this end of the tunnel.</summary>
    [Keyword("src", Since = "1.2.24", Default = "none"), Family(AddressFamily.IPv6)]
    public IpAddress Source { get; private set; }

    /// <summary>The traffic class of outer packets.</summary>
    [Keyword("tc", Since = "1.2.24", Default = "none")]
    public NamedNumber<TrafficClassKind>? TrafficClass { get; internal set; }

    /// <summary>The hop limit of outer packets.</summary>
    [Keyword("hoplimit", Since = "1.2.24", Default = "none"), Range(0, 255), Strict]
    public byte? HopLimit { get; private set; }

    /// <summary>Flags of the tunnel, as the kernel numbers them.</summary>
    [Keyword("flags", Since = "1.2.24", Default = "none"), Range(0, 65535), Strict]
    public ushort? Flags { get; private set; }

    internal bool IsComplete => Id is not null || !Destination.IsNone;

    private partial bool TakeOther(Parser parser) => parser.EndOptions();
}
