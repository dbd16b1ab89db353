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

    /// <summary>Names of vrrp_instances, which may be defined later in the file.</summary>
    [Keyword("group", Since = "0.6.4", Default = "required", FirstWins = true)]
    public List<ConfigName> Members { get; } = [];

    /// <summary>Interfaces whose state is tracked for all members.</summary>
    [Keyword("track_interface", Since = "2.0.0")]
    public List<TrackedInterface> TrackedInterfaces { get; } = [];

    /// <summary>Scripts whose result is tracked for all members.</summary>
    [Keyword("track_script", Since = "2.0.0")]
    public List<TrackedScript> TrackedScripts { get; } = [];

    /// <summary>Files whose content is tracked for all members.</summary>
    [Keyword("track_file", Since = "2.0.0")]
    public List<TrackedFile> TrackedFiles { get; } = [];

    /// <summary>Processes that must run for all members.</summary>
    [Keyword("track_process", Since = "2.0.11")]
    public List<TrackedProcess> TrackedProcesses { get; } = [];

    /// <summary>BFD sessions that must be up for all members.</summary>
    [Keyword("track_bfd", Since = "2.0.0")]
    public List<TrackedBfd> TrackedBfds { get; } = [];

    /// <summary>Script to run when the group becomes backup, and who runs it.</summary>
    [Keyword("notify_backup", Since = "0.6.4", Default = "none", FirstWins = true)]
    public ConfigScript? NotifyBackup { get; private set; }

    /// <summary>Script to run when the group becomes active, and who runs it.</summary>
    [Keyword("notify_master", Since = "0.6.4", Default = "none", FirstWins = true)]
    public ConfigScript? NotifyMaster { get; private set; }

    /// <summary>Script to run when the group is in fault, and who runs it.</summary>
    [Keyword("notify_fault", Since = "0.6.4", Default = "none", FirstWins = true)]
    public ConfigScript? NotifyFault { get; private set; }

    /// <summary>Script to run when the group stops with the program, and who runs it.</summary>
    [Keyword("notify_stop", Since = "2.0.0", Default = "none", FirstWins = true)]
    public ConfigScript? NotifyStop { get; private set; }

    /// <summary>Script to run at every change; it gets GROUP, the name, the state and 0 as arguments.</summary>
    [Keyword("notify", Since = "1.1.2", Default = "none", FirstWins = true)]
    public ConfigScript? Notify { get; private set; }

    /// <summary>Send mail at changes.</summary>
    [Keyword("smtp_alert", Since = "1.0.0", Default = "smtp_alert_vrrp, then smtp_alert, then false", Optional = true)]
    public bool SmtpAlert { get; private set; }

    /// <summary>Weights of what members track change their priorities; without it they are left out.</summary>
    [Sets("sync_group_tracking_weight", Since = "2.0.0"), DeprecatedAlias("global_tracking", Since = "1.2.3", Counts = true)]
    public bool TracksWeights { get; private set; }

    /// <summary>Report changes of the members' priorities to the notify FIFO.</summary>
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
