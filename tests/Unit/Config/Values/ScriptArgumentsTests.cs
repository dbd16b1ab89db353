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
    [InlineData("a \"b")]
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
