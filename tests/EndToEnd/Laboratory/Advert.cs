using System.Net;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>One VRRP advertisement as it stood on the wire.</summary>
/// <param name="At">The kernel's receive time on the monotonic axis.</param>
/// <param name="Payload">The VRRP message, from its version octet to the end of the IP packet.</param>
/// <param name="ChecksumOk">By the rules of its version: vrrp.md, section 2.</param>
public sealed record Advert(
    TimeSpan At,
    IPAddress Source,
    IPAddress Destination,
    string DestinationMac,
    byte TrafficClass,
    byte TimeToLive,
    ushort Identification,
    bool DontFragment,
    byte[] Payload,
    bool ChecksumOk)
{
    /// <summary>The sequence number of its Authentication Header; null when it has none.</summary>
    public uint? Sequence { get; init; }

    /// <summary>The whole Ethernet frame, so that it can be sent again.</summary>
    public byte[] Frame { get; init; } = [];

    /// <summary>Behind the message that its version and address count make: the trailer of auth_hmac, 28 octets; else nothing.</summary>
    public ReadOnlySpan<byte> Trailer => Payload.AsSpan(MessageLength(Payload, Source.GetAddressBytes().Length));

    /// <summary>Length of the message itself.</summary>
    internal static int MessageLength(ReadOnlySpan<byte> payload, int addressLength)
        => Math.Min(payload.Length, 8 + payload[3] * addressLength + (payload[0] >> 4 == 2 && addressLength == 4 ? 8 : 0));

    public int Version => Payload[0] >> 4;
    public byte Vrid => Payload[1];
    public byte Priority => Payload[2];
    public byte AddressCount => Payload[3];
    public byte AuthenticationType => Payload[4];

    /// <summary>v2 counts seconds in one octet, v3 centiseconds in twelve bits.</summary>
    public TimeSpan Interval => Version == 2
        ? TimeSpan.FromSeconds(Payload[5])
        : TimeSpan.FromMilliseconds(10 * (((Payload[4] & 0x0F) << 8) | Payload[5]));

    public IPAddress[] Addresses
    {
        get
        {
            int size = Source.GetAddressBytes().Length;
            return [.. Enumerable.Range(0, AddressCount).Select(i => new IPAddress(Payload.AsSpan(8 + i * size, size)))];
        }
    }

    public override string ToString()
        => $"{At.TotalSeconds:0.0000} v{Version} {Source} > {Destination} vrid {Vrid} prio {Priority} interval {Interval.TotalSeconds:0.##} "
            + $"{string.Join(',', Addresses.AsEnumerable())}{(ChecksumOk ? "" : " BAD CHECKSUM")}";
}
