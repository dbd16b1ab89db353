using System.Buffers.Binary;
using System.Net;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>What a host says of who has an address: ARP (RFC 826) and neighbour discovery (RFC 4861), as whole frames. Written apart from the product's codec.</summary>
internal static class NeighbourFrame
{
    private const int EthernetLength = 14;
    private const int IPv6Length = 40;

    /// <summary>Broadcast, of 42 octets.</summary>
    /// <param name="mac">In the frame and in ARP.</param>
    /// <param name="asked">The address that is asked for; the sender's own makes it gratuitous.</param>
    public static byte[] Arp(string mac, string sender, string asked, bool isReply = false)
    {
        byte[] frame = new byte[42];
        frame.AsSpan(0, 6).Fill(0xFF);
        Mac(mac).CopyTo(frame, 6);
        Convert.FromHexString("080600010800060400").CopyTo(frame, 12);
        frame[21] = (byte)(isReply ? 2 : 1);
        Mac(mac).CopyTo(frame, 22);
        IPAddress.Parse(sender).GetAddressBytes().CopyTo(frame, 28);
        IPAddress.Parse(asked).GetAddressBytes().CopyTo(frame, 38);
        return frame;
    }

    /// <summary>Unsolicited, to all nodes.</summary>
    public static byte[] Advertisement(string mac, string address)
        => Discovery(mac, address, "ff02::1", [136, 0, 0, 0, 0x20, 0, 0, 0, .. IPAddress.Parse(address).GetAddressBytes(), 2, 1, .. Mac(mac)]);

    /// <summary>Duplicate address detection (RFC 4862, 5.4.2).</summary>
    public static byte[] Probe(string mac, string address)
    {
        byte[] target = IPAddress.Parse(address).GetAddressBytes();
        string group = $"{new IPAddress([0xFF, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xFF, .. target[13..]])}";
        return Discovery(mac, "::", group, [135, 0, 0, 0, 0, 0, 0, 0, .. target]);
    }

    private static byte[] Discovery(string mac, string source, string destination, byte[] message)
    {
        byte[] to = IPAddress.Parse(destination).GetAddressBytes();
        byte[] addresses = [.. IPAddress.Parse(source).GetAddressBytes(), .. to];
        uint sum = Sum(addresses) + Sum(message) + 58 + (uint)message.Length;
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), (ushort)~sum);
        byte[] frame = new byte[EthernetLength + IPv6Length + message.Length];
        frame[0] = frame[1] = 0x33;
        to.AsSpan(12).CopyTo(frame.AsSpan(2));
        Mac(mac).CopyTo(frame, 6);
        frame[12] = 0x86;
        frame[13] = 0xDD;
        frame[14] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(18), (ushort)message.Length);
        frame[20] = 58;
        frame[21] = 255;
        addresses.CopyTo(frame, 22);
        message.CopyTo(frame, EthernetLength + IPv6Length);
        return frame;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
        return sum;
    }

    private static byte[] Mac(string text) => Convert.FromHexString(text.Replace(":", ""));
}
