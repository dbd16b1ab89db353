using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Tests.Unit.Config.Text;

/// <summary>Grammar 8: includes, their patterns and checks, the main file.</summary>
public sealed class IncludeRuleTests
{
    // The table of 8.2. In d are a.conf and b.conf, in e there is nothing of that name; x.sh is executable, dev is a device.
    [Theory]
    [InlineData("d", IncludeChecks.Read, "")]
    [InlineData("d/", IncludeChecks.Read, "")]
    [InlineData("x.sh", IncludeChecks.Read, "")]
    [InlineData("dev", IncludeChecks.Read, "")]
    [InlineData("{d,d/a.conf}", IncludeChecks.Read, "[a]")]
    [InlineData("none", IncludeChecks.Match, "")]
    [InlineData("none/a.conf", IncludeChecks.Match, "")]
    [InlineData("none/*", IncludeChecks.Match, "")]
    [InlineData("*/none.conf", IncludeChecks.Match, "")]
    [InlineData("d/a.conf/x", IncludeChecks.Match, "")]
    [InlineData("\\{d", IncludeChecks.Match, "")]
    [InlineData("{none1,none2}", IncludeChecks.BraceMatch, "")]
    [InlineData("{none", IncludeChecks.BraceMatch, "")]
    [InlineData("none*", IncludeChecks.WildcardMatch, "")]
    [InlineData("d/{x*,y*}", IncludeChecks.WildcardMatch, "")]
    [InlineData("d/{a,none}.conf", IncludeChecks.BraceMatch, "[a]")]
    [InlineData("{d,none}/*.conf", IncludeChecks.BraceMatch, "[a] [b]")]
    [InlineData("*/a.conf", IncludeChecks.BraceMatch, "[a]")]
    public void Situation_is_an_error_with_its_check_only(string pattern, IncludeChecks check, string lenient)
    {
        Assert.Equal(lenient, Files($"include {pattern}").Read(out DiagnosticBag diagnostics, checks: IncludeChecks.All & ~check));
        // Only wildcards that match nothing are not even mentioned.
        Assert.Equal(check == IncludeChecks.WildcardMatch ? null : "KA0505", diagnostics.SingleOrDefault()?.Code);

        string strict = Files($"include {pattern}").Read(out diagnostics, checks: check);
        Assert.Equal(check == IncludeChecks.BraceMatch ? "" : lenient, strict);
        Assert.Equal(("KA0504", true), (Assert.Single(diagnostics).Code, diagnostics.HasFatal));
    }

    [Theory]
    [InlineData("include", IncludeChecks.None)]
    [InlineData("includer", IncludeChecks.Read)]
    [InlineData("includem", IncludeChecks.Read | IncludeChecks.Match)]
    [InlineData("includew", IncludeChecks.Read | IncludeChecks.Match | IncludeChecks.WildcardMatch)]
    [InlineData("includeb", IncludeChecks.Read | IncludeChecks.BraceMatch)]
    [InlineData("includea", IncludeChecks.All)]
    public void Directive_adds_its_checks(string directive, IncludeChecks added)
    {
        foreach ((string pattern, IncludeChecks check) in new[]
        {
            ("d", IncludeChecks.Read), ("none", IncludeChecks.Match), ("none*", IncludeChecks.WildcardMatch), ("{none}", IncludeChecks.BraceMatch),
        })
        {
            Files($"{directive} {pattern}").Read(out DiagnosticBag diagnostics);
            Assert.Equal(added.HasFlag(check), diagnostics.HasFatal);
        }
    }

