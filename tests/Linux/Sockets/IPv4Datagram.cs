using System.Buffers.Binary;
using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Tests.Linux.Sockets;

/// <summary>An IPv4 header and a payload; the kernel completes length and checksum.</summary>
internal static class IPv4Datagram
{
    public const int HeaderLength = 20;

    public static byte[] Make(IpAddress source, IpAddress destination, byte protocol, byte ttl, byte typeOfService, ReadOnlySpan<byte> payload)
    {
        byte[] datagram = new byte[HeaderLength + payload.Length];
        datagram[0] = 0x45;
        datagram[1] = typeOfService;
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), (ushort)datagram.Length);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), 7);
        datagram[8] = ttl;
        datagram[9] = protocol;
        source.CopyTo(datagram.AsSpan(12));
        destination.CopyTo(datagram.AsSpan(16));
        payload.CopyTo(datagram.AsSpan(HeaderLength));
        return datagram;
    }
}
