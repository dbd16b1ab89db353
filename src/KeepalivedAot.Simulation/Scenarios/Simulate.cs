using System.Globalization;
using System.Text;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Daemon.Checks;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Simulation.Faults;
using KeepalivedAot.Simulation.Reports;
using KeepalivedAot.Simulation.Time;

namespace KeepalivedAot.Simulation.Scenarios;

/// <summary><c>simulate</c>: what routers with these files would do, and what would become of their addresses.</summary>
internal sealed class Simulate
{
    /// <summary>Two MASTERs or none, for longer than what was done allows.</summary>
    public const int NotAsPromised = 3;

    /// <summary>A file, a scenario or a fault is wrong: nothing was simulated.</summary>
    public const int Unusable = 1;

    private const int PageMode = 0x1A4; // 0644
    private const string FaultOption = "--fault";

    // Each is a run, and the fewest faults take some hundred more.
    private const int MostSchedules = 1_000_000;

    private readonly IConfigFiles _files = HostCheck.FilesFor("");

    /// <summary>As on the command line: <c>FILE</c> or <c>NAME=FILE</c>.</summary>
    public required IReadOnlyList<string> Routers { get; init; }

    public IReadOnlyList<string> Faults { get; init; } = [];

    public string? ScenarioPath { get; init; }

    /// <summary>With its unit; null: as the scenario says, or as long as it takes.</summary>
    public string? Length { get; init; }

    /// <summary>A number, as it is written; null: as the scenario says, or 1.</summary>
    public string? Seed { get; init; }

    public bool AsJson { get; init; }

    public bool WithLog { get; init; }

    public IReadOnlyList<string> Expectations { get; init; } = [];

    /// <summary>So many schedules of faults by chance are tried; 0: none.</summary>
    public int Explore { get; init; }

    /// <summary>Where the page goes, if one is wanted.</summary>
    public string? PagePath { get; init; }

    /// <returns>The exit status.</returns>
    public int Run()
    {
        if (Routers.Count == 0)
            return Complain("simulate takes the configurations of the routers: keepalived-aot simulate m1.conf m2.conf");
        if (RouterFile.ReadAll(Routers, out string problem) is not { } routers)
            return Complain(problem);
        if (Explore is < 0 or > MostSchedules)
            return Complain(string.Create(CultureInfo.InvariantCulture, $"--explore takes a number up to {MostSchedules}, not {Explore}"));
        if (PagePath is not null && WhyNoPage(PagePath) is { } refusal)
            return Complain(refusal);
        List<ScenarioMistake> mistakes = [];
        Scenario? scenario = ReadScenario(mistakes);
        if (scenario is null || Prepare(routers, scenario, mistakes) is not { } run)
            return Unusable;
        if (Explore > 0)
            return RunExplorer(routers, scenario);
        run.Go();
        return Tell(run);
    }

    private int RunExplorer(List<RouterFile> routers, Scenario scenario)
    {
        scenario.Length ??= Explorer.Length;
        // They were looked at before, and faults that are made have no mistakes.
        Explorer explorer = new(faults => SimulationRun.Prepare(routers, scenario.With(faults.Select(static fault => new ScenarioLine(FaultOption, fault))), _files, []));
        if (explorer.Explore(Explore) is not { } found)
        {
            if (AsJson)
                StandardStreams.WriteOutput(string.Create(CultureInfo.InvariantCulture, $"{{\"version\": 1, \"status\": 0, \"seed\": {scenario.Seed ?? 1}, \"schedules\": {Explore}}}\n"));
            else
                StandardStreams.WriteOutput(string.Create(CultureInfo.InvariantCulture, $"{Explore} schedules of faults, seed {scenario.Seed ?? 1}: everything was always as it should be\n"));
            return 0;
        }
        if (!AsJson)
            StandardStreams.WriteOutput(Introduce(found));
        return Tell(found.Run);
    }

