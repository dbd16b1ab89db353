using System.CommandLine;
using System.Text.Json;
using KeepalivedAot.Daemon.Client;
using KeepalivedAot.Linux.Logging;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.CommandLine;

/// <summary><c>why</c>: the chain of causes of a state, in sentences; of the last one when no daemon runs.</summary>
internal static class WhyVerb
{
    private const long MicrosecondsPerSecond = 1_000_000;

    // Some weeks of a router that has much to do; what is older explains nothing any more.
    private const int MostEvents = 20_000;

    public static Command Make()
    {
        Argument<string?> instance = ControlVerbs.OptionalInstance("Only this instance");
        Option<string?> socket = ControlVerbs.Socket();
        Option<string?> journal = JournalSource.Option();
        Command verb = new("why", "Say why instances are in the state that they are in, also when the daemon does not run") { instance, socket, journal };
        verb.SetAction(result => Run(result.GetValue(instance), result.GetValue(socket), result.GetValue(journal)));
        return verb;
    }

    private static int Run(string? instance, string? socket, string? path)
    {
        bool isAbsent = true;
        string problem = "";
        using ControlClient? client = path is null ? ControlClient.Connect(socket, out problem, out isAbsent) : null;
        if (client is null)
        {
            if (path is null && !isAbsent)
                return NoDaemon(problem);
            return OfPast(instance, path, problem);
        }
        if (DaemonStatus.Ask(client, instance, out problem) is not { } status)
            return ControlVerbs.Complain(problem);
        using JournalReader? journal = JournalSource.Open(client, status, out _, out problem);
        if (journal is null)
            return ControlVerbs.Complain(problem);
        List<JsonElement> events = journal.ReadLast(MostEvents);
        long now = status.Daemon.GetProperty("unix_us").GetInt64();
        List<string> lines = [];
        foreach (JsonElement it in status.Instances)
        {
            if (lines.Count > 0)
                lines.Add("");
            lines.AddRange(WhyText.Lines(it, events, now));
        }
        if (lines.Count == 0)
            lines.Add("The daemon runs no instances.");
        Write(lines);
        return 0;
    }

    private static int OfPast(string? instance, string? path, string problem)
    {
        using JournalReader? files = JournalSource.OpenFile(path, out string unread);
        if (files is null)
            return NoDaemon(path is null ? $"{problem}; and {unread}" : unread);
        List<JsonElement> events = files.ReadLast(MostEvents);
        string[] names = instance is not null ? [instance]
            : [.. events.Select(static e => e.Text("instance")).OfType<string>().Distinct()];
        long now = LocalTime.UnixSeconds * MicrosecondsPerSecond;
        List<string> lines = [];
        foreach (string name in names)
        {
            List<string> about = WhyText.LinesOfPast(name, events, now);
            if (lines.Count > 0 && about.Count > 0)
                lines.Add("");
            lines.AddRange(about);
        }
        if (lines.Count == 0)
            return ControlVerbs.Complain(instance is null ? "the journal has no instance" : $"the journal knows nothing of {instance}");
        Write(lines);
        return 0;
    }

    private static int NoDaemon(string problem)
    {
        ControlVerbs.Complain(problem);
        return ControlVerbs.NoDaemon;
    }

    private static bool Write(List<string> lines) => StandardStreams.WriteOutput(string.Concat(lines.Select(static line => line + "\n")));
}
