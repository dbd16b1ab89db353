namespace KeepalivedAot.Config.Diagnostics;

// What can be tracked, and BFD.
public static partial class DiagnosticCatalogue
{
    public static readonly DiagnosticKind TrackedUnknown = Error(
        701, ConfigErrorClass.GeneralError, "tracking what is not defined", "The line is ignored. Definitions come before their use.");

    public static readonly DiagnosticKind TrackedTwice = Error(
        702, ConfigErrorClass.GeneralError, "tracked twice", "The first line counts.");

    public static readonly DiagnosticKind WeightTooLarge = Error(
        703, ConfigErrorClass.GeneralError, "weight beyond 253", "Priorities that can change are 1 to 254, so no change is larger than 253.");

    public static readonly DiagnosticKind ReverseWithoutWeight = Error(
        704, ConfigErrorClass.GeneralError, "reverse without a weight", "The line is ignored.");

    public static readonly DiagnosticKind TrackerIncomplete = Error(
        705, ConfigErrorClass.GeneralError, "definition without what it needs", "It is left out, and lines that track it with it.");

    public static readonly DiagnosticKind ZeroTime = Error(
        706, ConfigErrorClass.GeneralError, "time of 0", "A second is used.");

    public static readonly DiagnosticKind ScriptUnused = Warning(
        707, ConfigErrorClass.Ok, "script that nobody tracks", "It is never run.");

    public static readonly DiagnosticKind TrackedOwnInterface = Error(
        708, ConfigErrorClass.GeneralError, "own interface tracked", "An instance watches its own interface always, unless 'dont_track_primary' is given.");

    public static readonly DiagnosticKind WeightIgnored = Error(
        709, ConfigErrorClass.GeneralError, "weight that cannot act",
        "The members of a group go together, so their priorities stay, unless 'sync_group_tracking_weight' is given; an address owner's is always 255.");

    public static readonly DiagnosticKind TrackGroupEmpty = Warning(
        710, ConfigErrorClass.Ok, "track_group without members", "It is left out.");

    public static readonly DiagnosticKind TrackGroupBlockEmpty = Error(
        714, ConfigErrorClass.GeneralError, "empty list of members", "The track_group is left out.");

    public static readonly DiagnosticKind TrackedByBoth = Error(
        712, ConfigErrorClass.GeneralError, "tracked by an instance and by its group", "The instance's own line counts for it.");

    public static readonly DiagnosticKind TrackGroupMember = Warning(
        713, ConfigErrorClass.Ok, "member of a track_group that is no vrrp_instance", "It is ignored.");

    public static readonly DiagnosticKind QuorumMaximum = Error(
        711, ConfigErrorClass.GeneralError, "quorum_max below the quorum", "No number of processes could satisfy both; there is no maximum then.");

    public static readonly DiagnosticKind BfdFamily = Error(
        720, ConfigErrorClass.GeneralError, "BFD between two families", "The session is left out.");

    public static readonly DiagnosticKind BfdDuplicate = Error(
        721, ConfigErrorClass.GeneralError, "two BFD sessions with one neighbour", "Packets could not be told apart; the later one is left out.");

    public static readonly DiagnosticKind BfdHops = Error(
        722, ConfigErrorClass.GeneralError, "max_hops larger than ttl", null);

    public static readonly DiagnosticKind BfdSlow = Warning(
        723, ConfigErrorClass.Ok, "slow BFD session", "BFD is meant to notice within fractions of a second.");
}
