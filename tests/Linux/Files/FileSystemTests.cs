using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Tests.Linux.Process;

namespace KeepalivedAot.Tests.Linux.Files;

public sealed class FileSystemTests : IDisposable
{
    private const uint Mode = 0b111_101_101;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void MakeDirectory_gives_exactly_the_mode_whatever_the_umask_is()
    {
        string path = _directory.PathOf("made");
        FileSystem.SetCreationMask(0b001_111_111);
        OsError error = FileSystem.MakeDirectory(path, Mode);
        FileSystem.SetCreationMask(0b000_010_010);

        Assert.Equal(OsError.None, error);
        Assert.Equal((UnixFileMode)Mode, File.GetUnixFileMode(path));
    }

    [Fact]
    public void MakeDirectory_that_is_there_is_as_good_and_keeps_its_mode()
    {
        string path = _directory.PathOf("there");
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, UnixFileMode.UserRead);
        Assert.Equal(OsError.None, FileSystem.MakeDirectory(path, Mode));
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(path));
    }

    [Fact]
    public void MakeDirectory_without_its_parent_says_so()
        => Assert.Equal(Errno.ENOENT, FileSystem.MakeDirectory(_directory.PathOf("no/where"), Mode).Errno);

    [Fact]
    public void Remove_takes_a_file_away_and_does_not_mind_a_missing_one()
    {
        string path = _directory.PathOf("file");
        File.WriteAllText(path, "x");
        Assert.Equal(OsError.None, FileSystem.Remove(path));
        Assert.False(File.Exists(path));
        Assert.Equal(OsError.None, FileSystem.Remove(path));
    }

    [Fact]
    public void RemoveDirectoryIfEmpty_leaves_one_that_is_not()
    {
        string path = _directory.PathOf("full");
        Directory.CreateDirectory(Path.Combine(path, "inner"));
        Assert.Equal(OsError.None, FileSystem.RemoveDirectoryIfEmpty(path));
        Assert.True(Directory.Exists(path));
        Assert.Equal(OsError.None, FileSystem.RemoveDirectoryIfEmpty(Path.Combine(path, "inner")));
        Assert.Equal(OsError.None, FileSystem.RemoveDirectoryIfEmpty(path));
        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void FileReader_takes_a_fifo_and_a_device_for_no_file_and_does_not_wait()
    {
        string fifo = _directory.PathOf("fifo");
        using System.Diagnostics.Process make = System.Diagnostics.Process.Start("mkfifo", fifo);
        make.WaitForExit();
        Assert.Equal(Errno.EINVAL, FileReader.TryRead(fifo, 100, out _).Errno);
        Assert.Equal(Errno.EINVAL, FileReader.TryRead("/dev/null", 100, out _).Errno);
        Assert.Equal(OsError.None, FileReader.TryRead("/proc/self/status", 100_000, out byte[] content));
        Assert.NotEmpty(content);
    }
}
