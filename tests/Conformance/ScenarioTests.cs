namespace KeepalivedAot.Tests.Conformance;

/// <summary>Each folder below <c>Scenarios</c> is one test; README.md describes the format of its <c>scenario</c> file.</summary>
public class ScenarioTests
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Scenarios");

    public static TheoryData<string> Names
        => [.. Directory.GetDirectories(Root).Select(directory => Path.GetFileName(directory)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Scenario_has_the_expected_effects(string name)
    {
        Scenario scenario = Read(name);
        string difference = LineDifference.Of(scenario.Expected, ScenarioRunner.Play(scenario));
        if (difference.Length != 0)
            Assert.Fail($"{name}: {scenario.Title}\n{difference}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Scenario_played_twice_is_the_same(string name)
    {
        Scenario scenario = Read(name);
        Assert.Equal(ScenarioRunner.Play(scenario), ScenarioRunner.Play(scenario));
    }

    [Fact]
    public void Scenarios_are_there_and_each_has_a_title_of_its_own()
    {
        Assert.True(Names.Count >= 25, $"{Names.Count} scenarios below {Root}");
        string[] titles = [.. Directory.GetDirectories(Root).Select(directory => Read(Path.GetFileName(directory)).Title)];
        Assert.Equal(titles.Length, titles.Distinct().Count());
    }

    private static Scenario Read(string name) => ScenarioReader.Read(Path.Combine(Root, name, "scenario"));
}
