namespace KeepalivedAot.Tracking.Scripts;

/// <summary>Where a tracked script is between two of its intervals.</summary>
public enum ScriptRunState : byte
{
    Idle,
    Running,

    /// <summary>It has used up its time, counts as failed, and is being ended.</summary>
    BeingTimedOut,
}
