using System.Buffers.Binary;

namespace KeepalivedAot.Tests.Native;

/// <summary>The few facts of a 64-bit little-endian ELF file that tell whether it is static (System V ABI, chapters 4 and 5).</summary>
public sealed class ElfFile
{
    public const ushort TypeExecutable = 2;
    public const ushort TypeShared = 3;
    public const ushort MachineX64 = 62;
    public const ushort MachineArm64 = 183;

    private const uint SegmentDynamic = 2;
    private const uint SegmentInterpreter = 3;
    private const long TagNeeded = 1;
    private const long TagFlags1 = 0x6ffffffb;
    private const ulong Flags1Pie = 0x08000000;

    public ElfFile(byte[] file)
    {
        if (!file.AsSpan(0, 6).SequenceEqual((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
            throw new InvalidDataException("not a 64-bit little-endian ELF file");
        Type = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(16));
        Machine = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(18));
        int table = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(32));
        int entrySize = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(54));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(56));
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> segment = file.AsSpan(table + i * entrySize, entrySize);
            uint kind = BinaryPrimitives.ReadUInt32LittleEndian(segment);
            if (kind == SegmentInterpreter)
                HasInterpreter = true;
            if (kind == SegmentDynamic)
            {
                int offset = (int)BinaryPrimitives.ReadUInt64LittleEndian(segment[8..]);
                int size = (int)BinaryPrimitives.ReadUInt64LittleEndian(segment[32..]);
                ReadDynamic(file.AsSpan(offset, size));
            }
        }
    }

    public ushort Type { get; }

    public ushort Machine { get; }

    /// <summary>It names a dynamic loader.</summary>
    public bool HasInterpreter { get; }

    /// <summary>How many shared objects it asks for.</summary>
    public int NeededCount { get; private set; }

    /// <summary>The linker marked it as a position-independent executable.</summary>
    public bool IsPie { get; private set; }

    private void ReadDynamic(ReadOnlySpan<byte> entries)
    {
        for (; entries.Length >= 16; entries = entries[16..])
        {
            long tag = BinaryPrimitives.ReadInt64LittleEndian(entries);
            ulong value = BinaryPrimitives.ReadUInt64LittleEndian(entries[8..]);
            if (tag == TagNeeded)
                NeededCount++;
            if (tag == TagFlags1 && (value & Flags1Pie) != 0)
                IsPie = true;
        }
    }
}
