using System.Text;
using KeepalivedAot.Tracking.Processes;

namespace KeepalivedAot.Tests.Unit.Tracking;

/// <summary>Which processes stock keepalived counts, as it was seen with programs that were started so.</summary>
public sealed class ProcessPatternTests
{
    [Theory]
    [InlineData("sleep 41 42", true, true, true)]
    [InlineData("sleep 41", false, false, false)]
    [InlineData("sleep 41 42 43", false, true, true)]
    [InlineData("sleep 41 423", false, false, true)]
    [InlineData("sleep 41 421 43", false, false, true)]
    [InlineData("sleep 411 42", false, false, false)]
    [InlineData("/bin/sleep 41 42", false, false, false)]
    [InlineData("sleep", false, false, false)]
    [InlineData("", false, false, false)]
    public void Matches_parameters_asTheRuleSays(string started, bool isExact, bool isFirst, bool isBeginning)
    {
        byte[] commandLine = CommandLine(started);
        Assert.Equal(isExact, Pattern(ParameterRule.Exact).Matches(commandLine));
        Assert.Equal(isFirst, Pattern(ParameterRule.First).Matches(commandLine));
        Assert.Equal(isBeginning, Pattern(ParameterRule.Beginning).Matches(commandLine));

        static ProcessPattern Pattern(ParameterRule rule) => new("sleep", ["41", "42"], rule, usesCommandLine: false);
    }

    [Theory]
    [InlineData("sleep", true)]
    [InlineData("sleep 5", true)]
    [InlineData("sleeper 5", false)]
    [InlineData("/bin/sleep 5", false)]
    [InlineData("", false)]
    public void Matches_fullCommand_comparesTheFirstWord(string started, bool expected)
    {
        ProcessPattern pattern = new("sleep", [], ParameterRule.Ignored, usesCommandLine: true);
        Assert.True(pattern.UsesCommandLine);
        Assert.Equal(expected, pattern.Matches(CommandLine(started)));
    }

    [Theory]
    [InlineData("sleep", true)]
    [InlineData("sleep 5", false)]
    public void Matches_exactWithoutParameters_wantsNone(string started, bool expected)
        => Assert.Equal(expected, new ProcessPattern("sleep", [], ParameterRule.Exact, usesCommandLine: true).Matches(CommandLine(started)));

    [Theory]
    [InlineData("ssh", "ssh", true)]
    [InlineData("ssh", "sshd", false)]
    [InlineData("averylongname_x", "averylongname_x", true)]
    [InlineData("averylongname_xyz", "averylongname_x", false)]
    public void Matches_name_isComparedWhole(string wanted, string name, bool expected)
    {
        ProcessPattern pattern = new(wanted, [], ParameterRule.Ignored, usesCommandLine: false);
        Assert.False(pattern.UsesCommandLine);
        Assert.Equal(expected, pattern.Matches(Encoding.UTF8.GetBytes(name)));
    }

    [Fact]
    public void LongestText_firstBytesOfACommandLine_decideAsAllOfItDoes()
    {
        byte[] whole = CommandLine("sleep 41 42 43 44");
        foreach (ParameterRule rule in Enum.GetValues<ParameterRule>())
        {
            ProcessPattern pattern = new("sleep", ["41", "42"], rule, usesCommandLine: true);
            Assert.Equal(pattern.Matches(whole), pattern.Matches(whole.AsSpan(0, Math.Min(whole.Length, pattern.LongestText))));
        }
    }

    private static byte[] CommandLine(string started)
        => started.Length == 0 ? [] : Encoding.UTF8.GetBytes(started.Replace(' ', '\0') + '\0');
}
