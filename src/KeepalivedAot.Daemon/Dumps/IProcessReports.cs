using KeepalivedAot.Daemon.Tracking.Processes;

namespace KeepalivedAot.Daemon.Dumps;

/// <summary>What dumps tell of tracked processes.</summary>
internal interface IProcessReports
{
    /// <summary>A tracked process at work; null when there is none of that name.</summary>
    ProcessKind? FindProcess(string name);
}
