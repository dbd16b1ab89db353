namespace KeepalivedAot.Mail;

/// <summary>What an alert is about: a state that was entered, or the end.</summary>
public enum AlertState : byte
{
    Active,
    Backup,
    Fault,

    /// <summary>The daemon stops.</summary>
    Stop,

    /// <summary>A reload has removed it (<c>notify_deleted</c>).</summary>
    Deleted,
}
