using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Tests.Linux.Loop;

public sealed class EventLoopTests : IDisposable
{
    private readonly LoopFixture _fixture = new();

    private EventLoop Loop => _fixture.Loop;
    private List<string> Diary => _fixture.Diary;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Timer_due_in_5_ms_fires_not_before_and_its_lateness_is_recorded()
    {
        Instant firedAt = default;
        Instant deadline = default;
        _fixture.OnTimer = (_, due, now) => (deadline, firedAt) = (due, now);
        _fixture.Arm(1, Duration.FromMilliseconds(5));
        while (Diary.Count == 0)
            Assert.Equal(Errno.None, Loop.Turn());

        Assert.True(firedAt >= deadline);
        Assert.Equal(1, Loop.Lateness.Count);
        Assert.Equal(firedAt - deadline, Loop.Lateness.Last);
        Assert.Equal(firedAt - deadline, Loop.Lateness.Max);
    }

    [Fact]
    public void Timer_that_is_late_by_20_ms_is_recorded_as_such()
    {
        _fixture.Arm(1, Duration.FromMilliseconds(1));
        LoopFixture.Spin(Duration.FromMilliseconds(21));
        Loop.Turn();

        Assert.True(Loop.Lateness.Max >= Duration.FromMilliseconds(20), $"{Loop.Lateness.Max} s");
        Assert.Equal(1, Loop.Lateness.Buckets[15..].ToArray().Sum());
    }

    [Fact]
    public void Input_and_timer_at_the_same_time_input_is_read_first()
    {
        PairSource peer = _fixture.AddPair("input");
        _fixture.Arm(1, Duration.Zero);
        peer.Send(3);
        Loop.Turn();

        Assert.Equal(["input", "input", "input", "timer 1"], Diary);
    }

    [Fact]
    public void Input_that_arrives_while_other_input_is_read_is_read_before_a_timer_that_became_due()
    {
        PairSource slow = _fixture.AddPair("slow");
        PairSource peer = _fixture.AddPair("peer");
        _fixture.Arm(1, Duration.FromMilliseconds(2));
        slow.OnMessage = _ =>
        {
            LoopFixture.Spin(Duration.FromMilliseconds(4));
            peer.Send();
        };
        slow.Send();
        Loop.Turn();

        Assert.Equal(["slow", "peer", "timer 1"], Diary);
    }

    [Fact]
    public void Timer_that_a_peers_message_moves_does_not_fire_though_it_was_due()
    {
        // The router that slept: its peer's advertisement is waiting, and the down timer has run out long ago.
        PairSource peer = _fixture.AddPair("advert");
        TimerHandle down = _fixture.Arm(1, Duration.FromMilliseconds(1));
        peer.OnMessage = _ => Loop.Timers.Arm(down, Loop.Now + Duration.FromSeconds(3));
        peer.Send();
        LoopFixture.Spin(Duration.FromMilliseconds(5));
        Loop.Turn();

        Assert.Equal(["advert"], Diary);
        Assert.Equal(0, Loop.Lateness.Count);
    }

    [Fact]
    public void Commands_are_read_after_all_input_whatever_the_order_of_adding()
    {
        PairSource command = _fixture.AddPair("command", SourceOrder.AfterInput);
        PairSource first = _fixture.AddPair("first");
        PairSource second = _fixture.AddPair("second");
        command.Send();
        first.Send(40);
        second.Send();
        Loop.Turn();

        Assert.Equal("command", Diary[^1]);
        Assert.Equal(42, Diary.Count);
    }

    [Fact]
    public void Turn_ends_with_its_hooks_after_input_and_timers()
    {
        Loop.AddTurnEnd(_fixture);
        PairSource peer = _fixture.AddPair("input");
        _fixture.Arm(1, Duration.Zero);
        peer.Send();
        Loop.Turn();

        Assert.Equal(["input", "timer 1", "end"], Diary);
    }

    [Fact]
    public void Turn_begins_with_its_hooks_before_input_and_timers()
    {
        Loop.AddTurnStart(_fixture);
        PairSource peer = _fixture.AddPair("input");
        _fixture.Arm(1, Duration.Zero);
        peer.Send();
        Loop.Turn();

        // Once more before the timers: input is looked for again.
        Assert.Equal(["start", "input", "start", "timer 1"], Diary);
    }

    [Fact]
    public void Stop_requested_by_a_source_ends_the_run_after_the_hooks_without_firing_timers()
    {
        Loop.AddTurnEnd(_fixture);
        PairSource peer = _fixture.AddPair("input");
        _fixture.Arm(1, Duration.Zero);
        peer.OnMessage = _ => Loop.RequestStop();
        peer.Send();

        Assert.Equal(Errno.None, Loop.Run());
        Assert.Equal(["input", "end"], Diary);
    }

    [Fact]
    public void Source_removed_by_another_in_the_same_turn_is_not_called()
    {
        PairSource first = _fixture.AddPair("first");
        PairSource second = _fixture.AddPair("second");
        first.OnMessage = _ => Loop.Remove(second.ReadEnd);
        second.OnMessage = _ => Loop.Remove(first.ReadEnd);
        first.Send();
        second.Send();
        Loop.Turn();
        Loop.Turn(mayWait: false);

        Assert.Single(Diary);
    }

