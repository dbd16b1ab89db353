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
