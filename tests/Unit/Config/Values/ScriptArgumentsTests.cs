using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Tests.Unit.Config.Values;

/// <summary>What reaches a script, as keepalived 2.2.7 was seen to run it: escapes are read on the line, and again in the command.</summary>
public sealed class ScriptArgumentsTests
{
    public static TheoryData<string, string[]> Scripts => new()
    {
        { """ "/s 'a b' \"c d\"" """, ["/s", "a b", "c d"] },
        { """ "/s \"c d\" e" """, ["/s", "c d", "e"] },
        { """ "/s 'c\\d' e\\f" """, ["/s", "cd", "e\f"] },
        { """ "/s x\\\\y" """, ["/s", @"x\y"] },
        { """ "/s '\"c d\"' e" """, ["/s", "\"c d\"", "e"] },
        { """ "/s a\tb 'c\x41\101'" """, ["/s", "a", "b", "cAA"] },
        { """ '/s "c d" e' """, ["/s", "c d", "e"] },
        { """ '/s \'c d\' e' """, ["/s", "c d", "e"] },
        { """ /s\ 10\ a """, ["/s", "10", "a"] },
        { """ '/s \"c d\" e' """, ["/s", "c d", "e"] },
        { """ "/s a'b c'd e" """, ["/s", "ab cd", "e"] },
        { """ "/s \\\"c d\\\" e" """, ["/s", "\"c", "d\"", "e"] },
        { """ "/s c"'"d e"'" f" """, ["/s", "cd e", "f"] },
        { """ "/s sh -c \"pidof nginx\"" """, ["/s", "sh", "-c", "pidof nginx"] },
        { """ "/s '' x" """, ["/s", "", "x"] },
    };

    [Theory]
    [InlineData("notify_master \"/bin/sh -c 'touch /tmp/x\" root", "KA0101")]
    [InlineData("notify_master \"/bin/true \\\\\"", "KA0101")]
    [InlineData("notify_master \"\"", "KA0213")]
    [InlineData("notify_master \" \"", "KA0213")]
    [InlineData("notify_master \"\\\"\\\"\"", "KA0213")]
    public void Command_without_a_program_is_reported_and_not_run(string line, string code)
    {
        LoadResult result = ConfigText.Load(ConfigText.File(line));
        Assert.Contains(result.Diagnostics, d => d.Code == code);
        Assert.Equal(code == "KA0101" ? 5 : 0, result.TestExitStatus);
        Assert.Null(Assert.Single(result.Configuration.VrrpInstances).NotifyMaster);
    }

    [Theory]
    [InlineData("script \"/bin/sh -c 'exit 0\"", "KA0101")]
    [InlineData("script \"\"", "KA0317")]
    [InlineData("script \" \"", "KA0317")]
    [InlineData("script \"''\"", "KA0317")]
    public void Tracked_script_without_a_program_is_an_error(string line, string code)
    {
        LoadResult result = ConfigText.Load($"vrrp_script s {{\n{line}\n}}\n{ConfigText.File("track_script {\ns\n}")}");
        Assert.Equal([code], result.Diagnostics.Where(static d => d.Severity == Severity.Error).Select(static d => d.Code));
        Assert.Equal(5, result.TestExitStatus);
        Assert.Empty(result.Configuration.VrrpScripts);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Arguments_are_those_of_keepalived(string written, string[] arguments)
    {
        ConfigScript? script = ConfigText.Instance($"notify_backup {written}").NotifyBackup;
        Assert.True(CommandWords.TrySplit(script!.Command, out string[]? words));
        Assert.Equal(arguments, words);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Command_that_is_written_out_reads_back(string written, string[] arguments)
    {
        _ = arguments;
        ConfigScript script = ConfigText.Instance($"notify_backup {written}").NotifyBackup!;
        Assert.Equal(script.Command, ConfigText.Instance($"notify_backup {ShellLine.Quote(script.Command)}").NotifyBackup!.Command);
    }

    [Theory]
    [InlineData("a \\\"b")]
    [InlineData("\"{\" }")]
    [InlineData("a\nb\\c")]
    public void Text_of_any_kind_reads_back(string text)
        => Assert.Equal(text, ConfigText.Instance($"notify_backup {ShellLine.Quote(text)}").NotifyBackup!.Command);

    [Fact]
    public void Command_of_a_shell_in_escaped_quotes_is_no_finding()
        => Assert.DoesNotContain("KA0922", Lints.LintText.Codes("""
            vrrp_script chk {
                script "/bin/sh -c \"pidof nginx\""
                user keepalived_script
            }
            """));
}
