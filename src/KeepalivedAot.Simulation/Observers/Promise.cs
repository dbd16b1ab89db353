using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Reports;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Observers;

/// <summary>Something that is promised of a world, watched from outside.</summary>
internal abstract class Promise : ISimulationObserver
{
    // One that is broken with each packet is told often enough.
    private const int MostViolations = 100;

    private readonly List<Violation> _violations = [];

    protected Promise(SimulatedWorld world)
    {
        World = world;
        world.Observe(this);
    }

    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>How often it has looked at something: what it costs.</summary>
    public long Looks { get; protected set; }

    protected SimulatedWorld World { get; }

    protected Instant Now => World.Schedule.Now;

    /// <summary>The run is over: what is wrong now counts, too.</summary>
    public virtual void End()
    {
        // Most say it at once.
    }

    protected void Break(VirtualRouter router, Instant since, string what)
    {
        if (_violations.Count < MostViolations)
            _violations.Add(new Violation(router, since, Now, what) { Promise = GetType().Name });
    }

    protected void Break(VirtualRouter.Member member, Instant since, string what) => Break(member.Router, since, $"{member.Host.Name} ({member.Instance}): {what}");

    protected static string Seconds(Duration time) => TimeText.Of(time);
}
