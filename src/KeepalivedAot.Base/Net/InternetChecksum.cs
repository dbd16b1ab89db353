using System.Buffers.Binary;

namespace KeepalivedAot.Base.Net;

/// <summary>The one's complement sum of RFC 1071, over any number of spans.</summary>
/// <remarks>Every span but the last must have an even length.</remarks>
public struct InternetChecksum
{
    private ulong _sum;

    public void Add(ReadOnlySpan<byte> data)
    {
        while (data.Length >= 2)
        {
            _sum += BinaryPrimitives.ReadUInt16BigEndian(data);
            data = data[2..];
        }
        if (data.Length == 1)
            _sum += (uint)data[0] << 8;
    }

    public void Add(ushort word) => _sum += word;

    public void Add(IpAddress address)
    {
        Span<byte> bytes = stackalloc byte[IpAddress.IPv6Length];
        address.CopyTo(bytes);
        Add(bytes[..address.Length]);
    }

    /// <summary>The value of the checksum field; over data that holds a right checksum it is 0.</summary>
    public readonly ushort Finish()
    {
        ulong sum = _sum;
        while (sum >> 16 != 0)
            sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }
}
