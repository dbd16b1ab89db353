using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Tests.Unit.Config;

/// <summary>Grammar 3 to 8: what is worked out before there are keywords.</summary>
public sealed class PreprocessorTests
{
    [Theory]
    // 5: conditional lines
    [InlineData("@host1 a b\n@other c", "[a|b]")]
    [InlineData("@^host1 a\n@^other b", "[b]")]
    [InlineData("@host1\n@^x\na", "[a]")]
    [InlineData("@host1 @host1 a", "[@host1|a]")]
    [InlineData("@HOST1 a", "")]
    [InlineData("x {\n@host1 y\n}", "[x] { [y] }")]
    [InlineData("@!host1 a\nb", "[b]")]
    [InlineData("@host1 $A=1\n@other $A=2\na $A", "[a|1]")]
    // 6.1: definitions
    [InlineData("$A=1\na $A b", "[a|1|b]")]
    [InlineData("$A =1\nb", "[$A|=1] [b]")]
    [InlineData("$1A=1", "[$1A=1]")]
    [InlineData("$A=\na${A}b", "[ab]")]
    [InlineData("$A=1\n$A=2\na $A", "[a|2]")]
    [InlineData("a $A\n$A=1", "[a|$A]")]
    [InlineData("$A=\"x y\"\na $A", "[a|x y]")]
    [InlineData("$A=x # c\na $A", "[a|x]")]
    [InlineData("$_HASH=x\na $_HASH", "[a|x]")]
    // 6.4: where a name ends
    [InlineData("$A=1\na ${A}b$A.c $A,d $A)", "[a|1b$A.c|1,d|1)]")]
    [InlineData("$A=1\na \"$A\" \"${A}\" '${A}'", "[a|$A|1|'1']")]
    [InlineData("$A=$B\n$B=2\na $A", "[a|2]")]
    [InlineData("$A=x\n$B=${A}y\n$A=z\na $B", "[a|zy]")]
    [InlineData("$A=n\na ${${A}}", "[a|$] { [n] }")]
    [InlineData("$A={ b }\na $A", "[a] { [b] }")]
    [InlineData("$A=~x\na $A", "[a|~x]")]
    // What comes from a definition is not looked at again for directives.
    [InlineData("$A=@other\n$A b", "[@other|b]")]
    [InlineData("$A=$B=1\n$A", "[$B=1]")]
    // 6.2: built-ins
    [InlineData("a $_INSTANCE", "[a|host1]")]
    [InlineData("a \"${_HASH}\" \"${_BANG}\"", "[a|#|!]")]
    [InlineData("a ${_HASH} b", "[a]")]
    [InlineData("a ${_ENV NOT_THERE}b", "[a|b]")]
    [InlineData("a ${_ENV THERE}", "[a|value]")]
    [InlineData("a ${_RANDOM 7 7}", "[a|7]")]
    [InlineData("a ${_PWD}", "[a|.]")]
    // 6.3: several lines
    [InlineData("$A=x \\\ny z \\\nw\n$A\nb", "[x] [y|z] [w] [b]")]
    [InlineData("$A=\\\nx\\\ny\np $A", "[p|x] [y]")]
    [InlineData("$A=x\\\ny\na $A b", "[a|$A|b]")]
    [InlineData("$A=x\\\n\ny\n$A", "[y] [x]")]
    [InlineData("$A=x\\\n\\\ny\n$A", "[x] [y]")]
    [InlineData("$A=x\\\n@host1 y\\\n@other z\n$A", "[x] [y]")]
    [InlineData("$B=1\\\n2\n$A=x\\\n$B\\\ny\n$A", "[x] [1] [2] [y]")]
    [InlineData("$A=a { \\\nb\\\n}\n$A", "[a] { [b] }")]
    [InlineData("$N=1\n$A=a $N\\\nb ${N}\n$A\n$N=2\n$A", "[a|1] [b|1] [a|2] [b|2]")]
    // 7.1: sequences
    [InlineData("~SEQ(i,3) a $i", "[a|1] [a|2] [a|3]")]
    [InlineData("~SEQ(i,-2) a $i", "[a|-1] [a|-2]")]
    [InlineData("~SEQ (i, 4, 2) a$i b", "[a4|b] [a3|b] [a2|b]")]
    [InlineData("~SEQ(i,1,4,10) a ${i}x", "[a|1x] [a|5x] [a|9x]")]
    [InlineData("~SEQ(i,010,-4,0) a $i", "[a|8] [a|4] [a|0]")]
    [InlineData("~SEQx(i,9,0xb) a $i", "[a|9] [a|a] [a|b]")]
    [InlineData("$N=2\n~SEQ(i,$N) a $i", "[a|1] [a|2]")]
    [InlineData("~SEQ(i,2) a\nb $i", "[a] [a] [b|2]")]
    [InlineData("~SEQ(i,2) ~SEQ(j,2) a $i $j", "[a|1|1] [a|1|2] [a|2|1] [a|2|2]")]
    [InlineData("$B=x $i\\\ny\n~SEQ(i,2) $B", "[x|1] [y] [x|2] [y]")]
    [InlineData("~SEQ(i,2) a { b $i }", "[a] { [b|1] } [a] { [b|2] }")]
    [InlineData("~SEQ(i,2147483647,2147483647) a $i", "[a|2147483647]")]
    // 7.2: lists
    [InlineData("~LST(v,x,y) a $v", "[a|x] [a|y]")]
    [InlineData("~LST({v,w},{1,2},{3}) a ${v}-${w}", "[a|1-2] [a|3-]")]
    [InlineData("~LST( { v , w } , { 1 , 2 } ) a $v $w", "[a|1|2]")]
    [InlineData("~LST(v,x) ~SEQ(i,2) a $v$i $i", "[a|$v1|1] [a|$v2|2]")]
    [InlineData("~other a", "[~other|a]")]
    public void Text_becomes_lines(string text, string expected)
    {
        TextFiles files = TextFiles.Of(text);
        files.Variables["THERE"] = "value";
        Assert.Equal(expected, files.Read(out DiagnosticBag diagnostics));
        Assert.DoesNotContain(diagnostics, static d => d.Severity == Severity.Error);
    }

