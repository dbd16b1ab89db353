using System.Globalization;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Tests.Linux.Process;

public sealed class SpawnTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Out => _directory.PathOf("out");

    public void Dispose() => _directory.Dispose();

    private static SpawnRequest Shell(string script) => new() { Path = "/bin/sh", Arguments = ["sh", "-c", script] };

    private static ExitStatus Run(SpawnRequest request)
    {
        using ChildProcess? child = Spawn.Start(request, null, out OsError error);
        Assert.False(error.IsError, error.ToString());
        Assert.Equal(Errno.None, child!.Wait(out ExitStatus status));
        return status;
    }

    [Theory]
    [InlineData("exit 0", 0, 0)]
    [InlineData("exit 7", 7, 0)]
    [InlineData("exit 255", 255, 0)]
    [InlineData("kill -TERM $$", 0, 15)]
    [InlineData("kill -KILL $$", 0, 9)]
    public void Start_then_wait_gives_how_it_ended(string script, int code, int signal)
        => Assert.Equal(new ExitStatus(code, signal), Run(Shell(script)));

    [Fact]
    public void Start_of_a_missing_file_gives_the_errno_of_execve()
    {
        Assert.Null(Spawn.Start(new SpawnRequest { Path = "/nonexistent/x", Arguments = ["x"] }, null, out OsError error));
        Assert.Equal(new OsError("execve", "/nonexistent/x", Errno.ENOENT), error);
    }

    [Fact]
    public void Start_of_a_file_that_is_not_executable_gives_EACCES()
    {
        File.WriteAllText(Out, "#!/bin/sh\n");
        Assert.Null(Spawn.Start(new SpawnRequest { Path = Out, Arguments = ["x"] }, null, out OsError error));
        Assert.Equal(Errno.EACCES, error.Errno);
    }

    [Fact]
    public void Start_in_a_missing_directory_gives_the_errno_of_chdir()
    {
        SpawnRequest request = new() { Path = "/bin/sh", Arguments = ["sh"], WorkingDirectory = "/nonexistent" };
        Assert.Null(Spawn.Start(request, null, out OsError error));
        Assert.Equal(("chdir", Errno.ENOENT), (error.Call, error.Errno));
    }

    [Fact]
    public void Child_has_the_arguments_and_exactly_the_environment_that_were_given()
    {
        SpawnRequest request = new()
        {
            Path = "/usr/bin/env",
            Arguments = ["env", "sh", "-c", $"cat /proc/self/environ | tr '\\0' '\\n' > {Out}; echo \"$1\" >> {Out}", "sh", "an argument"],
            Environment = ["PATH=/usr/bin:/bin", "A=ä"],
        };
        Assert.True(Run(request).IsSuccess);
        string[] lines = File.ReadAllLines(Out);
        Assert.Contains("A=ä", lines);
        Assert.Equal("an argument", lines[^1]);
        Assert.DoesNotContain(lines, line => line.StartsWith("HOME=", StringComparison.Ordinal));
    }

    [Fact]
    public void Child_becomes_the_user_with_only_the_groups_given()
    {
        Assert.SkipUnless(Environment.UserName == "root", "needs root");
        File.WriteAllText(Out, "");
        File.SetUnixFileMode(Out, (UnixFileMode)0b110_110_110);
        SpawnRequest request = new()
        {
            Path = "/bin/sh",
            Arguments = ["sh", "-c", $"grep -E '^(Uid|Gid|Groups)' /proc/self/status > {Out}"],
            Environment = ["PATH=/usr/bin:/bin"],
            User = (12345, 23456),
            Groups = [34567, 45678],
        };
        // The directory is private to us.
        File.SetUnixFileMode(Path.GetDirectoryName(Out)!, (UnixFileMode)0b111_101_101);
        Assert.True(Run(request).IsSuccess);
        string[] lines = File.ReadAllLines(Out);
        Assert.Equal("Uid:\t12345\t12345\t12345\t12345", lines[0]);
        Assert.Equal("Gid:\t23456\t23456\t23456\t23456", lines[1]);
        Assert.Equal("Groups:\t34567 45678", lines[2].Trim());
        Assert.Equal("root", Environment.UserName);
    }

    [Fact]
    public void Child_starts_with_nothing_blocked_nothing_ignored_and_only_the_standard_streams_on_null()
    {
        SpawnRequest request = new()
        {
            Path = "/bin/sh",
            Arguments = ["sh", "-c", $"grep -E '^Sig(Blk|Ign)' /proc/self/status > {Out}; for f in /proc/$$/fd/*; do readlink $f; done >> {Out}; true"],
            Environment = ["PATH=/usr/bin:/bin"],
        };
        using FileStream ours = File.OpenRead("/proc/self/status");
        Assert.True(Run(request).IsSuccess);
        string[] lines = File.ReadAllLines(Out);
        Assert.Equal("SigBlk:\t0000000000000000", lines[0]);
        Assert.Equal("SigIgn:\t0000000000000000", lines[1]);
        // The shell saves its own stdout while it redirects the loop, hence distinct.
        Assert.Equal(["/dev/null", Out], lines[2..].Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Child_keeps_the_descriptor_and_the_mask_that_it_shall_keep()
    {
        using FileStream kept = File.Create(Out);
        int fd = (int)kept.SafeFileHandle.DangerousGetHandle();
        SpawnRequest request = new()
        {
            Path = "/bin/sh",
            Arguments = ["sh", "-c", string.Create(CultureInfo.InvariantCulture, $"grep SigBlk /proc/self/status >&{fd}")],
            Environment = ["PATH=/usr/bin:/bin"],
            KeepDescriptor = fd,
            BlockedSignals = 0x4001,
        };
        // dash knows descriptors of one digit only; busybox and bash know more.
        if (fd > 9)
            request = Bash(request);
        Assert.True(Run(request).IsSuccess);
        kept.Dispose();
        Assert.Equal("SigBlk:\t0000000000004001\n", File.ReadAllText(Out));
    }

    [Fact]
    public void Child_leads_a_group_of_its_own_or_a_session()
    {
        Run(Shell($"cut -d' ' -f1,5,6 /proc/self/stat > {Out}; echo $$ >> {Out}"));
        string[] lines = File.ReadAllLines(Out);
        Assert.Equal(lines[1], lines[0].Split(' ')[1]);
        Assert.NotEqual(lines[1], lines[0].Split(' ')[2]);

        Run(new SpawnRequest { Path = "/bin/sh", Arguments = ["sh", "-c", $"cut -d' ' -f1,5,6 /proc/self/stat > {Out}; echo $$ >> {Out}"], NewSession = true });
        lines = File.ReadAllLines(Out);
        Assert.Equal(lines[1], lines[0].Split(' ')[2]);
    }

    [Fact]
    public void KillGroup_ends_the_child_and_its_children()
    {
        using ChildProcess child = Spawn.Start(Shell($"sleep 60 & echo $! > {Out}.tmp; mv {Out}.tmp {Out}; wait"), null, out _)!;
        int grandchild = int.Parse(File.ReadAllText(_directory.Await("out")), CultureInfo.InvariantCulture);
        Assert.Equal(Errno.None, child.KillGroup(SignalNumber.SIGKILL));
        child.Wait(out ExitStatus status);

        Assert.Equal(SignalNumber.SIGKILL, status.Signal);
        for (int i = 0; i < 500 && IsRunning(grandchild); i++)
            Thread.Sleep(10);
        Assert.False(IsRunning(grandchild));
    }

    [Fact]
    public void Child_in_the_loop_tells_its_observer_once_when_it_ends()
    {
        using LoopForChildren loop = new();
        using ChildProcess child = Spawn.Start(Shell("exit 3"), loop, out _)!;
        loop.Loop.Add(child.Fd, child, SourceOrder.AfterInput);
        loop.Loop.Run();

        Assert.Equal([(child.Pid, new ExitStatus(3, 0))], loop.Ended);
        Assert.Equal(new ExitStatus(3, 0), child.Status);
    }

    private static SpawnRequest Bash(SpawnRequest request) => new()
    {
        Path = "/bin/bash",
        Arguments = request.Arguments,
        Environment = request.Environment,
        KeepDescriptor = request.KeepDescriptor,
        BlockedSignals = request.BlockedSignals,
    };

    /// <summary>A zombie that nobody has reaped yet does not run.</summary>
    private static bool IsRunning(int pid)
        => File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);

    private sealed class LoopForChildren : IChildObserver, IDisposable
    {
        public EventLoop Loop { get; } = EventLoop.Open(out _)!;
        public List<(int Pid, ExitStatus Status)> Ended { get; } = [];

        public void OnExit(ChildProcess child, ExitStatus status)
        {
            Ended.Add((child.Pid, status));
            Assert.Equal(Errno.None, Loop.Remove(child.Fd));
            Loop.RequestStop();
        }

        public void Dispose() => Loop.Dispose();
    }
}
