using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>One line of <c>unicast_peer { … }</c>.</summary>
[LineBlock]
public sealed partial class UnicastPeer
{
    /// <summary>The address of another router of this virtual router.</summary>
    [Positional("ip")]
    public IpAddress Address { get; private set; }

    /// <summary>The smallest TTL or hop limit that advertisements of this peer may arrive with.</summary>
    [Keyword("min_ttl", Since = "2.1.0"), Range(0, 255), Strict]
    public byte MinTtl { get; private set; }

    /// <summary>The largest TTL or hop limit that advertisements of this peer may arrive with.</summary>
    [Keyword("max_ttl", Since = "2.1.0"), Range(0, 255), Strict]
    public byte MaxTtl { get; private set; } = 255;
}
