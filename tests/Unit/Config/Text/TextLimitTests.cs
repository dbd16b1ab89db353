using System.Text;
using KeepalivedAot.Base;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Tests.Unit.Config.Text;

/// <summary>Whatever the text says, reading it ends, in bounded time and memory, with one error that says why.</summary>
public sealed class TextLimitTests
{
    [Theory]
    [InlineData("~SEQ(i,1000000000) a", "definitions and sequences come to more than 500000 lines")]
    [InlineData("~SEQ(i,-2147483648,2147483647) ~SEQ(j,1000000) a", "definitions and sequences come to more than 500000 lines")]
    [InlineData("$A=x\\\n$B\\\n$B\n$B=x\\\n~SEQ(i,1000)$C\n$C=~SEQ(j,1000)\\\ny\n~SEQ(k,100000)$A", "definitions and sequences come to more than 500000 lines")]
    [InlineData("~SEQ(i,99)~SEQ(i,99)~SEQ(i,99)~SEQ(i,99)~SEQ(i,99)", "definitions and sequences come to more than 500000 lines")]
    public void Rounds_have_an_end(string text, string message)
    {
        TextFiles files = TextFiles.Of(text + "\nend");
        Diagnostic[] found = Drain(files, out string last);
        Assert.Equal(message, found.SingleOrDefault(static d => d.Severity == Severity.Error)?.Message);
        Assert.Equal("end", last);
    }

    [Fact]
    public void Bytes_of_rounds_have_an_end()
    {
        string value = new('x', 900);
        Diagnostic[] found = Drain(TextFiles.Of($"$A={value}\n~SEQ(i,900000) $A\nend"), out string last);
        Assert.Equal("definitions and sequences come to more than 64 MiB", Assert.Single(found).Message);
        Assert.Equal("end", last);
    }

    [Fact]
    public void Definitions_have_an_end()
    {
        foreach (string text in new[]
        {
            string.Concat(Enumerable.Range(0, 20_001).Select(static i => $"$A{i}=1\n")),
            "$A=\\\n" + string.Concat(Enumerable.Repeat("x\\\n", 50_001)) + "\n",
            string.Concat(Enumerable.Range(0, 5000).Select(static i => $"$A{i}={new string('x', 1000)}\n")),
        })
        {
            Diagnostic[] found = Drain(TextFiles.Of(text + "end"), out string last);
            Assert.Equal("there are too many definitions, or they are too long", found.First(static d => d.Severity == Severity.Error).Message);
            Assert.Equal("end", last);
        }
    }

    [Fact]
    public void Redefinition_costs_nothing()
    {
        Diagnostic[] found = Drain(TextFiles.Of($"~SEQ(i,100000) $A={new string('x', 900)}\nend"), out _);
        Assert.Empty(found);
    }

    [Fact]
    public void Files_have_an_end()
    {
        TextFiles files = TextFiles.Of("~SEQ(i,100) include big\nend");
        files["big"] = new string('\n', 1 << 20);
        Diagnostic[] found = Drain(files, out string last);
        Assert.Equal("all files together have more than 24 MiB", Assert.Single(found).Message);
        Assert.Equal("end", last);
    }

    [Fact]
    public void File_that_is_too_much_is_not_read()
    {
        TextFiles files = TextFiles.Of("include big\nend");
        files["big"] = new string('\n', 24 << 20);
        Diagnostic[] found = Drain(files, out string last);
        Assert.Equal("all files together have more than 24 MiB", Assert.Single(found).Message);
        Assert.Equal("end", last);
        Assert.Equal(["f"], files.PathsRead);
    }

    [Fact]
    public void Files_that_are_open_have_an_end()
    {
        TextFiles files = TextFiles.Of("~SEQ(i,100000) include small\nend");
        files["small"] = "x";
        Assert.Equal("more than 1024 files are open at once", Assert.Single(Drain(files, out _)).Message);
    }

    [Theory]
    [InlineData("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}")]
    public void Alternatives_have_an_end(string pattern)
    {
        Diagnostic[] found = Drain(TextFiles.Of($"include {pattern}\nend"), out _);
        Assert.Equal($"'{pattern}' stands for too many names", Assert.Single(found).Message);
    }

    [Theory]
    [InlineData("$A=${B}${B}\n$B=${C}${C}\n$C=${D}${D}\n$D=${E}${E}\n$E=${A}${A}\n$A")]
    [InlineData("$A=x\\\n$A\\\n$A\\\n$A\\\n$A\n$A")]
    [InlineData("$A=$B\\\n$B\n$B=$A\\\n$A\n$A\n$B\n$A")]
    public void Recursion_has_an_end(string text)
    {
        Diagnostic[] found = Drain(TextFiles.Of(text + "\nend"), out string last);
        Assert.Contains(found, static d => d.Code is "KA0106");
        Assert.InRange(found.Length, 1, 3);
        Assert.Equal("end", last);
    }

    [Fact]
    public void Hostile_texts_are_survived()
    {
        string[] pieces =
        [
            "$A", "${A}", "${A", "$A=", "$B=", "\\\n", "\n", "@h ", "@^x ", "~SEQ(", "~SEQ(A,2)", "~LST(A,{b,c})", "include ", "include x\n", "{", "}", "\"",
            "#", "!", "\\#", ",", ")", "(", "${_ENV A}", "${_RANDOM 1 9}", "$_HASH", " ", "x", "\0", "\r\n", "$A=$B\n", "$B=${A} y\\\nz\n", "~", "é",
        ];
        Prng prng = new(11);
        for (int run = 0; run < 4000; run++)
        {
            StringBuilder text = new();
            for (int piece = prng.Next(30); piece >= 0; piece--)
                text.Append(pieces[prng.Next(pieces.Length)]);
            TextFiles files = TextFiles.Of(text.ToString());
            files["x"] = text.ToString();
            files.Variables["A"] = "a { b";
            SourceMap sources = new();
            DiagnosticBag diagnostics = new(sources);
            LogicalReader reader = files.Reader(sources, diagnostics, configId: "h");
            int balance = 0;
            int total = reader.BracesLeftOpenByRest;
            LogicalLine line;
            while ((line = reader.Read()).Kind != LogicalLineKind.EndOfFile)
            {
                balance += line.Kind == LogicalLineKind.OpeningBrace ? 1 : line.Kind == LogicalLineKind.ClosingBrace ? -1 : 0;
                foreach (Word word in line.Words)
                {
                    SourceLocation at = sources.Locate(word.Span);
                    Assert.True(at.Line > 0 && at.Column > 0 && at.Length > 0, text.ToString());
                    sources.ChainOf(word.Span);
                }
            }
            Assert.True(balance == total, text.ToString());
            Assert.NotNull(new DiagnosticRenderer(sources).Render(diagnostics));
        }
    }

    private static Diagnostic[] Drain(TextFiles files, out string last)
    {
        SourceMap sources = new();
        DiagnosticBag diagnostics = new(sources);
        LogicalReader reader = files.Reader(sources, diagnostics);
        last = "";
        while (reader.Read() is { Kind: not LogicalLineKind.EndOfFile } line)
        {
            if (line.Words.Length > 0)
                last = line.Words[0].ToString();
        }
        return [.. diagnostics];
    }
}
