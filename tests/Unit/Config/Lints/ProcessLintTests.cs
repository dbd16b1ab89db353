using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Tests.Unit.Config.Lints;

/// <summary>Names of tracked processes.</summary>
public sealed class ProcessLintTests
{
    private const string Advice = "add 'full_command' and write the command as it stands in the list of processes";

    private static string Block(string process, string more) => $"vrrp_track_process p {{\nprocess {process}\n{more}\n}}\n" + LintText.Instance("track_process {\np\n}");

    [Theory]
    [InlineData("fifteen-letters", "", null)]
    [InlineData("sixteen-letters-", "", $"{Advice}, or write 'process sixteen-letters'")]
    [InlineData("sixteen-letters-", "full_command", null)]
    [InlineData("sixteen-letters- --daemon", "", null)]
    [InlineData("sixteen-letters-", "param_match partial", null)]
    [InlineData("/usr/sbin/nginx-", "", Advice)]
    [InlineData("fünfzehn-letter", "", Advice)]
    [InlineData("fünfzehn-lette", "", null)]
    public void Name_that_no_process_has_is_told(string process, string more, string? help)
    {
        Diagnostic[] found = LintText.Found(LintText.Run(Block(process, more)));
        Assert.Equal(help is null ? [] : [("KA0924", help)], found.Select(static d => (d.Code, d.Suggestion!)));
    }
}
