using System.CommandLine;
using System.Text.Json;
using KeepalivedAot.Daemon.Client;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.CommandLine;

/// <summary><c>health</c>: whether each instance has its role, as an exit status, for probes.</summary>
internal static class HealthVerb
{
    public static Command Make()
    {
        Argument<string?> instance = ControlVerbs.OptionalInstance("Only this instance");
        Option<string?> socket = ControlVerbs.Socket();
        Command verb = new("health", "Say whether each instance is MASTER or BACKUP; exit status 0 only then, for probes") { instance, socket };
        verb.SetAction(result =>
        {
            using ControlClient? client = ControlVerbs.Connect(result.GetValue(socket));
            if (client is null)
                return ControlVerbs.NoDaemon;
            if (DaemonStatus.Ask(client, result.GetValue(instance), out string problem) is not { } status)
                return ControlVerbs.Complain(problem);
            List<string> troubles = [.. status.Instances.Where(static it => it.Text("state") is not ("MASTER" or "BACKUP")).Select(Trouble)];
            if (status.Instances.Count == 0)
                troubles.Add("the daemon runs no instances");
            if (troubles.Count > 0)
                return ControlVerbs.Complain(string.Join("\n", troubles));
            StandardStreams.WriteOutput("ok\n");
            return 0;
        });
        return verb;
    }

    private static string Trouble(JsonElement instance)
        => $"{instance.Text("name")} is in {instance.Text("state")}{(instance.Text("reason") is { } reason ? $": {reason}" : "")}";
}
