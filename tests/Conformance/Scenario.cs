using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Tests.Conformance;

/// <summary>One line of a scenario: what is done to the router, and when.</summary>
/// <param name="At">Seconds of virtual time since the scenario began.</param>
/// <param name="Words">The command and its arguments.</param>
/// <param name="Line">Where it stands in the file, for messages.</param>
internal sealed record ScenarioInput(Instant At, string[] Words, int Line);

/// <summary>A scenario file, read but not played.</summary>
internal sealed class Scenario
{
    public string Title { get; set; } = "";

    /// <summary>The sync group that all routers are members of; empty = none.</summary>
    public string Group { get; set; } = "";

    /// <summary>Words of each <c>router</c> section, one array per line. One without a section is as the README says.</summary>
    public List<List<(string[] Words, int Line)>> Routers { get; } = [];

    /// <summary>What is written down besides effects: <c>log</c>, <c>detail</c>, <c>packets</c>, <c>counters</c>.</summary>
    public HashSet<string> Show { get; } = [];

    public List<ScenarioInput> Inputs { get; } = [];

    public List<string> Expected { get; } = [];
}

/// <summary>A scenario file that cannot be understood.</summary>
internal sealed class ScenarioException(int line, string message) : Exception($"line {line}: {message}");
