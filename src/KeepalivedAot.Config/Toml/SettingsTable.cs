using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Config.Toml;

/// <summary>Every setting there is. Reading, <c>explain</c> and the sample file come from this table.</summary>
internal static class SettingsTable
{
    public static readonly Setting[] Rows =
    [
        new("memory", "trim", TomlKind.Boolean, "true",
            "Gives memory back to the host once a start or a reload has settled. The next change of state then costs a few page faults; "
            + "turn it off where memory is plenty and every microsecond of a takeover counts.",
            0, 1, static (settings, value) => settings with { TrimsMemory = value != 0 }),
        new("memory", "trim_delay", TomlKind.Integer, $"{Settings.DefaultTrimDelaySeconds}",
            "How many seconds after a start or a reload memory is given back. Elections and announcements should be over by then.",
            1, 3600, static (settings, value) => settings with { TrimDelay = Duration.FromSeconds(value) }),
        new("scripts", "notify_patience", TomlKind.Integer, $"{Settings.DefaultNotifyPatienceSeconds}",
            "How many seconds a notify script may run while another script of the same instance or group waits for its end. "
            + "Then it is ended, first with SIGTERM and 2 seconds later with SIGKILL. A script that nobody waits for is left alone.",
            1, 86400, static (settings, value) => settings with { NotifyPatience = Duration.FromSeconds(value) }),
    ];

    /// <summary>Tables of later releases, so that whoever writes one early is told so, and not that it is a slip.</summary>
    public static readonly (string Table, string What)[] Later =
    [
        ("metrics", "metrics"), ("control", "the control socket"), ("journal", "the journal"), ("smtp", "encrypted mail"),
    ];

    public static Setting? Find(string fullName) => Array.Find(Rows, row => row.FullName == fullName);

    public static bool IsTable(string name) => Array.Exists(Rows, row => row.Table == name);
}
