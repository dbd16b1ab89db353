using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Tests.Unit.Config.Text;

/// <summary>Grammar 2 to 5 and 9: lines, comments, the order of processing, conditional lines, braces.</summary>
public sealed class LineRuleTests
{
    [Theory]
    // 2: physical lines
    [InlineData("a\r\nb\r\n", "[a] [b]")]
    [InlineData("a\n\n \t\nb", "[a] [b]")]
    [InlineData("\uFEFFa", "[a]")]
    [InlineData("\t a \v\f", "[a]")]
    [InlineData("a \\ b", "[a|\\|b]")]
    // 3: comments
    [InlineData("a#b", "[a]")]
    [InlineData("a \"#\" # \"", "[a|#]")]
    [InlineData("a '#'", "[a|']")]
    [InlineData("a \\\\# b", "[a|\\\\]")]
    [InlineData("a \"\\#\"", "[a|\\#]")]
    [InlineData("a \\#b", "[a|#b]")]
    // A comment takes the backslash at its end with it.
    [InlineData("$A=x # y \\\nb\na $A", "[b] [a|x]")]
    // 3: after a substitution the line is looked at again.
    [InlineData("$A=1\na $A ${_HASH} b", "[a|1]")]
    [InlineData("$A=1\na \"${_HASH}\" $A", "[a|#|1]")]
    [InlineData("$A=1\na \\# $A", "[a]")]
    // 4: steps 3 to 5 are done once.
    [InlineData("$A=@other b\n$A", "[@other|b]")]
    [InlineData("$A=~SEQ(i,2) b\n$A", "[~SEQ(i,2)|b]")]
    [InlineData("~x $A\n$A=1\n~x $A", "[~x|$A] [~x|$A]")]
    [InlineData("$I=include\n$I f2", "[two]")]
    // 4: what is left behind a brace is a line of its own.
    [InlineData("a { @other b", "[a] {")]
    [InlineData("a { @host1 b", "[a] { [b]")]
    [InlineData("a { $X=5\nb $X }", "[a] { [b|5] }")]
    [InlineData("a { include f2\n}", "[a] { [two] }")]
    [InlineData("a { ~SEQ(i,2) b $i\n}", "[a] { [b|1] [b|2] }")]
    [InlineData("} @host1 }", "} }")]
    [InlineData("$A=1\na { $B=$A\n$A=2\nb $B", "[a] { [b|1]")]
    // 5: conditional lines
    [InlineData("@host1\ta", "[a]")]
    [InlineData("@host a\n@host11 b", "")]
    [InlineData("@^host1\n@\n@^\na", "[a]")]
    [InlineData("x\n @host1 a", "[x] [a]")]
    [InlineData("@host1 ~SEQ(i,2) a $i", "[a|1] [a|2]")]
    [InlineData("@host1 include f2\n@other include f2", "[two]")]
    [InlineData("~SEQ(i,2) @host1 a $i", "[a|1] [a|2]")]
    // 9: braces
    [InlineData("a { b }c", "[a] { [b] } [c]")]
    [InlineData("a \"{\" '{' }", "[a|{|'] { ['] }")]
    [InlineData("a \\{", "[a|\\] {")]
    public void Text_becomes_lines(string text, string expected)
    {
        TextFiles files = TextFiles.Of(text);
        files["f2"] = "two";
        Assert.Equal(expected, files.Read(out DiagnosticBag diagnostics));
        Assert.DoesNotContain(diagnostics, static d => d.Severity == Severity.Error);
    }

    [Theory]
    [InlineData("a\0b\nc", "[c]", "KA0102")]
    [InlineData("a \"b { c\nd", "[a] [d]", "KA0101")]
    [InlineData("$A=\"\na $A b", "[a]", "KA0101")]
    // Said once, although the line is looked at twice.
    [InlineData("$A=1\na $A \"b", "[a|1]", "KA0101")]
    public void Bad_line_is_one_error(string text, string expected, string code)
    {
        // The definition's own line is reported, too.
        Assert.Equal(expected, TextFiles.Of(text).Read(out DiagnosticBag diagnostics));
        Assert.All(diagnostics, d => Assert.Equal(code, d.Code));
        Assert.InRange(diagnostics.Count, 1, text.StartsWith("$A=\"", StringComparison.Ordinal) ? 2 : 1);
    }

    [Theory]
    [InlineData(1022, false)]
    [InlineData(1023, true)]
    public void Line_of_1022_bytes_is_the_longest(int length, bool isRefused)
    {
        string read = TextFiles.Of(new string('a', length) + "\nb").Read(out DiagnosticBag diagnostics);
        Assert.Equal(isRefused ? "[b]" : $"[{new string('a', length)}] [b]", read);
        Assert.Equal(isRefused ? "KA0103" : null, diagnostics.SingleOrDefault()?.Code);
    }
}
