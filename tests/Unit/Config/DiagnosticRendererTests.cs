using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;

namespace KeepalivedAot.Tests.Unit.Config;

public sealed class DiagnosticRendererTests
{
    [Fact]
    public void Diagnostic_is_shown_with_its_line_the_place_and_a_suggestion()
    {
        const string Expected = """
            keepalived.conf:7:1: error [KA0201]: unknown keyword 'virtual_ruter_id' in 'vrrp_instance'
                virtual_ruter_id 52
                ^~~~~~~~~~~~~~~~
              help: did you mean 'virtual_router_id'?
              why: The line, with its block if it has one, is ignored.

            """;
        Assert.Equal(Expected, ConfigText.Render(ConfigText.Load(ConfigText.File("virtual_ruter_id 52"))));
    }

    [Fact]
    public void Related_places_are_named()
        => Assert.EndsWith(
            "  keepalived.conf:1:15: first defined here\n",
            ConfigText.Render(ConfigText.Load("vrrp_instance A {\n interface e\n virtual_router_id 1\n no_virtual_ipaddress\n}\nvrrp_instance A {\n}\n")),
            StringComparison.Ordinal);

    [Fact]
    public void Tabs_stay_tabs_in_front_of_the_mark()
        => Assert.Contains("    \tfoo\tbar\n    \t^~~\n", ConfigText.Render(ConfigText.Load("\tfoo\tbar")), StringComparison.Ordinal);

    [Fact]
    public void Control_sequences_of_the_file_do_not_reach_the_terminal()
    {
        string text = ConfigText.Render(ConfigText.Load("foo\e[2J \u009B1m"));
        Assert.DoesNotContain('\e', text);
        Assert.DoesNotContain('\u009B', text);
    }

    [Fact]
    public void Long_line_is_shown_around_the_place()
    {
        LoadResult result = ConfigText.Load(ConfigText.File($"priority {new string(' ', 500)} 300"));
        string[] lines = ConfigText.Render(result).Split('\n');
        Assert.True(lines[1].Length < 130);
        Assert.Equal(lines[1].IndexOf("300", StringComparison.Ordinal), lines[2].IndexOf('^'));
    }

    [Fact]
    public void Colour_is_used_only_when_asked_for()
    {
        LoadResult result = ConfigText.Load("foo");
        Assert.DoesNotContain('\e', new DiagnosticRenderer(result.Sources).Render(result.Diagnostics));
        Assert.Contains("\e[1;31merror [KA0201]", new DiagnosticRenderer(result.Sources, useColour: true).Render(result.Diagnostics), StringComparison.Ordinal);
    }

    [Fact]
    public void Diagnostics_come_in_the_order_of_the_text()
    {
        LoadResult result = ConfigText.Load(ConfigText.File("advert_int 1.5\npriority 300"));
        string text = ConfigText.Render(result);
        Assert.True(text.IndexOf("KA0409", StringComparison.Ordinal) < text.IndexOf("KA0303", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "abc", 0)]
    [InlineData("ABC", "abc", 0)]
    [InlineData("abc", "ab", 1)]
    [InlineData("abc", "acb", 1)]
    [InlineData("abc", "axc", 1)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    public void Distance_counts_letters_and_swaps(string a, string b, int expected)
    {
        Assert.Equal(expected, Spelling.Distance(a, b));
        Assert.Equal(expected, Spelling.Distance(b, a));
    }
}
