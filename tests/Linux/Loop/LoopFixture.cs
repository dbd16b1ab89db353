using System.Diagnostics;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Tests.Linux.Loop;

/// <summary>A loop, socket pairs on it, and a diary of who was called in which order.</summary>
internal sealed class LoopFixture : ITimerOwner, ITurnStart, ITurnEnd, IDisposable
{
    private readonly List<int> _descriptors = [];
    private readonly List<PairSource> _sources = [];

    public LoopFixture() : this(EventLoopLimits.Default)
    {
    }

    public LoopFixture(EventLoopLimits limits)
    {
        Loop = EventLoop.Open(limits, out OsError error) ?? throw new InvalidOperationException(error.ToString());
    }

    public EventLoop Loop { get; }
    public List<string> Diary { get; } = [];
    public Action<int, Instant, Instant> OnTimer { get; set; } = (_, _, _) => { };

    public PairSource AddPair(string name, SourceOrder order = SourceOrder.Input)
    {
        PairSource source = new(name, Diary, OpenPair());
        Assert.Equal(Errno.None, Loop.Add(source.ReadEnd, source, order));
        _sources.Add(source);
        return source;
    }

    public unsafe (int Read, int Write) OpenPair()
    {
        int* ends = stackalloc int[2];
        Assert.Equal(0, socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends));
        _descriptors.Add(ends[0]);
        _descriptors.Add(ends[1]);
        return (ends[0], ends[1]);
    }

    public TimerHandle Arm(int name, Duration fromNow)
    {
        TimerHandle timer = Loop.Timers.Register(this, name);
        Loop.Timers.Arm(timer, Loop.Now + fromNow);
        return timer;
    }

    public static void Spin(Duration time)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalNanoseconds < time.Nanoseconds)
        {
        }
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        Diary.Add($"timer {name}");
        OnTimer(name, deadline, now);
    }

    void ITurnStart.OnTurnStart(Instant now) => Diary.Add("start");

    void ITurnEnd.OnTurnEnd(Instant now) => Diary.Add("end");

    public void Dispose()
    {
        Loop.Dispose();
        foreach (int fd in _descriptors)
            close(fd);
    }
}

/// <summary>One end of a datagram socket pair, read one message at a time.</summary>
internal sealed unsafe class PairSource(string name, List<string> diary, (int Read, int Write) ends) : IEventSource
{
    public int ReadEnd => ends.Read;
    public int WriteEnd => ends.Write;
    public int LargestBudget { get; private set; }
    public Action<PairSource> OnMessage { get; set; } = _ => { };

    public void Send(int count = 1)
    {
        byte message = 1;
        for (int i = 0; i < count; i++)
            Assert.Equal(1, (long)write(ends.Write, &message, 1));
    }

    public DrainResult OnReadable(Instant now, int budget)
    {
        LargestBudget = Math.Max(LargestBudget, budget);
        byte* buffer = stackalloc byte[16];
        for (int taken = 0; taken < budget; taken++)
        {
            if (read(ends.Read, buffer, 16) < 0)
                return DrainResult.Empty(taken);
            diary.Add(name);
            OnMessage(this);
        }
        return DrainResult.More(budget);
    }
}
