using System.CommandLine;
using System.Text.Json;
using KeepalivedAot.Daemon.Client;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.CommandLine;

/// <summary>Where verbs have the journal from: its files where they may be read, and the daemon's memory where there is one.</summary>
internal static class JournalSource
{
    public static Option<string?> Option()
        => new("--journal") { Description = $"Read this journal, and ask no daemon (default without one: that in {StatePaths.Journals})", HelpName = "FILE" };

    /// <summary>Of a daemon that runs.</summary>
    /// <param name="told">What it has in memory.</param>
    public static JournalReader? Open(ControlClient client, DaemonStatus status, out List<JsonElement> told, out string problem)
    {
        // The files first: what is written meanwhile is in memory then.
        string? file = status.Daemon.Object("journal")?.Text("file");
        JournalReader journal = (string.IsNullOrEmpty(file) ? null : JournalReader.Open(file, out _)) ?? new JournalReader();
        List<JsonElement> memory = told = [];
        ControlResult result = client.Ask("events", take: (_, value) => memory.Add(value));
        problem = result.Text;
        journal.Add(told);
        if (result.IsDone)
            return journal;
        journal.Dispose();
        return null;
    }

    /// <summary>Of one that does not.</summary>
    /// <param name="path">Null: the only one there is.</param>
    public static JournalReader? OpenFile(string? path, out string problem)
    {
        problem = "";
        if ((path ?? Find(out problem)) is not { } chosen)
            return null;
        JournalReader? journal = JournalReader.Open(chosen, out OsError failure);
        if (journal is null)
            problem = failure.Errno == Errno.ENOENT ? $"there is no journal {chosen}" : failure.ToString();
        return journal;
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
            problem = $"the journals in {StatePaths.Journals} cannot be listed";
        }
        return null;
    }
}
