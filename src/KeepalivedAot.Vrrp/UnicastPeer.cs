using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Vrrp;

/// <summary>Another router that is spoken to directly. Limits on one peer turn source checking on for the instance.</summary>
/// <param name="MinTtl">Lowest TTL or hop limit that is accepted from it.</param>
/// <param name="MaxTtl">Highest TTL or hop limit that is accepted from it.</param>
public readonly record struct UnicastPeer(IpAddress Address, byte MinTtl = 0, byte MaxTtl = 255)
{
    public bool HasTtlLimits => MinTtl != 0 || MaxTtl != 255;
}
