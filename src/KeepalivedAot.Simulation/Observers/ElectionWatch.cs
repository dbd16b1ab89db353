using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Observers;

/// <summary>What elections are about: at most one MASTER, and one wherever one can be.</summary>
internal sealed class ElectionWatch(SimulatedWorld world)
{
    private readonly SingleMaster _atMostOne = new(world);
    private readonly SomeMaster _atLeastOne = new(world);

    public IReadOnlyList<Violation> Violations => [.. _atMostOne.Violations.Concat(_atLeastOne.Violations).OrderBy(static violation => violation.From)];

    /// <summary>The run is over: what is wrong now counts, too.</summary>
    public void End()
    {
        _atMostOne.End();
        _atLeastOne.End();
    }
}
