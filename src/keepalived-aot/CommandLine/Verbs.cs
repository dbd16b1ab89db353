using System.CommandLine;

namespace KeepalivedAot.CommandLine;

/// <summary>Our own verbs. Made only when the short path has given the command line up: a daemon that starts pays nothing for them.</summary>
internal static class Verbs
{
    /// <summary>In the order of the help. Each verb is a file of its own with a <c>Make</c>.</summary>
    public static Command[] Make() =>
    [
        CheckVerb.Make(),
        ExplainVerb.Make(),
        ConfigVerb.Make(),
        PlanVerb.Make(),
        SimulateVerb.Make(),
        FmtVerb.Make(),
        StatusVerb.Make(),
        HealthVerb.Make(),
        TopVerb.Make(),
        WhyVerb.Make(),
        EventsVerb.Make(),
        RequestVerbs.MakeFailover(),
        RequestVerbs.MakeMaintenance(),
        RequestVerbs.MakePriority(),
        RequestVerbs.MakeGarp(),
        RequestVerbs.MakeReload(),
        RequestVerbs.MakeDump(),
        RequestVerbs.MakeLogLevel(),
        CleanupVerb.Make(),
        ScanVerb.Make(),
        DecodeVerb.Make(),
        ReplayVerb.Make(),
        CompletionVerb.Make(),
        SelfCheckVerb.Make(),
    ];
}
