using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Reports;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Observers;

/// <summary>Something that is promised, and that was not so.</summary>
/// <param name="What">Two MASTERs, or none, and who could have been.</param>
internal sealed record Violation(VirtualRouter Router, Instant From, Instant To, string What)
{
    /// <summary>Which promise it breaks: the name of its observer.</summary>
    public string Promise { get; init; } = "";

    public override string ToString() => $"{TimeText.Of(From)} to {TimeText.Of(To)}: {Router}: {What}";
}
