using System.Runtime.InteropServices;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Tls;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Process;

/// <summary>Gives back what only the start needed.</summary>
public static unsafe class StartupPages
{
    private const int AT_PHDR = 3;
    private const int AT_PHNUM = 5;
    private const uint PT_LOAD = 1;
    private const uint PT_PHDR = 6;
    private const uint PF_W = 2;
    private const nuint PageSize = 4096;

    /// <summary>
    /// Unmaps the program's own code and constants. They stay in the page cache, and those that are used are mapped again at their
    /// next use, at about 1 µs for each 64 KiB. A start runs through most of the program once; a router at work uses a small part.
    /// </summary>
    /// <remarks>
    /// Segments that can be written are left alone: relocations have changed them, and what is dropped there would be lost.
    /// Call it after a compacting collection and before the loop.
    /// </remarks>
    /// <returns>The refusal of madvise(2), if any; nothing depends on it.</returns>
    public static Errno Release()
    {
        ProgramHeader* headers = (ProgramHeader*)Libc.getauxval(AT_PHDR);
        int count = (int)Libc.getauxval(AT_PHNUM);
        if (headers is null)
            return Errno.ENOENT;
        // First, as it looks through half a megabyte of constants.
        Errno tables = TlsTables.Release();
        nuint bias = Bias;
        for (int i = 0; i < count; i++)
        {
            if (headers[i].Type != PT_LOAD || (headers[i].Flags & PF_W) != 0)
                continue;
            nuint start = (bias + (nuint)headers[i].VirtualAddress) & ~(PageSize - 1);
            // Whole pages only: the last one may be shared with a segment that can be written.
            nuint end = (bias + (nuint)headers[i].VirtualAddress + (nuint)headers[i].MemorySize) & ~(PageSize - 1);
            if (end > start && madvise((void*)start, (Tmds.Linux.size_t)(ulong)(end - start), MADV_DONTNEED) != 0)
                return Libc.LastErrno;
        }
        return tables;
    }

    /// <summary>How far from the addresses in its file the program was moved; 0 when that is not known.</summary>
    internal static nuint Bias
    {
        get
        {
            ProgramHeader* headers = (ProgramHeader*)Libc.getauxval(AT_PHDR);
            int count = headers is null ? 0 : (int)Libc.getauxval(AT_PHNUM);
            for (int i = 0; i < count; i++)
            {
                if (headers[i].Type == PT_PHDR)
                    return (nuint)headers - (nuint)headers[i].VirtualAddress;
            }
            return 0;
        }
    }

    /// <summary>Elf64_Phdr (elf.h): what of it is asked for.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 56)]
    private readonly struct ProgramHeader
    {
        [FieldOffset(0)] public readonly uint Type;
        [FieldOffset(4)] public readonly uint Flags;
        [FieldOffset(16)] public readonly ulong VirtualAddress;
        [FieldOffset(40)] public readonly ulong MemorySize;
    }
}
