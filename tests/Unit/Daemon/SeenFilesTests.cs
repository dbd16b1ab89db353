using KeepalivedAot.Config.Text;
using KeepalivedAot.Daemon.Loading;

namespace KeepalivedAot.Tests.Unit.Daemon;

public sealed class SeenFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ka-seen-").FullName;
    private readonly SeenFiles _seen = new(new HostConfigFiles());

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string PathOf(string name) => Path.Combine(_folder, name);

    private void Write(string name, string text = "x") => File.WriteAllText(PathOf(name), text);

    private void Read(string name) => Assert.True(_seen.TryRead(PathOf(name), out _, out _));

    [Fact]
    public void Nothing_read_hasNotChanged() => Assert.False(_seen.HaveChanged());

    [Fact]
    public void File_asItWasRead_hasNotChanged()
    {
        Write("a");
        Read("a");
        Write("b");
        Assert.False(_seen.HaveChanged());
    }

    [Fact]
    public void File_written_replaced_or_removed_hasChanged()
    {
        Write("a");
        Read("a");
        Write("a", "longer");
        Assert.True(_seen.HaveChanged());

        _seen.Forget();
        Read("a");
        Assert.False(_seen.HaveChanged());
        Write("new", "longer");
        File.SetLastWriteTimeUtc(PathOf("new"), File.GetLastWriteTimeUtc(PathOf("a")));
        File.Move(PathOf("new"), PathOf("a"), overwrite: true);
        Assert.True(_seen.HaveChanged());

        _seen.Forget();
        Read("a");
        File.Delete(PathOf("a"));
        Assert.True(_seen.HaveChanged());
    }

    // What was written between the look and the reading of it is a change: the first look counts.
    [Fact]
    public void File_looked_at_and_then_written_hasChanged()
    {
        Write("a");
        Assert.Equal(ConfigFileKind.File, _seen.Inspect(PathOf("a")));
        Write("a", "longer");
        Read("a");
        Assert.True(_seen.HaveChanged());
    }

    [Fact]
    public void File_that_was_missing_and_comes_hasChanged()
    {
        Assert.Equal(ConfigFileKind.Missing, _seen.Inspect(PathOf("a")));
        Assert.False(_seen.HaveChanged());
        Write("a");
        Assert.True(_seen.HaveChanged());
    }

    [Fact]
    public void Link_that_leads_elsewhere_hasChanged()
    {
        Write("one", "x");
        Write("two", "x");
        File.CreateSymbolicLink(PathOf("link"), "one");
        Read("link");
        Assert.False(_seen.HaveChanged());
        File.Delete(PathOf("link"));
        File.CreateSymbolicLink(PathOf("link"), "two");
        Assert.True(_seen.HaveChanged());
    }

    [Fact]
    public void Directory_with_another_name_in_it_hasChanged_butNotByOneWithADot()
    {
        Write("a");
        Assert.NotNull(_seen.List(_folder));
        Write(".a.swp");
        Assert.False(_seen.HaveChanged());
        Write("b");
        Assert.True(_seen.HaveChanged());
    }

    [Fact]
    public void Directories_areThoseOfFilesOfLinksAndOfPatterns()
    {
        Directory.CreateDirectory(PathOf("elsewhere"));
        Directory.CreateDirectory(PathOf("listed"));
        Write("elsewhere/a");
        File.CreateSymbolicLink(PathOf("link"), "elsewhere/a");
        Read("link");
        _seen.List(PathOf("listed"));
        Assert.Equal([_folder, PathOf("elsewhere"), PathOf("listed")], _seen.Directories().Order(StringComparer.Ordinal));
    }
}
