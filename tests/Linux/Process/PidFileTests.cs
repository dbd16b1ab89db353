using System.Globalization;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Tests.Linux.Process;

public sealed class PidFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string FilePath => _directory.PathOf("keepalived.pid");

    public void Dispose() => _directory.Dispose();

    private static string OwnContent => string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n");

    private PidFile Take()
    {
        PidFile? file = PidFile.TryTake(FilePath, out PidFileStatus status, out OsError error);
        Assert.Equal((PidFileStatus.Taken, OsError.None), (status, error));
        return file!;
    }

    [Fact]
    public void TryTake_of_a_new_file_writes_our_pid_with_mode_0644()
    {
        using PidFile file = Take();
        Assert.Equal(OwnContent, File.ReadAllText(FilePath));
        Assert.Equal((UnixFileMode)0b110_100_100, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public void TryTake_under_a_strict_umask_gives_mode_0644_all_the_same()
    {
        SpawnRequest helper = HelperMode.Request("pid-lock", FilePath);
        SpawnRequest shell = new()
        {
            Path = "/bin/sh",
            Arguments = ["sh", "-c", "umask 177; exec \"$@\"", "sh", .. helper.Arguments],
            Environment = helper.Environment,
        };
        Assert.Equal(0, Run(shell));
        Assert.Equal((UnixFileMode)0b110_100_100, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public void TryTake_of_a_stale_file_reuses_it()
    {
        File.WriteAllText(FilePath, "999999999999\nand more\n");
        using PidFile file = Take();
        Assert.Equal(OwnContent, File.ReadAllText(FilePath));
    }

    [Fact]
    public void TryTake_while_another_process_has_it_tells_that_it_is_running_and_leaves_the_content()
    {
        using (PidFile file = Take())
        {
            Assert.Equal(3, Run(HelperMode.Request("pid-lock", FilePath)));
            Assert.Equal(OwnContent, File.ReadAllText(FilePath));
        }
        Assert.Equal(0, Run(HelperMode.Request("pid-lock", FilePath)));
        Assert.NotEqual(OwnContent, File.ReadAllText(FilePath));
    }

    [Fact]
    public void TryTake_of_what_a_killed_process_left_succeeds()
    {
        SpawnRequest helper = HelperMode.Request("daemon", "run", FilePath);
        Assert.Equal(0, Run(helper));
        int pid = int.Parse(File.ReadAllText(FilePath), CultureInfo.InvariantCulture);
        Assert.Null(PidFile.TryTake(FilePath, out PidFileStatus status, out _));
        Assert.Equal(PidFileStatus.AlreadyRunning, status);

        Tmds.Linux.LibC.kill(pid, SignalNumber.SIGKILL);
        for (int i = 0; i < 500 && File.Exists($"/proc/{pid}/exe"); i++)
            Thread.Sleep(10);
        using PidFile file = Take();
        Assert.Equal(OwnContent, File.ReadAllText(FilePath));
    }

    [Fact]
    public void TryTake_in_a_missing_directory_is_an_error_with_its_place()
    {
        string path = _directory.PathOf("missing/x.pid");
        Assert.Null(PidFile.TryTake(path, out PidFileStatus status, out OsError error));
        Assert.Equal(PidFileStatus.Failed, status);
        Assert.Equal($"open {path}: No such file or directory", error.ToString());
    }

    [Fact]
    public void TryTake_of_a_symbolic_link_is_refused()
    {
        File.WriteAllText(_directory.PathOf("precious"), "precious");
        File.CreateSymbolicLink(FilePath, _directory.PathOf("precious"));
        Assert.Null(PidFile.TryTake(FilePath, out _, out OsError error));
        Assert.Equal(Errno.ELOOP, error.Errno);
        Assert.Equal("precious", File.ReadAllText(_directory.PathOf("precious")));
    }

    [Fact]
    public void Remove_takes_our_file_away()
    {
        PidFile file = Take();
        Assert.Equal(OsError.None, file.Remove());
        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public void Remove_leaves_a_file_that_took_its_place()
    {
        PidFile file = Take();
        File.Delete(FilePath);
        File.WriteAllText(FilePath, "1\n");
        Assert.Equal(OsError.None, file.Remove());
        Assert.Equal("1\n", File.ReadAllText(FilePath));
    }

    private static int Run(SpawnRequest request)
    {
        using ChildProcess child = Spawn.Start(request, null, out _)!;
        child.Wait(out ExitStatus status);
        Assert.Equal(0, status.Signal);
        return status.Code;
    }
}
