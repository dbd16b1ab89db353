using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Time;

namespace KeepalivedAot.Simulation.Network;

/// <summary>A network that everybody on it hears: a switch and its cables.</summary>
/// <param name="seed">What chance does here depends on it, and on the names of the ports.</param>
/// <param name="changed">Is told when a way is better or worse.</param>
internal sealed class Segment(string name, Schedule schedule, ulong seed, Action<Segment>? changed = null)
{
    // As much as it takes for a packet or two to overtake.
    private static readonly Duration HeldBack = Duration.FromMilliseconds(20);

    private readonly List<Port> _ports = [];

    // By the number of the port from which, and to which.
    private readonly List<List<Way?>> _ways = [];

    public string Name => name;

    public IReadOnlyList<Port> Ports => _ports;

    /// <summary>The longest that a packet has been able to take here so far: what was sent then may still be under way.</summary>
    public Duration Slowest { get; private set; } = PathQuality.Good.Delay;

    /// <summary>How many packets have been brought to somebody.</summary>
    public long Carried { get; private set; }

    public void Plug(Port port)
    {
        port.Number = _ports.Count;
        List<Way?> ways = [];
        foreach (Port other in _ports)
        {
            ways.Add(new Way(Chance.For(seed, $"{name} {port.Name}>{other.Name}")));
            _ways[other.Number].Add(new Way(Chance.For(seed, $"{name} {other.Name}>{port.Name}")));
        }
        ways.Add(null);
        _ways.Add(ways);
        _ports.Add(port);
        port.Segment = this;
    }

    public PathQuality QualityOf(Port from, Port to) => Between(from, to).Quality;

    /// <summary>Whatever else is wrong with it, a fault makes a way worse until it is taken back.</summary>
    public void Worsen(Port from, Port to, object fault, Func<PathQuality, PathQuality> change)
    {
        Way way = Between(from, to);
        way.Faults.Add((fault, change));
        Become(way, way.Worsened);
    }

    /// <summary>A fault is over. When it was healed before, nothing changes.</summary>
    public void Recover(Port from, Port to, object fault)
    {
        Way way = Between(from, to);
        if (way.Faults.RemoveAll(one => ReferenceEquals(one.Fault, fault)) > 0)
            Become(way, way.Worsened);
    }

    /// <summary>It is so, whatever was wrong before. What is under way already arrives as it would have.</summary>
    public void SetQuality(Port from, Port to, PathQuality quality)
    {
        Way way = Between(from, to);
        way.Faults.Clear();
        way.Usual = quality;
        Become(way, quality);
    }

    private void Become(Way way, PathQuality quality)
    {
        way.Quality = quality;
        Slowest = Duration.Max(Slowest, quality.Delay + quality.Jitter + (quality.Reordering > 0 ? HeldBack : Duration.Zero));
        changed?.Invoke(this);
    }

    internal void Send(Port from, Packet packet)
    {
        List<Way?> ways = _ways[from.Number];
        for (int to = 0; to < ways.Count; to++)
        {
            if (ways[to] is { } way)
                Carry(way, _ports[to], packet);
        }
    }

    private Way Between(Port from, Port to) => _ways[from.Number][to.Number] ?? throw new ArgumentException($"{from.Name} needs no way to itself", nameof(to));

    private void Carry(Way way, Port to, Packet packet)
    {
        PathQuality quality = way.Quality;
        if (quality.IsCut || way.Chance.Happens(quality.Loss))
            return;
        Arrive(way, to, packet);
        if (way.Chance.Happens(quality.Duplication))
            Arrive(way, to, packet);
    }

    private void Arrive(Way way, Port to, Packet packet)
    {
        PathQuality quality = way.Quality;
        Instant at = schedule.Now + quality.Delay + way.Chance.UpTo(quality.Jitter);
        if (way.Chance.Happens(quality.Reordering))
            at += HeldBack;
        // Jitter alone reorders nothing: a queue is a queue.
        else if (at < way.LastArrival)
            at = way.LastArrival;
        else
            way.LastArrival = at;
        Carried++;
        schedule.At(at, () => to.Receive(packet));
    }

    private sealed class Way(Chance chance)
    {
        public Chance Chance => chance;

        /// <summary>Of now.</summary>
        public PathQuality Quality { get; set; } = PathQuality.Good;

        /// <summary>Without any fault.</summary>
        public PathQuality Usual { get; set; } = PathQuality.Good;

        public List<(object Fault, Func<PathQuality, PathQuality> Change)> Faults { get; } = [];

        public PathQuality Worsened => Faults.Aggregate(Usual, static (quality, one) => one.Change(quality));

        public Instant LastArrival { get; set; }
    }
}
