using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Control;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Scripts;
using KeepalivedAot.Linux.Loop;

namespace KeepalivedAot.Daemon.Metrics;

/// <summary>Where the figures come from. Nothing of it is asked before somebody wants to see them.</summary>
internal sealed class MetricsSource
{
    private InstanceLabels? _labels;

    public required VrrpModule Vrrp { get; init; }

    public required InterfaceTable Interfaces { get; init; }

    public required WakeupLateness Lateness { get; init; }

    public required Func<Instant> Now { get; init; }

    /// <summary>When the daemon began.</summary>
    public required UnixTime Started { get; init; }

    /// <summary>The scripts that instances track; after a reload another list.</summary>
    public Func<IReadOnlyList<TrackedScriptAtWork>> Scripts { get; init; } = static () => [];

    public ScriptCost ScriptCost { get; init; } = new();

    public Func<long> Turns { get; init; } = static () => 0;

    public Func<long> CutTurns { get; init; } = static () => 0;

    public Func<ulong> NetlinkRefusals { get; init; } = static () => 0;

    public required EventJournal Journal { get; init; }

    public ReloadCounts Reloads { get; init; } = new();

    /// <summary>Null while there is none.</summary>
    public Func<MaintenanceMode.Details?> Maintenance { get; init; } = static () => null;

    public Func<long> DroppedLines { get; init; } = static () => 0;

    /// <summary>Those of the instances that there are; after a reload others.</summary>
    public InstanceLabels Labels
    {
        get
        {
            if (_labels?.Instances != Vrrp.Instances)
                _labels = new InstanceLabels(Vrrp.Instances);
            return _labels!;
        }
    }

    /// <summary>What the metrics themselves cost.</summary>
    public MetricsCost Cost { get; } = new();
}
