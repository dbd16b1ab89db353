using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Tests.Unit.Config.Text;

/// <summary>Grammar 6: definitions.</summary>
public sealed class DefinitionRuleTests
{
    [Theory]
    // 6.1: syntax
    [InlineData("$A= x  y \na $A", "[a|x|y]")]
    [InlineData("$_a9=1\na $_a9", "[a|1]")]
    [InlineData("$A==\na $A", "[a|=]")]
    [InlineData("x $A=1", "[x|$A=1]")]
    [InlineData("x {\n$A=1\n}\na $A", "[x] { } [a|1]")]
    [InlineData("include d\na $A", "[a|d]")]
    // 6.2: a built-in name may be taken.
    [InlineData("$_RANDOM=7\na $_RANDOM ${_RANDOM}", "[a|7|7]")]
    [InlineData("a ${_INSTANCE}x $_INSTANCE", "[a|host1x|host1]")]
    // 6.3: several lines
    [InlineData("$A=x \\\ny\\\n\nb\n$A", "[b] [x] [y]")]
    [InlineData("$A=x\\   \ny\n$A", "[x] [y]")]
    [InlineData("$A=\\\n\n$A\nb", "[b]")]
    [InlineData("$A=x\\\n# c\nb\n$A", "[b] [x]")]
    [InlineData("$A=x\\\n$B=2\\\ny $B\n$A\nb $B", "[x] [y|2] [b|2]")]
    [InlineData("$A=x\\\n~SEQ(i,2) y $i\\\nz\n$A", "[x] [y|1] [y|2] [z]")]
    [InlineData("$A=x\\\ninclude f2\\\nz\n$A\nend", "[x] [z] [two] [end]")]
    [InlineData("$A=x\\", "")]
    // 6.4: what ends a name
    [InlineData("$A=1\na $A\t$A,$A)", "[a|1|1,1)]")]
    [InlineData("$A=1\na $A: $A; $A- $AB $A", "[a|$A:|$A;|$A-|$AB|1]")]
    [InlineData("$A=1\na ${A }", "[a|$] { [A] }")]
    [InlineData("$A=1\na ${ A}", "[a|$] { [A] }")]
    [InlineData("$A=$\n$B=1\na ${A}B", "[a|1]")]
    [InlineData("$A=${B}\n$B=x\na ${A}${A}", "[a|xx]")]
    [InlineData("a $ $$ $1", "[a|$|$$|$1]")]
    // Names that are not known stay as they are; between double quotes with their braces, and nobody objects.
    [InlineData("a \"x ${HOME} y\" $HOME", "[a|x ${HOME} y|$HOME]")]
    // 6.4: several lines only at the end
    [InlineData("$A=x\\\ny\n$B=p $A\n$B", "[p|x] [y]")]
    [InlineData("$A=x\\\ny\na { $A\nb", "[a] { [x] [y] [b]")]
    [InlineData("$A=x\\\ny\n$B=1 $A\\\n2\n$B", "[1|x] [y] [2]")]
    [InlineData("$A=b {\\\nc\\\n}\na {\n$A\n}", "[a] { [b] { [c] } }")]
    // 6.4: scanning stops at a tilde
    [InlineData("$B=1\n$A= ~ $B\na $A $B", "[a|~|$B|$B]")]
    public void Definitions_are_replaced(string text, string expected)
    {
        TextFiles files = TextFiles.Of(text);
        files["d"] = "$A=d";
        files["f2"] = "two";
        Assert.Equal(expected, files.Read(out DiagnosticBag diagnostics));
        Assert.DoesNotContain(diagnostics, static d => d.Severity == Severity.Error);
    }

    [Theory]
    [InlineData("$A=$A\na $A", "KA0106")]
    [InlineData("$A=${A}x\na $A", "KA0106")]
    [InlineData("$A=$B\n$B=$A\na $A { b $A", "KA0106")]
    [InlineData("$A=x\\\n$A\n$A", "KA0106")]
    [InlineData("$A=x\\\n$B\n$B=y\\\n$A\n$A\nb", "KA0106")]
    [InlineData("$A=x $A\\\ny\n$A", "KA0106")]
    [InlineData("a ${_HASH x}", "KA0108")]
    [InlineData("a { b \"${_HASH x}\" { c", "KA0108")]
    [InlineData("a { ${_RANDOM x} { c", "KA0108")]
    [InlineData("a ${_RANDOM 1 2 3}", "KA0108")]
    [InlineData("a ${_RANDOM 1x}", "KA0108")]
    [InlineData("a ${_ENV A B}", "KA0108")]
    [InlineData("a $_ENV", "KA0108")]
    [InlineData("a ${NOT} { b", "KA0109")]
    [InlineData("a { b ${NOT} { c", "KA0109")]
    [InlineData("a { b \"${NOT}\" ${NOT} } { c", "KA0109")]
    public void Mistake_is_one_error(string text, string code)
    {
        TextFiles.Of(text).Read(out DiagnosticBag diagnostics);
        Assert.Equal(code, Assert.Single(diagnostics, static d => d.Severity == Severity.Error).Code);
    }

