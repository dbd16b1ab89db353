using KeepalivedAot.Base.Time;
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

    // As whoever swaps `current` between releases has it, in one file's way and in one pattern's.
    [Fact]
    public void Directories_areThoseOfLinksOnTheWay_too()
    {
        Directory.CreateDirectory(PathOf("releases/1/conf.d"));
        Directory.CreateDirectory(PathOf("etc"));
        Write("releases/1/a");
        File.CreateSymbolicLink(PathOf("current"), "releases/1");
        File.CreateSymbolicLink(PathOf("etc/a"), "../current/a");
        Read("etc/a");
        Assert.Equal([_folder, PathOf("etc"), PathOf("releases/1")], _seen.Directories().Order(StringComparer.Ordinal));
        _seen.Forget();
        _seen.List(PathOf("current/conf.d"));
        Assert.Equal([_folder, PathOf("releases/1/conf.d")], _seen.Directories().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Links_inARing_endTheWay()
    {
        File.CreateSymbolicLink(PathOf("a"), "b");
        File.CreateSymbolicLink(PathOf("b"), "a");
        Assert.False(_seen.TryRead(PathOf("a"), out _, out _));
        Assert.Contains(_folder, _seen.Directories());
    }

    [Fact]
    public void File_that_isMissing_isTold()
    {
        Write("a");
        Read("a");
        Assert.False(_seen.LackedAny);
        _seen.Inspect(PathOf("b"));
        Assert.True(_seen.LackedAny);
    }

    [Fact]
    public void Change_isTold_byItsTime()
    {
        Write("a");
        Read("a");
        Assert.False(_seen.HaveChangedSince(default));
        Write("a", "longer");
        File.SetLastWriteTimeUtc(PathOf("a"), DateTime.UnixEpoch.AddSeconds(1000));
        Assert.True(_seen.HaveChangedSince(UnixTime.FromSeconds(1000)));
        Assert.False(_seen.HaveChangedSince(UnixTime.FromSeconds(1001)));
    }
}
