using KeepalivedAot.Config.Text;
using KeepalivedAot.Daemon.Loading;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>What the host says of files that a configuration names.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class HostConfigFilesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("keepalived-aot-").FullName;
    private readonly HostConfigFiles _files = new();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Path_is_what_it_leads_to()
    {
        string file = Path.Combine(_directory, "file");
        File.WriteAllText(file, "a");
        string program = Path.Combine(_directory, "program");
        File.WriteAllText(program, "a");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.OtherExecute);
        foreach ((string link, string target) in new[] { ("to-file", file), ("to-program", program), ("to-directory", _directory), ("to-nothing", "none") })
            File.CreateSymbolicLink(Path.Combine(_directory, link), target);

        Assert.Equal(ConfigFileKind.File, Inspect("file"));
        Assert.Equal(ConfigFileKind.Executable, Inspect("program"));
        Assert.Equal(ConfigFileKind.Directory, Inspect("."));
        Assert.Equal(ConfigFileKind.Missing, Inspect("none"));
        Assert.Equal(ConfigFileKind.Missing, Inspect("file/x"));
        Assert.Equal(ConfigFileKind.Other, _files.Inspect("/dev/null"));
        Assert.Equal(ConfigFileKind.File, Inspect("to-file"));
        Assert.Equal(ConfigFileKind.Executable, Inspect("to-program"));
        Assert.Equal(ConfigFileKind.Directory, Inspect("to-directory"));
        // There is something, and reading it says what is wrong.
        Assert.Equal(ConfigFileKind.File, Inspect("to-nothing"));
        Assert.False(_files.TryRead(Path.Combine(_directory, "to-nothing"), out _, out string? problem));
        Assert.Equal("No such file or directory", problem);
        Assert.Equal(["file", "program", "to-directory", "to-file", "to-nothing", "to-program"], _files.List(_directory)!.Order(StringComparer.Ordinal));
        Assert.Null(_files.List(file));
    }

    [Fact]
    public void File_that_is_too_large_is_not_read()
    {
        string file = Path.Combine(_directory, "large");
        using (FileStream stream = File.Create(file))
            stream.SetLength(1L << 40);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(_files.TryRead(file, out _, out string? problem));
        Assert.Equal("it has more than 24 MiB", problem);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.False(_files.TryRead(_directory, out _, out problem));
        Assert.Equal("Is a directory", problem);
    }

    [Fact]
    public void Length_of_a_file_is_known_without_reading_it()
    {
        string file = Path.Combine(_directory, "some");
        File.WriteAllText(file, "12345");
        Assert.Equal(5, _files.LengthOf(file));
        Assert.Null(_files.LengthOf(_directory));
        Assert.Null(_files.LengthOf("/dev/zero"));
        Assert.Null(_files.LengthOf(file + "x"));
    }

    private ConfigFileKind Inspect(string name) => _files.Inspect(Path.Combine(_directory, name));
}
