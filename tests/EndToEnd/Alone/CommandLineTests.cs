using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>Options and exit statuses (daemon.md, sections 2 and 5).</summary>
public sealed class CommandLineTests
{
    private static CommandResult Run(Lab lab, string configuration, params string[] arguments)
    {
        File.WriteAllText(lab.A.ConfigurationFile, configuration);
        return lab.A.Run(Implementation.Ours, arguments);
    }

    [Fact]
    public void ConfigTest_rightFile_exitsZero()
    {
        using Lab lab = new(routers: 1);
        CommandResult result = Run(lab, new VrrpConfiguration(), "-t", "-f", lab.A.ConfigurationFile);
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(lab.A.Processes());
    }

    [Fact]
    public void ConfigTest_longForms_areTheSame()
    {
        using Lab lab = new(routers: 1);
        CommandResult result = Run(lab, new VrrpConfiguration(), "--config-test", $"--use-file={lab.A.ConfigurationFile}");
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void ConfigTest_misspeltKeyword_saysWhereAndSuggests()
    {
        using Lab lab = new(routers: 1);
        string text = new VrrpConfiguration().ToString().Replace("    priority 100", "    priorty 100");
        int line = Array.FindIndex(text.Split('\n'), content => content.Contains("priorty", StringComparison.Ordinal)) + 1;
        CommandResult result = Run(lab, text, "-t", "-f", lab.A.ConfigurationFile);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains($"keepalived.conf:{line}:5", result.Error);
        Assert.Contains("'priority'", result.Error.Replace('`', '\'').Replace('"', '\''));
    }

    [Fact]
    public void ConfigTest_severalMistakes_allAreReported()
    {
        using Lab lab = new(routers: 1);
        string text = new VrrpConfiguration().ToString().Replace("priority 100", "priority 999").Replace("interface eth0", "interfaze eth0");
        CommandResult result = Run(lab, text, "-t", "-f", lab.A.ConfigurationFile);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("999", result.Error);
        Assert.Contains("interfaze", result.Error);
    }

    [Fact]
    public void Start_missingFile_exitsSix()
    {
        using Lab lab = new(routers: 1);
        CommandResult result = lab.A.Run(Implementation.Ours, "-n", "-l", "-f", "/nowhere/keepalived.conf");
        Assert.Equal(6, result.ExitCode);
        Assert.Contains("/nowhere/keepalived.conf", result.Error);
    }

    [Fact]
    public void Start_configurationThatCannotRun_exitsTwo()
    {
        using Lab lab = new(routers: 1);
        // Version 3 wants at least one address (vrrp.md, section 12).
        string text = new VrrpConfiguration().ToString().Replace(VrrpConfiguration.DefaultAddress, "");
        CommandResult result = Run(lab, text, "-n", "-l", "-f", lab.A.ConfigurationFile);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("No VIP specified", result.Error);
    }

    [Theory]
    [InlineData("--no-such-option")]
    [InlineData("-Z")]
    public void Start_unknownOption_exitsOne(string option)
    {
        using Lab lab = new(routers: 1);
        CommandResult result = lab.A.Run(Implementation.Ours, option);
        Assert.Equal(1, result.ExitCode);
        Assert.NotEmpty(result.Error);
    }

    [Theory]
    [InlineData("-v")]
    [InlineData("--version")]
    [InlineData("-h")]
    [InlineData("--help")]
    public void Information_isOnStandardErrorWithStatusZero(string option)
    {
        using Lab lab = new(routers: 1);
        CommandResult result = lab.A.Run(Implementation.Ours, option);
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("keepalived", result.Error, StringComparison.OrdinalIgnoreCase);
        if (option is "-h" or "--help")
            Assert.Contains("--use-file", result.Error);
    }

    [Theory]
    [InlineData("STOP", 15)]
    [InlineData("RELOAD", 1)]
    [InlineData("DATA", 10)]
    [InlineData("STATS", 12)]
    [InlineData("STATS_CLEAR", 63)]
    [InlineData("JSON", 36)]
    public void Signum_knownName_isPrinted(string name, int number)
    {
        using Lab lab = new(routers: 1);
        CommandResult result = lab.A.Run(Implementation.Ours, $"--signum={name}");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal($"{number}\n", result.Output);
    }

    [Fact]
    public void Signum_unknownName_exitsOne()
    {
        using Lab lab = new(routers: 1);
        CommandResult result = lab.A.Run(Implementation.Ours, "--signum=NOTHING");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Unknown sigfunc NOTHING", result.Error);
    }

    [Fact]
    public void VrrpOnly_runsVrrp()
    {
        VrrpConfiguration configuration = new();
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration, "-P");
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        Assert.Equal(0, lab.A.Stop());
    }

    [Fact]
    public void CheckersOnly_leavesVrrpAlone()
    {
        VrrpConfiguration configuration = new();
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration, "-C");
        Thread.Sleep(configuration.ActiveDownInterval + TimeSpan.FromSeconds(1));
        Assert.Empty(lab.Observer.Adverts.Snapshot());
        Assert.False(lab.A.Daemon.HasExited);
        Assert.Equal(0, lab.A.Stop());
    }
}
