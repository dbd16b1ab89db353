using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Daemon.Control;

/// <summary>A clock that nobody sets, and that goes on while the machine is suspended.</summary>
internal interface IUptime
{
    /// <summary>Since the machine started (CLOCK_BOOTTIME).</summary>
    Duration Now { get; }

    /// <summary>Which start that was; empty when it cannot be told.</summary>
    string Boot { get; }
}
