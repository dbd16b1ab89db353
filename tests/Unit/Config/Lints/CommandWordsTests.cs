using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Tests.Unit.Config.Lints;

/// <summary>Program and arguments of a command, as the grammar's 10.2 splits them in its variant E.</summary>
public sealed class CommandWordsTests
{
    [Theory]
    [InlineData("/x/y.sh 'a b' \"c d\"", "/x/y.sh|a b|c d")]
    [InlineData("  /x \t a  ", "/x|a")]
    [InlineData("a'b c'\"d\"e", "ab cde")]
    [InlineData("'' x", "|x")]
    [InlineData("a\\ b 'c\\'d'", "a b|c'd")]
    [InlineData("\\x41\\x4 \\101\\7 \\t \\E \\cA \\q \\xg", "A\x04|A\a|\t|\e|\x01|q|xg")]
    [InlineData("\\0777 \\08", "?7|\08")]
    [InlineData("", "")]
    public void Command_is_split(string command, string expected)
    {
        Assert.True(CommandWords.TrySplit(command, out string[]? words));
        Assert.Equal(expected, string.Join('|', words));
    }

    [Theory]
    [InlineData("'a")]
    [InlineData("a \"b")]
    [InlineData("a\\")]
    public void Command_without_an_end_is_none(string command) => Assert.False(CommandWords.TrySplit(command, out _));
}
