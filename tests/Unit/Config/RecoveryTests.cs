using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Tests.Unit.Config;

public sealed class RecoveryTests
{
    [Fact]
    public void Valid_file_has_no_errors()
        => Assert.Empty(ConfigText.Codes(ConfigText.Load(ConfigText.Valid)));

    public static TheoryData<int> BracesOfValid
    {
        get
        {
            TheoryData<int> offsets = [];
            for (int i = 0; i < ConfigText.Valid.Length; i++)
            {
                if (ConfigText.Valid[i] is '{' or '}')
                    offsets.Add(i);
            }
            return offsets;
        }
    }

    [Theory]
    [MemberData(nameof(BracesOfValid))]
    public void Missing_brace_gives_exactly_one_error(int offset)
    {
        LoadResult result = ConfigText.Load(ConfigText.Valid.Remove(offset, 1));
        Diagnostic only = Assert.Single(result.Diagnostics, static d => d.Code != "KA0202");
        Assert.Contains(only.Code, new[] { "KA0204", "KA0206", "KA0215" });
        Assert.Equal(2, result.Configuration.VrrpInstances.Count);
    }

    [Theory]
    [MemberData(nameof(BracesOfValid))]
    public void Doubled_brace_gives_exactly_one_error(int offset)
    {
        LoadResult result = ConfigText.Load(ConfigText.Valid.Insert(offset, ConfigText.Valid[offset].ToString()));
        Assert.Single(result.Diagnostics, static d => d.Code != "KA0202");
    }

    // Without indentation only words tell where a block should have ended.
    private static readonly string Flat = string.Join('\n', ConfigText.Valid.Split('\n').Select(static l => l.Trim()));

    [Fact]
    public void Missing_brace_in_a_file_without_indentation_gives_exactly_one_error()
    {
        for (int i = 0; i < Flat.Length; i++)
        {
            if (Flat[i] is not ('{' or '}'))
                continue;
            LoadResult result = ConfigText.Load(Flat.Remove(i, 1));
            Assert.True(result.Diagnostics.Count(static d => d.Code != "KA0202") == 1, ConfigText.Render(result));
        }
    }

    [Theory]
    [InlineData("virtual_ruter_id", "did you mean 'virtual_router_id'?")]
    [InlineData("Priority", "did you mean 'priority'?")]
    [InlineData("advert_ni", "did you mean 'advert_int'?")]
    [InlineData("router_id", "this word belongs in 'global_defs'")]
    [InlineData("auth_type", "this word belongs in 'vrrp_instance/authentication'")]
    [InlineData("vrrp_script", "this word belongs in the top level")]
    [InlineData("vrrp_strcit", "did you mean 'vrrp_strict', which belongs in 'global_defs'?")]
    [InlineData("zzzzzz", null)]
    public void Unknown_keyword_suggests_what_was_meant(string word, string? suggestion)
    {
        LoadResult result = ConfigText.Load(ConfigText.File($"{word} 1"));
        Diagnostic only = Assert.Single(result.Diagnostics);
        Assert.Equal("KA0201", only.Code);
        Assert.Equal(suggestion, only.Suggestion);
    }

    [Fact]
    public void Misspelt_keyword_one_letter_missing_always_suggests_a_word_of_the_block()
    {
        foreach ((string path, BlockSchema block) in Configuration.Schema.Walk().Where(static b => !b.Path.EndsWith('>')))
        {
            if (path != "vrrp_instance")
                continue;
            foreach (WordSchema word in block.Words.Where(static w => w.Word.Length > 5))
            {
                string misspelt = word.Word.Remove(word.Word.Length / 2, 1);
                if (block.Find(System.Text.Encoding.UTF8.GetBytes(misspelt)) is not null)
                    continue;
                LoadResult result = ConfigText.Load(ConfigText.File(misspelt));
                Assert.StartsWith("did you mean '", Assert.Single(result.Diagnostics).Suggestion, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Unknown_block_is_one_error_with_all_that_is_in_it()
    {
        LoadResult result = ConfigText.Load("foo bar {\n baz { qux }\n priority 1\n}\nuse_pid_dir\n");
        Assert.Equal(["KA0201"], ConfigText.Codes(result));
        Assert.True(result.Configuration.UsePidDirectory);
    }

    [Fact]
    public void Words_that_nothing_is_done_about_are_said_once_each()
    {
        LoadResult result = ConfigText.Load(
            "global_defs { enable_snmp_vrrp\n}\nbfd_instance B { neighbor_ip 192.0.2.3 }\nbfd_instance C { neighbor_ip 192.0.2.4 }\n"
            + ConfigText.File("notify_master \"/bin/x { y\""));
        Assert.Equal(["KA0202", "KA0202"], ConfigText.Codes(result));
        Assert.Equal("keepalived-aot does not act on 'bfd_instance' yet", result.Diagnostics[1].Message);
        Assert.Equal(0, result.TestExitStatus);
        Assert.True(result.CanRun);
    }

    [Fact]
    public void Misplaced_root_block_in_a_balanced_file_is_one_error()
    {
        LoadResult result = ConfigText.Load(ConfigText.File("vrrp_script chk {\n script /bin/true\n}\npriority 90"));
        Assert.Equal(["KA0201"], ConfigText.Codes(result));
        Assert.Equal(90, result.Configuration.VrrpInstances[0].Priority);
    }

    [Fact]
    public void Many_mistakes_are_all_found_in_one_run()
    {
        LoadResult result = ConfigText.Load(
            "global_defs {\n router_idd x\n vrrp_version 4\n}\nvrrp_instance A {\n interface eth0\n virtual_router_id 51\n priority 0\n"
            + " advert_int x\n stat BACKUP\n virtual_ipaddress {\n 1.2.3\n 192.0.2.1/24 dve eth0\n }\n}\nfoo\n}\n");
        Assert.Equal(9, result.Diagnostics.Count);
        Assert.Equal([2, 3, 8, 9, 10, 12, 13, 16, 17], result.Diagnostics.Select(static d => d.Location.Line));
    }

    [Fact]
    public void Hostile_files_give_a_bounded_number_of_diagnostics()
    {
        Assert.Equal(DiagnosticBag.Limit, ConfigText.Load(new string('{', 1000) + string.Concat(Enumerable.Repeat("\n" + new string('}', 1000), 50))).Diagnostics.Count);
        Assert.Equal(DiagnosticBag.Limit, ConfigText.Load(string.Concat(Enumerable.Repeat("vrrp_instance\n{\nvirtual_ipaddress\n{\n", 20_000))).Diagnostics.Count);
    }
}
