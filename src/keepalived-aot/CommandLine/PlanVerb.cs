using System.CommandLine;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Daemon.Planning;

namespace KeepalivedAot.CommandLine;

/// <summary><c>plan</c>: what a reload with another configuration would keep, change, restart, add and remove, and who would notice.</summary>
internal static class PlanVerb
{
    public static Command Make()
    {
        Argument<string> file = new("FILE") { Description = "The new configuration; - is standard input" };
        Option<string?> from = new("--from") { Description = "The configuration that runs; without it a running daemon is asked", HelpName = "OLD" };
        Option<bool> json = new("--json") { Description = "As one JSON object" };
        Option<string?> id = ReadingOptions.ConfigId();
        Option<bool> includes = ReadingOptions.AllConfig();
        Command verb = new("plan", "Show what a reload would do: exit with 0 for nothing, 1 for harmless changes, 2 for disruptive ones, 3 when there is no plan")
        {
            file, from, id, includes, json,
        };
        verb.SetAction(result => PlanRun.Run(
            result.GetValue(file)!, result.GetValue(from), new NoRunningDaemon(),
            new DaemonOptions { ConfigId = result.GetValue(id), ChecksIncludes = result.GetValue(includes) }, result.GetValue(json)));
        return verb;
    }
}
