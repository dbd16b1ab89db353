namespace KeepalivedAot.Base.Logging;

/// <summary>How much a line matters; a smaller number matters more. All but the last two are syslog's numbers (RFC 5424, 6.2.1).</summary>
public enum LogLevel : byte
{
    Error = 3,
    Warning = 4,
    Notice = 5,
    Info = 6,

    /// <summary>Lines that keepalived prints with <c>-D</c> only; syslog sees them as informational.</summary>
    Detail = 7,

    /// <summary>Lines that keepalived prints with <c>-D -D</c> only; syslog sees them as informational.</summary>
    ExtraDetail = 8,
}
