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

    private readonly IConfigFiles _files = HostCheck.FilesFor("");

    /// <summary>As on the command line: <c>FILE</c> or <c>NAME=FILE</c>.</summary>
    public required IReadOnlyList<string> Routers { get; init; }

    public IReadOnlyList<string> Faults { get; init; } = [];

    public string? ScenarioPath { get; init; }

    /// <summary>With its unit; null: as the scenario says, or as long as it takes.</summary>
    public string? Length { get; init; }

    public ulong? Seed { get; init; }

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
        Scenario? scenario = ReadScenario();
        if (scenario is null || Prepare(routers, scenario) is not { } run)
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
            text.Append(CultureInfo.InvariantCulture, $"  {FaultOption} \"t={TimeText.Word(fault.At)} {fault.Text}\"\n");
        return text.Append('\n').ToString();
    }

    private Scenario? ReadScenario()
    {
        List<ScenarioMistake> mistakes = [];
        Scenario scenario = new() { Seed = Seed };
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
        return Show(mistakes) ? null : scenario;
    }

    private SimulationRun? Prepare(List<RouterFile> routers, Scenario scenario)
    {
        List<ScenarioMistake> mistakes = [];
        SimulationRun run = SimulationRun.Prepare(routers, scenario, _files, mistakes);
        bool isReadable = true;
        foreach (LoadResult read in run.Reads.Where(static read => !read.CanRun))
        {
            isReadable = false;
            StandardStreams.WriteError(new DiagnosticRenderer(read.Sources, StandardStreams.ErrorIsTerminal).Render(read.Diagnostics));
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
