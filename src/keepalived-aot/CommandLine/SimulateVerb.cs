using System.CommandLine;
using KeepalivedAot.Simulation.Faults;
using KeepalivedAot.Simulation.Scenarios;

namespace KeepalivedAot.CommandLine;

/// <summary><c>simulate</c>: what several routers would do when links, hosts, scripts and packets fail, before anything is deployed.</summary>
internal static class SimulateVerb
{
    public static Command Make()
    {
        Argument<string[]> routers = new("ROUTER") { Description = "A configuration for each router: FILE, or NAME=FILE", Arity = ArgumentArity.ZeroOrMore };
        Option<string[]> faults = new("--fault") { Description = "What happens, as in \"t=10s crash m1\"; may be given often; --fault help lists everything", HelpName = "FAULT" };
        Option<string?> scenario = new("--scenario") { Description = "A file of such lines, and of segments and addresses", HelpName = "FILE" };
        Option<string?> length = new("--for") { Description = "How long, as in 60s", HelpName = "TIME" };
        Option<string?> seed = new("--seed") { Description = "Decides what chance does: one seed, one run", HelpName = "N" };
        Option<string[]> expectations = new("--expect") { Description = "What has to be so: \"outage 4s\" (at most), \"dual 0s\", \"master m1 at 20s\"; may be given often", HelpName = "WHAT" };
        Option<int> explore = new("--explore") { Description = "Try so many schedules of faults by chance, and show the least that breaks something", HelpName = "N" };
        Option<bool> json = new("--json") { Description = "As one JSON object" };
        Option<string?> page = new("--html") { Description = "Draw it as a page, too, which needs no network", HelpName = "FILE" };
        Option<bool> log = new("--log") { Description = "With the daemons' log lines" };
        Command verb = new("simulate", "Show what routers with these files would do when something fails: exit with 0, 1 for a mistake, 3 for two MASTERs or none beyond what the faults allow")
        {
            routers, faults, scenario, length, seed, expectations, explore, json, page, log,
        };
        verb.SetAction(result =>
        {
            string[] given = result.GetValue(faults) ?? [];
            if (given is ["help"])
            {
                Linux.Process.StandardStreams.WriteOutput(string.Concat(FaultReader.Forms.Select(static form => $"{form}\n")));
                return 0;
            }
            return new Simulate
            {
                Routers = result.GetValue(routers)!, Faults = given, Expectations = result.GetValue(expectations) ?? [], Explore = result.GetValue(explore), ScenarioPath = result.GetValue(scenario), Length = result.GetValue(length), Seed = result.GetValue(seed),
                AsJson = result.GetValue(json), PagePath = result.GetValue(page), WithLog = result.GetValue(log),
            }.Run();
        });
        return verb;
    }
}
