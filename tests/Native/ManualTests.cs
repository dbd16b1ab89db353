using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.Native;

/// <summary>The manual pages that <c>make build</c> has made.</summary>
public sealed class ManualTests
{
    public static TheoryData<string> Pages => ["man1/keepalived-aot.1", "man5/keepalived-aot.conf.5", "man8/keepalived-aot.8"];

    private static string PathOf(string page)
    {
        string path = Path.Combine(Binaries.Repository, "rootfs/usr/share/man", page);
        return File.Exists(path) ? path : throw new LabException($"{path} is missing: run `make build`");
    }

    [Theory, MemberData(nameof(Pages))]
    public void Page_isWithoutWarnings(string page)
    {
        CommandResult lint = Shell.Try("mandoc", "-T", "lint", "-W", "warning", PathOf(page));
        Assert.Equal("", lint.Output + lint.Error);
        CommandResult shown = Shell.Try("env", "MANWIDTH=80", "LC_ALL=C.UTF-8", "man", "--warnings", "-l", PathOf(page));
        Assert.Equal(0, shown.ExitCode);
        Assert.Equal("", shown.Error);
        Assert.DoesNotContain("\n@", shown.Output, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Pages))]
    public void Page_isThatOfThisBinary(string page)
    {
        using Lab lab = new(routers: 1);
        Shell.Run(Path.Combine(Binaries.Repository, "packaging/man/build"), Binaries.PathOf(Implementation.Ours), lab.Scratch);
        // The date is that of the commit, which may be younger than the binary.
        Assert.Equal(WithoutDate(PathOf(page)), WithoutDate(Path.Combine(lab.Scratch, page)));

        static string[] WithoutDate(string path) => [.. File.ReadLines(path).Where(static line => !line.StartsWith(".TH ", StringComparison.Ordinal))];
    }

    [Fact]
    public void Page_hasEveryKeyword()
    {
        string plain = Shell.Run("bash", "-c", $"mandoc -T utf8 -O width=200 {PathOf("man5/keepalived-aot.conf.5")} | col -bx");
        foreach (string row in Shell.Run(Binaries.PathOf(Implementation.Ours), "explain", "--all", "--format", "tsv").Split('\n').Skip(1))
        {
            if (row.Split('\t') is [_, { Length: > 0 } word, ..])
                Assert.Contains(word, plain, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Page_ofTheCommandLine_hasEveryVerbAndOption()
    {
        string options = Plain("man8/keepalived-aot.8");
        string verbs = Plain("man1/keepalived-aot.1");
        foreach (string word in (string[])["--use-file", "--config-test", "-D, --log-detail"])
            Assert.Contains(word, options, StringComparison.Ordinal);
        foreach (string word in (string[])["check", "explain", "completion", "cleanup", "self-check", "--format json|sarif|text"])
            Assert.Contains(word, verbs, StringComparison.Ordinal);

        static string Plain(string page) => Shell.Run("bash", "-c", $"mandoc -T utf8 -O width=200 {PathOf(page)} | col -bx");
    }
}