    [Theory]
    [InlineData("~SEQ(i,1,0,3) a", "KA0110")]
    [InlineData("~SEQ(i,1,-1,3) a", "KA0110")]
    [InlineData("~SEQ(i) a", "KA0110")]
    [InlineData("~SEQ(i,x) a", "KA0110")]
    [InlineData("~SEQ(i,1,2,3,4) a", "KA0110")]
    [InlineData("~SEQx(i,-1,3) a", "KA0110")]
    [InlineData("~SEQ(i,1,2 a", "KA0110")]
    [InlineData("~SEQ i a", "KA0110")]
    [InlineData("~SEQ(i,99999999999) a", "KA0110")]
    [InlineData("~LST(v) a", "KA0110")]
    [InlineData("~LST({v},{1,2}) a", "KA0110")]
    [InlineData("~LST({v,{1}) a", "KA0110")]
    [InlineData("~SEQ(i,1000000000) a $i", "KA0111")]
    [InlineData("$A=$A\na $A", "KA0106")]
    [InlineData("$A=x\\\n$A\n$A", "KA0106")]
    [InlineData("a ${_ENV}", "KA0108")]
    [InlineData("a ${_RANDOM x}", "KA0108")]
    [InlineData("a ${_RANDOM 9 3}", "KA0108")]
    [InlineData("$A=1\na ${A x}", "KA0108")]
    [InlineData("a ${NOT}", "KA0109")]
    [InlineData("include f", "KA0503")]
    public void Mistake_is_one_error(string text, string code)
    {
        TextFiles.Of(text).Read(out DiagnosticBag diagnostics);
        Assert.Equal(code, Assert.Single(diagnostics, static d => d.Severity == Severity.Error).Code);
    }

    [Theory]
    [InlineData("d/*.conf", IncludeChecks.None, "[a] [b]", null)]
    [InlineData("d/b.conf", IncludeChecks.All, "[b]", null)]
    [InlineData("d/{b,a}.conf", IncludeChecks.All, "[b] [a]", null)]
    [InlineData("d/[^b].conf", IncludeChecks.All, "[a]", null)]
    [InlineData("*/?.conf", IncludeChecks.All, "[a] [b]", null)]
    [InlineData("d/none.conf", IncludeChecks.None, "", "KA0505")]
    [InlineData("d/none.conf", IncludeChecks.WildcardMatch, "", "KA0505")]
    [InlineData("d/none.conf", IncludeChecks.Match, "", "KA0504")]
    [InlineData("d/none*", IncludeChecks.Match, "", null)]
    [InlineData("d/none*", IncludeChecks.WildcardMatch, "", "KA0504")]
    [InlineData("none/x*", IncludeChecks.Match, "", "KA0504")]
    [InlineData("d/{a,none}.conf", IncludeChecks.Match, "[a]", "KA0505")]
    [InlineData("d/{a,none}.conf", IncludeChecks.BraceMatch, "", "KA0504")]
    [InlineData("{none1,none2}", IncludeChecks.Match, "", "KA0505")]
    [InlineData("{none1,none2}", IncludeChecks.BraceMatch, "", "KA0504")]
    [InlineData("d", IncludeChecks.None, "", "KA0505")]
    [InlineData("d", IncludeChecks.Read, "", "KA0504")]
    [InlineData("x.sh", IncludeChecks.Read, "", "KA0504")]
    public void Include_pattern_and_checks(string pattern, IncludeChecks checks, string expected, string? code)
    {
        TextFiles files = TextFiles.Of($"include {pattern}");
        files["d/a.conf"] = "a";
        files["d/b.conf"] = "b";
        files["d/.hidden.conf"] = "hidden";
        files["x.sh"] = "x";
        files.Executables.Add("x.sh");
        Assert.Equal(expected, files.Read(out DiagnosticBag diagnostics, checks: checks));
        Assert.Equal(code, diagnostics.SingleOrDefault()?.Code);
    }

