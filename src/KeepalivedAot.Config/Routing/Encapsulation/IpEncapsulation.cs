using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Routing.Names;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Routing.Encapsulation;

/// <summary>What follows <c>encap ip</c>: the tunnel that packets of the route go through (LWTUNNEL_IP_… of linux/lwtunnel.h).</summary>
[LineBlock(TakesOthers = true, DemandsValues = true)]
public sealed partial class IpEncapsulation
{
    /// <summary>The identifier of the tunnel. This or dst is mandatory.</summary>
    [Keyword("id", Since = "1.2.24", Default = "none")]
    public TunnelId? Id { get; private set; }

    /// <summary>The address at the far end of the tunnel.</summary>
    [Keyword("dst", Since = "1.2.24", Default = "none"), Family(AddressFamily.IPv4)]
    public IpAddress Destination { get; private set; }

    /// <summary>The address at this end of the tunnel.</summary>
    [Keyword("src", Since = "1.2.24", Default = "none"), Family(AddressFamily.IPv4)]
    public IpAddress Source { get; private set; }

    /// <summary>The type of service of outer packets.</summary>
    [Keyword("tos", Since = "1.2.24", Default = "none")]
    public NamedNumber<TrafficClassKind>? TypeOfService { get; internal set; }

    /// <summary>The time to live of outer packets, in hops.</summary>
    [Keyword("ttl", Since = "1.2.24", Default = "none"), Range(0, 255), Strict]
    public byte? TimeToLive { get; private set; }

    /// <summary>Flags of the tunnel, as the kernel numbers them.</summary>
    [Keyword("flags", Since = "1.2.24", Default = "none"), Range(0, 65535), Strict]
    public ushort? Flags { get; private set; }

    internal bool IsComplete => Id is not null || !Destination.IsNone;

    private partial bool TakeOther(Parser parser) => parser.EndOptions();
}
