using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>One <c>vrrp_sync_group NAME { … }</c>: instances that are all active, or all not.</summary>
/// <remarks>After loading only the members that exist and are in no group before this are left, and at least one.</remarks>
[Block("vrrp_sync_group", Label = "NAME")]
public sealed partial class VrrpSyncGroupBlock
{
    public string Name { get; private set; } = "";

    /// <summary>The names of the vrrp_instances in the group. They may be defined later in the file.</summary>
    [Keyword("group", Since = "0.6.4", Default = "required", FirstWins = true)]
    public List<ConfigName> Members { get; } = [];

    /// <summary>Interfaces that matter to all members of the group. One to a line.</summary>
    [Keyword("track_interface", Since = "2.0.0")]
    public List<TrackedInterface> TrackedInterfaces { get; } = [];

    /// <summary>Scripts that matter to all members of the group. One to a line.</summary>
    [Keyword("track_script", Since = "2.0.0")]
    public List<TrackedScript> TrackedScripts { get; } = [];

    /// <summary>Tracked files that matter to all members of the group. One to a line.</summary>
    [Keyword("track_file", Since = "2.0.0")]
    public List<TrackedFile> TrackedFiles { get; } = [];

    /// <summary>Tracked processes that matter to all members of the group. One to a line.</summary>
    [Keyword("track_process", Since = "2.0.11")]
    public List<TrackedProcess> TrackedProcesses { get; } = [];

    /// <summary>BFD sessions that matter to all members of the group. One to a line.</summary>
    [Keyword("track_bfd", Since = "2.0.0")]
    public List<TrackedBfd> TrackedBfds { get; } = [];

    /// <summary>Script to run when the group becomes BACKUP, and the user that runs it.</summary>
    [Keyword("notify_backup", Since = "0.6.4", Default = "none", FirstWins = true)]
    public ConfigScript? NotifyBackup { get; private set; }

    /// <summary>Script to run when the group becomes MASTER, and the user that runs it.</summary>
    [Keyword("notify_master", Since = "0.6.4", Default = "none", FirstWins = true)]
    public ConfigScript? NotifyMaster { get; private set; }

    /// <summary>Script to run when the group goes to FAULT, and the user that runs it.</summary>
    [Keyword("notify_fault", Since = "0.6.4", Default = "none", FirstWins = true)]
    public ConfigScript? NotifyFault { get; private set; }

    /// <summary>Script to run when the program stops, and the user that runs it.</summary>
    [Keyword("notify_stop", Since = "2.0.0", Default = "none", FirstWins = true)]
    public ConfigScript? NotifyStop { get; private set; }

    /// <summary>Script to run at every change of state. It gets four arguments: GROUP, the name, the new state and 0.</summary>
    [Keyword("notify", Since = "1.1.2", Default = "none", FirstWins = true)]
    public ConfigScript? Notify { get; private set; }

    /// <summary>Send a mail when the state changes.</summary>
    [Keyword("smtp_alert", Since = "1.0.0", Default = "smtp_alert_vrrp, then smtp_alert, then false", Optional = true)]
    public bool SmtpAlert { get; private set; }

    /// <summary>
    /// Let trackers with weights change the priorities of the members; without it, such trackers are ignored in a sync group.
    /// </summary>
    [Sets("sync_group_tracking_weight", Since = "2.0.0"), DeprecatedAlias("global_tracking", Since = "1.2.3", Counts = true)]
    public bool TracksWeights { get; private set; }

    /// <summary>Write changes of the members' priorities to the notify FIFO.</summary>
    [Keyword("notify_priority_changes", Since = "2.2.0", Default = "vrrp_notify_priority_changes", Optional = true)]
    public bool NotifyPriorityChanges { get; private set; }

    internal void ChooseNotifications(bool alert, Global.GlobalDefsBlock globals)
    {
        if (!_spans.SmtpAlert.IsGiven)
            SmtpAlert = alert;
        if (!_spans.NotifyPriorityChanges.IsGiven)
            NotifyPriorityChanges = globals.NotifyPriorityChanges;
    }
}
