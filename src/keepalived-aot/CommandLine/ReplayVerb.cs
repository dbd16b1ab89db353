using System.CommandLine;
using KeepalivedAot.Simulation.Replay;

namespace KeepalivedAot.CommandLine;

/// <summary><c>replay</c>: a record of <c>--record</c>, run again.</summary>
internal static class ReplayVerb
{
    public static Command Make()
    {
        Argument<string> file = new("FILE") { Description = "What --record has written; - is standard input" };
        Option<bool> json = new("--json") { Description = "Events as lines of JSON, as the journal has them" };
        Command verb = new("replay", "Run a record again: the same transitions for the same reasons, or where it departs") { file, json };
        verb.SetAction(result => ReplayRun.Run(result.GetValue(file)!, result.GetValue(json)));
        return verb;
    }
}
