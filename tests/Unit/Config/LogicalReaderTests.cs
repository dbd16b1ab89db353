using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Tests.Unit.Config;

public sealed class LogicalReaderTests
{
    // Words in square brackets, braces as themselves, lines separated by a blank.
    [Theory]
    [InlineData("a b  c\td", "[a|b|c|d]")]
    [InlineData("a # b", "[a]")]
    [InlineData("a ! b", "[a]")]
    [InlineData("# only a comment\n!another\na", "[a]")]
    [InlineData("\"a # b\" c", "[a # b|c]")]
    [InlineData("a \\# b", "[a|#|b]")]
    [InlineData("a\\!b", "[a!b]")]
    [InlineData("a\\nb", "[a\\nb]")]
    [InlineData("ab\"cd\"ef", "[ab|cd|ef]")]
    [InlineData("a \"\" b", "[a||b]")]
    [InlineData("a 'b c'", "[a|'b|c']")]
    [InlineData("a \"{ }\" {", "[a|{ }] {")]
    [InlineData("global_defs { router_id A }", "[global_defs] { [router_id|A] }")]
    [InlineData("a{b}c", "[a] { [b] } [c]")]
    [InlineData("a\n{\nb\n}", "[a] { [b] }")]
    [InlineData("}}{", "} } {")]
    [InlineData("a b\r\nc\r\n", "[a|b] [c]")]
    [InlineData("a", "[a]")]
    [InlineData("   \n\t\n a \n", "[a]")]
    [InlineData("", "")]
    [InlineData("é ü", "[é|ü]")]
    public void Reader_text_gives_logical_lines(string text, string expected)
    {
        Assert.Equal(expected, Read(text, out DiagnosticBag diagnostics));
        Assert.Empty(diagnostics);
    }

    [Theory]
    [InlineData("a \"b c", "[a]", "KA0101")]
    [InlineData("\"", "", "KA0101")]
    [InlineData("a \\\"b", "[a|\\]", "KA0101")]
    [InlineData("a \\\nb", "[a\\] [b]", "KA0104")]
    [InlineData("a\0b\nc", "[c]", "KA0102")]
    public void Reader_bad_text_is_reported_and_reading_goes_on(string text, string expected, string code)
    {
        Assert.Equal(expected, Read(text, out DiagnosticBag diagnostics));
        Assert.Equal(code, Assert.Single(diagnostics).Code);
    }

    [Theory]
    [InlineData(1022, "\n", false)]
    [InlineData(1022, "\r\n", false)]
    [InlineData(1022, "", false)]
    [InlineData(1023, "\n", true)]
    [InlineData(5000, "\n", true)]
    public void Reader_long_line_is_dropped_beyond_keepaliveds_limit(int length, string end, bool isDropped)
    {
        Read(new string('a', length) + end, out DiagnosticBag diagnostics);
        Assert.Equal(isDropped ? ["KA0103"] : [], diagnostics.Select(static d => d.Code));
    }

    [Fact]
    public void Word_behind_a_removed_escape_keeps_its_place()
    {
        SourceMap sources = new();
        LogicalReader reader = TextFiles.Of("\n  a\\#b c\\!  d").Reader(sources, null);
        LogicalLine line = reader.Read();
        Assert.Equal(new SourceLocation(sources.Files[0], 2, 3, 4), sources.Locate(line.Words[0].Span));
        Assert.Equal("a#b", line.Words[0].ToString());
        Assert.Equal(new SourceLocation(sources.Files[0], 2, 8, 3), sources.Locate(line.Words[1].Span));
        Assert.Equal(new SourceLocation(sources.Files[0], 2, 13, 1), sources.Locate(line.Words[2].Span));
    }

    [Fact]
    public void Column_behind_characters_of_several_bytes_counts_characters()
    {
        SourceMap sources = new();
        LogicalReader reader = TextFiles.Of("\"äöü\" b").Reader(sources, null);
        Assert.Equal(new SourceLocation(sources.Files[0], 1, 7, 1), sources.Locate(reader.Read().Words[1].Span));
    }

    private static string Read(string text, out DiagnosticBag diagnostics) => TextFiles.Of(text).Read(out diagnostics);
}
