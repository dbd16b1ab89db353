using System.Globalization;
using System.Text.Json;

namespace KeepalivedAot.Daemon.Client;

/// <summary>The status as a table for people.</summary>
public static class StatusText
{
    private static readonly string[] s_heads = ["INSTANCE", "STATE", "SINCE", "PRIORITY", "MASTER", "INTERFACE", "VRID", "ADDRESSES"];

    // The last column takes what is left.
    private const int LongestCell = 40;

    /// <summary>Lines, without line feeds.</summary>
    public static List<string> Lines(DaemonStatus status)
    {
        long now = status.Daemon.Number("unix_us") ?? 0;
        List<string> lines = [Head(status.Daemon, now)];
        if (status.Daemon.Object("maintenance") is { } maintenance)
            lines.Add(Maintenance(maintenance, now));
        if (status.Daemon.Object("reload") is { } reload && !reload.IsTrue("accepted"))
            lines.Add($"! The reload at {PeopleTime.Show(reload.Number("unix_us") ?? 0, now)} was refused: {reload.Text("refusal")}");
        if (status.Daemon.Object("journal")?.Text("failure") is { } failure)
            lines.Add($"! The journal is not written: {failure}");
        if (status.Instances.Count == 0)
        {
            lines.Add("It runs no instances.");
            return lines;
        }
        lines.Add("");
        AddTable(lines, [.. status.Instances.Select(instance => Row(instance, now))]);
        List<string> notes = [.. status.Instances.SelectMany(Notes), .. status.Tracked.Where(static it => it.Text("condition") is "bad" or "unknown").Select(Bad)];
        if (notes.Count > 0)
            lines.Add("");
        lines.AddRange(notes.Select(static note => $"! {note}"));
        return lines;
    }

    private static string Head(JsonElement daemon, long now)
    {
        string started = daemon.Number("started_unix_us") is { } at ? $", up {PeopleTime.ShowLength(now - at)}" : "";
        string reload = daemon.Object("reload") is { } last && last.IsTrue("accepted") ? $", reloaded {PeopleTime.Show(last.Number("unix_us") ?? 0, now)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"keepalived-aot {daemon.Text("version")}, pid {daemon.Number("pid")}{started}{reload}, {daemon.Text("configuration")}");
    }

    private static string Maintenance(JsonElement maintenance, long now)
    {
        string until = maintenance.Number("until_unix_us") is { } end ? $" until {PeopleTime.Show(end, now)}" : "";
        string reason = maintenance.Text("reason") is { } why ? $": {why}" : "";
        return $"! In maintenance since {PeopleTime.Show(maintenance.Number("since_unix_us") ?? 0, now)}{until}{reason} ({maintenance.Text("by")})";
    }

    private static string[] Row(JsonElement instance, long now)
    {
        string state = instance.Text("state") ?? "?";
        JsonElement? master = instance.Object("master");
        string priority = instance.Number("priority")?.ToString(CultureInfo.InvariantCulture) ?? "";
        if (instance.Number("base_priority") is { } configured && instance.Number("priority") != configured)
            priority = string.Create(CultureInfo.InvariantCulture, $"{priority} ({configured})");
        string[] addresses = [.. instance.Texts("addresses").Select(static text => text.Split(" dev ")[0])];
        return
        [
            instance.Text("name") ?? "?",
            state,
            instance.Number("since_unix_us") is { } since ? PeopleTime.Show(since, now) : "-",
            priority,
            state == "MASTER" ? "this router" : master is { } it ? string.Create(CultureInfo.InvariantCulture, $"{it.Text("address")} ({it.Number("priority")})") : "-",
            instance.Text("interface") ?? "-",
            instance.Number("vrid")?.ToString(CultureInfo.InvariantCulture) ?? "-",
            addresses.Length switch { 0 => "-", 1 => addresses[0], _ => string.Create(CultureInfo.InvariantCulture, $"{addresses[0]} +{addresses.Length - 1}") },
        ];
    }

    private static IEnumerable<string> Notes(JsonElement instance)
    {
        string name = instance.Text("name") ?? "?";
        if (instance.Text("faults") is { } faults)
            yield return $"{name}: {faults}";
        if (instance.IsTrue("yielding"))
            yield return $"{name}: gave its role up on request, and follows whoever has it until that one is silent";
        if (instance.Number("requested") is { } amount)
            yield return string.Create(CultureInfo.InvariantCulture, $"{name}: priority {amount:+0;-0} by request");
        if (instance.TryGetProperty("conflicts", out JsonElement conflicts) && conflicts.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement conflict in conflicts.EnumerateArray())
                yield return $"{name}: {conflict.Text("text")}";
        }
        int absent = instance.Texts("addresses").Count(static text => text.EndsWith("(absent)", StringComparison.Ordinal));
        if (instance.Text("state") == "MASTER" && absent > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{name}: {absent} of its addresses {(absent == 1 ? "is" : "are")} not in the kernel");
    }

    private static string Bad(JsonElement tracked) => tracked.Text("text") ?? "";

    private static void AddTable(List<string> lines, List<string[]> rows)
    {
        rows.Insert(0, s_heads);
        int[] widths = [.. Enumerable.Range(0, s_heads.Length).Select(column => Math.Min(LongestCell, rows.Max(row => row[column].Length)))];
        foreach (string[] row in rows)
            lines.Add(string.Join("  ", row.Select((cell, column) => Fit(cell, widths[column], column == row.Length - 1))).TrimEnd());
    }

    private static string Fit(string cell, int width, bool isLast)
        => isLast ? cell : cell.Length > width ? $"{cell[..(width - 1)]}…" : cell.PadRight(width);
}
