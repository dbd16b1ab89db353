using KeepalivedAot.Base;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Tests.Linux.Process;

namespace KeepalivedAot.Tests.Linux.Files;

public sealed class FileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(Durability.Renamed)]
    [InlineData(Durability.Synced)]
    public void AtomicFile_replaces_the_file_with_exactly_the_mode_given(Durability durability)
    {
        string path = _directory.PathOf("keepalived.data");
        File.WriteAllText(path, "old");
        Assert.Equal(OsError.None, AtomicFile.Write(path, "new content"u8, 0b110_110_110, durability));

        Assert.Equal("new content", File.ReadAllText(path));
        Assert.Equal((UnixFileMode)0b110_110_110, File.GetUnixFileMode(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    // A name of a file is bytes; these are no UTF-8.
    [Fact]
    public void File_is_found_under_the_name_that_the_directory_has_whatever_its_bytes()
    {
        string path = _directory.PathOf(ByteText.Decode([.. "caf"u8, 0xE9]));
        string folder = Path.GetDirectoryName(path)!;
        Assert.Equal(OsError.None, AtomicFile.Write(path, "x"u8, 0b110_000_000, Durability.Renamed));
        Assert.Equal(OsError.None, DirectoryReader.TryRead(folder, out List<string> names));
        Assert.Equal([Path.GetFileName(path)], names);
        Assert.Equal(OsError.None, FileReader.TryRead(path, 10, out byte[] content));
        Assert.Equal("x"u8.ToArray(), content);
        Assert.Equal(OsError.None, FileSystem.Remove(path));
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void AtomicFile_whose_rename_is_refused_leaves_no_temporary_file()
    {
        string path = _directory.PathOf("directory");
        Directory.CreateDirectory(Path.Combine(path, "full"));
        OsError error = AtomicFile.Write(path, "x"u8, 0b110_000_000, Durability.Renamed);

        Assert.Equal(("rename", path), (error.Call, error.Subject));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void AtomicFile_does_not_follow_a_link_at_the_temporary_name()
    {
        string path = _directory.PathOf("data");
        File.WriteAllText(_directory.PathOf("precious"), "precious");
        File.CreateSymbolicLink($"{path}.{Environment.ProcessId}.tmp", _directory.PathOf("precious"));
        Assert.Equal(OsError.None, AtomicFile.Write(path, "x"u8, 0b110_000_000, Durability.Renamed));
        Assert.Equal("precious", File.ReadAllText(_directory.PathOf("precious")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(100_000)]
    public void FileReader_gives_the_whole_content(int length)
    {
        byte[] expected = new byte[length];
        new Random(1).NextBytes(expected);
        File.WriteAllBytes(_directory.PathOf("x"), expected);
        Assert.Equal(OsError.None, FileReader.TryRead(_directory.PathOf("x"), 100_000, out byte[] content));
        Assert.Equal(expected, content);
    }

    [Fact]
    public void FileReader_reads_what_has_no_size()
    {
        Assert.Equal(OsError.None, FileReader.TryRead("/proc/self/status", 1 << 20, out byte[] content));
        Assert.True(content.AsSpan().StartsWith("Name:"u8));
    }

    [Theory]
    [InlineData("/nonexistent", Errno.ENOENT)]
    [InlineData("/proc", Errno.EISDIR)]
    [InlineData("", Errno.ENOENT)]
    [InlineData("a\0b", Errno.EINVAL)]
    [InlineData("/proc/self/status", Errno.EFBIG)]
    public void FileReader_tells_why_not(string path, Errno errno)
    {
        OsError error = FileReader.TryRead(path, 10, out byte[] content);
        Assert.Equal(errno, error.Errno);
        Assert.Empty(content);
    }
}
