using System.Globalization;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Tests.Linux.Process;

public sealed class DaemonizerTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private int Launch(string end)
    {
        SpawnRequest request = HelperMode.Request("daemon", end, _directory.PathOf("pid"));
        using ChildProcess child = Spawn.Start(request, null, out _)!;
        child.Wait(out ExitStatus status);
        Assert.Equal(0, status.Signal);
        return status.Code;
    }

    [Fact]
    public void Launch_returns_when_the_pid_file_is_there_and_the_daemon_is_detached()
    {
        Assert.Equal(0, Launch("run"));
        // No waiting: it was written before the launcher ended.
        string pid = File.ReadAllText(_directory.PathOf("pid")).Trim();
        Dictionary<string, string> facts = File.ReadAllLines(_directory.Await("pid.facts"))
            .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        File.Delete(_directory.PathOf("pid.facts"));

        Assert.Equal(pid, facts["pid"]);
        Assert.Equal(pid, facts["session"]);
        Assert.Equal("/", facts["cwd"]);
        Assert.Equal(["/dev/null", "/dev/null", "/dev/null"], [facts["fd0"], facts["fd1"], facts["fd2"]]);
        string name = Path.GetFileName(Environment.ProcessPath!);
        Assert.Equal(name[..Math.Min(15, name.Length)], facts["comm"]);
        Assert.Equal($"{Environment.ProcessPath}|run|{_directory.PathOf("pid")}|", facts["cmdline"]);

        for (int i = 0; i < 1000 && File.Exists(_directory.PathOf("pid")); i++)
            Thread.Sleep(10);
        Assert.False(File.Exists(_directory.PathOf("pid")));
    }

    [Theory]
    [InlineData("fail", 4)]
    [InlineData("exit", 6)]
    [InlineData("crash", 70)]
    public void Launch_exits_with_what_became_of_the_daemon(string end, int status)
        => Assert.Equal(status, Launch(end));

    [Theory]
    [InlineData("")]
    [InlineData("x:y")]
    [InlineData("1:keepalived")]
    [InlineData("-3:keepalived")]
    [InlineData("987:keepalived")]
    public void Adopt_of_a_variable_that_does_not_name_a_pipe_is_null(string value)
    {
        Environment.SetEnvironmentVariable(Daemonizer.EnvironmentVariable, value);
        try
        {
            Assert.Null(Daemonizer.Adopt());
        }
        finally
        {
            Environment.SetEnvironmentVariable(Daemonizer.EnvironmentVariable, null);
        }
    }

    [Fact]
    public void Environment_for_scripts_does_not_have_our_variable()
    {
        Environment.SetEnvironmentVariable(Daemonizer.EnvironmentVariable, "1:x");
        try
        {
            Assert.DoesNotContain(
                ProcessEnvironment.Without(), variable => variable.StartsWith(Daemonizer.EnvironmentVariable, StringComparison.Ordinal));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Daemonizer.EnvironmentVariable, null);
        }
    }
}
