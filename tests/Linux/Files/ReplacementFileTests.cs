using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Tests.Linux.Files;

/// <summary>A file that is replaced piece by piece, in a directory that others write to.</summary>
public sealed class ReplacementFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ka-replace-").FullName;

    private string Target => Path.Combine(_directory, "file");

    private string[] Entries => [.. Directory.GetFileSystemEntries(_directory).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Content_isThereWhenItIsWhole_andTheOldOneUntilThen()
    {
        File.WriteAllText(Target, "old");
        Assert.False(ReplacementFile.Open(Target, out ReplacementFile? file).IsError);
        Assert.False(file!.Write("one "u8).IsError);
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.False(file.Write("two"u8).IsError);
        Assert.False(file.Commit().IsError);
        Assert.Equal("one two", File.ReadAllText(Target));
        Assert.Equal(["file"], Entries);
        file.Dispose();
        Assert.Equal(["file"], Entries);
    }

    [Fact]
    public void Content_thatIsGivenUp_leavesNothing()
    {
        File.WriteAllText(Target, "old");
        ReplacementFile.Open(Target, out ReplacementFile? file);
        file!.Write("half"u8);
        Assert.Equal(2, Entries.Length);
        file.Dispose();
        Assert.Equal(["file"], Entries);
        Assert.Equal("old", File.ReadAllText(Target));
    }

    [Fact]
    public void Name_inBetween_isAnotherEachTime()
    {
        ReplacementFile.Open(Target, out ReplacementFile? one);
        ReplacementFile.Open(Target, out ReplacementFile? other);
        Assert.Equal(2, Entries.Length);
        Assert.All(Entries, static name => Assert.Matches("^file\\.[0-9a-f]{16}$", name));
        one!.Dispose();
        other!.Dispose();
    }

    [Fact]
    public void Link_atTheTarget_isReplacedAndNotFollowed()
    {
        string victim = Path.Combine(_directory, "victim");
        File.WriteAllText(victim, "mine");
        File.CreateSymbolicLink(Target, victim);
        ReplacementFile.Open(Target, out ReplacementFile? file);
        file!.Write("ours"u8);
        Assert.False(file.Commit().IsError);
        Assert.Equal("mine", File.ReadAllText(victim));
        Assert.Equal("ours", File.ReadAllText(Target));
        Assert.Null(new FileInfo(Target).LinkTarget);
    }

    [Fact]
    public void Directory_atTheTarget_isRefused_andNothingIsLeft()
    {
        Directory.CreateDirectory(Target);
        ReplacementFile.Open(Target, out ReplacementFile? file);
        file!.Write("ours"u8);
        OsError failure = file.Commit();
        Assert.Equal(new OsError("rename", Target, Errno.EISDIR), failure);
        Assert.Equal(["file"], Entries);
    }

    [Fact]
    public void Directory_thatIsMissing_isRefused()
    {
        string path = Path.Combine(_directory, "missing", "file");
        Assert.Equal(new OsError("open", path, Errno.ENOENT), ReplacementFile.Open(path, out ReplacementFile? file));
        Assert.Null(file);
    }

    [Fact]
    public void Path_thatIsTooLong_isRefused()
    {
        Assert.Equal(Errno.ENAMETOOLONG, ReplacementFile.Open(Path.Combine(_directory, new string('x', 5000)), out _).Errno);
        Assert.Equal(Errno.ENAMETOOLONG, ReplacementFile.Open(Path.Combine(_directory, new string('x', 250)), out _).Errno);
    }
}