    [Fact]
    public void Source_that_takes_the_place_of_a_removed_one_does_not_get_its_event()
    {
        PairSource first = _fixture.AddPair("first");
        PairSource second = _fixture.AddPair("second");
        PairSource? third = null;
        void Replace(PairSource other)
        {
            Loop.Remove(other.ReadEnd);
            third ??= _fixture.AddPair("third");
        }
        first.OnMessage = _ => Replace(second);
        second.OnMessage = _ => Replace(first);
        first.Send();
        second.Send();
        Loop.Turn();

        Assert.Single(Diary);
        Assert.Equal(0, third!.LargestBudget);
        third.Send();
        Loop.Turn();
        Assert.Equal("third", Diary[1]);
    }

    [Fact]
    public void Many_sources_added_from_within_a_turn_are_all_heard()
    {
        PairSource first = _fixture.AddPair("x");
        first.OnMessage = _ =>
        {
            for (int i = 0; i < 100; i++)
                _fixture.AddPair("x").Send();
        };
        first.Send();
        Loop.Turn();
        Loop.Turn();

        Assert.Equal(101, Diary.Count);
    }

    [Fact]
    public unsafe void Hang_up_calls_the_source_which_can_remove_itself()
    {
        int* ends = stackalloc int[2];
        Assert.Equal(0, pipe2(ends, O_CLOEXEC));
        HangUpSource source = new(Loop, ends[0]);
        Loop.Add(source.Fd, source);
        close(ends[1]);
        Loop.Turn();
        Loop.Turn(mayWait: false);
        close(ends[0]);

        Assert.Equal(1, source.CallCount);
    }

    [Fact]
    public void Add_of_a_regular_file_gives_the_kernels_EPERM_and_keeps_nothing()
    {
        using FileStream file = File.OpenRead(Environment.ProcessPath!);
        int fd = (int)file.SafeFileHandle.DangerousGetHandle();
        HangUpSource source = new(Loop, fd);

        Assert.Equal(Errno.EPERM, Loop.Add(fd, source));
        Assert.Equal(Errno.ENOENT, Loop.Remove(fd));
    }

    [Fact]
    public void Remove_after_close_tells_EBADF_and_forgets_it_all_the_same()
    {
        PairSource source = _fixture.AddPair("gone");
        close(source.ReadEnd);

        Assert.Equal(Errno.EBADF, Loop.Remove(source.ReadEnd));
        Assert.Equal(Errno.ENOENT, Loop.Remove(source.ReadEnd));
    }

    [Fact]
    public void Timer_that_is_put_off_wakes_the_loop_once_for_nothing_and_fires_in_time()
    {
        Instant start = Loop.Now;
        TimerHandle down = _fixture.Arm(1, Duration.FromMilliseconds(20));
        Loop.Turn(mayWait: false);
        for (int later = 21; later <= 60; later++)
        {
            Loop.Timers.Arm(down, start + Duration.FromMilliseconds(later));
            Loop.Turn(mayWait: false);
        }
        long turns = Loop.TurnCount;
        while (Diary.Count == 0 && Loop.TurnCount < turns + 10)
            Loop.Turn();

        Assert.Equal(["timer 1"], Diary);
        Assert.InRange(Loop.TurnCount - turns, 1, 2);
        Assert.True(Loop.Now - start >= Duration.FromMilliseconds(60));
        Assert.Equal(1, Loop.Lateness.Count);
    }

    [Fact]
    public void Disarmed_timer_does_not_fire_nor_keep_the_loop_awake()
    {
        TimerHandle early = _fixture.Arm(1, Duration.FromMilliseconds(2));
        Loop.Turn(mayWait: false);
        Loop.Timers.Disarm(early);
        _fixture.Arm(2, Duration.FromMilliseconds(30));
        long turns = Loop.TurnCount;
        while (Diary.Count == 0 && Loop.TurnCount < turns + 10)
            Loop.Turn();

        Assert.Equal(["timer 2"], Diary);
        Assert.InRange(Loop.TurnCount - turns, 1, 2);
    }

    [Fact]
    public void Periodic_timer_keeps_its_cadence_without_drift()
    {
        const int count = 50;
        TimerHandle timer = default;
        Instant start = Loop.Now;
        _fixture.OnTimer = (_, due, _) =>
        {
            if (Diary.Count < count)
                Loop.Timers.Arm(timer, due + Duration.FromMilliseconds(2));
            else
                Loop.RequestStop();
        };
        timer = _fixture.Arm(1, Duration.FromMilliseconds(2));
        Loop.Run();
        Duration took = Loop.Now - start;

        Assert.True(took >= Duration.FromMilliseconds(2 * count), $"{took} s");
        Assert.True(took < Duration.FromMilliseconds(4 * count), $"{took} s");
    }

    [Fact]
    public void Turn_without_anything_to_do_returns_when_it_may_not_wait()
    {
        Assert.Equal(Errno.None, Loop.Turn(mayWait: false));
        Assert.Equal(1, Loop.TurnCount);
    }

    private sealed unsafe class HangUpSource(EventLoop loop, int fd) : IEventSource
    {
        public int Fd => fd;
        public int CallCount { get; private set; }

        public DrainResult OnReadable(Instant now, int budget)
        {
            CallCount++;
            byte one;
            Assert.Equal(0, (long)read(Fd, &one, 1));
            Assert.Equal(Errno.None, loop.Remove(Fd));
            return DrainResult.Empty(0);
        }
    }
}
