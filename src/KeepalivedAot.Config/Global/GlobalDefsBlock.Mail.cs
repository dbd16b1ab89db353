using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

// Mails.
public sealed partial class GlobalDefsBlock
{
    /// <summary>The sender of mails; with a display name the whole address is one word in double quotes.</summary>
    [Keyword("notification_email_from", Since = "0.5.3", Default = "user@hostname (only with smtp_server)", SurvivesMissingValue = true), NotYet]
    public string? NotificationEmailFrom { get; private set; }

    /// <summary>Where mails are delivered: an address or a host name, and a port.</summary>
    [Keyword("smtp_server", Since = "0.5.3", Default = "unset; port 25"), NotYet]
    public SmtpServer? SmtpServer { get; private set; }

    /// <summary>What the mail server is greeted with.</summary>
    [Keyword("smtp_helo_name", Since = "1.2.20", Default = "host name (only with smtp_server)", SurvivesMissingValue = true), NotYet]
    public string? SmtpHeloName { get; private set; }

    /// <summary>How long to wait for the mail server, in seconds; 0 is an error and becomes 1.</summary>
    [Keyword("smtp_connect_timeout", Since = "0.5.3"), Seconds, Range(0, 4294), NotYet]
    public Duration SmtpConnectTimeout { get; private set; } = Duration.FromSeconds(30);

    /// <summary>Who gets the mails: all words of all lines.</summary>
    [Keyword("notification_email", Since = "0.5.3", Default = "none", Arguments = "block{email...}"), NotYet]
    public List<ConfigName> NotificationEmail { get; } = [];

    /// <summary>Default of every other smtp_alert.</summary>
    [Keyword("smtp_alert", Since = "2.0.0", Default = "unset", Optional = true), NotYet]
    public bool? SmtpAlert { get; private set; }

    /// <summary>Default of smtp_alert in vrrp_instance and vrrp_sync_group.</summary>
    [Keyword("smtp_alert_vrrp", Since = "2.0.0", Default = "unset", Optional = true), NotYet]
    public bool? SmtpAlertVrrp { get; private set; }

    /// <summary>Default of smtp_alert in virtual_server and real_server.</summary>
    [Keyword("smtp_alert_checker", Since = "2.0.0", Default = "unset", Optional = true), NotYet]
    public bool? SmtpAlertChecker { get; private set; }

    /// <summary>No mail when an instance goes to FAULT.</summary>
    [Sets("no_email_faults", Since = "2.0.0"), NotYet]
    public bool NoEmailFaults { get; private set; }

    /// <summary>A mail only when a real server changes, not for each of its checkers.</summary>
    [Keyword("no_checker_emails", Since = "2.0.0", Optional = true), NotYet]
    public bool NoCheckerEmails { get; private set; }
}
