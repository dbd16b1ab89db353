using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Tests.Linux.Process;

namespace KeepalivedAot.Tests.Linux.Files;

public sealed class FileStatusTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void File_has_type_mode_and_owner()
    {
        string path = _directory.PathOf("script");
        File.WriteAllText(path, "x");
        File.SetUnixFileMode(path, UnixFileMode.SetUser | UnixFileMode.UserRead | UnixFileMode.OtherWrite);
        Assert.Equal(OsError.None, FileStatus.TryRead(path, out FileStatus status));
        Assert.Equal((FileType.Regular, Convert.ToUInt32("4402", 8)), (status.Type, status.Mode));
        Assert.Equal(((uint)Tmds.Linux.LibC.geteuid(), (uint)Tmds.Linux.LibC.getegid()), (status.UserId, status.GroupId));
    }

    [Fact]
    public void Link_is_looked_at_and_not_followed()
    {
        string path = _directory.PathOf("link");
        File.CreateSymbolicLink(path, "../some/where");
        Assert.Equal(OsError.None, FileStatus.TryRead(path, out FileStatus status));
        Assert.Equal(FileType.SymbolicLink, status.Type);
        Assert.Equal(OsError.None, FileStatus.TryReadLink(path, out string target));
        Assert.Equal("../some/where", target);
    }

    [Theory]
    [InlineData("/", FileType.Directory)]
    [InlineData("/dev/null", FileType.Other)]
    public void Types_are_told_apart(string path, FileType type)
    {
        Assert.Equal(OsError.None, FileStatus.TryRead(path, out FileStatus status));
        Assert.Equal(type, status.Type);
    }

    [Fact]
    public void What_is_not_there_is_an_error_with_its_path()
    {
        string path = _directory.PathOf("none");
        Assert.Equal(new OsError("lstat", path, Errno.ENOENT), FileStatus.TryRead(path, out _));
        Assert.Equal(Errno.ENOENT, FileStatus.TryReadLink(path, out _).Errno);
    }

    [Fact]
    public void Start_of_a_file_is_read_whatever_its_length()
    {
        string path = _directory.PathOf("long");
        File.WriteAllBytes(path, new byte[100_000]);
        Assert.Equal(OsError.None, FileReader.TryReadStart(path, 256, out byte[] start));
        Assert.Equal(256, start.Length);
        File.WriteAllText(path, "#!");
        Assert.Equal(OsError.None, FileReader.TryReadStart(path, 256, out start));
        Assert.Equal("#!"u8, start);
        Assert.Equal(Errno.EINVAL, FileReader.TryReadStart("/dev/null", 256, out _).Errno);
    }

    [Fact]
    public void Start_takes_memory_for_what_there_is_and_not_for_what_there_may_be()
    {
        string path = _directory.PathOf("short");
        File.WriteAllText(path, "root:x:0:0::/:/bin/sh\n");
        FileReader.TryReadStart(path, 1, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        FileReader.TryReadStart(path, 4 << 20, out byte[] start);
        Assert.Equal(File.ReadAllBytes(path), start);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 10);
    }

    [Fact]
    public void Start_of_a_file_that_tells_no_size_is_read_to_its_end()
    {
        Assert.Equal(OsError.None, FileReader.TryReadStart("/proc/kallsyms", 100_000, out byte[] start));
        Assert.Equal(100_000, start.Length);
        Assert.Equal(File.ReadLines("/proc/kallsyms").First() + "\n", System.Text.Encoding.ASCII.GetString(start, 0, start.AsSpan().IndexOf((byte)'\n') + 1));
    }
}
