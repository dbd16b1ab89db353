using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Observers;

/// <summary>All that is promised of a world.</summary>
internal sealed class Promises
{
    private readonly Promise[] _all;

    private Promises(Promise[] all) => _all = all;

    /// <summary>From now on: before the first of the daemons starts.</summary>
    public static Promises WatchAll(SimulatedWorld world) => new(
    [
        new SingleMaster(world), new SomeMaster(world), new HighestPriorityLeads(world), new TakeoverTimes(world), new QuietNetwork(world),
        new Advertisements(world), new KernelAddresses(world), new KernelRestored(world), new Announcements(world), new PriorityDefinition(world),
        new Notifications(world), new GroupsTogether(world),
    ]);

    public IReadOnlyList<Promise> All => _all;

    /// <summary>Of all of them, in the order in which they were found.</summary>
    public IReadOnlyList<Violation> Violations => [.. _all.SelectMany(static promise => promise.Violations).OrderBy(static violation => violation.To)];

    /// <summary>Whether one is broken already.</summary>
    public bool AreBroken => Array.Exists(_all, static promise => promise.Violations.Count > 0);

    /// <summary>How often they have looked at something.</summary>
    public long Looks => _all.Sum(static promise => promise.Looks);

    /// <summary>The run is over.</summary>
    public void End()
    {
        foreach (Promise promise in _all)
            promise.End();
    }
}
