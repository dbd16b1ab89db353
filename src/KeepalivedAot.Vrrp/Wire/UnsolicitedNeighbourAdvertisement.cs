using System.Buffers.Binary;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Vrrp.Wire;

/// <summary>Writes unsolicited Neighbour Advertisements as a whole Ethernet frame (RFC 4861, 4.4 and 7.2.6).</summary>
public static class UnsolicitedNeighbourAdvertisement
{
    public const int FrameLength = EthernetLength + IPv6Length + MessageLength;

    private const int EthernetLength = 14;
    private const int IPv6Length = 40;
    private const int MessageLength = 32;

    private const ushort EtherTypeIPv6 = 0x86DD;
    private const byte NextHeaderIcmpV6 = 58;
    private const byte HopLimit = 255;
    private const byte TypeNeighbourAdvertisement = 136;
    private const byte RouterFlag = 0x80;
    private const byte OverrideFlag = 0x20;
    private const byte OptionTargetLinkLayerAddress = 2;

    /// <summary>33:33:00:00:00:01 (RFC 2464, 7).</summary>
    private static readonly MacAddress AllNodesMac = new(0x3333_0000_0001);

    /// <summary>ff02::1.</summary>
    private static readonly IpAddress AllNodes = IpAddress.FromBytes([0xFF, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);

    /// <param name="frame">At least <see cref="FrameLength"/> bytes.</param>
    /// <param name="sender">The interface's address, or the VMAC's.</param>
    /// <param name="address">The IPv6 address that is announced; it is the source too.</param>
    /// <param name="isRouter">Whether the interface forwards.</param>
    /// <returns>The length of the frame in bytes.</returns>
    public static int Write(Span<byte> frame, MacAddress sender, IpAddress address, bool isRouter)
    {
        Invariant.Require(address.Family == AddressFamily.IPv6, "neighbour discovery is for IPv6");
        frame = frame[..FrameLength];
        frame.Clear();
        AllNodesMac.CopyTo(frame);
        sender.CopyTo(frame[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[12..], EtherTypeIPv6);

        Span<byte> ip = frame.Slice(EthernetLength, IPv6Length);
        ip[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], MessageLength);
        ip[6] = NextHeaderIcmpV6;
        ip[7] = HopLimit;
        address.CopyTo(ip[8..]);
        AllNodes.CopyTo(ip[24..]);

        Span<byte> message = frame[(EthernetLength + IPv6Length)..];
        message[0] = TypeNeighbourAdvertisement;
        message[4] = (byte)(OverrideFlag | (isRouter ? RouterFlag : 0));
        address.CopyTo(message[8..]);
        message[24] = OptionTargetLinkLayerAddress;
        message[25] = 1;
        sender.CopyTo(message[26..]);

        InternetChecksum checksum = default;
        checksum.Add(address);
        checksum.Add(AllNodes);
        checksum.Add(MessageLength);
        checksum.Add(NextHeaderIcmpV6);
        checksum.Add(message);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], checksum.Finish());
        return FrameLength;
    }
}
