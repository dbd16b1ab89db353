using System.Globalization;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Exploration;
using KeepalivedAot.Simulation.Faults;
using KeepalivedAot.Simulation.Time;

namespace KeepalivedAot.Simulation.Scenarios;

/// <summary>Looks for something that can be done to routers so that a promise or an expectation does not hold, and for as little as does it.</summary>
/// <param name="prepare">Of a scenario's faults a new run, which has not begun.</param>
internal sealed class Explorer(Func<IReadOnlyList<string>, SimulationRun> prepare)
{
    private const int MostFaults = 6;

    // Each is over this long after the last begins, and then there are elections.
    private static readonly Duration s_calm = Duration.FromSeconds(45);

    /// <summary>How long a run has to be to be explored.</summary>
    public static readonly Duration Length = Duration.FromSeconds(120);

    /// <param name="Schedule">Which one it was, from 1.</param>
    /// <param name="Run">With the fewest faults.</param>
    internal sealed record Finding(int Schedule, SimulationRun Run);

    /// <summary>One schedule after the other, each decided by the seed and its number.</summary>
    /// <returns>Null: none of them breaks anything.</returns>
    public Finding? Explore(int count)
    {
        for (int number = 1; number <= count; number++)
        {
            SimulationRun run = prepare([]);
            Chance chance = Chance.For(run.Seed, string.Create(CultureInfo.InvariantCulture, $"schedule {number}"));
            int seconds = (int)Math.Max(Math.Max(1, run.Length.WholeSeconds / 2), (run.Length - s_calm).WholeSeconds);
            // Without any at first: what is wrong by itself needs none.
            List<string> faults = number == 1 ? [] : new FaultPlans(run.World, chance).Make(1 + chance.Below(MostFaults), seconds);
            if (!Breaks(faults))
                continue;
            SimulationRun least = prepare(Shrinker.Shrink(faults, Breaks));
            least.Go();
            return new Finding(number, least);
        }
        return null;
    }

    private bool Breaks(IReadOnlyList<string> faults)
    {
        SimulationRun run = prepare(faults);
        run.Go();
        return run.Broken.Count > 0;
    }
}
