using System.Diagnostics;
using System.Runtime.InteropServices;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Tests.Linux.Process;

/// <summary>The process connector of this machine's kernel; the tests run in its first network namespace, where it works.</summary>
public sealed unsafe class ProcessEventsTests : IProcessObserver
{
    private readonly List<string> _heard = [];

    void IProcessObserver.OnSubscribed(Instant now) => _heard.Add("subscribed");

    void IProcessObserver.OnRefused(Errno error, Instant now) => _heard.Add($"refused {error}");

    void IProcessObserver.OnForked(int parent, int child, Instant now) => _heard.Add($"forked {parent} {child}");

    void IProcessObserver.OnRenamed(int pid, Instant now) => _heard.Add($"renamed {pid}");

    void IProcessObserver.OnExited(int pid, Instant now) => _heard.Add($"exited {pid}");

    void IProcessObserver.OnLost(Errno error, Instant now) => _heard.Add($"lost {error}");

    [Fact]
    public void OnReadable_childRuns_isForkedRenamedAndExitedInThisOrder()
    {
        OsError failure = ProcessEvents.Open(this, ProcessEvents.DefaultReceiveBufferBytes, out ProcessEvents? opened);
        Assert.SkipWhen(failure.Errno is Errno.EPROTONOSUPPORT or Errno.ECONNREFUSED, $"this kernel has no process connector here: {failure}");
        Assert.False(failure.IsError, failure.ToString());
        using ProcessEvents events = opened!;
        Assert.True(Drain(events, () => _heard.Contains("subscribed")), "the subscription is confirmed");

        using System.Diagnostics.Process shell = System.Diagnostics.Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", "sleep 0.01 & echo $!; wait; exit 3"]) { RedirectStandardOutput = true })!;
        int child = int.Parse(shell.StandardOutput.ReadLine()!);
        Assert.True(Drain(events, () => _heard.Contains($"exited {shell.Id}")), "the shell's end is reported");
        Assert.Equal(
            [$"forked {shell.Id} {child}", $"renamed {child}", $"exited {child}"],
            _heard.Where(line => line.EndsWith($" {child}", StringComparison.Ordinal)).Distinct());
    }

    [Fact]
    public void OnReadable_threads_areNotReported()
    {
        OsError failure = ProcessEvents.Open(this, ProcessEvents.DefaultReceiveBufferBytes, out ProcessEvents? opened);
        Assert.SkipWhen(failure.Errno is Errno.EPROTONOSUPPORT or Errno.ECONNREFUSED, $"this kernel has no process connector here: {failure}");
        using ProcessEvents events = opened!;
        Drain(events, () => _heard.Contains("subscribed"));
        // Other tests start processes meanwhile, so the threads are known by their numbers.
        List<int> threads = [];
        for (int i = 0; i < 20; i++)
        {
            Thread thread = new(() => threads.Add(int.Parse(Path.GetFileName(new FileInfo("/proc/thread-self").LinkTarget!))));
            thread.Start();
            thread.Join();
        }
        using System.Diagnostics.Process last = System.Diagnostics.Process.Start("/bin/true");
        Assert.True(Drain(events, () => _heard.Contains($"exited {last.Id}")));
        Assert.DoesNotContain($"exited {Environment.ProcessId}", _heard);
        Assert.Equal(20, threads.Count);
        Assert.DoesNotContain(_heard, line => threads.Exists(thread => line.EndsWith($" {thread}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Report_everyLength_isReadOrDropped()
    {
        OsError failure = ProcessEvents.Open(this, 1 << 16, out ProcessEvents? opened);
        Assert.SkipWhen(failure.IsError, $"this kernel has no process connector here: {failure}");
        using ProcessEvents events = opened!;
        byte[] datagram = new byte[Libc.ConnectorHeaderLength + sizeof(proc_event)];
        MemoryMarshal.Write(datagram.AsSpan(sizeof(nlmsghdr)), new cn_msg { idx = Libc.CN_IDX_PROC, val = Libc.CN_VAL_PROC });
        MemoryMarshal.Write(
            datagram.AsSpan(Libc.ConnectorHeaderLength), new proc_event { what = Libc.PROC_EVENT_FORK, first = 6, second = 5, third = 9, fourth = 9 });
        for (int length = 0; length < datagram.Length; length++)
            events.Report(datagram.AsSpan(0, length), default);
        Assert.Empty(_heard);
        events.Report(datagram, default);
        Assert.Equal(["forked 5 9"], _heard);
        // A thread, and somebody else's connector.
        datagram[^1] ^= 1;
        events.Report(datagram, default);
        datagram[^1] ^= 1;
        datagram[sizeof(nlmsghdr)] ^= 1;
        events.Report(datagram, default);
        Assert.Single(_heard);
    }

    private static bool Drain(ProcessEvents events, Func<bool> until)
        => SpinWait.SpinUntil(
            () =>
            {
                events.OnReadable(default, 64);
                return until();
            },
            TimeSpan.FromSeconds(10));
}
