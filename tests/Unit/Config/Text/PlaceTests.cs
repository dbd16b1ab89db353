using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Tests.Unit.Config.Text;

/// <summary>Places survive includes, definitions and sequences, with the way the text came.</summary>
public sealed class PlaceTests
{
    [Theory]
    // The text after the last | is the word that is looked for; then its place, length and way.
    [InlineData("a b|b", "f:1:3+1", "")]
    [InlineData("a\\#b c|c", "f:1:6+1", "")]
    [InlineData("$A=xy\na $A|xy", "f:1:4+2", "f:2:3 expanded from $A here")]
    [InlineData("$A=xy z\na ${A}w|zw", "f:1:7+1", "f:2:3 expanded from $A here")]
    [InlineData("$A=b\n$B=x${A}y\n$B|xby", "f:2:4+6", "f:3:1 expanded from $B here")]
    [InlineData("$A=b\n$B=x ${A} y\n$B|b", "f:1:4+1", "f:2:6 expanded from $A here; f:3:1 expanded from $B here")]
    [InlineData("$A=b\\\n c\n$A|c", "f:2:2+1", "f:3:1 expanded from $A here")]
    [InlineData("$A=b\\\n c\n$B=1 $A\n$B|c", "f:2:2+1", "f:3:6 expanded from $A here; f:4:1 expanded from $B here")]
    [InlineData("~SEQ(i,2) a v$i x|x", "f:1:17+1", "f:1:1 in the round i=1 of this ~SEQ")]
    [InlineData("~SEQ(i,2) a ${i}|2", "f:1:6+1", "f:1:13 expanded from $i here; f:1:1 in the round i=2 of this ~SEQ")]
    [InlineData("~LST(v,p,q) a $v|q", "f:1:10+1", "f:1:15 expanded from $v here; f:1:1 in round 2 of this ~LST")]
    [InlineData("~SEQ(i,1) ~SEQ(j,1) w|w", "f:1:21+1", "f:1:11 in the round j=1 of this ~SEQ; f:1:1 in the round i=1 of this ~SEQ")]
    [InlineData("$A=p\\\n~SEQ(i,1) w\n$A|w", "f:2:11+1", "f:2:1 in the round i=1 of this ~SEQ; f:3:1 expanded from $A here")]
    [InlineData("$A=x\na { b $A } c|c", "f:2:12+1", "")]
    [InlineData("$A=x\na { b $A } c|x", "f:1:4+1", "f:2:7 expanded from $A here")]
    [InlineData("a ${_INSTANCE}|host1", "f:1:3+12", "f:1:3 expanded from ${_INSTANCE} here")]
    [InlineData("a ${_ENV HOME}|/root", "f:1:3+12", "f:1:3 expanded from ${_ENV HOME} here")]
    [InlineData("include inner\nz|two", "inner:1:5+3", "f:1:9 included from here")]
    [InlineData("$Q=one\ninclude inner|one", "f:1:4+3", "inner:1:9 expanded from $Q here; f:2:9 included from here")]
    public void Word_has_its_place_and_its_way(string text, string place, string way)
    {
        string word = text[(text.LastIndexOf('|') + 1)..];
        TextFiles files = TextFiles.Of(text[..text.LastIndexOf('|')]);
        files["inner"] = "ggg two $Q";
        files.Variables["HOME"] = "/root";
        SourceMap sources = new();
        LogicalReader reader = files.Reader(sources, null);
        while (true)
        {
            LogicalLine line = reader.Read();
            Assert.NotEqual(LogicalLineKind.EndOfFile, line.Kind);
            foreach (Word found in line.Words)
            {
                if (System.Text.Encoding.UTF8.GetString(found.Text) != word)
                    continue;
                SourceLocation at = sources.Locate(found.Span);
                Assert.Equal(place, $"{at}+{at.Length}");
                Assert.Equal(way, string.Join("; ", sources.ChainOf(found.Span).Select(static c => $"{c.Location} {c.Message}")));
                return;
            }
        }
    }

    [Fact]
    public void Way_is_shown_beneath_the_line_and_beneath_related_places()
    {
        TextFiles files = TextFiles.Of("include inner\n");
        files["inner"] = "$VIPS=x \"y\n$VIPS\n";
        files.Read(out DiagnosticBag diagnostics);
        const string Expected = """
            inner:1:9: error [KA0101]: the double quote has no partner on this line
                $VIPS=x "y
                        ^~
              f:1:9: included from here
              why: A quoted word ends on the line on which it begins; what follows the lone quote is lost.
            inner:1:9: error [KA0101]: the double quote has no partner on this line
                $VIPS=x "y
                        ^~
              inner:2:1: expanded from $VIPS here
              f:1:9: included from here
              why: A quoted word ends on the line on which it begins; what follows the lone quote is lost.

            """;
        Assert.Equal(Expected, new DiagnosticRenderer(diagnostics.Sources).Render(diagnostics));

        Diagnostic first = diagnostics[0];
        diagnostics.Relate(first, diagnostics[1].Span, "again here");
        Assert.EndsWith(
            "  inner:1:9: again here\n    inner:2:1: expanded from $VIPS here\n    f:1:9: included from here\n",
            new DiagnosticRenderer(diagnostics.Sources).Render(first), StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_come_in_the_order_in_which_a_reader_of_the_file_meets_them()
    {
        TextFiles.Of("$A=x ${N1}\na $A\nb ${N2}\n").Read(out DiagnosticBag diagnostics);
        string text = new DiagnosticRenderer(diagnostics.Sources).Render(diagnostics);
        Assert.True(text.IndexOf("'N1'", StringComparison.Ordinal) < text.IndexOf("'N2'", StringComparison.Ordinal));
    }

    [Fact]
    public void Places_are_true_when_there_are_too_many_lines_to_keep_their_ways()
    {
        TextFiles files = TextFiles.Of("$T=ab cd\n~SEQ(i, 80000) x$i y $T\n");
        SourceMap sources = new();
        LogicalReader reader = files.Reader(sources, null);
        SourceSpan last = default;
        for (int i = 0; i < 80_000; i++)
            last = reader.Read().Words[^1].Span;
        Assert.Equal("f:1:7", sources.Locate(last).ToString());
        // The latest line still knows its way.
        Assert.Equal(["f:2:22 expanded from $T here", "f:2:1 in the round i=80000 of this ~SEQ"], sources.ChainOf(last).Select(static c => $"{c.Location} {c.Message}"));
        reader.Read();
        Assert.Empty(sources.ChainOf(last));
    }
}
