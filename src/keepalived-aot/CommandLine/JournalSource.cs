using System.CommandLine;
using System.Text.Json;
using KeepalivedAot.Daemon.Client;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.CommandLine;

/// <summary>Where verbs have the journal from: its files where they may be read, else the daemon's memory.</summary>
internal static class JournalSource
{
    public static Option<string?> Option()
        => new("--journal") { Description = $"Read this journal, and ask no daemon (default without one: that in {StatePaths.Journals})", HelpName = "FILE" };

    /// <summary>Of a daemon that runs.</summary>
    public static List<JsonElement>? Read(ControlClient client, DaemonStatus status, out string problem)
    {
        problem = "";
        JsonElement journal = status.Daemon.GetProperty("journal");
        string file = journal.GetProperty("file").GetString()!;
        // A disk that takes none leaves the file behind.
        bool isWhole = !journal.TryGetProperty("failure", out _);
        List<JsonElement>? events = file.Length > 0 ? JournalReader.Read(file, out _) : null;
        if (events is not null && isWhole)
            return events;
        List<JsonElement> told = [];
        ControlResult result = client.Ask("events", take: (_, value) => told.Add(value));
        problem = result.Text;
        if (!result.IsDone)
            return null;
        return events is null ? told : JournalReader.Join(events, told);
    }

    /// <summary>Of one that does not.</summary>
    /// <param name="path">Null: the only one there is.</param>
    public static List<JsonElement>? ReadFile(string? path, out string problem)
    {
        problem = "";
        if ((path ?? Find(out problem)) is not { } chosen)
            return null;
        List<JsonElement>? events = JournalReader.Read(chosen, out OsError failure);
        if (events is null)
            problem = failure.Errno == Errno.ENOENT ? $"there is no journal {chosen}" : failure.ToString();
        return events;
    }

    private static string? Find(out string problem)
    {
        problem = $"there is no journal in {StatePaths.Journals}";
        try
        {
            string[] files = Directory.Exists(StatePaths.Journals) ? Directory.GetFiles(StatePaths.Journals, "events*.jsonl") : [];
            if (files.Length == 1)
                return files[0];
            if (files.Length > 1)
                problem = $"there are several journals; choose one with --journal:{string.Concat(files.Order(StringComparer.Ordinal).Select(static file => $"\n  {file}"))}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"the journals in {StatePaths.Journals} cannot be listed: {e.Message}";
        }
        return null;
    }
}
