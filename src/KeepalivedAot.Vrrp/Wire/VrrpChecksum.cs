using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Vrrp.Wire;

/// <summary>The checksum of VRRP messages (RFC 9568, 5.2.8), with or without a pseudo header.</summary>
internal static class VrrpChecksum
{
    /// <summary>Over the message alone: VRRPv2 over IPv4, and <c>v3_checksum_as_v2</c>.</summary>
    /// <returns>What belongs into an empty field; 0 when the field holds the right value.</returns>
    public static ushort OfMessage(ReadOnlySpan<byte> message)
    {
        InternetChecksum checksum = default;
        checksum.Add(message);
        return checksum.Finish();
    }

    /// <summary>
    /// With the pseudo header of RFC 768 (IPv4) or RFC 8200, 8.1 (IPv6). Both come to the same sum: addresses, length, protocol.
    /// </summary>
    public static ushort WithPseudoHeader(ReadOnlySpan<byte> message, IpAddress source, IpAddress destination)
    {
        InternetChecksum checksum = default;
        checksum.Add(source);
        checksum.Add(destination);
        checksum.Add((ushort)message.Length);
        checksum.Add(Ipv4Header.ProtocolVrrp);
        checksum.Add(message);
        return checksum.Finish();
    }
}
