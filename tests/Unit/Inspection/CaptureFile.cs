using System.Buffers.Binary;
using KeepalivedAot.Linux.Capture;

namespace KeepalivedAot.Tests.Unit.Inspection;

/// <summary>Writes capture files in all their forms.</summary>
internal sealed class CaptureFile(bool isBigEndian = false)
{
    public const uint Seconds = 1_795_371_943;

    private readonly MemoryStream _bytes = new();

    public byte[] Bytes => _bytes.ToArray();

    public static byte[] Pcap(params byte[][] packets) => Pcap(LinkType.Raw, packets);

    public static byte[] Pcap(LinkType link, params byte[][] packets)
    {
        CaptureFile file = new();
        file.PcapHeader(link);
        foreach (byte[] packet in packets)
            file.PcapFrame(packet);
        return file.Bytes;
    }

    public void PcapHeader(LinkType link, bool hasNanoseconds = false)
        => Add(Number(hasNanoseconds ? 0xA1B23C4D : 0xA1B2C3D4), Short(2), Short(4), Number(0), Number(0), Number(262144), Number((uint)link));

    public void PcapFrame(ReadOnlySpan<byte> bytes, uint fraction = 0, int cut = 0)
        => Add(Number(Seconds), Number(fraction), Number((uint)(bytes.Length - cut)), Number((uint)bytes.Length), bytes[..^cut].ToArray());

    public void Section() => Block(0x0A0D0D0A, [.. Number(0x1A2B3C4D), .. Short(1), .. Short(0), .. Number(uint.MaxValue), .. Number(uint.MaxValue)]);

    public void Interface(LinkType link, byte? resolution = null, long? offset = null, uint snapLength = 0)
    {
        List<byte> body = [.. Short((ushort)link), .. Short(0), .. Number(snapLength)];
        // Its name, which is passed over.
        body.AddRange([.. Short(2), .. Short(4), .. "eth0"u8]);
        if (resolution is { } r)
            body.AddRange([.. Short(9), .. Short(1), r, 0, 0, 0]);
        if (offset is { } seconds)
        {
            byte[] value = BitConverter.GetBytes(seconds);
            body.AddRange([.. Short(14), .. Short(8), .. isBigEndian ? value.Reverse() : value]);
        }
        Block(1, [.. body, .. Short(0), .. Short(0)]);
    }

    public void Enhanced(ReadOnlySpan<byte> bytes, ulong time, uint at = 0)
        => Block(6, [.. Number(at), .. Number((uint)(time >> 32)), .. Number((uint)time), .. Number((uint)bytes.Length), .. Number((uint)bytes.Length), .. bytes, .. Padding(bytes.Length)]);

    public void Obsolete(ReadOnlySpan<byte> bytes, ulong time)
        => Block(2, [.. Short(0), .. Short(0), .. Number((uint)(time >> 32)), .. Number((uint)time), .. Number((uint)bytes.Length), .. Number((uint)bytes.Length), .. bytes, .. Padding(bytes.Length)]);

    public void Simple(ReadOnlySpan<byte> bytes) => Block(3, [.. Number((uint)bytes.Length), .. bytes, .. Padding(bytes.Length)]);

    public void Block(uint type, byte[] body) => Add(Number(type), Number((uint)body.Length + 12), body, Number((uint)body.Length + 12));

    private static byte[] Padding(int length) => new byte[(4 - length % 4) % 4];

    private byte[] Number(uint value)
    {
        byte[] bytes = new byte[4];
        if (isBigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private byte[] Short(ushort value) => isBigEndian ? [(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)];

    private void Add(params byte[][] parts)
    {
        foreach (byte[] part in parts)
            _bytes.Write(part);
    }
}
