using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Simulation.Network;

/// <summary>What becomes of packets from one port of a segment to another.</summary>
internal sealed record PathQuality
{
    /// <summary>A quiet switch.</summary>
    public static readonly PathQuality Good = new() { Delay = Duration.FromMicroseconds(100) };

    public Duration Delay { get; init; }

    /// <summary>Added to the delay, from nothing up to this.</summary>
    public Duration Jitter { get; init; }

    /// <summary>Of all packets, 0 to 1.</summary>
    public double Loss { get; init; }

    /// <summary>Of those that arrive, 0 to 1: they do so twice.</summary>
    public double Duplication { get; init; }

    /// <summary>Of those that arrive, 0 to 1: they are held back until later ones have passed.</summary>
    public double Reordering { get; init; }

    /// <summary>Nothing passes.</summary>
    public bool IsCut { get; init; }
}
