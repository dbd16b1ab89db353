using KeepalivedAot.Base.Logging;

namespace KeepalivedAot.Config.Toml;

/// <summary>The table <c>[log]</c>: how lines are written, which keepalived leaves to syslog(3).</summary>
public sealed record LogSettings
{
    /// <summary>On the console and in the log file.</summary>
    public LogFormat Format { get; init; }

    /// <summary>To the host's log.</summary>
    public SyslogFormat Syslog { get; init; }
}
