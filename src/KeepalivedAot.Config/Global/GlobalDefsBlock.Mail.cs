using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

// Mails.
public sealed partial class GlobalDefsBlock
{
    /// <summary>The sender of mails. An address with a display name stands in double quotes.</summary>
    [Keyword("notification_email_from", Since = "0.5.3", Default = "user@hostname (only with smtp_server)", SurvivesMissingValue = true)]
    public string? NotificationEmailFrom { get; private set; }

    /// <summary>The mail server: an address or a host name, and perhaps a port.</summary>
    [Keyword("smtp_server", Since = "0.5.3", Default = "unset; port 25")]
    public SmtpServer? SmtpServer { get; private set; }

    /// <summary>The host name in the greeting to the mail server (HELO).</summary>
    [Keyword("smtp_helo_name", Since = "1.2.20", Default = "host name (only with smtp_server)", SurvivesMissingValue = true)]
    public string? SmtpHeloName { get; private set; }

    /// <summary>How many seconds to wait for the mail server. 0 is an error, and 1 is used.</summary>
    [Keyword("smtp_connect_timeout", Since = "0.5.3"), Seconds, Range(0, 4294)]
    public Duration SmtpConnectTimeout { get; private set; } = Duration.FromSeconds(30);

    /// <summary>The addresses that mails go to, one or more to a line.</summary>
    [Keyword("notification_email", Since = "0.5.3", Default = "none", Arguments = "block{email...}")]
    public List<ConfigName> NotificationEmail { get; } = [];

    /// <summary>Send mails about everything that has no smtp_alert setting of its own.</summary>
    [Keyword("smtp_alert", Since = "2.0.0", Default = "unset", Optional = true)]
    public bool? SmtpAlert { get; private set; }

    /// <summary>Default of smtp_alert in instances and sync groups: send a mail when they change state.</summary>
    [Keyword("smtp_alert_vrrp", Since = "2.0.0", Default = "unset", Optional = true)]
    public bool? SmtpAlertVrrp { get; private set; }

    /// <summary>Default of smtp_alert in virtual and real servers: send a mail when they come up or go down.</summary>
    [Keyword("smtp_alert_checker", Since = "2.0.0", Default = "unset", Optional = true), NotYet]
    public bool? SmtpAlertChecker { get; private set; }

    /// <summary>Send no mail when an instance goes to FAULT.</summary>
    [Sets("no_email_faults", Since = "2.0.0")]
    public bool NoEmailFaults { get; private set; }

    /// <summary>Send mails only when a real server comes up or goes down, and not for each of its checkers.</summary>
    [Keyword("no_checker_emails", Since = "2.0.0", Optional = true), NotYet]
    public bool NoCheckerEmails { get; private set; }
}
