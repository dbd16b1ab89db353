using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Tracking;

namespace KeepalivedAot.Config.Vrrp;

// What changes the priority, or is a fault.
public sealed partial class VrrpInstanceBlock
{
    /// <summary>Interfaces that have to be up. One to a line.</summary>
    [Keyword("track_interface", Since = "1.0.1")]
    public List<TrackedInterface> TrackedInterfaces => _trackedInterfaces ??= [];

    /// <summary>Scripts (vrrp_script) that have to succeed. One to a line.</summary>
    [Keyword("track_script", Since = "1.1.13")]
    public List<TrackedScript> TrackedScripts => _trackedScripts ??= [];

    /// <summary>Files (track_file) whose numbers change the priority. One to a line.</summary>
    [Keyword("track_file", Since = "2.0.0")]
    public List<TrackedFile> TrackedFiles => _trackedFiles ??= [];

    /// <summary>Processes (vrrp_track_process) that have to be running. One to a line.</summary>
    [Keyword("track_process", Since = "2.0.11")]
    public List<TrackedProcess> TrackedProcesses => _trackedProcesses ??= [];

    /// <summary>BFD sessions (bfd_instance) that have to be up. One to a line.</summary>
    [Keyword("track_bfd", Since = "2.0.0")]
    public List<TrackedBfd> TrackedBfds => _trackedBfds ??= [];

    /// <summary>
    /// Become backup when the program was stopped for so long that another router must have taken over. The number is the highest
    /// priority of the others. Needs nopreempt.
    /// </summary>
    /// <remarks>Null is off.</remarks>
    [Keyword("timer_expired_backup", Since = "2.2.8", Default = "off; without a number 254", Bare = "254"), Range(1, 254), Strict]
    [DeprecatedAlias("thread_timer_expired", Since = "2.3.2", Counts = true)]
    public byte? TimerExpiredBackup { get; private set; }

    /// <summary>A level of debugging that nothing uses.</summary>
    [Keyword("debug", Since = "0.5.3", Default = "0"), Range(0, 4), NoEffect]
    public byte Debug { get; private set; }

    /// <summary>To ask makes no list, unlike <see cref="TrackedInterfaces"/>.</summary>
    public bool TracksInterfaces => _trackedInterfaces is { Count: > 0 };

    /// <summary>To ask makes no lists.</summary>
    public bool TracksAnything
        => _trackedInterfaces is not null || _trackedScripts is not null || _trackedFiles is not null || _trackedProcesses is not null
            || _trackedBfds is not null;

    private List<TrackedInterface>? _trackedInterfaces;
    private List<TrackedScript>? _trackedScripts;
    private List<TrackedFile>? _trackedFiles;
    private List<TrackedProcess>? _trackedProcesses;
    private List<TrackedBfd>? _trackedBfds;
}
