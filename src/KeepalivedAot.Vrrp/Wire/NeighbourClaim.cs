using System.Buffers.Binary;
using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Vrrp.Wire;

/// <summary>What an ARP packet (RFC 826) or a message of neighbour discovery (RFC 4861) says of who has an address.</summary>
/// <param name="Mac">Who says so.</param>
/// <param name="IsWish">It is asked whether anybody has the address, by who wants it (duplicate address detection, RFC 4862, 5.4.2).</param>
public readonly record struct NeighbourClaim(IpAddress Address, MacAddress Mac, bool IsWish)
{
    private const int ArpLength = 28;
    private const uint ArpEthernetIPv4 = 0x0001_0800;
    private const ushort ArpLengths = 0x0604;
    private const int ArpSenderMacOffset = 8;
    private const int ArpSenderAddressOffset = 14;

    private const int IPv6Length = 40;
    private const int NextHeaderOffset = 6;
    private const int HopLimitOffset = 7;
    private const int SourceOffset = 8;
    private const int TargetOffset = 8;
    private const int OptionsOffset = 24;
    private const byte NextHeaderIcmpV6 = 58;
    private const byte TypeSolicitation = 135;
    private const byte TypeAdvertisement = 136;
    private const byte OptionTargetLinkLayerAddress = 2;
    private const int OptionUnit = 8;

    /// <summary>Request or reply, gratuitous or not: its sender has the sender's address. One without an address is none.</summary>
    /// <param name="packet">From the ARP header on; what pads it to Ethernet's minimum may follow.</param>
    public static bool TryParseArp(ReadOnlySpan<byte> packet, out NeighbourClaim claim)
    {
        claim = default;
        if (packet.Length < ArpLength || BinaryPrimitives.ReadUInt32BigEndian(packet) != ArpEthernetIPv4
            || BinaryPrimitives.ReadUInt16BigEndian(packet[4..]) != ArpLengths)
        {
            return false;
        }
        // Of a probe the sender's address is 0.0.0.0 (RFC 5227, 2.1.1), and of some virtual machines the MAC address is.
        IpAddress address = IpAddress.FromBytes(packet.Slice(ArpSenderAddressOffset, IpAddress.IPv4Length));
        MacAddress mac = MacAddress.FromBytes(packet[ArpSenderMacOffset..]);
        if (packet[ArpSenderAddressOffset..(ArpSenderAddressOffset + IpAddress.IPv4Length)].IndexOfAnyExcept((byte)0) < 0 || mac.Value == 0)
            return false;
        claim = new NeighbourClaim(address, mac, IsWish: false);
        return true;
    }

    /// <summary>A neighbour advertisement that tells its target's link-layer address, or a solicitation from the unspecified address.</summary>
    /// <param name="packet">From the IPv6 header on. Its checksum is not looked at: what Ethernet has let through was not damaged on the way.</param>
    /// <param name="sender">Who has sent the frame: of duplicate address detection there is no other sign.</param>
    public static bool TryParseDiscovery(ReadOnlySpan<byte> packet, MacAddress sender, out NeighbourClaim claim)
    {
        claim = default;
        // Nobody beyond a router can have sent it (RFC 4861, 7.1).
        if (packet.Length < IPv6Length + OptionsOffset || packet[NextHeaderOffset] != NextHeaderIcmpV6 || packet[HopLimitOffset] != byte.MaxValue)
            return false;
        ReadOnlySpan<byte> message = packet[IPv6Length..];
        IpAddress target = IpAddress.FromBytes(message.Slice(TargetOffset, IpAddress.IPv6Length));
        switch (message[0])
        {
            case TypeSolicitation when packet.Slice(SourceOffset, IpAddress.IPv6Length).IndexOfAnyExcept((byte)0) < 0:
                claim = new NeighbourClaim(target, sender, IsWish: true);
                return true;
            case TypeAdvertisement when TryFindMac(message[OptionsOffset..], out MacAddress mac):
                claim = new NeighbourClaim(target, mac, IsWish: false);
                return true;
            default:
                return false;
        }
    }

    private static bool TryFindMac(ReadOnlySpan<byte> options, out MacAddress mac)
    {
        mac = default;
        while (options.Length >= OptionUnit)
        {
            int length = options[1] * OptionUnit;
            if (length == 0 || length > options.Length)
                return false;
            if (options[0] == OptionTargetLinkLayerAddress)
            {
                mac = MacAddress.FromBytes(options[2..]);
                return mac.Value != 0;
            }
            options = options[length..];
        }
        return false;
    }
}
