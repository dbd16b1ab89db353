using System.Buffers.Binary;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>bpf(2) of old: an accumulator, an index register, one word of memory; a load beyond the end drops.</summary>
internal static class ClassicBpf
{
    // SKF_AD_OFF, linux/filter.h.
    private const uint Ancillary = 0xFFFF_F000;

    /// <param name="ancillary">What the kernel knows of the packet, by SKF_AD_*; what is not there is 0.</param>
    public static uint Run(ReadOnlySpan<sock_filter> program, ReadOnlySpan<byte> bytes, IReadOnlyDictionary<uint, uint>? ancillary = null)
    {
        uint a = 0, x = 0, memory = 0;
        for (int at = 0; ; at++)
        {
            sock_filter i = program[at];
            int length = i.code switch { 0x20 => 4, 0x28 => 2, 0xB1 or 0x50 or 0x30 => 1, _ => 0 };
            if (length > 0 && i.code != 0x50 && i.k >= Ancillary)
            {
                a = ancillary?.GetValueOrDefault(i.k - Ancillary) ?? 0;
                continue;
            }
            long offset = i.code == 0x50 ? (long)x + i.k : i.k;
            if (length > 0 && offset + length > bytes.Length)
                return 0;
            ReadOnlySpan<byte> loaded = length > 0 ? bytes[(int)offset..] : default;
            switch (i.code)
            {
                case 0xB1: x = (uint)(loaded[0] & 15) * 4; break;
                case 0x20: a = BinaryPrimitives.ReadUInt32BigEndian(loaded); break;
                case 0x28: a = BinaryPrimitives.ReadUInt16BigEndian(loaded); break;
                case 0x50 or 0x30: a = loaded[0]; break;
                case 0x00: a = i.k; break;
                case 0x60: a = memory; break;
                case 0x02: memory = a; break;
                case 0x54: a &= i.k; break;
                case 0x04: a += i.k; break;
                case 0x87: a = x; break;
                case 0x74: a >>= (int)i.k; break;
                case 0x7C: a >>= (int)x; break;
                case 0x07: x = a; break;
                case 0x05: at += (int)i.k; break;
                case 0x15: at += a == i.k ? i.jt : i.jf; break;
                case 0x06: return i.k;
                default: throw new InvalidOperationException($"instruction {i.code:x}");
            }
        }
    }
}
