using System.Buffers.Binary;
using KeepalivedAot.Linux.Interop;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Tls;

/// <summary>The section headers of an ELF file of 64 bits (elf.h).</summary>
internal sealed unsafe class ElfSections
{
    private const int FileHeaderLength = 64;
    private const int HeaderLength = 64;
    private const int HeadersOffset = 0x28;
    private const int CountOffset = 0x3C;
    private const int NamesOffset = 0x3E;
    private const int MostSections = 4096;
    private const int LongestNames = 1 << 16;

    private readonly byte[] _headers;
    private readonly byte[] _names;

    private ElfSections(byte[] headers, byte[] names)
    {
        _headers = headers;
        _names = names;
    }

    /// <returns>False when it is no such file, or cannot be read.</returns>
    public static bool TryRead(string path, out ElfSections sections)
    {
        sections = null!;
        byte* native = stackalloc byte[NativePath.Capacity];
        if (NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity)) != Errno.None)
            return false;
        int fd = open(native, O_RDONLY | O_CLOEXEC, 0);
        if (fd < 0)
            return false;
        bool isRead = TryRead(fd, out sections);
        close(fd);
        return isRead;
    }

    private static bool TryRead(int fd, out ElfSections sections)
    {
        sections = null!;
        byte[] file = new byte[FileHeaderLength];
        if (!TryRead(fd, 0, file) || !file.AsSpan().StartsWith("\u007FELF\u0002"u8))
            return false;
        int count = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(CountOffset));
        int named = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(NamesOffset));
        if (count is 0 or > MostSections || named >= count)
            return false;
        byte[] headers = new byte[count * HeaderLength];
        if (!TryRead(fd, BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(HeadersOffset)), headers))
            return false;
        ElfSection names = ElfSection.Of(headers.AsSpan(named * HeaderLength, HeaderLength));
        byte[] text = new byte[Math.Min(names.Size, LongestNames)];
        if (!TryRead(fd, (long)names.FileOffset, text))
            return false;
        sections = new ElfSections(headers, text);
        return true;
    }

    public bool TryFind(ReadOnlySpan<byte> name, out ElfSection section)
    {
        for (int at = 0; at < _headers.Length; at += HeaderLength)
        {
            section = ElfSection.Of(_headers.AsSpan(at, HeaderLength));
            if (section.NameOffset >= (uint)_names.Length)
                continue;
            ReadOnlySpan<byte> found = _names.AsSpan((int)section.NameOffset);
            if (found.StartsWith(name) && found.Length > name.Length && found[name.Length] == 0)
                return true;
        }
        section = default;
        return false;
    }

    private static bool TryRead(int fd, long offset, byte[] destination)
    {
        fixed (byte* start = destination)
            return (long)pread(fd, start, destination.Length, offset) == destination.Length;
    }
}

/// <summary>What is asked for of an Elf64_Shdr.</summary>
/// <param name="Address">Before the program is moved to where it runs.</param>
internal readonly record struct ElfSection(uint NameOffset, ulong Address, ulong FileOffset, ulong Size)
{
    public static ElfSection Of(ReadOnlySpan<byte> header) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(header),
        BinaryPrimitives.ReadUInt64LittleEndian(header[0x10..]),
        BinaryPrimitives.ReadUInt64LittleEndian(header[0x18..]),
        BinaryPrimitives.ReadUInt64LittleEndian(header[0x20..]));
}
