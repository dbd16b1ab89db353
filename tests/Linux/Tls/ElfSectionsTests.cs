using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Tls;
using KeepalivedAot.Tests.Linux.Process;

namespace KeepalivedAot.Tests.Linux.Tls;

/// <summary>Section headers of real programs, and of what is none.</summary>
public sealed class ElfSectionsTests
{
    private const string Program = "/proc/self/exe";

    [Fact]
    public void Sections_ofAProgram_areFoundByTheirNames()
    {
        Assert.True(ElfSections.TryRead(Program, out ElfSections sections));
        Assert.True(sections.TryFind(".text"u8, out ElfSection text));
        Assert.True(sections.TryFind(".shstrtab"u8, out ElfSection names));
        Assert.NotEqual(0UL, text.Address);
        Assert.Equal(0UL, names.Address);
        byte[] file = File.ReadAllBytes(Program);
        Assert.Contains(".shstrtab\0", System.Text.Encoding.Latin1.GetString(file, (int)names.FileOffset, (int)names.Size), StringComparison.Ordinal);
        Assert.False(sections.TryFind(".tex"u8, out _));
        Assert.False(sections.TryFind(".tls_tables"u8, out _));
    }

    [Fact]
    public void Files_thatAreCutOff_orNoPrograms_haveNone()
    {
        using TemporaryDirectory directory = new();
        byte[] file = File.ReadAllBytes(Program);
        Assert.False(ElfSections.TryRead(directory.PathOf("none"), out _));
        foreach (int length in (int[])[0, 1, 5, 63, 64, 1000, file.Length - 1])
        {
            string path = directory.PathOf($"cut-{length}");
            File.WriteAllBytes(path, file.AsSpan(0, length));
            Assert.False(ElfSections.TryRead(path, out _), $"{length} bytes");
        }
        string script = directory.PathOf("script");
        File.WriteAllText(script, "#!/bin/sh\n" + new string('#', 1000));
        Assert.False(ElfSections.TryRead(script, out _));
    }

    // Where there is no such section, as here, both are content.
    [Fact]
    public void Tables_thatAreNotThere_areNoMistake()
    {
        Assert.Equal(Errno.None, TlsTables.Release());
        Assert.False(TlsTables.Use().IsError);
        Assert.Equal(Errno.None, TlsTables.Release());
    }
}
