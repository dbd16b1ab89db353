using System.Text.Json;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Reference;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Tests.Unit.Config.Reference;

/// <summary>What <c>explain</c> says of keywords, and the reference as a whole.</summary>
public sealed class KeywordReferenceTests
{
    private static readonly KeywordReference s_reference = KeywordReference.Make();

    private static string Explain(string word) => KeywordText.Write(s_reference, s_reference.Find(word));

    [Fact]
    public void Every_example_is_accepted()
    {
        List<string> refused = [];
        int made = 0;
        foreach (ReferenceEntry entry in s_reference.Entries)
        {
            if (KeywordExample.Of(s_reference, entry) is not { } example)
                continue;
            made++;
            // What a piece of a configuration lacks is no fault of the line; KA02xx and KA03xx are about lines, KA048x and KA049x about routes.
            foreach (Diagnostic found in ConfigText.Load(example).Diagnostics)
            {
                if (found.Kind.Number is (>= 200 and < 400) or (>= 480 and < 500) && found.Severity == Severity.Error
                    && found.Kind != DiagnosticCatalogue.MissingKeyword)
                {
                    refused.Add($"{entry.Path}: {found}");
                }
            }
        }
        Assert.True(refused.Count == 0, $"give a sample in SampleValue.cs, or none:\n{string.Join('\n', refused)}");
        Assert.True(made > 0);
    }

    [Fact]
    public void Every_keyword_in_use_has_an_example()
    {
        string[] without =
        [
            .. s_reference.Entries.Where(static e => e is { Word: { Status: WordStatus.Current, IsPositional: false } })
                .Where(static e => !e.BlockPath.EndsWith("<args>", StringComparison.Ordinal) || e.BlockPath.Contains("_routes/", StringComparison.Ordinal))
                // Nobody should write these.
                .Where(static e => e.Word.Word is not "inet" and not "inet6")
                .Where(static e => KeywordExample.Of(s_reference, e) is null).Select(static e => e.Path),
        ];
        Assert.True(without.Length == 0, $"give a sample in SampleValue.cs: {string.Join(' ', without)}");
    }

    [Fact]
    public void Keyword_is_told_with_everything_about_it()
    {
        const string Expected = """
            priority NUMBER

              The priority of this router: the highest one becomes master. 255 is for the
              owner of the addresses.

              stands in   vrrp_instance
              argument    a whole number, 1 to 255
                          Nothing may follow the digits.
              default     100, or 255 with state MASTER
              since       keepalived 0.5.3 or earlier

              example
                vrrp_instance NAME {
                    priority 100
                }

            """;
        Assert.Equal(Expected, Explain("vrrp_instance/priority"));
    }

    [Fact]
    public void Place_that_most_people_mean_is_told_first()
        => Assert.StartsWith("priority NUMBER\n\n  The priority of this router", Explain("priority"), StringComparison.Ordinal);

