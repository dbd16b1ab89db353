using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Faults;

/// <summary>Something that is done to a world.</summary>
/// <param name="At">Since its beginning.</param>
/// <param name="Text">As it was written, without its time.</param>
internal sealed record Fault(Duration At, string Text, Action<SimulatedWorld> Do)
{
    /// <summary>How long it lasts, where it says so: <c>for 10s</c>.</summary>
    public Duration Length { get; init; }
}

/// <summary>Why an expression says nothing that could be done.</summary>
/// <param name="Column">From 1.</param>
/// <param name="Possible">What could stand there; empty where that goes without saying.</param>
internal sealed record FaultMistake(int Column, string What, IReadOnlyList<string> Possible)
{
    public override string ToString() => Possible.Count == 0 ? $"column {Column}: {What}" : $"column {Column}: {What}; possible: {string.Join(", ", Possible)}";
}
