namespace KeepalivedAot.Vrrp.Fsm;

/// <summary>The timers of one router.</summary>
public enum VrrpTimer
{
    /// <summary>Backup: how long the Active Router may be silent (RFC 9568, 6.1).</summary>
    ActiveDown,

    /// <summary>Active: when the next advertisement is due.</summary>
    Adver,

    /// <summary>Active: the second burst of announcements.</summary>
    DelayedAnnouncement,

    /// <summary>Active: the periodic announcements.</summary>
    RefreshAnnouncement,

    /// <summary>Active: the second burst after a lower priority was heard.</summary>
    LowerPriorityAnnouncement,

    /// <summary>Active owner: whether another owner goes on advertising.</summary>
    OwnerConflict,

    /// <summary>Active: the periodic announcements on other interfaces.</summary>
    ExtraAnnouncement,
}
