using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Tests.Unit.Base;

public class TimerQueueTests
{
    private readonly TimerQueue _queue = new();
    private readonly Recorder _recorder = new();

    [Fact]
    public void Timers_fire_in_the_order_of_their_deadlines()
    {
        TimerHandle late = _queue.Register(_recorder, 1);
        TimerHandle early = _queue.Register(_recorder, 2);
        TimerHandle middle = _queue.Register(_recorder, 3);
        _queue.Arm(late, new Instant(30));
        _queue.Arm(early, new Instant(10));
        _queue.Arm(middle, new Instant(20));
        FireAll(new Instant(25));
        Assert.Equal([(2, 10L), (3, 20L)], _recorder.Fired);
        Assert.True(_queue.TryPeek(out Instant next));
        Assert.Equal(new Instant(30), next);
    }

    [Fact]
    public void Equal_deadlines_fire_in_the_order_in_which_they_were_armed()
    {
        TimerHandle[] timers = [.. Enumerable.Range(0, 40).Select(name => _queue.Register(_recorder, name))];
        int[] order = [.. Enumerable.Range(0, 40).OrderBy(name => name * 7 % 40)];
        foreach (int name in order)
            _queue.Arm(timers[name], new Instant(5));
        FireAll(new Instant(5));
        Assert.Equal(order, _recorder.Fired.Select(fired => fired.Name));
    }

    [Fact]
    public void Timer_armed_again_moves_either_way()
    {
        TimerHandle a = _queue.Register(_recorder, 1);
        TimerHandle b = _queue.Register(_recorder, 2);
        _queue.Arm(a, new Instant(10));
        _queue.Arm(b, new Instant(20));
        _queue.Arm(a, new Instant(30));
        Assert.Equal(2, _queue.ArmedCount);
        FireAll(new Instant(25));
        Assert.Equal([(2, 20L)], _recorder.Fired);
        _queue.Arm(a, new Instant(1));
        FireAll(new Instant(25));
        Assert.Equal([(2, 20L), (1, 1L)], _recorder.Fired);
        Assert.False(_queue.IsArmed(a));
    }

    [Fact]
    public void Disarmed_timer_does_not_fire_and_may_be_disarmed_twice()
    {
        TimerHandle timer = _queue.Register(_recorder, 1);
        _queue.Arm(timer, new Instant(1));
        _queue.Disarm(timer);
        _queue.Disarm(timer);
        Assert.False(_queue.TryFire(new Instant(100)));
        Assert.False(_queue.TryPeek(out Instant next));
        Assert.Equal(Instant.MaxValue, next);
    }

    [Fact]
    public void Unregistered_slot_is_used_again_and_never_armed()
    {
        TimerHandle old = _queue.Register(_recorder, 1);
        _queue.Arm(old, new Instant(1));
        _queue.Unregister(old);
        Assert.Equal(0, _queue.ArmedCount);
        Assert.Throws<InvariantException>(() => _queue.Arm(old, new Instant(1)));
        TimerHandle next = _queue.Register(_recorder, 2);
        Assert.Equal(old, next);
        Assert.False(_queue.IsArmed(next));
    }

    [Fact]
    public void Random_use_agrees_with_a_sorted_list()
    {
        Prng random = new(42);
        const int Count = 200;
        TimerHandle[] timers = [.. Enumerable.Range(0, Count).Select(name => _queue.Register(_recorder, name))];
        Dictionary<int, (long Deadline, int Order)> model = [];
        for (int step = 0; step < 20_000; step++)
        {
            int name = random.Next(Count);
            switch (random.Next(4))
            {
                case 0:
                    _queue.Disarm(timers[name]);
                    model.Remove(name);
                    break;
                case 1 when model.Count > 0:
                    KeyValuePair<int, (long Deadline, int Order)> first = model.MinBy(entry => entry.Value);
                    Assert.False(_queue.TryFire(new Instant(first.Value.Deadline - 1)));
                    Assert.True(_queue.TryFire(new Instant(first.Value.Deadline)));
                    Assert.Equal((first.Key, first.Value.Deadline), _recorder.Fired[^1]);
                    model.Remove(first.Key);
                    break;
                default:
                    long deadline = random.Next(50);
                    _queue.Arm(timers[name], new Instant(deadline));
                    model[name] = (deadline, step);
                    break;
            }
            Assert.Equal(model.Count, _queue.ArmedCount);
            long earliest = model.Count == 0 ? long.MaxValue : model.Values.Min().Deadline;
            Assert.True(_queue.EarliestPossible.Nanoseconds <= earliest);
            // Not every time: looking is what puts timers where they belong.
            if (step % 7 != 0)
                continue;
            Assert.Equal(model.Count > 0, _queue.TryPeek(out Instant deadlineSeen));
            Assert.Equal(earliest, deadlineSeen.Nanoseconds);
            Assert.Equal(earliest, _queue.EarliestPossible.Nanoseconds);
        }
    }

    [Fact]
    public void Timer_that_is_put_off_stays_where_it_is_until_somebody_looks()
    {
        TimerHandle timer = _queue.Register(_recorder, 1);
        _queue.Arm(timer, new Instant(10));
        _queue.Arm(timer, new Instant(30));
        Assert.Equal(new Instant(10), _queue.EarliestPossible);
        Assert.False(_queue.TryFire(new Instant(29)));
        Assert.Equal(new Instant(30), _queue.EarliestPossible);
        Assert.True(_queue.TryFire(new Instant(30)));
        Assert.Equal(Instant.MaxValue, _queue.EarliestPossible);
    }

    [Fact]
    public void Arming_and_firing_allocate_nothing()
    {
        Counter counter = new();
        TimerHandle timer = _queue.Register(counter, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            _queue.Arm(timer, new Instant(i));
            _queue.TryFire(new Instant(i));
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1000, counter.Count);
    }

    private void FireAll(Instant now)
    {
        while (_queue.TryFire(now))
        {
        }
    }

    private sealed class Recorder : ITimerOwner
    {
        public List<(int Name, long Deadline)> Fired { get; } = [];

        public void OnTimer(int name, Instant deadline, Instant now) => Fired.Add((name, deadline.Nanoseconds));
    }

    private sealed class Counter : ITimerOwner
    {
        public int Count { get; private set; }

        public void OnTimer(int name, Instant deadline, Instant now) => Count++;
    }
}
