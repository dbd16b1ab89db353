using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Faults;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Observers;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Exploration;

/// <summary>A run of a planned world under all promises.</summary>
/// <param name="Events">How much has happened.</param>
/// <param name="Looks">How often something was looked at.</param>
internal sealed record Trial(IReadOnlyList<Violation> Violations, ulong Fingerprint, long Events, long Looks)
{
    // Between two looks at whether there is something to tell already.
    private static readonly Duration s_step = Duration.FromSeconds(1);

    /// <param name="observer">Sees it as well.</param>
    /// <param name="isEnough">The first violation ends the run.</param>
    public static Trial Run(WorldPlan plan, ISimulationObserver? observer = null, bool isEnough = false)
    {
        SimulatedWorld world = new(plan.Seed, plan.ToFiles());
        foreach (HostPlan host in plan.Hosts)
            world.AddHost(host.Name, host.Path);
        foreach (Config.LoadResult read in world.Wire())
        {
            if (!read.CanRun)
                throw new InvalidOperationException($"a world was made that cannot be run:\n{plan}\n{string.Join('\n', read.Diagnostics)}");
        }
        Promises promises = Promises.WatchAll(world);
        if (observer is not null)
            world.Observe(observer);
        for (int i = 0; i < plan.Hosts.Count; i++)
        {
            SimulatedHost host = world.Hosts[i];
            host.Clock.Drift = plan.Hosts[i].Drift;
            world.Schedule.At(default(Instant) + Duration.FromMilliseconds(plan.Hosts[i].StartsAt), () =>
            {
                if (host.State == HostState.Down)
                    host.Start();
            });
        }
        foreach (string line in plan.Faults)
        {
            // What it is about may have been left out.
            if (FaultReader.TryRead(world, line, out Fault? fault, out _))
                world.Plan(fault!);
        }
        for (int second = 0; second < plan.Seconds && !(isEnough && promises.AreBroken); second++)
            world.RunFor(s_step);
        promises.End();
        if (!isEnough || !promises.AreBroken)
        {
            foreach (SimulatedHost host in world.Hosts)
                host.Stop();
        }
        return new Trial(promises.Violations, world.Fingerprint, world.Schedule.Done, promises.Looks);
    }

    /// <summary>The smallest world that breaks the same promise: fewer faults, hosts, instances, options; shorter times.</summary>
    /// <param name="budget">Of runs.</param>
    public static WorldPlan Shrink(WorldPlan plan, string promise, int budget = Shrinker.DefaultBudget)
    {
        bool Fails(WorldPlan candidate)
        {
            try
            {
                return candidate.Hosts.Count > 0 && Run(candidate, isEnough: true).Violations.Any(violation => violation.Promise == promise);
            }
            catch (InvalidOperationException)
            {
                // Without this piece it is no configuration.
                return false;
            }
        }

        plan = plan with { Faults = Shrinker.Shrink(plan.Faults, faults => Fails(plan with { Faults = faults }), budget / 3) };
        WorldPlan whole = plan;
        plan = plan.With([.. Shrinker.Fewest([.. plan.Pieces], pieces => Fails(whole.With(pieces)), budget / 3)]);
        WorldPlan smaller = plan;
        return plan with { Faults = Shrinker.Shrink(plan.Faults, faults => Fails(smaller with { Faults = faults }), budget / 3) };
    }
}
