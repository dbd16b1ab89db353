using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Launch;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Tests.Linux.Process;

namespace KeepalivedAot.Tests.Linux.Launch;

/// <summary>
/// What is asked of a child becomes so. How it is made is another thing here, as the child is a copy (<see cref="Spawn"/>): the published way is
/// shown by EndToEnd.
/// </summary>
public sealed class LauncherTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Launcher _launcher = new();

    private string Out => _directory.PathOf("out");

    public void Dispose()
    {
        _launcher.Dispose();
        _directory.Dispose();
    }

    private static LaunchProgram Shell(string script, params string[] arguments)
        => new(new SpawnRequest { Path = "/bin/sh", Arguments = ["sh", "-c", script, .. arguments], Environment = ["PATH=/usr/bin:/bin"] });

    private ExitStatus Run(LaunchProgram program, params string[] added)
    {
        LaunchedProcess? child = _launcher.Start(program, added, standardError: 0, out OsError error);
        Assert.False(error.IsError, error.ToString());
        return Await(child!);
    }

    private static ExitStatus Await(LaunchedProcess child)
    {
        for (int i = 0; i < 2000; i++)
        {
            if (child.Reap(out ExitStatus status))
                return status;
            Thread.Sleep(5);
        }
        throw new InvalidOperationException("the child does not end");
    }

    [Fact]
    public void Start_andReap_givesHowItEnded()
    {
        using LaunchProgram program = Shell("exit 7");
        Assert.Equal(new ExitStatus(7, 0), Run(program));
        Assert.Equal(7, Run(program).Code);
    }

    [Fact]
    public void Start_addedArguments_comeBehindItsOwn()
    {
        using LaunchProgram program = Shell($"for a; do echo \"$a\"; done > {Out}", "zero", "of the file");
        Run(program, "INSTANCE", "VI ä", "MASTER", "");
        Assert.Equal(["of the file", "INSTANCE", "VI ä", "MASTER", ""], File.ReadAllLines(Out));
        Run(program);
        Assert.Equal(["of the file"], File.ReadAllLines(Out));
    }

    [Fact]
    public void Start_argumentsThatAreTooLong_areRefused()
    {
        using LaunchProgram program = Shell("exit 0");
        Assert.Null(_launcher.Start(program, [new string('x', 20_000)], 0, out OsError error));
        Assert.Equal(Errno.E2BIG, error.Errno);
        Assert.True(Run(program).IsSuccess);
    }

    [Fact]
    public void Start_ofWhatCannotBeExecuted_isToldAtOnce()
    {
        using LaunchProgram program = new(new SpawnRequest { Path = "/nonexistent/x", Arguments = ["x"] });
        Assert.Null(_launcher.Start(program, [], 0, out OsError error));
        Assert.Equal(new OsError("execve", "/nonexistent/x", Errno.ENOENT), error);
        using LaunchProgram good = Shell("exit 0");
        Assert.True(Run(good).IsSuccess);
    }

    [Fact]
    public void Child_standardError_isTheDescriptorAndNothingElseIsInherited()
    {
        using LaunchProgram program = Shell($"for f in /proc/$$/fd/*; do readlink $f; done > {Out}; echo gone wrong >&2");
        ErrorStream errors = new();
        Assert.Equal(Errno.None, errors.Open());
        LaunchedProcess child = _launcher.Start(program, [], errors.WriteFd, out _)!;
        Await(child);
        errors.Close();
        Assert.Equal("gone wrong", System.Text.Encoding.UTF8.GetString(errors.LastLine));
        string[] open = [.. File.ReadAllLines(Out).Where(line => line != Out).Select(line => line.Split(':')[0]).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(["/dev/null", "pipe"], open);
    }

    [Fact]
    public void KillGroup_reachesTheChildRightAfterItsStart()
    {
        using LaunchProgram program = Shell("sleep 60");
        LaunchedProcess child = _launcher.Start(program, [], 0, out _)!;
        Assert.Equal(Errno.None, child.KillGroup(SignalNumber.SIGKILL));
        Assert.Equal(SignalNumber.SIGKILL, Await(child).Signal);
    }

    [Fact]
    public void Program_thatIsGivenUp_runsOn()
    {
        LaunchProgram program = Shell($"sleep 0.2; echo done > {Out}");
        LaunchedProcess child = _launcher.Start(program, [], 0, out _)!;
        program.Dispose();
        Assert.True(Await(child).IsSuccess);
        Assert.Equal("done\n", File.ReadAllText(Out));
    }

    [Fact]
    public void ErrorStream_keepsTheLastLineThatHasText()
    {
        Assert.Equal("second", LastLineOf("first\nsecond\n\n"));
        Assert.Equal("no end", LastLineOf("first\nno end"));
        Assert.Equal("a b", LastLineOf("a\tb\r\n"));
        Assert.Equal("", LastLineOf(""));
        Assert.Equal(200, LastLineOf(new string('x', 5000)).Length);
    }

    private string LastLineOf(string text)
    {
        File.WriteAllText(Out, text);
        ErrorStream errors = new();
        Assert.Equal(Errno.None, errors.Open());
        using LaunchProgram program = Shell($"cat {Out} >&2");
        Await(_launcher.Start(program, [], errors.WriteFd, out _)!);
        errors.Close();
        return System.Text.Encoding.UTF8.GetString(errors.LastLine);
    }

    [Fact]
    public void ErrorStream_endlessPrinter_isReadOnlyAsMuchAsAllowed()
    {
        int exhausted = 0;
        ErrorStream errors = new() { OnExhausted = () => exhausted++ };
        Assert.Equal(Errno.None, errors.Open());
        using LaunchProgram program = Shell("while :; do echo 0123456789012345678901234567890123456789 >&2; done");
        LaunchedProcess child = _launcher.Start(program, [], errors.WriteFd, out _)!;
        for (int i = 0; i < 5000 && !errors.IsExhausted; i++)
        {
            errors.OnReadable(default, 4);
            Thread.Sleep(1);
        }
        Assert.True(errors.IsExhausted);
        Assert.True(exhausted >= 1);
        child.KillGroup(SignalNumber.SIGKILL);
        Await(child);
        errors.Close();
    }

    [Fact]
    public void ErrorStream_whoeverIsLeftBehind_canGoOnWriting()
    {
        // It writes more than a pipe holds, after its parent has ended and the stream was closed.
        string script = $"(sleep 0.3; i=0; while [ $i -lt 3000 ]; do echo 01234567890123456789012345678901234567890123456789 >&2; i=$((i+1)); done 2>&1; echo alive > {Out}.tmp; mv {Out}.tmp {Out}) & exit 0";
        ErrorStream errors = new();
        Assert.Equal(Errno.None, errors.Open());
        using LaunchProgram program = Shell(script);
        LaunchedProcess child = _launcher.Start(program, [], errors.WriteFd, out _)!;
        Assert.True(Await(child).IsSuccess);
        errors.Close();
        Assert.Equal("alive\n", File.ReadAllText(_directory.Await("out")));
    }

    [Fact]
    public void Child_becomesTheUserWithTheGroups()
    {
        Assert.SkipUnless(Environment.UserName == "root", "needs root");
        File.WriteAllText(Out, "");
        File.SetUnixFileMode(Out, (UnixFileMode)0b110_110_110);
        File.SetUnixFileMode(Path.GetDirectoryName(Out)!, (UnixFileMode)0b111_101_101);
        using LaunchProgram program = new(new SpawnRequest
        {
            Path = "/bin/sh",
            Arguments = ["sh", "-c", $"grep -E '^(Uid|Gid|Groups)' /proc/self/status > {Out}"],
            Environment = ["PATH=/usr/bin:/bin"],
            User = (12345, 23456),
            Groups = [34567],
            ParentDeathSignal = SignalNumber.SIGTERM,
        });
        Assert.True(Run(program).IsSuccess);
        string[] lines = File.ReadAllLines(Out);
        Assert.Equal(["Uid:\t12345\t12345\t12345\t12345", "Gid:\t23456\t23456\t23456\t23456", "Groups:\t34567"], lines.Select(line => line.Trim()));
        // And we have stayed who we were.
        Assert.Equal(0u, SystemInfo.Self.User);
    }
}
