using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Tracking;

namespace KeepalivedAot.Config.Vrrp;

// What changes the priority, or is a fault.
public sealed partial class VrrpInstanceBlock
{
    /// <summary>Interfaces whose state is tracked.</summary>
    [Keyword("track_interface", Since = "1.0.1"), NotYet]
    public List<TrackedInterface> TrackedInterfaces => _trackedInterfaces ??= [];

    /// <summary>Scripts whose result is tracked.</summary>
    [Keyword("track_script", Since = "1.1.13"), NotYet]
    public List<TrackedScript> TrackedScripts => _trackedScripts ??= [];

    /// <summary>Files whose content is tracked.</summary>
    [Keyword("track_file", Since = "2.0.0"), NotYet]
    public List<TrackedFile> TrackedFiles => _trackedFiles ??= [];

    /// <summary>Processes that must run.</summary>
    [Keyword("track_process", Since = "2.0.11"), NotYet]
    public List<TrackedProcess> TrackedProcesses => _trackedProcesses ??= [];

    /// <summary>BFD sessions that must be up.</summary>
    [Keyword("track_bfd", Since = "2.0.0"), NotYet]
    public List<TrackedBfd> TrackedBfds => _trackedBfds ??= [];

    /// <summary>
    /// When the program is found to be so late that others must have taken over, become backup in place of advertising; the number is
    /// the highest priority of the others. Needs nopreempt. 0 is off.
    /// </summary>
    [Keyword("timer_expired_backup", Since = "2.2.8", Default = "off; bare keyword = 254", Bare = "254"), Range(1, 254), Strict]
    [DeprecatedAlias("thread_timer_expired", Since = "2.3.2", Counts = true), NotYet]
    public byte TimerExpiredBackup { get; private set; }

    /// <summary>A level of debugging.</summary>
    [Keyword("debug", Since = "0.5.3", Default = "0"), Range(0, 4), NoEffect]
    public byte Debug { get; private set; }

    private List<TrackedInterface>? _trackedInterfaces;
    private List<TrackedScript>? _trackedScripts;
    private List<TrackedFile>? _trackedFiles;
    private List<TrackedProcess>? _trackedProcesses;
    private List<TrackedBfd>? _trackedBfds;
}
