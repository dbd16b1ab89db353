using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Faults;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Scenarios;

/// <summary>What is to be done to a world, and what its files do not say of it: from a file, from the command line, or from both.</summary>
internal sealed class Scenario
{
    public Wiring Wiring { get; private init; } = new();

    /// <summary>As they are written, with where that is; in their order.</summary>
    public List<ScenarioLine> Faults { get; } = [];

    /// <summary>Behind <c>expect</c>; as the faults.</summary>
    public List<ScenarioLine> Expectations { get; } = [];

    /// <summary>Null: as long as it takes (<see cref="SimulationRun"/>).</summary>
    public Duration? Length { get; set; }

    /// <summary>Null: 1.</summary>
    public ulong? Seed { get; set; }

    /// <summary>Lines about interfaces, which are known when the configurations have been read.</summary>
    internal List<(ScenarioLine Line, FaultWord Port)> NamedPorts { get; } = [];

    /// <summary>The same with more faults.</summary>
    public Scenario With(IEnumerable<ScenarioLine> faults)
    {
        Scenario other = new() { Wiring = Wiring, Seed = Seed, Length = Length };
        other.Faults.AddRange(Faults);
        other.Faults.AddRange(faults);
        other.Expectations.AddRange(Expectations);
        return other;
    }
}

/// <param name="Origin">File and line, or the option; for people.</param>
/// <param name="Text">The whole line.</param>
internal sealed record ScenarioLine(string Origin, string Text);

/// <summary>Something that is wrong with a line, as compilers show it.</summary>
internal sealed record ScenarioMistake(ScenarioLine Line, FaultMistake Mistake)
{
    public override string ToString()
    {
        string marker = $"{new string(' ', Mistake.Column - 1)}^";
        string possible = Mistake.Possible.Count == 0 ? "" : $"\n  possible: {string.Join(", ", Mistake.Possible)}";
        return $"{Line.Origin}:{Mistake.Column}: error: {Mistake.What}\n    {Line.Text.Replace('\t', ' ')}\n    {marker}{possible}";
    }
}
