using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Vrrp.Wire;

/// <summary>What a raw socket delivered, with what the kernel said about it.</summary>
public readonly ref struct VrrpDatagram
{
    /// <summary>IPv4: from the IP header on. IPv6: from the VRRP header on.</summary>
    public required ReadOnlySpan<byte> Bytes { get; init; }

    public required IpAddress Source { get; init; }

    public required IpAddress Destination { get; init; }

    /// <summary>TTL or hop limit, as received.</summary>
    public required int HopLimit { get; init; }
}