    private string Introduce(Explorer.Finding found)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"Schedule {found.Schedule} of {Explore} breaks something. The least that does:\n");
        if (found.Run.Faults.Count == 0)
            text.Append("  nothing at all needs to happen\n");
        foreach (Fault fault in found.Run.Faults)
            text.Append(CultureInfo.InvariantCulture, $"  {FaultOption} \"t={TimeWord.Of(fault.At)} {fault.Text}\"\n");
        return text.Append('\n').ToString();
    }

    // A page is written over a page, and over nothing else: FILE may have been forgotten, and what follows is a configuration.
    private string? WhyNoPage(string path)
    {
        switch (_files.Inspect(path))
        {
            case ConfigFileKind.Missing:
                return null;
            case ConfigFileKind.File:
                return _files.TryRead(path, out byte[]? content, out _) && content.AsSpan().StartsWith(TimelinePage.Beginning) ? null : $"{path} is there and is no page: it is not written over";
            default:
                return $"{path} is no file: no page is written there";
        }
    }

    // Null: it cannot be read at all.
    private Scenario? ReadScenario(List<ScenarioMistake> mistakes)
    {
        Scenario scenario = new();
        if (Seed is not null)
        {
            if (ulong.TryParse(Seed, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
                scenario.Seed = seed;
            else
                mistakes.Add(new ScenarioMistake(new ScenarioLine("--seed", Seed), new FaultMistake(1, $"'{Seed}' is no number", ["0 to 18446744073709551615"])));
        }
        if (Length is not null)
        {
            if (FaultReader.TryReadTime(Length, 1, out Duration length, out FaultMistake? mistake))
                scenario.Length = length;
            else
                mistakes.Add(new ScenarioMistake(new ScenarioLine("--for", Length), mistake!));
        }
        if (ScenarioPath is not null)
        {
            if (!_files.TryRead(ScenarioPath, out byte[]? content, out string? problem))
            {
                Complain($"{ScenarioPath}: {problem}");
                return null;
            }
            new ScenarioReader(ScenarioPath, mistakes).Read(Encoding.UTF8.GetString(content), scenario);
        }
        int number = 0;
        foreach (string fault in Faults)
            scenario.Faults.Add(new ScenarioLine(string.Create(CultureInfo.InvariantCulture, $"{FaultOption} {++number}"), fault));
        number = 0;
        foreach (string expectation in Expectations)
            scenario.Expectations.Add(new ScenarioLine(string.Create(CultureInfo.InvariantCulture, $"--expect {++number}"), expectation));
        return scenario;
    }

    private SimulationRun? Prepare(List<RouterFile> routers, Scenario scenario, List<ScenarioMistake> mistakes)
    {
        SimulationRun run = SimulationRun.Prepare(routers, scenario, _files, mistakes);
        bool isReadable = true;
        foreach (LoadResult read in run.Reads)
        {
            isReadable &= read.CanRun;
            ShowFindings(read);
        }
        if (!isReadable)
            Complain("a router with such a file does not start: nothing was simulated");
        else if (run.World.Routers.Count == 0)
            isReadable = Complain("no file has a vrrp_instance: there is nothing to simulate") == 0;
        return Show(mistakes) || !isReadable ? null : run;
    }

    private int Tell(SimulationRun run)
    {
        int status = run.Broken.Count > 0 ? NotAsPromised : 0;
        StandardStreams.WriteOutput(AsJson ? TimelineJson.Write(run, status) : TimelineText.Write(run, WithLog));
        if (PagePath is not null)
        {
            OsError failure = AtomicFile.Write(PagePath, Encoding.UTF8.GetBytes(TimelinePage.Write(run)), PageMode, Durability.Renamed);
            if (failure.IsError)
                return Complain($"the page was not written: {failure}");
        }
        return status;
    }

    // An error whole, as what is run is not what was meant then; of the rest a line each: `check` tells more.
    private static void ShowFindings(LoadResult read)
    {
        DiagnosticRenderer renderer = new(read.Sources, StandardStreams.ErrorIsTerminal);
        foreach (Diagnostic found in read.Diagnostics.Where(static found => found.Severity is Severity.Error or Severity.Warning))
        {
            string text = renderer.Render(found);
            StandardStreams.WriteError(found.Severity == Severity.Error ? text : text[..(text.IndexOf('\n', StringComparison.Ordinal) + 1)]);
        }
    }

    private static bool Show(List<ScenarioMistake> mistakes)
    {
        foreach (ScenarioMistake mistake in mistakes)
            StandardStreams.WriteError($"{mistake}\n");
        return mistakes.Count > 0;
    }

    private static int Complain(string problem)
    {
        StandardStreams.WriteError($"keepalived-aot: {problem}\n");
        return Unusable;
    }
}
