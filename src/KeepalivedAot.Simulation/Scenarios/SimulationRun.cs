using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Lints;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Simulation.Faults;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Observers;
using KeepalivedAot.Simulation.Reports;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Scenarios;

/// <summary>A scenario with routers, from its beginning to its end.</summary>
internal sealed class SimulationRun
{
    // Long enough for an election, a failure and its end with an interval of a second.
    private static readonly Duration s_shortest = Duration.FromSeconds(60);
    private static readonly Duration s_afterLast = Duration.FromSeconds(30);
    private const int ElectionsIntervals = 10;

    private readonly Scenario _scenario;
    private readonly List<Fault> _faults = [];
    private readonly List<Expectation> _expectations = [];
    private readonly ElectionWatch _watch;

    private SimulationRun(IReadOnlyList<RouterFile> routers, Scenario scenario, IConfigFiles files)
    {
        _scenario = scenario;
        Seed = scenario.Seed ?? 1;
        Files = files;
        scenario.Wiring.Reloads.Clear();
        scenario.Wiring.Reloads.AddRange(ReloadsOf(scenario));
        World = new SimulatedWorld(Seed, files) { Wiring = scenario.Wiring };
        foreach (RouterFile router in routers)
            World.AddHost(router.Name, router.Path);
        Reads = World.Wire();
        Chronicle = new Chronicle(World);
        _watch = new ElectionWatch(World);
    }

    public ulong Seed { get; }

    private IConfigFiles Files { get; }

    public SimulatedWorld World { get; }

    /// <summary>Of each router's file, in their order.</summary>
    public IReadOnlyList<LoadResult> Reads { get; }

    public Chronicle Chronicle { get; }

    public IReadOnlyList<Fault> Faults => _faults;

    public Duration Length { get; private set; }

    public Instant End => default(Instant) + Length;

    /// <summary>What VRRP promises and was not so.</summary>
    public IReadOnlyList<Violation> Violations => _watch.Violations;

    /// <summary>All that is not as it should be, in sentences: violations, and expectations that do not hold.</summary>
    public IReadOnlyList<string> Broken { get; private set; } = [];

    public IReadOnlyList<Trap> Traps { get; private set; } = [];

    /// <summary>Reads everything, and starts nothing yet.</summary>
    /// <param name="mistakes">Those of the scenario go there. With some, or with a file that cannot be run, there is nothing to start.</param>
    public static SimulationRun Prepare(IReadOnlyList<RouterFile> routers, Scenario scenario, IConfigFiles files, List<ScenarioMistake> mistakes)
    {
        SimulationRun run = new(routers, scenario, files);
        if (!run.Reads.All(static read => read.CanRun))
            return run;
        PeerComparison.Compare(run.Reads);
        run.CheckPorts(mistakes);
        foreach (ScenarioLine line in scenario.Faults)
        {
            if (FaultReader.TryRead(run.World, line.Text, out Fault? fault, out FaultMistake? mistake))
                run._faults.Add(fault!);
            else
                mistakes.Add(new ScenarioMistake(line, mistake!));
        }
        foreach (ScenarioLine line in scenario.Expectations)
        {
            // A scenario's line begins with a word that an option has not.
            List<FaultWord> words = FaultWord.Split(line.Text);
            if (words[0].Text == ScenarioReader.Expect)
                words.RemoveAt(0);
            if (Expectation.Read(words, run.World, out FaultMistake? mistake) is { } expectation)
                run._expectations.Add(expectation);
            else
                mistakes.Add(new ScenarioMistake(line, mistake!));
        }
        run.Length = scenario.Length ?? run.LongEnough();
        run.CheckTimes(mistakes);
        return run;
    }

    /// <summary>Starts all routers at once, does to them what is to be done, and looks at what came of it.</summary>
    public void Go()
    {
        foreach (Fault fault in _faults)
            World.Plan(fault);
        foreach (SimulatedHost host in World.Hosts)
            host.Start();
        World.RunFor(Length);
        _watch.End();
        Traps = new TrapFinder(this).Find();
        Broken =
        [
            .. Violations.Select(static violation => violation.ToString()), .. _expectations.SelectMany(expectation => expectation.Check(this)),
            .. Traps.Where(static trap => trap.IsOutage).Select(static trap => trap.Text),
        ];
    }

    // What comes with a reload is looked at before anything is wired; that it cannot be read is said with the fault.
    private List<(string Host, byte[] Content)> ReloadsOf(Scenario scenario)
    {
        List<(string, byte[])> reloads = [];
        foreach (ScenarioLine line in scenario.Faults)
        {
            List<FaultWord> words = FaultWord.Split(line.Text);
            if (words.Count > 4 && words[1].Text == FaultReader.ReloadWord && Files.TryRead(words[3].Text, out byte[]? content, out _))
                reloads.Add((words[2].Text, content));
        }
        return reloads;
    }

    // Nothing that is written may pass because it is never looked at.
    private void CheckTimes(List<ScenarioMistake> mistakes)
    {
        foreach ((Fault fault, ScenarioLine line) in _faults.Zip(_scenario.Faults))
        {
            if (mistakes.Count == 0 && fault.At > Length)
                mistakes.Add(new ScenarioMistake(line, new FaultMistake(1, $"that is after the end, which is at {TimeText.Of(Length)}", [])));
        }
        foreach ((Expectation expectation, ScenarioLine line) in _expectations.Zip(_scenario.Expectations))
        {
            if (mistakes.Count == 0 && expectation.At > Length)
                mistakes.Add(new ScenarioMistake(line, new FaultMistake(1, $"that is after the end, which is at {TimeText.Of(Length)}", [])));
        }
    }

    private void CheckPorts(List<ScenarioMistake> mistakes)
    {
        string[] ports = [.. World.Hosts.SelectMany(static host => host.Ports.Values).Select(static port => port.Name)];
        foreach ((ScenarioLine line, FaultWord port) in _scenario.NamedPorts)
        {
            if (!ports.Contains(port.Text))
                mistakes.Add(new ScenarioMistake(line, new FaultMistake(port.Column, $"no file names an interface '{port.Text}'", ports)));
        }
    }

    // Everything is over, and there was time for an election or two.
    private Duration LongEnough()
    {
        Duration interval = Duration.Zero;
        foreach (VrrpInstanceBlock block in Reads.SelectMany(static read => read.Configuration.VrrpInstances))
            interval = Duration.Max(interval, block.AdvertisementInterval);
        Duration elections = Duration.Max(s_afterLast, interval * ElectionsIntervals);
        Duration length = Duration.Max(s_shortest, elections);
        foreach (Fault fault in _faults)
            length = Duration.Max(length, fault.At + fault.Length + elections);
        foreach (Expectation expectation in _expectations)
            length = Duration.Max(length, expectation.At + s_afterLast);
        return length;
    }
}