    [Theory]
    [InlineData("include", null)]
    [InlineData("includer", null)]
    [InlineData("includem", "KA0504")]
    [InlineData("includew", "KA0504")]
    [InlineData("includea", "KA0504")]
    public void Include_directive_adds_its_checks(string directive, string? code)
    {
        TextFiles.Of($"{directive} none\n").Read(out DiagnosticBag diagnostics);
        Assert.Equal(code ?? "KA0505", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public void Include_is_relative_to_its_file_and_goes_on_behind_it()
    {
        TextFiles files = new() { ["/etc/k/main"] = "a\ninclude sub/x\nd $_PWD" };
        files["/etc/k/sub/x"] = "b $_PWD\ninclude y\n";
        files["/etc/k/sub/y"] = "c\n$V=1";
        Assert.Equal("[a] [b|/etc/k/sub] [c] [d|/etc/k]", files.Read(out DiagnosticBag diagnostics, "/etc/k/main"));
        Assert.Empty(diagnostics);
    }

    [Fact]
    public void Include_of_an_expansion_is_read_when_the_expansion_is_done()
    {
        TextFiles files = TextFiles.Of("~SEQ(i,2) include x$i\nend");
        files["x1"] = "one";
        files["x2"] = "two";
        // $i without braces is followed by the end of the line.
        Assert.Equal("[two] [one] [end]", files.Read(out _));
    }

    [Fact]
    public void Unknown_include_is_a_word()
        => Assert.Equal("[includet|x]", TextFiles.Of("includet x").Read(out _));

    [Fact]
    public void Main_file_may_be_several()
    {
        TextFiles files = new() { ["b.conf"] = "b", ["a.conf"] = "a" };
        Assert.Equal("[a] [b]", files.Read(out DiagnosticBag diagnostics, "*.conf"));
        Assert.Equal("KA0506", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public void Place_within_a_definition_is_where_it_was_written_and_the_chain_says_how_it_came()
    {
        TextFiles files = new() { ["main"] = "include d/inc\n$UP=bad ${X}\nb { $UP }\n" };
        files["d/inc"] = "$X=in\\\n  ner\n$X\n";
        SourceMap sources = new();
        LogicalReader reader = files.Reader(sources, null, "main");
        LogicalLine line = reader.Read();
        Assert.Equal("d/inc:1:4", sources.Locate(line.Words[0].Span).ToString());
        Assert.Equal(["d/inc:3:1 expanded from $X here", "main:1:9 included from here"], Chain(sources, line.Words[0].Span));
        line = reader.Read();
        Assert.Equal("d/inc:2:3", sources.Locate(line.Words[0].Span).ToString());
        Assert.Equal(["d/inc:3:1 expanded from $X here", "main:1:9 included from here"], Chain(sources, line.Words[0].Span));
    }

    [Fact]
    public void Place_of_a_number_of_a_sequence_is_its_name()
    {
        SourceMap sources = new();
        LogicalReader reader = TextFiles.Of("~SEQ(i, 2) x { a $i }").Reader(sources, null);
        reader.Read();
        reader.Read();
        LogicalLine line = reader.Read();
        Assert.Equal("f:1:16", sources.Locate(line.Words[0].Span).ToString());
        Assert.Equal("f:1:6", sources.Locate(line.Words[1].Span).ToString());
        Assert.Equal(["f:1:18 expanded from $i here", "f:1:1 in the round i=1 of this ~SEQ"], Chain(sources, line.Words[1].Span));
    }

    [Fact]
    public void Value_of_the_environment_is_not_shown()
    {
        TextFiles files = TextFiles.Of("a x${_ENV PASSWORD}y z");
        files.Variables["PASSWORD"] = "geheim";
        SourceMap sources = new();
        LogicalLine line = files.Reader(sources, null).Read();
        Assert.Equal("xgeheimy", System.Text.Encoding.UTF8.GetString(line.Words[1].Text));
        Assert.Equal("***", line.Words[1].ToString());
        Assert.Equal("z", line.Words[2].ToString());
    }

    [Fact]
    public void Braces_of_the_rest_are_counted_without_reading_files_again()
    {
        TextFiles files = TextFiles.Of("a {\ninclude x\n~SEQ(i,3) b {\n");
        files["x"] = "c }";
        LogicalReader reader = files.Reader(new SourceMap(), null);
        reader.Read();
        Assert.Equal(3, reader.BracesLeftOpenByRest);
        int reads = files.Reads;
        while (reader.Read().Kind != LogicalLineKind.EndOfFile)
        {
        }
        Assert.Equal(reads, files.Reads);
        Assert.Equal(0, reader.BracesLeftOpenByRest);
    }

    private static string[] Chain(SourceMap sources, SourceSpan span)
        => [.. sources.ChainOf(span).Select(static c => $"{c.Location} {c.Message}")];
}
