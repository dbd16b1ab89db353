using System.Text;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Tests.Linux.Process;

/// <summary>/proc against what .NET says of the same processes.</summary>
public sealed class ProcDirectoryTests
{
    [Fact]
    public void Next_allProcesses_hasThisOneAndAChildOnce()
    {
        using System.Diagnostics.Process child = System.Diagnostics.Process.Start("/bin/sleep", "30");
        List<int> found = All();
        child.Kill();
        Assert.Single(found, Environment.ProcessId);
        Assert.Single(found, child.Id);
        Assert.Single(found, 1);
        Assert.DoesNotContain(0, found);
    }

    [Fact]
    public void Read_child_hasItsNameAndCommandLine()
    {
        using System.Diagnostics.Process child = System.Diagnostics.Process.Start("/bin/sleep", "30");
        byte[] buffer = new byte[64];
        AwaitExec(child.Id);
        Assert.Equal(Errno.None, ProcDirectory.ReadName(child.Id, buffer, out int length));
        Assert.Equal("sleep", Encoding.UTF8.GetString(buffer, 0, length));
        Assert.Equal(Errno.None, ProcDirectory.ReadCommandLine(child.Id, buffer, out length));
        Assert.Equal("/bin/sleep\030\0", Encoding.UTF8.GetString(buffer, 0, length));
        Assert.Equal(Errno.None, ProcDirectory.ReadCommandLine(child.Id, buffer.AsSpan(0, 4), out length));
        Assert.Equal("/bin", Encoding.UTF8.GetString(buffer, 0, length));
        Assert.False(ProcDirectory.HasEnded(child.Id));
        child.Kill();
        child.WaitForExit();
        Assert.True(ProcDirectory.HasEnded(child.Id));
        Assert.Equal(Errno.ENOENT, ProcDirectory.ReadName(child.Id, buffer, out length));
        Assert.Equal(0, length);
    }

    [Fact]
    public void HasEnded_zombie_isTrue()
    {
        // The shell becomes a sleep, which does not await what the shell has started. That ends with its input, only then: a shell would await it.
        using System.Diagnostics.Process parent = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("/bin/sh", ["-c", "exec 3<&0; { read line <&3; } & echo $!; exec sleep 30"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
        int pid = int.Parse(parent.StandardOutput.ReadLine()!);
        AwaitExec(parent.Id);
        Assert.False(ProcDirectory.HasEnded(pid));
        parent.StandardInput.Close();
        bool isZombie = SpinWait.SpinUntil(() => ProcDirectory.HasEnded(pid) && Directory.Exists($"/proc/{pid}"), TimeSpan.FromSeconds(10));
        parent.Kill();
        Assert.True(isZombie);
    }

    [Fact]
    public void Search_again_allocatesNothing()
    {
        Assert.False(ProcDirectory.Open(out ProcDirectory? directory).IsError);
        using ProcDirectory opened = directory!;
        byte[] buffer = new byte[64];
        Search();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Search();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Search()
        {
            opened.Rewind();
            for (int pid = opened.Next(); pid != 0; pid = opened.Next())
            {
                ProcDirectory.ReadName(pid, buffer, out _);
                ProcDirectory.ReadCommandLine(pid, buffer, out _);
                ProcDirectory.HasEnded(pid);
            }
        }
    }

    private static List<int> All()
    {
        Assert.False(ProcDirectory.Open(out ProcDirectory? directory).IsError);
        using ProcDirectory opened = directory!;
        List<int> found = [];
        for (int pid = opened.Next(); pid != 0; pid = opened.Next())
            found.Add(pid);
        return found;
    }

    private static void AwaitExec(int pid)
        => SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{pid}/comm") == "sleep\n", TimeSpan.FromSeconds(10));
}
