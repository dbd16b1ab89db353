using KeepalivedAot.Daemon.Metrics;
using KeepalivedAot.Tracking;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Watch;

namespace KeepalivedAot.Daemon.Journal;

/// <summary>The words of the journal, as they stand in its lines; programs rely on them.</summary>
internal static class JournalKinds
{
    public const string Started = "started";
    public const string Stopping = "stopping";
    public const string Reloaded = "reloaded";
    public const string ReloadRefused = "reload_refused";
    public const string Transition = "transition";
    public const string Group = "group";
    public const string Priority = "priority";
    public const string Tracked = "tracked";
    public const string Maintenance = "maintenance";
    public const string Request = "request";
    public const string Conflict = "conflict";
    public const string Standstill = "standstill";

    /// <summary>What a tracked thing is.</summary>
    public static string KindName(TrackerKind kind) => kind switch
    {
        TrackerKind.Interface => "interface",
        TrackerKind.Script => "script",
        TrackerKind.File => "file",
        TrackerKind.Process => "process",
        _ => "bfd",
    };

    public static string ConflictName(ConflictKind kind) => kind switch
    {
        ConflictKind.TwoActive => "two_masters",
        ConflictKind.OwnAddress => "own_address",
        ConflictKind.AddressClaimed => "address_claimed",
        ConflictKind.AddressWanted => "address_wanted",
        _ => "foreign_vrid",
    };

    /// <summary><c>master_silent</c>: as metrics have it.</summary>
    public static ReadOnlySpan<byte> CauseName(TransitionCause cause) => MetricCatalogue.CauseName(cause);
}
