namespace KeepalivedAot.Base.Logging;

/// <summary>How lines go to the host's log.</summary>
public enum SyslogFormat : byte
{
    /// <summary>/dev/log, as syslog(3) writes: RFC 3164 without host name.</summary>
    Rfc3164,

    /// <summary>/dev/log, with structured data: RFC 5424.</summary>
    Rfc5424,

    /// <summary>systemd's journal, with fields (its native protocol).</summary>
    Journal,
}
