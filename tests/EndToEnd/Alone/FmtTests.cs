using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary><c>fmt</c> on real files: what is written, what is not, and what becomes of mode, owner and links.</summary>
public sealed class FmtTests : IDisposable
{
    private const string Crooked = "global_defs { router_id   A } # end\n";
    private const string Canonical = "global_defs {\n    router_id A\n} # end\n";
    private const string Unbalanced = "global_defs {\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("ka-fmt-").FullName;

    private static string Program => Binaries.PathOf(Implementation.Ours);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Make(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static CommandResult Run(params string[] arguments) => Shell.Try(Program, ["fmt", .. arguments]);

    [Fact]
    public void Fmt_file_isRewrittenAndKeepsModeAndOwner()
    {
        string path = Make("a.conf", Crooked);
        Shell.Run("chown", "12345:23456", path);
        File.SetUnixFileMode(path, (UnixFileMode)0b110_100_000);
        CommandResult result = Run(path);
        Assert.Equal((0, path + "\n", ""), (result.ExitCode, result.Output, result.Error));
        Assert.Equal(Canonical, File.ReadAllText(path));
        Assert.Equal("12345:23456 640\n", Shell.Run("stat", "-c", "%u:%g %a", path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Fmt_link_staysAndItsTargetIsRewritten()
    {
        string path = Make("a.conf", Crooked);
        Directory.CreateDirectory(Path.Combine(_folder, "d"));
        string link = Path.Combine(_folder, "d", "link.conf");
        File.CreateSymbolicLink(link, "../a.conf");
        Assert.Equal(0, Run(link).ExitCode);
        Assert.Equal("../a.conf", new FileInfo(link).LinkTarget);
        Assert.Equal(Canonical, File.ReadAllText(path));
    }

    // The decoy is what a link would lead to that is followed from / or from the directory of the process.
    [Theory]
    [InlineData("link.conf", "a.conf")]
    [InlineData("./link.conf", "a.conf")]
    [InlineData("link.conf", "d/../a.conf")]
    [InlineData("d/link.conf", "../a.conf")]
    [InlineData("d/link.conf", "other.conf")]
    public void Fmt_linkWithoutItsDirectory_leadsToTheFileBesideIt(string link, string target)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "d"));
        string decoy = Make("other.conf", Crooked);
        File.CreateSymbolicLink(Path.Combine(_folder, "d", "other.conf"), "../a.conf");
        string path = Make("a.conf", Crooked);
        File.CreateSymbolicLink(Path.Combine(_folder, link), target);
        CommandResult result = Shell.Try("env", "-C", _folder, Program, "fmt", link);
        Assert.Equal((0, link + "\n", ""), (result.ExitCode, result.Output, result.Error));
        Assert.Equal(target, new FileInfo(Path.Combine(_folder, link)).LinkTarget);
        Assert.Equal((Canonical, Crooked), (File.ReadAllText(path), File.ReadAllText(decoy)));
    }

    // As in the folder of another user: the path from / exists too.
    [Fact]
    public void Fmt_link_isNotFollowedFromTheRoot()
    {
        string decoy = Make("victim.conf", Crooked);
        string inside = Path.Combine(_folder, "c", decoy[1..]);
        Directory.CreateDirectory(Path.GetDirectoryName(inside)!);
        File.WriteAllText(inside, Crooked);
        File.CreateSymbolicLink(Path.Combine(_folder, "c", "l.conf"), decoy[1..]);
        Assert.Equal(0, Shell.Try("env", "-C", Path.Combine(_folder, "c"), Program, "fmt", "l.conf").ExitCode);
        Assert.Equal((Crooked, Canonical), (File.ReadAllText(decoy), File.ReadAllText(inside)));
    }

    [Fact]
    public void Fmt_linkInALoop_isAnError()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "l.conf"), "l.conf");
        Assert.Equal(2, Run(Path.Combine(_folder, "l.conf")).ExitCode);
    }

    [Theory]
    [InlineData("--check", 1)]
    [InlineData("--diff", 0)]
    [InlineData("--check --diff", 1)]
    public void Fmt_checkOrDiff_changesNothing(string options, int expected)
    {
        string path = Make("a.conf", Crooked);
        CommandResult result = Run([.. options.Split(' '), path]);
        Assert.Equal(expected, result.ExitCode);
        Assert.Equal(Crooked, File.ReadAllText(path));
        Assert.Contains(options.Contains("diff", StringComparison.Ordinal) ? "+    router_id A\n" : path, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Fmt_canonicalFile_isNotTouched()
    {
        string path = Make("a.conf", Canonical);
        string before = Shell.Run("stat", "-c", "%i %y", path);
        CommandResult result = Run(path);
        Assert.Equal((0, ""), (result.ExitCode, result.Output));
        Assert.Equal(before, Shell.Run("stat", "-c", "%i %y", path));
        Assert.Equal(0, Run("--check", path).ExitCode);
    }

    [Fact]
    public void Fmt_severalFiles_eachByItselfAndTheWorstCounts()
    {
        string bad = Make("bad.conf", Unbalanced);
        string good = Make("good.conf", Crooked);
        CommandResult result = Run(bad, Path.Combine(_folder, "gone.conf"), good);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(Unbalanced, File.ReadAllText(bad));
        Assert.Equal(Canonical, File.ReadAllText(good));
        Assert.Contains("bad.conf:1:13: error [KA0206]", result.Error, StringComparison.Ordinal);
        Assert.Contains("gone.conf': No such file or directory", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Fmt_standardInput_goesToStandardOutput()
    {
        CommandResult result = Shell.Try("bash", "-c", $"printf 'a   b\\r\\n' | '{Program}' fmt -");
        Assert.Equal((0, "a b\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public void Fmt_largeFile_isBoundedInTime()
    {
        string block = string.Concat(Enumerable.Repeat("virtual_server 10.0.0.1 80 {\n  real_server   10.0.0.2 80 { weight  1\n }\n}\n", 40_000));
        CommandResult result = Shell.Try(Program, ["fmt", "--check", Make("large.conf", block)], TimeSpan.FromSeconds(60));
        Assert.Equal(1, result.ExitCode);
    }
}
