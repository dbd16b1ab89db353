using KeepalivedAot.Config;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Tests.Unit.Config.Golden;

namespace KeepalivedAot.Tests.Unit.Config.Values;

/// <summary>A word is written so that it reads the same, whatever stands in it.</summary>
public sealed class ConfigWordsTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("", "\"\"")]
    [InlineData("a#b", "\"a#b\"")]
    [InlineData("@a", "\"@a\"")]
    [InlineData(@"a\b", @"a\b")]
    [InlineData(@"a\", @"a\")]
    [InlineData(@"a\\", @"a\\")]
    [InlineData(@"a\\\", @"a\\\")]
    [InlineData(@"a#b\", @"a\#b\")]
    public void Word_is_quoted_where_it_needs_it(string text, string written) => Assert.Equal(written, ConfigWords.Quote(text));

    [Theory]
    [InlineData(@"a\", @"a\")]
    [InlineData(@"a\\", @"a\\")]
    [InlineData(@"a\\\", @"a\\\")]
    [InlineData(@"\\\", @"\\\")]
    [InlineData(@"\ #", @"\")]
    [InlineData(@"a\#b\", @"a#b\")]
    [InlineData(@"a\!\#\", @"a!#\")]
    [InlineData("\"a\\#b\"", @"a\#b")]
    [InlineData("\"a b\\\\\"", @"a b\\")]
    public void Router_id_is_written_back_so_that_it_reads_the_same(string line, string text)
    {
        LoadResult result = ConfigText.Load($"global_defs {{\n    router_id {line}\n}}\n");
        Assert.False(result.Diagnostics.HasErrors);
        Assert.Equal(text, result.Configuration.GlobalDefs.RouterId);
        RoundTrip.Require(result, GoldenRecording.Options);
    }
}
