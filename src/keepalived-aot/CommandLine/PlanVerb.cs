using System.CommandLine;
using System.Text.Json;
using KeepalivedAot.Daemon.Checks;
using KeepalivedAot.Daemon.Client;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Daemon.Planning;
using KeepalivedAot.Linux.Process;

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
        Option<string?> socket = ControlVerbs.Socket();
        Command verb = new("plan", "Show what a reload would do: exit with 0 for nothing, 1 for harmless changes, 2 for disruptive ones, 3 when there is no plan")
        {
            file, from, id, includes, json, socket,
        };
        verb.SetAction(result =>
        {
            if (result.GetValue(from) is null)
                return AskDaemon(result.GetValue(file)!, result.GetValue(socket), result.GetValue(json));
            DaemonOptions options = new() { ConfigId = result.GetValue(id), ChecksIncludes = result.GetValue(includes) };
            return PlanRun.Run(result.GetValue(file)!, result.GetValue(from)!, options, result.GetValue(json));
        });
        return verb;
    }

    // It reads the file itself, as it would at a reload: its secrets stay where they are.
    private static int AskDaemon(string file, string? socket, bool asJson)
    {
        if (file == HostCheck.StandardInput)
            return Fail("a running daemon cannot read your standard input: give a file, or the configuration that runs with --from");
        using ControlClient? client = ControlClient.Connect(socket, out string problem, out _);
        if (client is null)
            return Fail($"{problem}; give the configuration that runs with --from OLD.conf");
        int status = PlanRun.NoPlan;
        ControlResult result = client.Ask(
            "plan",
            json =>
            {
                json.WriteString("file"u8, Path.GetFullPath(file));
                json.WriteBoolean("json"u8, asJson);
            },
            (_, value) =>
            {
                JsonElement plan = value.GetProperty("plan");
                status = plan.GetProperty("status").GetInt32();
                string text = plan.GetProperty("text").GetString()!;
                if (status == PlanRun.NoPlan)
                    StandardStreams.WriteError(text);
                else
                    StandardStreams.WriteOutput(text);
            });
        return result.IsDone ? status : Fail(result.Text);
    }

    private static int Fail(string problem)
    {
        ControlVerbs.Complain(problem);
        return PlanRun.NoPlan;
    }
}
