namespace KeepalivedAot.Daemon.Notifications;

/// <summary>What scripts and FIFOs are told of.</summary>
internal enum Notice : byte
{
    Backup,
    Master,
    Fault,
    Stop,
    Deleted,

    /// <summary>A master heard a lower priority.</summary>
    MasterHearsLower,

    /// <summary>FIFO only: the priority of a master has changed.</summary>
    MasterPriority,

    /// <summary>FIFO only: that of any other, one in FAULT too.</summary>
    BackupPriority,

    /// <summary>To the script of <c>watch.notify</c> only: something is wrong with another router or host.</summary>
    Conflict,
}

/// <summary>Their names, as scripts get them and FIFOs have them (vrrp.md, section 17).</summary>
internal static class NoticeNames
{
    public static string Of(Notice notice) => notice switch
    {
        Notice.Backup => "BACKUP",
        Notice.Master => "MASTER",
        Notice.Fault => "FAULT",
        Notice.Stop => "STOP",
        Notice.Deleted => "DELETED",
        Notice.MasterHearsLower => "MASTER_RX_LOWER_PRI",
        Notice.MasterPriority => "MASTER_PRIORITY",
        Notice.Conflict => "CONFLICT",
        _ => "BACKUP_PRIORITY",
    };
}
