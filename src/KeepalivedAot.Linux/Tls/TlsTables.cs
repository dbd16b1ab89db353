using System.Runtime.InteropServices;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Tls;

/// <summary>
/// The memory of OpenSSL's tables of pointers (section <c>.tls_tables</c>, made by <c>tls-tables.ld</c>). A position independent program
/// has its addresses filled in at the start, which makes these pages private memory of a daemon that may never use TLS.
/// </summary>
/// <remarks>
/// <see cref="Release"/> gives the pages back: what comes in their place is the file, without the addresses. <see cref="Use"/>, which
/// must come before the first call of OpenSSL, fills them in again, as the start did (R_*_RELATIVE of the ELF supplements). Under
/// the JIT there is no such section, and both do nothing.
/// </remarks>
internal static unsafe class TlsTables
{
    private const int R_X86_64_RELATIVE = 8;
    private const int R_AARCH64_RELATIVE = 1027;

    private static bool s_isUsed;
    private static bool s_isReleased;

    /// <summary>Gives the memory back, unless TLS is used.</summary>
    /// <returns>The refusal of the kernel, if any; nothing depends on it.</returns>
    public static Errno Release()
    {
        if (s_isUsed || s_isReleased || !TryFind(out Range tables) || !AreAllRelative(tables))
            return Errno.None;
        if (madvise(tables.Start, (Tmds.Linux.size_t)(ulong)tables.Length, MADV_DONTNEED) != 0)
            return Libc.LastErrno;
        s_isReleased = true;
        return Errno.None;
    }

    /// <summary>Makes the tables right, for good, and read-only.</summary>
    public static OsError Use()
    {
        if (s_isUsed)
            return OsError.None;
        if (TryFind(out Range tables))
        {
            Tmds.Linux.size_t length = (Tmds.Linux.size_t)(ulong)tables.Length;
            if (s_isReleased)
                FillIn(tables);
            if (mprotect(tables.Start, length, PROT_READ) != 0)
                return OsError.Last("mprotect");
        }
        s_isUsed = true;
        return OsError.None;
    }

    private static void FillIn(in Range tables)
    {
        foreach (ref readonly Relocation entry in tables.Relocations)
        {
            if (tables.Contains(entry.Offset))
                *(nuint*)(tables.Bias + (nuint)entry.Offset) = tables.Bias + (nuint)entry.Addend;
        }
    }

    // Anything else would need a symbol, of which a static program has none: better keep the memory than guess.
    private static bool AreAllRelative(in Range tables)
    {
        int relative = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? R_AARCH64_RELATIVE : R_X86_64_RELATIVE;
        foreach (ref readonly Relocation entry in tables.Relocations)
        {
            if (tables.Contains(entry.Offset) && (int)entry.Info != relative)
                return false;
        }
        return true;
    }

    // From the section headers, which stripping leaves in the file.
    private static bool TryFind(out Range tables)
    {
        tables = default;
        if (!ElfSections.TryRead("/proc/self/exe", out ElfSections sections)
            || !sections.TryFind(".tls_tables"u8, out ElfSection section) || !sections.TryFind(".rela.dyn"u8, out ElfSection relocations))
        {
            return false;
        }
        nuint bias = StartupPages.Bias;
        nuint page = (nuint)Environment.SystemPageSize;
        // Whole pages only: what else is on the first and the last one is not ours.
        nuint start = (bias + (nuint)section.Address + page - 1) & ~(page - 1);
        nuint end = (bias + (nuint)(section.Address + section.Size)) & ~(page - 1);
        if (bias == 0 || end <= start)
            return false;
        tables = new Range(bias, (byte*)start, end - start, (Relocation*)(bias + (nuint)relocations.Address), (int)(relocations.Size / (ulong)sizeof(Relocation)));
        return true;
    }

    /// <summary>Elf64_Rela (elf.h).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Relocation
    {
        public readonly ulong Offset;
        public readonly ulong Info;
        public readonly long Addend;
    }

    private readonly struct Range(nuint bias, byte* start, nuint length, Relocation* relocations, int count)
    {
        public nuint Bias { get; } = bias;

        public byte* Start { get; } = start;

        public nuint Length { get; } = length;

        public ReadOnlySpan<Relocation> Relocations => new(relocations, count);

        public bool Contains(ulong offset) => Bias + (nuint)offset - (nuint)Start < Length;
    }
}
