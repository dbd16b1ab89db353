namespace KeepalivedAot.Daemon.Recording;

/// <summary>What recording and replay have to do alike.</summary>
internal static class ReplayedTurn
{
    /// <summary>Timers that are fired in a row before others have their turn.</summary>
    public const int MostTimers = 4096;
}
