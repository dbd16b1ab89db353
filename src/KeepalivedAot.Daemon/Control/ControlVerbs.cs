namespace KeepalivedAot.Daemon.Control;

/// <summary>What can be asked of the daemon.</summary>
internal enum ControlVerb
{
    Status,
    Events,
    Failover,
    Maintenance,
    Priority,
    Garp,
    Reload,
    Plan,
    Dump,
    LogLevel,
}

/// <summary>One of them.</summary>
/// <param name="Changes">Only for root: it changes something, or reads files with root's rights.</param>
/// <param name="Fields">What a request may have beside its verb.</param>
/// <param name="Needed">What it must have.</param>
internal sealed record ControlVerbRow(ControlVerb Verb, string Name, bool Changes, string[] Fields, string[] Needed);

/// <summary>All of them; reading, permissions and the schema's test come from this table.</summary>
internal static class ControlVerbs
{
    public static readonly ControlVerbRow[] Rows =
    [
        new(ControlVerb.Status, "status", Changes: false, ["instance"], []),
        new(ControlVerb.Events, "events", Changes: false, ["instance", "follow"], []),
        new(ControlVerb.Failover, "failover", Changes: true, ["instance", "reason"], ["instance"]),
        new(ControlVerb.Maintenance, "maintenance", Changes: true, ["on", "seconds", "reason"], ["on"]),
        new(ControlVerb.Priority, "priority", Changes: true, ["instance", "amount", "seconds", "reason"], ["instance", "amount"]),
        new(ControlVerb.Garp, "garp", Changes: true, ["instance"], ["instance"]),
        new(ControlVerb.Reload, "reload", Changes: true, [], []),
        new(ControlVerb.Plan, "plan", Changes: true, ["file", "json"], ["file"]),
        new(ControlVerb.Dump, "dump", Changes: true, ["what"], ["what"]),
        new(ControlVerb.LogLevel, "loglevel", Changes: true, ["what"], ["what"]),
    ];

    public static ControlVerbRow? Find(string name) => Array.Find(Rows, row => row.Name == name);

    public static ControlVerbRow Of(ControlVerb verb) => Array.Find(Rows, row => row.Verb == verb)!;
}
