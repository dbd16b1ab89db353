using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Time;

namespace KeepalivedAot.Simulation.Network;

/// <summary>A network that everybody on it hears: a switch and its cables.</summary>
/// <param name="seed">What chance does here depends on it, and on the names of the ports.</param>
internal sealed class Segment(string name, Schedule schedule, ulong seed)
{
    // As much as it takes for a packet or two to overtake.
    private static readonly Duration HeldBack = Duration.FromMilliseconds(20);

    private readonly List<Port> _ports = [];
    private readonly Dictionary<(Port From, Port To), Way> _ways = [];

    public string Name => name;

    public IReadOnlyList<Port> Ports => _ports;

    public void Plug(Port port)
    {
        foreach (Port other in _ports)
        {
            _ways.Add((port, other), new Way(Chance.For(seed, $"{name} {port.Name}>{other.Name}")));
            _ways.Add((other, port), new Way(Chance.For(seed, $"{name} {other.Name}>{port.Name}")));
        }
        _ports.Add(port);
        port.Segment = this;
    }

    public PathQuality QualityOf(Port from, Port to) => _ways[(from, to)].Quality;

    /// <summary>What is under way already arrives as it would have.</summary>
    public void SetQuality(Port from, Port to, PathQuality quality) => _ways[(from, to)].Quality = quality;

    internal void Send(Port from, Packet packet)
    {
        foreach (Port to in _ports)
        {
            if (!ReferenceEquals(to, from))
                Carry(_ways[(from, to)], to, packet);
        }
    }

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
        schedule.At(at, () => to.Receive(packet));
    }

    private sealed class Way(Chance chance)
    {
        public Chance Chance => chance;

        public PathQuality Quality { get; set; } = PathQuality.Good;

        public Instant LastArrival { get; set; }
    }
}
