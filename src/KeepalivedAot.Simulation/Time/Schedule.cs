using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Simulation.Time;

/// <summary>What is to happen in a simulated world, in the order of its times; of equal times, in the order in which it was planned.</summary>
/// <remarks>Nothing else moves the world, so that one plan is one run.</remarks>
internal sealed class Schedule
{
    private readonly PriorityQueue<Action, (Instant At, long Number)> _plan = new(new Order());
    private long _planned;

    /// <summary>The true time, which no host knows: since the world began.</summary>
    public Instant Now { get; private set; }

    /// <summary>How much has happened.</summary>
    public long Done { get; private set; }

    /// <param name="at">Not in the past: what is late happens now.</param>
    public void At(Instant at, Action what) => _plan.Enqueue(what, (at > Now ? at : Now, _planned++));

    public void After(Duration delay, Action what) => At(Now + delay, what);

    /// <summary>Lets everything happen up to a time, that included, which it is afterwards.</summary>
    public void RunUntil(Instant until)
    {
        while (_plan.TryPeek(out Action? what, out (Instant At, long Number) next) && next.At <= until)
        {
            _plan.Dequeue();
            Now = next.At;
            Done++;
            what();
        }
        if (until > Now)
            Now = until;
    }

    // It is asked more often than anything else.
    private sealed class Order : IComparer<(Instant At, long Number)>
    {
        public int Compare((Instant At, long Number) x, (Instant At, long Number) y)
        {
            int byTime = x.At.Nanoseconds.CompareTo(y.At.Nanoseconds);
            return byTime != 0 ? byTime : x.Number.CompareTo(y.Number);
        }
    }
}
