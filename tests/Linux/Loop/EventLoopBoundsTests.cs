using System.Runtime.InteropServices;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Tests.Linux.Loop;

/// <summary>Nobody starves, nothing is allocated, and a signal does not end the wait for good.</summary>
public sealed class EventLoopBoundsTests
{
    private static readonly EventLoopLimits Small = new(Slice: 4, InputPerTurn: 20, TimersPerTurn: 8);

    [Fact]
    public void Source_that_is_always_readable_does_not_starve_timers()
    {
        using LoopFixture fixture = new(Small);
        using AlwaysReadable flood = new(fixture.Loop);
        int fired = 0;
        TimerHandle timer = default;
        fixture.OnTimer = (_, due, _) =>
        {
            fired++;
            fixture.Loop.Timers.Arm(timer, due + Duration.FromNanoseconds(1));
        };
        timer = fixture.Arm(1, Duration.Zero);
        for (int i = 0; i < 100; i++)
            fixture.Loop.Turn();

        Assert.Equal(100 * Small.TimersPerTurn, fired);
        Assert.Equal(100 * Small.InputPerTurn, flood.Taken);
        Assert.Equal(fixture.Loop.TurnCount, fixture.Loop.InputBudgetExhaustedCount);
    }

    [Fact]
    public void Source_that_is_always_readable_leaves_the_others_their_slice_in_the_same_turn()
    {
        using LoopFixture fixture = new(Small);
        using AlwaysReadable flood = new(fixture.Loop);
        PairSource quiet = fixture.AddPair("quiet");
        PairSource command = fixture.AddPair("command", SourceOrder.AfterInput);
        quiet.Send(3);
        command.Send();
        fixture.Loop.Turn();

        Assert.Equal(["quiet", "quiet", "quiet", "command"], fixture.Diary);
        Assert.InRange(flood.Taken, 1, Small.InputPerTurn - 3);
    }

    [Fact]
    public void Input_is_taken_in_slices_round_robin()
    {
        using LoopFixture fixture = new(Small);
        PairSource a = fixture.AddPair("a");
        PairSource b = fixture.AddPair("b");
        a.Send(6);
        b.Send(6);
        fixture.Loop.Turn();

        Assert.Equal("aaaabbbbaabb", string.Concat(fixture.Diary));
        Assert.Equal(Small.Slice, a.LargestBudget);
    }

    [Fact]
    public void Timer_that_arms_itself_in_the_past_does_not_starve_input()
    {
        using LoopFixture fixture = new(Small);
        TimerHandle timer = default;
        PairSource peer = fixture.AddPair("input");
        fixture.OnTimer = (_, due, _) => fixture.Loop.Timers.Arm(timer, due);
        timer = fixture.Arm(1, Duration.Zero);
        fixture.Loop.Turn();
        Assert.Equal(Small.TimersPerTurn, fixture.Diary.Count);

        fixture.Diary.Clear();
        peer.Send();
        fixture.Loop.Turn();
        Assert.Equal("input", fixture.Diary[0]);
        Assert.Equal(1 + Small.TimersPerTurn, fixture.Diary.Count);
    }

    [Fact]
    public void Source_that_says_more_without_taking_anything_does_not_hang_the_turn()
    {
        using LoopFixture fixture = new(Small);
        using AlwaysReadable liar = new(fixture.Loop) { TakesNothing = true };
        fixture.Loop.Turn();

        Assert.Equal(Small.InputPerTurn, liar.CallCount);
    }

    [Fact]
    public unsafe void Turns_with_input_timers_and_hooks_allocate_nothing()
    {
        using LoopFixture fixture = new();
        (int readEnd, int writeEnd) = fixture.OpenPair();
        Quiet quiet = new(fixture.Loop, readEnd, writeEnd);
        for (int i = 0; i < 100; i++)
            fixture.Loop.Turn();
        long turns = fixture.Loop.TurnCount;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            fixture.Loop.Turn();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal(turns + 1000, fixture.Loop.TurnCount);
        Assert.True(quiet.TimerCount > 500 && quiet.MessageCount > 500);
    }

    [Fact]
    public void Signal_handler_that_interrupts_the_wait_does_not_end_the_turn_with_an_error()
    {
        using PosixSignalRegistration handler = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, context => context.Cancel = true);
        using LoopFixture fixture = new();
        int tid = 0;
        Errno result = Errno.EIO;
        Thread thread = new(() =>
        {
            Volatile.Write(ref tid, (int)Libc.syscall(186 /* gettid, x64 */, 0, 0, 0, 0, 0, 0));
            result = fixture.Loop.Turn();
        });
        thread.Start();
        for (int i = 0; i < 500 && thread.IsAlive; i++)
        {
            Thread.Sleep(10);
            if (Volatile.Read(ref tid) != 0)
                Libc.syscall(234 /* tgkill, x64 */, SystemInfo.ProcessId, tid, 28 /* SIGWINCH */, 0, 0, 0);
        }
        thread.Join();

        Assert.Equal(Errno.None, result);
        Assert.Equal(1, fixture.Loop.TurnCount);
    }

    /// <summary>An eventfd that nobody resets.</summary>
    private sealed class AlwaysReadable : IEventSource, IDisposable
    {
        private readonly int _fd = eventfd(1, 0);

        public AlwaysReadable(EventLoop loop) => Assert.Equal(Errno.None, loop.Add(_fd, this));

        public bool TakesNothing { get; init; }
        public int Taken { get; private set; }
        public int CallCount { get; private set; }

        public DrainResult OnReadable(Instant now, int budget)
        {
            CallCount++;
            Taken += TakesNothing ? 0 : budget;
            return DrainResult.More(TakesNothing ? 0 : budget);
        }

        public void Dispose() => close(_fd);
    }

    /// <summary>Sends itself a message from a timer and arms the timer at the turn's end: all of the loop's ways, without garbage.</summary>
    private sealed unsafe class Quiet : IEventSource, ITimerOwner, ITurnEnd
    {
        private readonly EventLoop _loop;
        private readonly int _readEnd;
        private readonly int _writeEnd;
        private readonly TimerHandle _timer;

        public Quiet(EventLoop loop, int readEnd, int writeEnd)
        {
            (_loop, _readEnd, _writeEnd) = (loop, readEnd, writeEnd);
            Assert.Equal(Errno.None, loop.Add(readEnd, this));
            loop.AddTurnEnd(this);
            _timer = loop.Timers.Register(this, 1);
            loop.Timers.Arm(_timer, loop.Now);
        }

        public int TimerCount { get; private set; }
        public int MessageCount { get; private set; }

        public DrainResult OnReadable(Instant now, int budget)
        {
            byte one;
            while (read(_readEnd, &one, 1) == 1)
                MessageCount++;
            return DrainResult.Empty(1);
        }

        public void OnTimer(int name, Instant deadline, Instant now)
        {
            TimerCount++;
            byte one = 1;
            write(_writeEnd, &one, 1);
        }

        public void OnTurnEnd(Instant now)
        {
            if (!_loop.Timers.IsArmed(_timer))
                _loop.Timers.Arm(_timer, now + Duration.FromMicroseconds(100));
        }
    }
}
