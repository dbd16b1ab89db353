using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Tests.Linux.Process;

namespace KeepalivedAot.Tests.Linux.Files;

public sealed class SmallFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Target => _directory.PathOf("file");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Write_missingFile_isMade()
    {
        Assert.False(SmallFile.Write(Target, "7\n"u8).IsError);
        Assert.Equal("7\n", File.ReadAllText(Target));
    }

    [Fact]
    public void Write_longerFile_isReplacedAndStaysTheSameFile()
    {
        File.WriteAllText(Target, "a long text that was there");
        File.SetUnixFileMode(Target, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.False(SmallFile.Write(Target, "7"u8).IsError);
        Assert.Equal("7", File.ReadAllText(Target));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead, File.GetUnixFileMode(Target));
    }

    [Fact]
    public void Write_symbolicLink_isNotFollowed()
    {
        File.WriteAllText(_directory.PathOf("precious"), "precious");
        File.CreateSymbolicLink(Target, _directory.PathOf("precious"));
        Assert.Equal(Errno.ELOOP, SmallFile.Write(Target, "7"u8).Errno);
        Assert.Equal("precious", File.ReadAllText(_directory.PathOf("precious")));
    }

    [Fact]
    public void Write_directory_isRefused()
    {
        Directory.CreateDirectory(Target);
        Assert.Equal(Errno.EISDIR, SmallFile.Write(Target, "7"u8).Errno);
    }

    [Fact]
    public void Write_missingDirectory_isRefused()
        => Assert.Equal(Errno.ENOENT, SmallFile.Write(_directory.PathOf("none/file"), "7"u8).Errno);
}
