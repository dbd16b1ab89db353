using System.Text;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Formatting;

namespace KeepalivedAot.Tests.Unit.Config.Formatting;

public sealed class FormatterTests
{
    [Theory]
    [InlineData("a   b\t c", "a b c\n")]
    [InlineData("x {\ny\n}\n", "x {\n    y\n}\n")]
    [InlineData("x\n{\ny\n}", "x {\n    y\n}\n")]
    [InlineData("x { y } z", "x {\n    y\n}\nz\n")]
    [InlineData("x{y{z}}", "x {\n    y {\n        z\n    }\n}\n")]
    [InlineData("{\n}\n", "{\n}\n")]
    [InlineData("a\r\nb\r\n", "a\nb\n")]
    [InlineData("a\n\n\n\nb\n\n\n", "a\n\nb\n")]
    [InlineData("\n \n\ta", "a\n")]
    [InlineData("", "")]
    [InlineData(" \n\t\n", "")]
    [InlineData("\uFEFFa  b", "\uFEFFa b\n")]
    public void Formatter_lays_words_and_braces_out(string text, string expected) => Assert.Equal(expected, Format(text));

    [Theory]
    [InlineData("a  \"b   c\"  d", "a \"b   c\" d\n")]
    [InlineData("a \"{  }\"  {\n}", "a \"{  }\" {\n}\n")]
    [InlineData("ab\"c  d\"ef", "ab\"c  d\"ef\n")]
    [InlineData("  a  'b   c'  ", "a  'b   c'\n")]
    [InlineData("  a\\  b  ", "a\\  b\n")]
    [InlineData("  a  \"b  c", "a  \"b  c\n")]
    [InlineData("  p  '{'\n", "p  '{'\n")]
    public void Formatter_leaves_blanks_that_may_mean_something(string text, string expected)
    {
        // A brace in single quotes is a brace all the same (grammar 9), so the block is closed.
        string closing = text.Contains("'{'", StringComparison.Ordinal) ? "}\n" : "";
        Assert.Equal(expected + closing, Format(text.TrimEnd('\n') + "\n" + closing));
    }

    [Theory]
    [InlineData("  # c  \n", "# c\n")]
    [InlineData("a#c", "a #c\n")]
    [InlineData("a   !  c", "a !  c\n")]
    [InlineData("x { # c\n#d\n}", "x { # c\n    #d\n}\n")]
    [InlineData("x # c\n{\n}", "x { # c\n}\n")]
    [InlineData("x # c\n\n# d\n\n{ # e\n}", "x { # c\n    # d\n    # e\n}\n")]
    [InlineData("x\n# d\ny", "x\n# d\ny\n")]
    [InlineData("x { y } # c", "x {\n    y\n} # c\n")]
    [InlineData("a \"#\" # c", "a \"#\" # c\n")]
    [InlineData("a \\#  b # c", "a \\#  b # c\n")]
    public void Formatter_keeps_comments(string text, string expected) => Assert.Equal(expected, Format(text));

    [Theory]
    [InlineData("x {\n@main   a  b\n}", "x {\n    @main   a  b\n}\n")]
    [InlineData("@a x {\n@b y {\nz\n}\n", "@a x {\n@b y {\n    z\n}\n")]
    [InlineData("@a x {\n# c\n@a   y\n@a }\n", "@a x {\n    # c\n    @a   y\n@a }\n")]
    [InlineData("  $A=1  2\nb  $A\n", "$A=1  2\nb  $A\n")]
    [InlineData("$A=x {\\\n  y  \\\n\t}\n$A\n", "$A=x {\\\n  y  \\\n\t}\n$A\n")]
    [InlineData("$A=x \\\n\n\n\nb  c\n", "$A=x \\\n\nb c\n")]
    [InlineData("$A=x \\\n#  c \nb  c\nd  e\n", "$A=x \\\n#  c \nb  c\nd e\n")]
    [InlineData("~SEQ(i,  1, 3)  a  $i\n", "~SEQ(i,  1, 3)  a  $i\n")]
    [InlineData("x {\n include  a b.conf\n}\n", "x {\n    include  a b.conf\n}\n")]
    [InlineData("x ${N} {\n y\n}\n", "x ${N} {\n    y\n}\n")]
    [InlineData("x $N\n{\n y\n}\n", "x $N\n{\n    y\n}\n")]
    [InlineData("x { include  y\n}\n", "x { include  y\n}\n")]
    [InlineData("x {\ninclude{\n}\n}\n", "x {\n    include{\n}\n}\n")]
    [InlineData("include a.conf\n}\n", "include a.conf\n}\n")]
    public void Formatter_only_moves_lines_that_are_evaluated(string text, string expected) => Assert.Equal(expected, Format(text));

    [Theory]
    [InlineData("a {\nb\n", "KA0206", 1, 3)]
    [InlineData("a\n}\n", "KA0205", 2, 1)]
    [InlineData("a\0b\n", "KA0102", 1, 2)]
    [InlineData("a {\n$X=1\n", "KA0206", 1, 3)]
    public void Formatter_refuses_a_file_that_it_cannot_follow(string text, string code, int line, int column)
    {
        FormatResult result = Result(text);
        Diagnostic found = Assert.Single(result.Diagnostics);
        Assert.Equal((code, line, column), (found.Code, found.Location.Line, found.Location.Column));
        Assert.Empty(result.Text);
        Assert.False(result.IsCanonical);
    }

