using System.Buffers.Binary;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Vrrp.Wire;

/// <summary>Writes gratuitous ARP as a whole Ethernet frame (RFC 826; RFC 5227, 3), in keepalived's request form.</summary>
public static class GratuitousArp
{
    /// <summary>Bytes of a frame; padding it to Ethernet's minimum is the device's job.</summary>
    public const int FrameLength = 42;

    private const ushort EtherTypeArp = 0x0806;
    private const ushort EtherTypeIPv4 = 0x0800;
    private const ushort HardwareEthernet = 1;
    private const ushort OperationRequest = 1;

    /// <param name="frame">At least <see cref="FrameLength"/> bytes.</param>
    /// <param name="sender">The interface's address, or the VMAC's.</param>
    /// <param name="address">The IPv4 address that is announced.</param>
    /// <returns>The length of the frame in bytes.</returns>
    public static int Write(Span<byte> frame, MacAddress sender, IpAddress address)
    {
        Invariant.Require(address.Family == AddressFamily.IPv4, "ARP is for IPv4");
        frame = frame[..FrameLength];
        MacAddress.Broadcast.CopyTo(frame);
        sender.CopyTo(frame[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[12..], EtherTypeArp);
        BinaryPrimitives.WriteUInt16BigEndian(frame[14..], HardwareEthernet);
        BinaryPrimitives.WriteUInt16BigEndian(frame[16..], EtherTypeIPv4);
        frame[18] = MacAddress.Length;
        frame[19] = IpAddress.IPv4Length;
        BinaryPrimitives.WriteUInt16BigEndian(frame[20..], OperationRequest);
        sender.CopyTo(frame[22..]);
        address.CopyTo(frame[28..]);
        MacAddress.Broadcast.CopyTo(frame[32..]);
        address.CopyTo(frame[38..]);
        return FrameLength;
    }
}
