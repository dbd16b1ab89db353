using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>One datagram in the receive buffer.</summary>
public readonly ref struct ReceivedDatagram
{
    /// <summary>What <see cref="HopLimit"/> is when the kernel did not tell.</summary>
    public const int UnknownHopLimit = -1;

    /// <summary>IPv4: from the IP header on. IPv6: what follows the IP header and its extensions.</summary>
    public ReadOnlySpan<byte> Bytes { get; init; }

    public IpAddress Source { get; init; }

    /// <summary>As in the IP header: the group or an address of ours. No address when the kernel did not tell.</summary>
    public IpAddress Destination { get; init; }

    /// <summary>IPv4's TTL; 0 to 255 or <see cref="UnknownHopLimit"/>.</summary>
    public int HopLimit { get; init; }

    /// <summary>The interface that it came in by; 0 when the kernel did not tell.</summary>
    public int InterfaceIndex { get; init; }

    /// <summary>It was longer than the receive buffer; <see cref="Bytes"/> is its beginning.</summary>
    public bool IsTruncated { get; init; }
}
