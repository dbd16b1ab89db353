using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>Our own verbs: output, exit statuses, and what they need of the host.</summary>
public sealed class VerbTests : IDisposable
{
    private const string Right = "vrrp_instance A {\ninterface eth9\nvirtual_router_id 20\nvirtual_ipaddress {\n192.0.2.1/24\n}\n}\n";
    private const string Wrong = "global_defs {\nvrrp_versoin 3\n}\n";
    private const string Suspicious = "global_defs {\nrouter_id a b\n}\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("ka-verbs-").FullName;

    private static string Program => Binaries.PathOf(Implementation.Ours);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private static CommandResult Run(params string[] arguments) => Shell.Try(Program, arguments);

    [Theory]
    [InlineData(Right, "", 0)]
    [InlineData(Right, "--strict", 0)]
    [InlineData(Suspicious, "", 0)]
    [InlineData(Suspicious, "--strict", 1)]
    [InlineData(Wrong, "", 2)]
    [InlineData(Wrong, "--strict --format=json", 2)]
    [InlineData(Wrong, "--strict --format sarif", 2)]
    public void Check_file_exitStatusIsThatOfTheWorst(string text, string options, int expected)
    {
        CommandResult result = Run(["check", File("a.conf", text), .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(expected, result.ExitCode);
        Assert.NotEmpty(result.Output);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void Check_severalFiles_allAreRead()
    {
        CommandResult result = Run("check", File("a.conf", Wrong), File("b.conf", Suspicious), Path.Combine(_folder, "gone.conf"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("a.conf:2:1: error [KA0201]", result.Output, StringComparison.Ordinal);
        Assert.Contains("b.conf:2:13: warning [KA0207]", result.Output, StringComparison.Ordinal);
        Assert.Contains("gone.conf: error [KA0501]", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("3 files: 2 errors, 1 warning\n", result.Output, StringComparison.Ordinal);
    }

    // Right for m1 and for m2; for any other host it has no interface.
    private const string ForTwo = "vrrp_instance A {\n@m1 interface eth1\n@m2 interface eth2\nvirtual_router_id 20\n@m1 priority 150\nvirtual_ipaddress {\n192.0.2.1/24\n}\n}\n";

    [Theory]
    [InlineData("", 2, "[KA0401]")]
    [InlineData("-i m1", 0, ": ok\n")]
    [InlineData("--config-id=m2", 0, ": ok\n")]
    [InlineData("-i m1 -i m2", 0, " as m1, m2: ok\n")]
    [InlineData("-i m1 -i m2 -i m3", 2, "  read as: m3\n")]
    public void Check_conditionalLines_areThoseOfTheIds(string options, int status, string expected)
    {
        CommandResult result = Run(["check", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), File("a.conf", ForTwo)]);
        Assert.Contains(expected, result.Output, StringComparison.Ordinal);
        Assert.Equal(status, result.ExitCode);
    }

    [Fact]
    public void Check_idsAndFiles_belongTogetherInOrder()
    {
        string one = File("a.conf", ForTwo.Replace("@m2 interface eth2\n", ""));
        string other = File("b.conf", ForTwo.Replace("@m1 interface eth1\n", ""));
        Assert.Equal(0, Run("check", "-i", "m1", "-i", "m2", one, other).ExitCode);
        Assert.Equal(2, Run("check", "-i", "m2", "-i", "m1", one, other).ExitCode);
        CommandResult refused = Run("check", "-i", "m1", "-i", "m2", "-i", "m3", one, other);
        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith("3 ids for 2 files", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_standardInputAsTwoRouters_isReadForBoth()
    {
        CommandResult result = Shell.Try("bash", "-c", $"{Program} check -i m1 -i m2 - < {File("a.conf", ForTwo)}");
        Assert.Equal("<stdin> as m1, m2: ok\n", result.Output);
    }

    [Fact]
    public void Config_conditionalLines_areThoseOfTheId()
    {
        string file = File("a.conf", ForTwo);
        Assert.Contains("interface eth2", Run("config", "-i", "m2", file).Output, StringComparison.Ordinal);
        Assert.Equal(2, Run("config", file).ExitCode);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("config")]
    public void Missing_include_isAnErrorWhenAsked(string verb)
    {
        string file = File("a.conf", Right + "include /nonexistent/keepalived.conf\n");
        Assert.Equal(0, Run(verb, file).ExitCode);
        Assert.Equal(2, Run(verb, "-e", file).ExitCode);
        Assert.Equal(2, Run(verb, "--all-config", file).ExitCode);
    }

    [Fact]
    public void Check_standardInput_isRead()
    {
        CommandResult result = Shell.Try("bash", "-c", $"printf '{Wrong.Replace("\n", "\\n")}' | {Program} check -");
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("<stdin>:2:1: error [KA0201]", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ordinaryUserWithoutNetwork_works()
    {
        string copy = Path.Combine(_folder, "keepalived-aot");
        System.IO.File.Copy(Program, copy);
        Shell.Run("chmod", "-R", "a+rX", _folder);
        CommandResult result = Shell.Try("unshare", "--net", "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", copy, "check", File("a.conf", Right));
        Assert.True(result.ExitCode == 0, result.Error + result.Output);
    }

    [Fact]
    public void Check_onThisHost_findsMissingInterface()
    {
        string file = File("a.conf", Right.Replace("eth9", "ka-nowhere0"));
        Assert.Equal(0, Run("check", file).ExitCode);
        CommandResult result = Run("check", "--host", file);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("[KA0502]", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("NO_COLOR=1", "", false)]
    [InlineData("NO_COLOR=", "", true)]
    [InlineData("NO_COLOR=1", "--color always", true)]
    [InlineData("", "--color never", false)]
    public void Check_terminal_getsColour(string environment, string options, bool expected)
    {
        CommandResult result = Shell.Try("script", "-qec", $"env -u NO_COLOR {environment} {Program} check {options} {File("a.conf", Wrong)}", "/dev/null");
        Assert.Contains("KA0201", result.Output, StringComparison.Ordinal);
        Assert.Equal(expected, result.Output.Contains('\e'));
    }

    [Fact]
    public void Check_pipe_getsNoColour()
        => Assert.DoesNotContain('\e', Run("check", File("a.conf", Wrong)).Output);

    [Theory]
    [InlineData("check --strct", "Unknown option '--strct'; did you mean '--strict'?\n", 2)]
    [InlineData("check --format x", "'sarif'", 2)]
    [InlineData("explain", "name keywords or codes", 2)]
    [InlineData("explain --all priority", "name keywords or codes", 2)]
    [InlineData("explain priorty", "did you mean 'priority'?", 2)]
    [InlineData("explain KA9999", "there is no code KA9999", 2)]
    [InlineData("completion sh", "'fish'", 2)]
    [InlineData("chek", "Unknown verb 'chek'; did you mean 'check'?\n", 1)]
    [InlineData("foo", "Unknown verb 'foo'\nSee keepalived-aot --help\n", 1)]
    public void Misuse_isToldInAFewLines(string line, string expected, int status)
    {
        CommandResult result = Run(line.Split(' '));
        Assert.Equal(status, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.InRange(result.Error.Split('\n').Length, 2, 6);
    }

    [Fact]
    public void Explain_severalWords_allAreTold()
    {
        CommandResult result = Run("explain", "ka0303", "vrrp_instance/priority", "virtual_router_id");
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("KA0303  error: number out of range\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\npriority NUMBER\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\nvirtual_router_id NUMBER\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_unknownAmongKnown_theOthersAreTold()
    {
        CommandResult result = Run("explain", "priority", "xyzzy");
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("priority NUMBER\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("'xyzzy' is no keyword", result.Error, StringComparison.Ordinal);
    }
}