    [Fact]
    public void Checks_of_a_directive_hold_for_its_files_and_not_within_them()
    {
        TextFiles files = Files("includea inner");
        files["inner"] = "include none\na";
        Assert.Equal("[a]", files.Read(out DiagnosticBag diagnostics));
        Assert.Equal("KA0505", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public void Checks_that_are_set_hold_to_the_end_of_their_file_and_in_what_it_includes()
    {
        TextFiles files = Files("include outer\ninclude none1");
        files["outer"] = "here\ninclude inner\ninclude none2";
        files["inner"] = "include none3";
        LogicalReader reader = files.Reader(new SourceMap(), null);
        reader.Read();
        reader.Checks = IncludeChecks.Match;
        Assert.Equal(LogicalLineKind.EndOfFile, reader.Read().Kind);
        Assert.Equal(IncludeChecks.None, reader.Checks);
    }

    [Theory]
    [InlineData("Include d/a.conf", "[Include|d/a.conf]")]
    [InlineData("include", "[include]")]
    [InlineData("includes d/a.conf", "[includes|d/a.conf]")]
    [InlineData("\"include\" d/a.conf", "[include|d/a.conf]")]
    [InlineData("include\td/a.conf  # c", "[a]")]
    [InlineData("include d/a.conf d/b.conf", "")]
    [InlineData("include \"d/a.conf\"", "")]
    [InlineData("a {\ninclude d/a.conf\n}", "[a] { [a] }")]
    [InlineData("$F=a\ninclude d/${F}.conf", "[a]")]
    [InlineData("include $F\n$F=d/a.conf\ninclude $F", "[a]")]
    [InlineData("include d/[[:alpha:]].conf", "[a] [b]")]
    [InlineData("include d/[\\!a].conf", "[b]")]
    [InlineData("include d/\\a.conf", "[a]")]
    [InlineData("include d/{b,a,b}.conf", "[b] [a] [b]")]
    [InlineData("include ./d//a.conf", "[a]")]
    [InlineData("include d/{{a,b},none}.conf", "[a] [b]")]
    [InlineData("include ~/a.conf", "")]
    public void Directive_is_a_word_and_a_pattern(string text, string expected)
        => Assert.Equal(expected, Files(text).Read(out _));

    [Theory]
    [InlineData("a.conf", "*", true)]
    [InlineData(".a", "*", false)]
    [InlineData(".a", ".*", true)]
    [InlineData("abc", "a*c", true)]
    [InlineData("abc", "a?", false)]
    [InlineData("a*c", "a\\*c", true)]
    [InlineData("abc", "a\\*c", false)]
    [InlineData("a]", "a[]]", true)]
    [InlineData("a-", "a[a-]", true)]
    [InlineData("a[", "a[", true)]
    [InlineData("a5", "a[[:digit:]x-z]", true)]
    [InlineData("ay", "a[[:digit:]x-z]", true)]
    [InlineData("aw", "a[^[:digit:]x-z]", true)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "*a*a*a*a*a*a*a*a*a*a*a*c", false)]
    public void Pattern_of_a_name(string name, string pattern, bool expected) => Assert.Equal(expected, ElementPattern.IsMatch(name, pattern));

    [Theory]
    [InlineData("f", "include f", "'f' includes itself")]
    [InlineData("f", "include loop/x", "'loop/x' includes itself")]
    public void Loop_is_one_error_with_its_chain(string path, string text, string message)
    {
        TextFiles files = Files(text + "\nend");
        files["loop/x"] = "include y";
        files["loop/y"] = "include x";
        Assert.Equal("[end]", files.Read(out DiagnosticBag diagnostics, path));
        Diagnostic loop = Assert.Single(diagnostics);
        Assert.Equal(("KA0503", message), (loop.Code, loop.Message));
        if (text != "include f")
        {
            Assert.Equal("loop/y:1:9", loop.Location.ToString());
            Assert.Equal(["loop/x:1:9", "f:1:9"], loop.Chain.Select(static c => c.Location.ToString()));
        }
    }

    [Fact]
    public void One_file_may_be_included_many_times_in_a_row()
    {
        TextFiles files = Files("~LST(f,a,b,a,a) include ${f}.conf\n~SEQ(i,100) include a.conf\nend");
        files["a.conf"] = "a";
        files["b.conf"] = "b";
        string read = files.Read(out DiagnosticBag diagnostics);
        Assert.Empty(diagnostics);
        Assert.Equal(105, read.Split(' ').Length);
    }

    [Fact]
    public void Nesting_has_an_end()
    {
        TextFiles files = Files("include 1");
        for (int i = 1; i < 40; i++)
            files[$"{i}"] = $"a{i}\ninclude {i + 1}";
        files.Read(out DiagnosticBag diagnostics);
        Diagnostic error = Assert.Single(diagnostics);
        Assert.Equal(("KA0111", "includes are nested more than 32 deep"), (error.Code, error.Message));
        Assert.True(diagnostics.HasFatal);
    }

    [Theory]
    [InlineData("x.sh", "KA0501", 6)]
    [InlineData("d", "KA0501", 6)]
    [InlineData("dev", "KA0501", 6)]
    [InlineData("none", "KA0501", 6)]
    [InlineData("none*", "KA0501", 6)]
    [InlineData("d/*.conf", "KA0506", 0)]
    [InlineData("d/{a,b}.conf", "KA0506", 0)]
    [InlineData("d/[a].conf", null, 0)]
    public void Main_file_must_be_one_that_can_be_read(string path, string? code, int startStatus)
    {
        Files("").Read(out DiagnosticBag diagnostics, path);
        Assert.Equal(code, diagnostics.SingleOrDefault()?.Code);
        Assert.Equal(startStatus, StartExitStatus.Of(diagnostics));
    }

    private static TextFiles Files(string main)
    {
        TextFiles files = TextFiles.Of(main);
        files["d/a.conf"] = "a";
        files["d/b.conf"] = "b";
        files["d/.hidden.conf"] = "hidden";
        files["e/other"] = "other";
        files["x.sh"] = "x";
        files["dev"] = "dev";
        files.Executables.Add("x.sh");
        files.Devices.Add("dev");
        return files;
    }
}