    [Theory]
    [InlineData("$VIP=1\na \"$VIP\"", "'$VIP' is not replaced before a '\"'", "write '${VIP}'")]
    [InlineData("$VIP=1\na $VIP/24", "'$VIP' is not replaced before a '/'", "write '${VIP}'")]
    [InlineData("$VIPS=1\na $VIP", "there is no definition of this name up to here, so it is not replaced", "did you mean '$VIPS'?")]
    [InlineData("$VIP=1\\\n2\na $VIP b", "'VIP' has several lines, and so is not replaced here", "make it the last word of the line")]
    public void Name_that_is_not_replaced_is_a_hint(string text, string message, string suggestion)
    {
        TextFiles.Of(text).Read(out DiagnosticBag diagnostics);
        Diagnostic hint = Assert.Single(diagnostics);
        Assert.Equal(("KA0112", Severity.Hint, message, suggestion), (hint.Code, hint.Severity, hint.Message, hint.Suggestion));
    }

    [Theory]
    [InlineData("$A=x # c \\\ny", "f:1:6", 5)]
    [InlineData("$A=x\\\n  # c\ny", "f:2:3", 3)]
    [InlineData("$A=x\\\n  y ! c \\\nz", "f:2:5", 5)]
    [InlineData("$A=x # c", null, 0)]
    [InlineData("$A=x\\\ny # c", null, 0)]
    [InlineData("$A=x\\\n\n# c", null, 0)]
    [InlineData("# c \\\n$A=x", null, 0)]
    public void Comment_that_ends_a_definition_is_named(string text, string? place, int length)
    {
        TextFiles.Of(text).Read(out DiagnosticBag diagnostics);
        Diagnostic? found = diagnostics.SingleOrDefault();
        Assert.Equal((place is null ? null : "KA0113", place, length), (found?.Code, found?.Location.ToString(), found?.Location.Length ?? 0));
    }

    [Fact]
    public void Undefined_name_suggests_one_that_is_near()
    {
        TextFiles.Of("$ADDRESS=1\na ${ADRESS}").Read(out DiagnosticBag diagnostics);
        Diagnostic error = Assert.Single(diagnostics);
        Assert.Equal(("there is no definition of 'ADRESS' up to here", "did you mean '${ADDRESS}'?"), (error.Message, error.Suggestion));
    }

    [Fact]
    public void Random_number_is_within_its_limits_and_differs()
    {
        HashSet<string> seen = [];
        TextFiles files = TextFiles.Of(string.Concat(Enumerable.Repeat("${_RANDOM 3 6}\n", 100)));
        foreach (string word in files.Read(out _).Split(' '))
            seen.Add(word);
        Assert.Equal(["[3]", "[4]", "[5]", "[6]"], seen.Order());
    }

    [Theory]
    [InlineData("/etc/k/main", "/run", "[a|/etc/k]")]
    [InlineData("k/main", "/etc", "[a|/etc/k]")]
    [InlineData("main", "/etc/k", "[a|/etc/k]")]
    [InlineData("/main", "/etc/k", "[a|/]")]
    public void Directory_of_the_file_is_known(string path, string current, string expected)
    {
        TextFiles files = new() { [path] = "a $_PWD" };
        files.CurrentDirectory = current;
        Assert.Equal(expected, files.Read(out _, path));
    }

    [Theory]
    [InlineData(1020, false)]
    [InlineData(1021, true)]
    public void Result_of_1024_bytes_is_the_longest(int length, bool isTooLong)
    {
        // A line of a file holds less, so the value is put together from two.
        string text = $"$A={new string('x', 1000)}\n$B={new string('y', length - 1000)}\na b ${{A}}${{B}}\n";
        string read = TextFiles.Of(text).Read(out DiagnosticBag diagnostics);
        Assert.Equal(isTooLong ? "KA0107" : null, diagnostics.SingleOrDefault()?.Code);
        Assert.Equal(isTooLong ? 1 : 0, read.Count(static c => c == '$'));
    }
}