    [Fact]
    public void Formatter_refuses_a_line_that_keepalived_would_cut()
        => Assert.Equal("KA0103", Assert.Single(Result(new string('a', 1023)).Diagnostics).Code);

    [Theory]
    [InlineData(1022)]
    [InlineData(1020)]
    [InlineData(1000)]
    public void Formatter_never_makes_a_line_too_long(int length)
    {
        string word = new('a', length - 10);
        string text = $"x {{\ny {{\n{word}#{new string('c', 9)}\n{word}b\n{{\n}}\n}}\n}}\n";
        string formatted = Format(text);
        Assert.All(formatted.Split('\n'), static line => Assert.True(line.Length <= 1022, $"{line.Length}"));
    }

    [Fact]
    public void Formatter_reads_included_files_for_its_check_and_leaves_them_alone()
    {
        TextFiles files = new() { ["dir/b.conf"] = "vrrp_instance   A {\n" };
        byte[] content = Encoding.UTF8.GetBytes("include b.conf\ninterface   eth0\n}\n");
        FormatResult result = ConfigurationFormatter.Format("dir/a.conf", content, files);
        Assert.Empty(result.Diagnostics);
        Assert.Equal("include b.conf\ninterface eth0\n}\n", Encoding.UTF8.GetString(result.Text));
    }

    [Fact]
    public void Formatter_refuses_what_an_included_file_gives_another_meaning()
    {
        // The included file ends within a definition, and the next line here becomes its last.
        TextFiles files = new() { ["b.conf"] = "$A=x \\\n" };
        byte[] content = Encoding.UTF8.GetBytes("include b.conf\nnotify   \"a\" { b }\n$A\n");
        FormatResult result = ConfigurationFormatter.Format("a.conf", content, files);
        Assert.Equal("KA0190", Assert.Single(result.Diagnostics).Code);
        Assert.Empty(result.Text);
    }

    [Fact]
    public void Formatter_says_where_the_new_layout_would_be_read_differently()
    {
        TextFiles files = new() { ["b.conf"] = "$A=x \\\n" };
        FormatResult result = ConfigurationFormatter.Format("a.conf", "include b.conf\nfoo\n{\nbar\n}\n"u8.ToArray(), files);
        Diagnostic found = Assert.Single(result.Diagnostics);
        Assert.Equal(("KA0190", 3), (found.Code, found.Location.Line));
        Assert.EndsWith("it is the same up to here", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Formatter_lays_out_nothing_that_could_not_be_read_again()
    {
        byte[] content = Encoding.UTF8.GetBytes("a {\n" + string.Concat(Enumerable.Repeat("b c\n", (23 << 20) / 4)) + "}\n");
        Diagnostic found = Assert.Single(ConfigurationFormatter.Format("a.conf", content, new TextFiles()).Diagnostics);
        Assert.Equal(("KA0191", "the new layout would take more than 22 MiB"), (found.Code, found.Message));
    }

    [Fact]
    public void Formatter_accepts_deep_nesting_within_bounds()
    {
        string text = string.Concat(Enumerable.Repeat("{\n", 500)) + string.Concat(Enumerable.Repeat("}\n", 500));
        Assert.Equal(1000, Format(text).Count(static c => c == '\n'));
        Assert.Equal("KA0191", Assert.Single(Result(new string('{', 1000) + string.Concat(Enumerable.Repeat("\n{{{{{{{{{{", 1000))).Diagnostics).Code);
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Formatter_keeps_the_meaning_of_our_own_files(string path)
    {
        FormatResult once = ConfigurationFormatter.Format(path, File.ReadAllBytes(Path.Combine(Repository.Root, path)), new TextFiles());
        Assert.Empty(once.Diagnostics);
        FormatResult twice = ConfigurationFormatter.Format(path, once.Text, new TextFiles());
        Assert.True(twice.IsCanonical);
        Assert.Equal(Reading(File.ReadAllText(Path.Combine(Repository.Root, path))), Reading(Encoding.UTF8.GetString(once.Text)));
    }

    public static TheoryData<string> Configurations()
    {
        TheoryData<string> data = [];
        string[] folders = ["tests/Conformance", "packaging/demo", "rootfs/etc"];
        foreach (string folder in folders)
        {
            foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.conf*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                // The one with the mistakes has a missing brace among them.
                if (!file.EndsWith("ten-mistakes.conf", StringComparison.Ordinal))
                    data.Add(Path.GetRelativePath(Repository.Root, file));
            }
        }
        return data;
    }

    private static string Reading(string text) => TextFiles.Of(text).Read(out _);

    private static FormatResult Result(string text) => ConfigurationFormatter.Format("f", Encoding.UTF8.GetBytes(text), new TextFiles());

    private static string Format(string text)
    {
        FormatResult result = Result(text);
        Assert.Empty(result.Diagnostics);
        string formatted = Encoding.UTF8.GetString(result.Text);
        Assert.True(Result(formatted).IsCanonical, $"the second time it becomes\n{Encoding.UTF8.GetString(Result(formatted).Text)}");
        return formatted;
    }
}