    [Theory]
    [InlineData("include", "stands in   any line", "since       keepalived 1.0.3", "related     includer, includem", "include /etc/keepalived/conf.d/*.conf")]
    [InlineData("~SEQ", "~SEQ (VAR, [START, [STEP,]] END) TEXT", "default     START 1", "related     ~SEQx, ~LST", "~SEQ(i, 100, 103)")]
    [InlineData("$VIPS", "$NAME\n", "argument    none", "since       keepalived 1.4.0", "$VIPS=\\")]
    [InlineData("$VIPS=192.0.2.1", "$NAME= [TEXT]")]
    [InlineData("${_ENV HOME}", "${_ENV} VARIABLE", "keepalived 2.4.0", "${_ENV HOSTNAME}")]
    [InlineData("_RANDOM", "${_RANDOM} [MIN [MAX]]")]
    [InlineData("@node1", "@ID TEXT", "related     @^ID")]
    [InlineData("@^node1", "@^ID TEXT")]
    [InlineData("#", "A comment", "related     !")]
    [InlineData("\\", "At the end of a line of a definition")]
    public void What_stands_on_any_line_is_told_as_a_keyword_is(string word, params string[] parts)
    {
        string text = Explain(word);
        Assert.All(parts, part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_row_of_the_preprocessor_is_explained()
    {
        string[] rows = [.. Keywords.KeywordRow.All.Where(static row => row.Block == "<preprocessor>").Select(static row => row.Keyword)];
        Assert.Equal(20, rows.Length);
        Assert.All(rows, static row => Assert.Single(s_reference.Find(row)));
    }

    [Fact]
    public void No_argument_is_told_in_the_notation_of_the_table()
    {
        string[] raw =
        [
            .. s_reference.Entries.Select(static entry => $"{entry.Path}: {ArgumentText.Describe(entry.Word)}")
                .Where(static text => text.Contains("uint", StringComparison.Ordinal) || text.Contains("..", StringComparison.Ordinal)
                    || text.AsSpan(text.IndexOf(": ", StringComparison.Ordinal)).ContainsAny('[', ']', '<')).Distinct(),
        ];
        Assert.True(raw.Length == 0, $"add words to ConfigNotation: {string.Join('\n', raw)}");
    }

    [Fact]
    public void Places_with_the_same_facts_are_told_together()
    {
        string text = string.Join(' ', (Explain("virtual_ipaddress_excluded/<line>/label") + Explain("label")).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("vrrp_instance/virtual_ipaddress (on a line),", text, StringComparison.Ordinal);
        Assert.Contains("vrrp_instance/virtual_ipaddress_excluded (on a line)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Path_narrows_what_is_told()
    {
        Assert.True(s_reference.Find("v3_checksum_as_v2").Count > 1);
        ReferenceEntry only = Assert.Single(s_reference.Find("global_defs/v3_checksum_as_v2"));
        Assert.Equal("global_defs", only.BlockPath);
    }

    [Theory]
    [InlineData("virtual_routes/metric", "198.51.100.0/24 via 192.0.2.1 dev eth0 metric 10")]
    [InlineData("virtual_routes/encap ip/ttl", "198.51.100.0/24 encap ip dst 192.0.2.1 ttl 10 dev tunnel0")]
    [InlineData("static_routes/nexthop/weight", "198.51.100.0/24 nexthop via 192.0.2.1 dev eth0 weight 1 nexthop via 192.0.2.2 dev eth0")]
    [InlineData("static_rules/<line>/goto", "from 192.0.2.0/24 goto 2000 preference 1000")]
    [InlineData("virtual_ipaddress/home", "2001:db8::100/64 home")]
    public void Option_of_a_line_is_found_without_brackets_and_shown_in_a_whole_line(string path, string line)
    {
        ReferenceEntry only = Assert.Single(s_reference.Find(path));
        Assert.Contains($"  {line}\n", KeywordExample.Of(s_reference, only), StringComparison.Ordinal);
        Assert.Contains(line, Explain(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Old_and_new_spelling_name_each_other()
    {
        Assert.Contains("another spelling of 'broadcast'", Explain("brd"), StringComparison.Ordinal);
        Assert.Contains("related     brd", Explain("broadcast"), StringComparison.Ordinal);
        Assert.Contains("related     nopreempt", Explain("preempt"), StringComparison.Ordinal);
    }

    [Fact]
    public void Family_of_a_keyword_and_its_default_are_related()
    {
        IReadOnlyList<string> related = RelatedWords.Of(s_reference, s_reference.Find("vrrp_instance/garp_master_delay")[0]);
        Assert.Contains("vrrp_garp_master_delay", related);
        Assert.Contains("garp_master_repeat", related);
        Assert.DoesNotContain("garp_master_delay", related);
    }

    [Fact]
    public void Secret_is_said_to_be_one()
        => Assert.Contains("never shown", Explain("auth_pass"), StringComparison.Ordinal);

    [Fact]
    public void Unknown_word_has_a_nearest_one()
    {
        Assert.Empty(s_reference.Find("priorty"));
        Assert.Equal("priority", s_reference.Nearest("priorty"));
        Assert.Null(s_reference.Nearest("xyzzy"));
    }

    [Fact]
    public void Text_is_no_wider_than_a_terminal()
    {
        foreach (string word in s_reference.Words)
            Assert.All(Explain(word).Split('\n'), static line => Assert.True(line.Length < 100, line));
    }

    [Theory]
    [InlineData(ReferenceFormat.Tsv)]
    [InlineData(ReferenceFormat.Json)]
    [InlineData(ReferenceFormat.Man)]
    [InlineData(ReferenceFormat.Markdown)]
    public void Whole_reference_is_the_same_each_time_and_has_every_word(ReferenceFormat format)
    {
        string text = ReferenceText.Write(KeywordReference.Make(), format);
        Assert.Equal(text, ReferenceText.Write(KeywordReference.Make(), format));
        string sought = format == ReferenceFormat.Man ? ManText.Escape(text) : text;
        foreach (ReferenceEntry entry in s_reference.Entries.Where(static e => !e.Word.IsPositional))
            Assert.Contains(format == ReferenceFormat.Man ? ManText.Escape(ManText.Escape(entry.Word.Word)) : entry.Word.Word, sought, StringComparison.Ordinal);
    }

    [Fact]
    public void Tsv_has_as_many_columns_in_each_row()
    {
        string[] rows = ReferenceText.Write(s_reference, ReferenceFormat.Tsv).TrimEnd('\n').Split('\n');
        int columns = rows[0].Split('\t').Length;
        Assert.Equal(s_reference.Entries.Count + 1, rows.Length);
        Assert.All(rows, row => Assert.Equal(columns, row.Split('\t').Length));
    }

    [Fact]
    public void Json_has_the_facts_of_a_word()
    {
        JsonElement root = JsonDocument.Parse(ReferenceText.Write(s_reference, ReferenceFormat.Json)).RootElement;
        JsonElement priority = root.GetProperty("words").EnumerateArray()
            .First(static w => w.GetProperty("block").GetString() == "vrrp_instance" && w.GetProperty("word").GetString() == "priority");
        Assert.Equal(("1", "255", "current", "0.5.3"), (
            priority.GetProperty("minimum").GetString(), priority.GetProperty("maximum").GetString(),
            priority.GetProperty("status").GetString(), priority.GetProperty("since").GetString()));
    }

    [Theory]
    [InlineData(".SH", "\\&.SH")]
    [InlineData("a\\fB", "a\\efB")]
    [InlineData("it's -n", "it\\(aqs \\-n")]
    public void Text_of_a_manual_page_holds_no_request(string text, string expected)
        => Assert.Equal(expected, ManText.Escape(text));
}
