using System.CommandLine;
using System.Text;
using System.Text.Json;
using KeepalivedAot.Daemon.Client;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.CommandLine;

/// <summary><c>events</c>: the journal, and what is added to it.</summary>
internal static class EventsVerb
{
    private const int UsualCount = 20;

    public static Command Make()
    {
        Argument<string?> instance = ControlVerbs.OptionalInstance("Only what concerns this instance");
        Option<string?> socket = ControlVerbs.Socket();
        Option<string?> journal = JournalSource.Option();
        Option<bool> follow = new("--follow", "-f") { Description = "Go on with what happens, until interrupted" };
        Option<int> count = new("--lines", "-n") { Description = "How many of the last events", HelpName = "N", DefaultValueFactory = static _ => UsualCount };
        Option<bool> json = ControlVerbs.Json("For programs: a JSON object on each line");
        Command verb = new("events", "Show what has happened, and why; also when the daemon does not run") { instance, socket, journal, follow, count, json };
        verb.Validators.Add(result =>
        {
            if (result.GetValue(follow) && result.GetValue(journal) is not null)
                result.AddError("--follow asks the daemon, and --journal does not");
            if (result.GetValue(count) < 0)
                result.AddError("--lines takes a whole number");
        });
        verb.SetAction(result =>
        {
            Printer printer = new(result.GetValue(instance), result.GetValue(json));
            return Run(printer, result.GetValue(socket), result.GetValue(journal), result.GetValue(count), result.GetValue(follow));
        });
        return verb;
    }

    private static int Run(Printer printer, string? socket, string? journal, int count, bool follow)
    {
        bool isAbsent = true;
        string problem = "";
        using ControlClient? client = journal is null ? ControlClient.Connect(socket, out problem, out isAbsent) : null;
        List<JsonElement>? events;
        if (client is not null)
        {
            if (DaemonStatus.Ask(client, instance: null, out problem) is not { } status)
                return ControlVerbs.Complain(problem);
            events = JournalSource.Read(client, status, out problem);
        }
        else
        {
            if (journal is null && (!isAbsent || follow))
                return Fail(problem);
            events = JournalSource.ReadFile(journal, out string unread);
            problem = journal is null ? $"{problem}; and {unread}" : unread;
        }
        if (events is null)
            return Fail(problem);
        JsonElement[] wanted = [.. events.Where(printer.Wants)];
        foreach (JsonElement e in wanted[Math.Max(0, wanted.Length - count)..])
            printer.Print(e);
        return follow ? Follow(client!, printer, events) : 0;
    }

    private static int Follow(ControlClient client, Printer printer, List<JsonElement> events)
    {
        // By number, as the clock may be set back; what was printed last is of the same daemon, whose first event is that it has started.
        long last = events.Count == 0 ? 0 : JournalReader.SequenceOf(events[^1]) ?? 0;
        if (client.Send("events", static json => json.WriteBoolean("follow"u8, true)) is { } unsent)
            return ControlVerbs.Complain(unsent);
        string problem;
        while (client.TryReadOrWait(out JsonElement value, out problem))
        {
            // What is in the daemon's memory has been printed already.
            long sequence = JournalReader.SequenceOf(value) ?? long.MaxValue;
            if (sequence <= last || !printer.Wants(value))
                continue;
            printer.Print(value);
        }
        return ControlVerbs.Complain(problem);
    }

    private static int Fail(string problem)
    {
        ControlVerbs.Complain(problem);
        return ControlVerbs.NoDaemon;
    }

    private sealed class Printer(string? instance, bool asJson)
    {
        public bool Wants(JsonElement e) => instance is null || EventText.Concerns(e, instance);

        public void Print(JsonElement e)
            => StandardStreams.WriteOutput(Encoding.UTF8.GetBytes(asJson ? $"{e.GetRawText()}\n" : $"{EventText.Line(e)}\n"));
    }
}
