using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Vrrp;

// Who is told of changes.
public sealed partial class VrrpInstanceBlock
{
    /// <summary>Script to run when the instance becomes backup, and who runs it.</summary>
    [Keyword("notify_backup", Since = "0.5.9", Default = "none", FirstWins = true), NotYet]
    public ConfigScript? NotifyBackup { get; private set; }

    /// <summary>Script to run when the instance becomes active, and who runs it.</summary>
    [Keyword("notify_master", Since = "0.5.9", Default = "none", FirstWins = true), NotYet]
    public ConfigScript? NotifyMaster { get; private set; }

    /// <summary>Script to run when the instance is in fault, and who runs it.</summary>
    [Keyword("notify_fault", Since = "0.5.9", Default = "none", FirstWins = true), NotYet]
    public ConfigScript? NotifyFault { get; private set; }

    /// <summary>Script to run when the instance stops with the program, and who runs it.</summary>
    [Keyword("notify_stop", Since = "1.1.13", Default = "none", FirstWins = true), NotYet]
    public ConfigScript? NotifyStop { get; private set; }

    /// <summary>Report DELETED, not FAULT, when a reload removes the instance, and perhaps run a script.</summary>
    [Keyword("notify_deleted", Since = "2.1.0", Default = "off", FirstWins = true), NotYet]
    public DeletedNotification? NotifyDeleted { get; private set; }

    /// <summary>Script to run at every change; it gets INSTANCE, the name, the state and the priority as arguments.</summary>
    [Keyword("notify", Since = "1.1.2", Default = "none", FirstWins = true), NotYet]
    public ConfigScript? Notify { get; private set; }

    /// <summary>Script to run when the instance is active and hears an advertisement of a lower priority.</summary>
    [Keyword("notify_master_rx_lower_pri", Since = "2.0.6", Default = "none", FirstWins = true), NotYet]
    public ConfigScript? NotifyActiveHearsLower { get; private set; }

    /// <summary>Send mail at changes.</summary>
    [Keyword("smtp_alert", Since = "0.5.7", Default = "smtp_alert_vrrp, then smtp_alert, then false", Optional = true), NotYet]
    public bool SmtpAlert { get; private set; }

    /// <summary>Report changes of the priority to the notify FIFO.</summary>
    [Keyword("notify_priority_changes", Since = "2.0.16", Default = "sync group's value, then vrrp_notify_priority_changes", Optional = true), NotYet]
    public bool NotifyPriorityChanges { get; private set; }
}
