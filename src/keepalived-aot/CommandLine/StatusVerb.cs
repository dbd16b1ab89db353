using System.CommandLine;
using KeepalivedAot.Daemon.Client;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.CommandLine;

/// <summary><c>status</c>: what the running daemon does at the moment.</summary>
internal static class StatusVerb
{
    public static Command Make()
    {
        Argument<string?> instance = ControlVerbs.OptionalInstance("Only this instance");
        Option<string?> socket = ControlVerbs.Socket();
        Option<bool> json = ControlVerbs.Json("For programs: everything, as one JSON object");
        Command verb = new("status", "Show what the running daemon does: states, priorities, who is MASTER, what is wrong") { instance, socket, json };
        verb.SetAction(result =>
        {
            using ControlClient? client = ControlVerbs.Connect(result.GetValue(socket));
            if (client is null)
                return ControlVerbs.NoDaemon;
            if (DaemonStatus.Ask(client, result.GetValue(instance), out string problem) is not { } status)
                return ControlVerbs.Complain(problem);
            StandardStreams.WriteOutput(result.GetValue(json) ? status.ToJson() : string.Concat(StatusText.Lines(status).Select(static line => line + "\n")));
            return 0;
        });
        return verb;
    }
}
