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
        Option<int> count = ControlVerbs.Number("--lines", "-n", least: 0, int.MaxValue, UsualCount, "How many of the last events");
        Option<bool> json = ControlVerbs.Json("For programs: a JSON object on each line");
        Command verb = new("events", "Show what has happened, and why; also when the daemon does not run") { instance, socket, journal, follow, count, json };
        verb.Validators.Add(result =>
        {
            if (result.GetValue(follow) && result.GetValue(journal) is not null)
                result.AddError("--follow asks the daemon, and --journal does not");
        });
        verb.SetAction(result =>
        {
            Printer printer = new(result.GetValue(instance), result.GetValue(json));
            return Run(printer, result.GetValue(socket), result.GetValue(journal), result.GetValue(count), result.GetValue(follow));
        });
        return verb;
    }

    private static int Run(Printer printer, string? socket, string? path, int count, bool follow)
    {
        bool isAbsent = true;
        string problem = "";
        using ControlClient? client = path is null ? ControlClient.Connect(socket, out problem, out isAbsent) : null;
        if (client is null)
        {
            if (path is null && (!isAbsent || follow))
                return Fail(problem);
            using JournalReader? files = JournalSource.OpenFile(path, out string unread);
            return files is not null ? Print(files, printer, count) : Fail(path is null ? $"{problem}; and {unread}" : unread);
        }
        if (DaemonStatus.Ask(client, instance: null, out problem) is not { } status)
            return ControlVerbs.Complain(problem);
        using JournalReader? journal = JournalSource.Open(client, status, out List<JsonElement> told, out problem);
        if (journal is null)
            return ControlVerbs.Complain(problem);
        int exit = Print(journal, printer, count);
        return exit != 0 || !follow ? exit : Follow(client, printer, told.Count > 0 ? SequenceOf(told[^1]) : 0);
    }

    // Twice through it: there may be far more than fits into memory.
    private static int Print(JournalReader journal, Printer printer, int count)
    {
        long skipped = -count;
        while (journal.TryRead(out JsonElement e))
            skipped += printer.Wants(e) ? 1 : 0;
        journal.Rewind();
        while (printer.IsHeard && journal.TryRead(out JsonElement e))
        {
            if (printer.Wants(e) && skipped-- <= 0)
                printer.Print(e);
        }
        return journal.Failure.IsError ? ControlVerbs.Complain($"the journal cannot be read to its end: {journal.Failure}") : 0;
    }

    private static int Follow(ControlClient client, Printer printer, long last)
    {
        if (client.Send("events", static json => json.WriteBoolean("follow"u8, true)) is { } unsent)
            return ControlVerbs.Complain(unsent);
        string problem;
        while (client.TryReadOrWait(out JsonElement value, out problem))
        {
            // It has no last line unless something is wrong.
            if (value.TryGetProperty("ok"u8, out _))
                return ControlVerbs.Complain(value.Text("error") ?? "the daemon says no more");
            // What was in the daemon's memory has been printed already. Its clock may have been set since, so that says nothing.
            if (SequenceOf(value) <= last || !printer.Wants(value))
                continue;
            printer.Print(value);
            if (!printer.IsHeard)
                return 0;
        }
        return ControlVerbs.Complain(problem);
    }

    // That events are missing is no event, and has none.
    private static long SequenceOf(JsonElement e) => e.TryGetProperty("seq", out JsonElement number) && number.TryGetInt64(out long sequence) ? sequence : long.MaxValue;

    private static int Fail(string problem)
    {
        ControlVerbs.Complain(problem);
        return ControlVerbs.NoDaemon;
    }

    private sealed class Printer(string? instance, bool asJson)
    {
        /// <summary>Somebody still takes what is printed.</summary>
        public bool IsHeard { get; private set; } = true;

        public bool Wants(JsonElement e) => instance is null || EventText.Concerns(e, instance);

        public void Print(JsonElement e)
            => IsHeard = StandardStreams.WriteOutput(Encoding.UTF8.GetBytes(asJson ? $"{e.GetRawText()}\n" : $"{EventText.Line(e)}\n"));
    }
}
