namespace KeepalivedAot.Simulation.Reports;

/// <summary>Something that was as the files say, and that hardly anybody wants.</summary>
/// <param name="Kind">For programs: <c>weight-too-small</c>.</param>
internal sealed record Trap(string Kind, string Text)
{
    /// <summary>Nobody is MASTER, and somebody healthy could be.</summary>
    public bool IsOutage { get; init; }
}
