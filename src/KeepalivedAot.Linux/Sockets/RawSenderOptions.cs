using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>What a <see cref="RawProtocolSender"/> is for.</summary>
public readonly record struct RawSenderOptions(AddressFamily Family, byte Protocol)
{
    /// <summary>IPv6's traffic class. IPv4's type of service is in the caller's header.</summary>
    public byte TrafficClass { get; init; }

    /// <summary>SO_PRIORITY, 0 to 6: which band of the queueing discipline. 0 leaves the kernel's choice.</summary>
    public int Priority { get; init; }

    /// <summary>SO_SNDBUF; 0 leaves the kernel's default.</summary>
    public int SendBufferBytes { get; init; }

    /// <summary>How many datagrams a batch holds.</summary>
    public int BatchDatagrams { get; init; } = 256;

    /// <summary>How many bytes a batch holds; the largest datagram must fit.</summary>
    public int BatchBytes { get; init; } = 64 * 1024;
}

/// <summary>Which way a datagram goes.</summary>
/// <param name="InterfaceIndex">The interface, or the VRF, that it leaves by; 0 leaves it to routing.</param>
/// <param name="Source">
/// IPv6 only, it need not be an address of ours; none leaves it to the kernel. IPv4 has it in the header.
/// </param>
/// <param name="HopLimit">IPv6 only. IPv4 has it in the header.</param>
public readonly record struct DatagramRoute(int InterfaceIndex, IpAddress Source, IpAddress Destination, byte HopLimit = 255);
