using System.Globalization;
using System.Text.Json;

namespace KeepalivedAot.Daemon.Client;

/// <summary>An event of the journal on one line.</summary>
public static class EventText
{
    /// <summary>With its time.</summary>
    public static string Line(JsonElement e) => $"{PeopleTime.ShowExactly(e.Number("unix_us") ?? 0)}  {Sentence(e)}";

    /// <summary>Without.</summary>
    public static string Sentence(JsonElement e)
    {
        string reason = e.Text("reason") ?? "";
        string instance = e.Text("instance") ?? "";
        return e.Text("event") switch
        {
            "transition" => $"{instance}: {e.Text("from")} -> {e.Text("to")}: {reason}",
            "priority" => string.Create(CultureInfo.InvariantCulture, $"{instance}: priority is {e.Number("priority")}{(reason.Length > 0 ? $": {reason}" : "")}"),
            "group" => $"group {e.Text("group")}: {e.Text("to")}",
            "tracked" => reason,
            _ when instance.Length > 0 => $"{instance}: {reason}",
            _ => reason,
        };
    }

    /// <summary>Whether it is about an instance, or about the daemon as a whole.</summary>
    public static bool Concerns(JsonElement e, string instance)
        => e.Text("instance") is { } named ? named == instance : e.Text("event") is not ("tracked" or "group");
}
