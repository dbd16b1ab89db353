using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Tests.Unit.Config.Global;

/// <summary><c>include_check</c>: what it says, and that includes behind it obey.</summary>
public sealed class IncludeCheckTests
{
    [Theory]
    [InlineData("", IncludeChecks.All, 0)]
    [InlineData("read", IncludeChecks.Read, 0)]
    [InlineData("match", IncludeChecks.Read | IncludeChecks.Match, 0)]
    [InlineData("+match", IncludeChecks.Match, 0)]
    [InlineData("read +match", IncludeChecks.Read | IncludeChecks.Match, 0)]
    [InlineData("match -read", IncludeChecks.Match, 0)]
    [InlineData("+match -read", IncludeChecks.Match, 0)]
    [InlineData("-match", IncludeChecks.None, 0)]
    [InlineData("read match", IncludeChecks.Read, 5)]
    [InlineData("match match", IncludeChecks.Read | IncludeChecks.Match, 5)]
    [InlineData("+match read", IncludeChecks.Match, 5)]
    [InlineData("readable", IncludeChecks.None, 5)]
    [InlineData("+", IncludeChecks.None, 5)]
    [InlineData("match +foo", IncludeChecks.Read | IncludeChecks.Match, 5)]
    public void Words_make_a_set(string words, IncludeChecks expected, int status)
    {
        LoadResult result = GlobalText.Load($"include_check {words}");
        Assert.Equal((expected, status), (result.Configuration.GlobalDefs.IncludeCheck!.Checks, result.TestExitStatus));
        if (status == 0)
            GlobalText.Written($"include_check {words}");
    }

    [Fact]
    public void Signed_words_change_the_set_that_was_there()
    {
        LoadResult result = GlobalText.Load("include_check\ninclude_check -brace_match -match");
        Assert.Equal(IncludeChecks.Read | IncludeChecks.WildcardMatch, result.Configuration.GlobalDefs.IncludeCheck!.Checks);
    }

    [Theory]
    [InlineData("include x\nglobal_defs {\ninclude_check +match\n}\n", false)]
    [InlineData("global_defs {\ninclude_check +match\n}\ninclude x\n", true)]
    [InlineData("global_defs {\ninclude_check +match\ninclude x\n}\n", true)]
    [InlineData("global_defs {\ninclude_check +match\ninclude_check -match\n}\ninclude x\n", false)]
    [InlineData("global_defs {\ninclude_check +read\n}\ninclude x\n", false)]
    [InlineData("global_defs {\ninclude_check\n}\ninclude x*\n", true)]
    public void Includes_behind_it_are_checked(string text, bool isError)
    {
        LoadResult result = Load(TextFiles.Of(text));
        Assert.Equal(isError, result.Diagnostics.Any(static d => d.Kind == DiagnosticCatalogue.IncludeFailed));
    }

    [Fact]
    public void Set_of_an_included_file_ends_with_it()
    {
        TextFiles files = TextFiles.Of("include a\ninclude x\n");
        files["a"] = "global_defs {\ninclude_check +match\n}\n";
        Assert.DoesNotContain(Load(files).Diagnostics, static d => d.Kind == DiagnosticCatalogue.IncludeFailed);

        files["a"] = "global_defs {\ninclude_check +match\n}\ninclude x\n";
        Diagnostic failed = Assert.Single(Load(files).Diagnostics, static d => d.Kind == DiagnosticCatalogue.IncludeFailed);
        Assert.Equal("a", failed.Location.File!.Path);
    }

    private static LoadResult Load(TextFiles files) => ConfigurationLoader.Load("f", files, isConfigTest: true);
}
