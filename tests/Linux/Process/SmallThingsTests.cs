using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Tests.Linux.Process;

public sealed class SmallThingsTests
{
    [Fact]
    public void Kernel_and_host_name_are_those_of_proc()
    {
        Assert.Equal(File.ReadAllText("/proc/sys/kernel/osrelease").Trim(), SystemInfo.Kernel.Release);
        Assert.Equal(File.ReadAllText("/proc/sys/kernel/version").Trim(), SystemInfo.Kernel.Version);
        Assert.Equal(File.ReadAllText("/proc/sys/kernel/hostname").Trim(), SystemInfo.HostName);
        Assert.Equal(Environment.ProcessId, SystemInfo.ProcessId);
    }

    [Fact]
    public void Uptime_is_that_of_proc()
    {
        double expected = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(SystemInfo.Uptime.WholeMilliseconds / 1000.0, expected - 0.1, expected + 2);
    }

    [Fact]
    public void Capabilities_are_those_of_proc()
    {
        // Of this thread: capabilities are a thread's.
        string line = File.ReadAllLines("/proc/thread-self/status").First(text => text.StartsWith("CapEff", StringComparison.Ordinal));
        Assert.Equal(Errno.None, Capabilities.TryRead(out Capabilities capabilities));
        Assert.Equal(Convert.ToUInt64(line.Split('\t')[1], 16), capabilities.Effective);
    }

    [Fact]
    public void RealtimeScheduling_of_a_priority_out_of_range_is_EINVAL()
        => Assert.Equal(Errno.EINVAL, RealtimeScheduling.Enable(RealtimeScheduling.HighestPriority + 1));

    [Fact]
    public void ProcessorSlice_isTheThreadsOwn()
    {
        Errno error = Errno.EINVAL;
        Duration here = default;
        Thread other = new(() =>
        {
            error = ProcessorSlice.Set(ProcessorSlice.Shortest);
            ProcessorSlice.Get(out here);
        });
        other.Start();
        other.Join();
        Assert.Equal(Errno.None, error);
        Assert.Equal(Errno.None, ProcessorSlice.Get(out Duration elsewhere));
        if (Environment.OSVersion.Version >= new Version(6, 12))
            Assert.Equal(ProcessorSlice.Shortest, here);
        Assert.NotEqual(ProcessorSlice.Shortest, elsewhere);
    }

    [Fact]
    public void CpuUsage_grows()
    {
        CpuUsage before = SystemInfo.OwnCpuUsage;
        Loop.LoopFixture.Spin(Duration.FromMilliseconds(50));
        CpuUsage after = SystemInfo.OwnCpuUsage;
        Assert.True(after.User + after.System > before.User + before.System);
    }

    [Fact]
    public void OsError_reads_as_call_subject_and_reason()
    {
        Assert.Equal("open /x: Permission denied", new OsError("open", "/x", Errno.EACCES).ToString());
        Assert.Equal("signalfd: Invalid argument", new OsError("signalfd", "", Errno.EINVAL).ToString());
    }
}
