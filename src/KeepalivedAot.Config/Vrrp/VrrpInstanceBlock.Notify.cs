using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Vrrp;

// Who is told of changes.
public sealed partial class VrrpInstanceBlock
{
    /// <summary>Script to run when the instance becomes BACKUP, and the user that runs it.</summary>
    [Keyword("notify_backup", Since = "0.5.9", Default = "none", FirstWins = true)]
    public ConfigScript? NotifyBackup { get; private set; }

    /// <summary>Script to run when the instance becomes MASTER, and the user that runs it.</summary>
    [Keyword("notify_master", Since = "0.5.9", Default = "none", FirstWins = true)]
    public ConfigScript? NotifyMaster { get; private set; }

    /// <summary>Script to run when the instance goes to FAULT, and the user that runs it.</summary>
    [Keyword("notify_fault", Since = "0.5.9", Default = "none", FirstWins = true)]
    public ConfigScript? NotifyFault { get; private set; }

    /// <summary>Script to run when the program stops, and the user that runs it.</summary>
    [Keyword("notify_stop", Since = "1.1.13", Default = "none", FirstWins = true)]
    public ConfigScript? NotifyStop { get; private set; }

    /// <summary>Report the state DELETED and not FAULT when a reload removes the instance; with a script, run it then.</summary>
    [Keyword("notify_deleted", Since = "2.1.0", Default = "off", FirstWins = true)]
    public DeletedNotification? NotifyDeleted { get; private set; }

    /// <summary>
    /// Script to run at every change of state. It gets four arguments: INSTANCE, the name, the new state and the priority.
    /// </summary>
    [Keyword("notify", Since = "1.1.2", Default = "none", FirstWins = true)]
    public ConfigScript? Notify { get; private set; }

    /// <summary>Script to run when the instance is MASTER and hears an advertisement of a lower priority.</summary>
    [Keyword("notify_master_rx_lower_pri", Since = "2.0.6", Default = "none", FirstWins = true)]
    public ConfigScript? NotifyActiveHearsLower { get; private set; }

    /// <summary>Send a mail when the state changes.</summary>
    [Keyword("smtp_alert", Since = "0.5.7", Default = "smtp_alert_vrrp, then smtp_alert, then false", Optional = true), NotYet]
    public bool SmtpAlert { get; private set; }

    /// <summary>Write changes of the priority to the notify FIFO.</summary>
    [Keyword("notify_priority_changes", Since = "2.0.16", Default = "sync group's value, then vrrp_notify_priority_changes", Optional = true)]
    public bool NotifyPriorityChanges { get; private set; }
}
