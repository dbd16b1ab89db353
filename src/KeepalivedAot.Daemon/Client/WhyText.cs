using System.Globalization;
using System.Text.Json;

namespace KeepalivedAot.Daemon.Client;

/// <summary>Why an instance is in the state that it is in: the chain of causes, in sentences.</summary>
public static class WhyText
{
    private const int MostEarlier = 5;

    // From the first instance that is changed to the end of a reload.
    private const long ReloadMicroseconds = 1_000_000;

    /// <summary>Of an instance at work.</summary>
    /// <param name="instance">As the status has it.</param>
    /// <param name="events">Of the journal, oldest first.</param>
    public static List<string> Lines(JsonElement instance, IReadOnlyList<JsonElement> events, long now)
    {
        string name = instance.Text("name") ?? "?";
        string state = instance.Text("state") ?? "?";
        string since = instance.Number("since_unix_us") is { } at ? $" since {PeopleTime.Show(at, now)} ({PeopleTime.ShowLength(now - at)})" : "";
        string reason = instance.Text("reason") ?? "";
        List<string> lines = [$"{name} is {state}{since}, because {Because(instance.Text("cause"), reason)}."];
        AddPresent(lines, instance, state, now);
        AddStandstill(lines, instance.Number("since_unix_us") ?? 0, events, now);
        AddChain(lines, name, reason, instance.Text("priority_reason"), events, now);
        AddReload(lines, name, reason, events, now);
        AddEarlier(lines, name, events, now);
        return lines;
    }

    /// <summary>Of one that nobody runs at the moment.</summary>
    public static List<string> LinesOfPast(string name, IReadOnlyList<JsonElement> events, long now)
    {
        JsonElement last = events.LastOrDefault(e => e.Text("event") == "transition" && e.Text("instance") == name);
        if (last.ValueKind == JsonValueKind.Undefined)
            return [];
        List<string> lines = [$"{name} does not run. At {PeopleTime.Show(last.Number("unix_us") ?? 0, now)} it became {last.Text("to")}, because {Because(last.Text("cause"), last.Text("reason") ?? "")}."];
        AddChain(lines, name, last.Text("reason") ?? "", null, events, now);
        AddEarlier(lines, name, events, now);
        return lines;
    }

    private static string Because(string? cause, string reason) => cause switch
    {
        "started" => $"it {reason}",
        "shutdown" => "it was told to stop",
        "yielded" or "pulled_to_yield" => reason.StartsWith("told", StringComparison.Ordinal) ? $"it was {reason}" : reason,
        "removed" => "it is no longer in the configuration",
        _ => reason,
    };

    // What holds at the moment, beside how it came.
    private static void AddPresent(List<string> lines, JsonElement instance, string state, long now)
    {
        long priority = instance.Number("priority") ?? 0;
        if (instance.Text("faults") is { } faults)
            lines.Add($"  What keeps it in FAULT: {faults}.");
        if (instance.Text("priority_reason") is { } because)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"  Its priority is {priority} instead of {instance.Number("base_priority")}: {because}."));
        if (state != "BACKUP")
            return;
        string limit = PeopleTime.ShowSeconds(instance.Number("down_interval_us") ?? 0);
        if (instance.Object("master") is not { } master)
        {
            if (instance.Number("takes_over_unix_us") is { } then)
                lines.Add($"  It has heard no other router yet, and becomes MASTER in {PeopleTime.ShowSeconds(Math.Max(0, then - now))} s if that stays so.");
            return;
        }
        long theirs = master.Number("priority") ?? 0;
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"  {master.Text("address")} is MASTER, with priority {theirs}; this router has {priority}, and takes over when nothing is heard from there for {limit} s."));
        if (instance.IsTrue("yielding"))
            lines.Add("  It gave its role up on request, so it follows whoever has it until that one is silent or gives it up itself.");
        else if (priority > theirs && !instance.IsTrue("preempt"))
            lines.Add("  Its own priority is higher, but with nopreempt it takes nothing away from a router that works.");
    }

    // It kept the role, or took no notice, and others may tell another story.
    private static void AddStandstill(List<string> lines, long since, IReadOnlyList<JsonElement> events, long now)
    {
        JsonElement last = events.LastOrDefault(static e => e.Text("event") == "standstill");
        if (last.ValueKind != JsonValueKind.Undefined && last.Number("unix_us") is { } at && at >= since)
            lines.Add($"  At {PeopleTime.Show(at, now)} {last.Text("reason")} until then, so that others may have taken over for a while.");
    }

    // Backwards: what the reason names, and what that was caused by.
    private static void AddChain(List<string> lines, string name, string reason, string? priorityReason, IReadOnlyList<JsonElement> events, long now)
    {
        HashSet<string> said = [];
        for (int i = events.Count - 1; i >= 0; i--)
        {
            JsonElement e = events[i];
            string text = e.Text("reason") ?? "";
            if (text.Length == 0 || said.Contains(text) || !(reason.Contains(text, StringComparison.Ordinal) || text == priorityReason))
                continue;
            string time = PeopleTime.Show(e.Number("unix_us") ?? 0, now);
            if (e.Text("event") == "tracked")
                lines.Add($"  {text} at {time}.");
            else if (e.Text("event") == "request" && e.Text("instance") == name)
                lines.Add($"  At {time} somebody asked for it: {text}.");
            else
                continue;
            said.Add(text);
        }
    }

    // An election that was decided by a priority which nothing but the configuration explains: since when it is that.
    private static void AddReload(List<string> lines, string name, string reason, IReadOnlyList<JsonElement> events, long now)
    {
        int transitions = 0;
        for (int i = events.Count - 1; i >= 0 && transitions < 2; i--)
        {
            JsonElement e = events[i];
            if (e.Text("instance") != name)
                continue;
            if (e.Text("event") == "transition")
                transitions++;
            if (e.Text("event") != "priority" || e.Text("reason") is not null || e.Number("priority") is not { } priority || !Decides(reason, priority))
                continue;
            long at = e.Number("unix_us") ?? 0;
            bool isReload = events.Skip(i + 1).Any(later => later.Text("event") == "reloaded" && later.Number("unix_us") - at is >= 0 and < ReloadMicroseconds);
            if (isReload)
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"  Its priority is {priority} since the reload at {PeopleTime.Show(at, now)}."));
            return;
        }
    }

    private static bool Decides(string reason, long priority)
    {
        string words = string.Create(CultureInfo.InvariantCulture, $"than ours, {priority}");
        int at = reason.IndexOf(words, StringComparison.Ordinal);
        return at >= 0 && (at + words.Length == reason.Length || !char.IsAsciiDigit(reason[at + words.Length]));
    }

    private static void AddEarlier(List<string> lines, string name, IReadOnlyList<JsonElement> events, long now)
    {
        JsonElement[] changes = [.. events.Where(e => e.Text("instance") == name && e.Text("event") is ("transition" or "conflict"))];
        if (changes.Length < 2)
            return;
        lines.Add("  Before that:");
        for (int i = Math.Max(0, changes.Length - 1 - MostEarlier); i < changes.Length - 1; i++)
        {
            JsonElement e = changes[i];
            string what = e.Text("event") == "transition" ? $"{e.Text("from")} -> {e.Text("to")}: {e.Text("reason")}" : e.Text("reason") ?? "";
            lines.Add($"    {PeopleTime.Show(e.Number("unix_us") ?? 0, now)}  {what}");
        }
    }
}
