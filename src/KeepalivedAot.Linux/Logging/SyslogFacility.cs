namespace KeepalivedAot.Linux.Logging;

/// <summary>Syslog facilities (RFC 5424, 6.2.1): those that keepalived's <c>-S</c> takes.</summary>
public enum SyslogFacility
{
    User = 1,
    Daemon = 3,
    Local0 = 16,
    Local1 = 17,
    Local2 = 18,
    Local3 = 19,
    Local4 = 20,
    Local5 = 21,
    Local6 = 22,
    Local7 = 23,
}
